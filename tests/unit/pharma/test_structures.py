"""Every structure's blueprint holds together: what it names, it has."""

import sys
from subprocess import run

import pytest

from slackwater.pharma.structures import BLUEPRINTS, Structure
from slackwater.terms.drug import Drug


def forms():
    return [
        pytest.param(name, drug, form, id=f"{name}-{drug}-{form.enantiomer}")
        for name, blueprint in BLUEPRINTS.items()
        for drug, of_drug in blueprint.forms.items()
        for form in of_drug
    ]


def test_every_structure_has_a_blueprint():
    assert set(BLUEPRINTS) == set(Structure)


@pytest.mark.parametrize(("name", "drug", "form"), forms())
def test_what_is_read_is_divided_by_a_parameter_of_the_structure(name, drug, form):
    assert {volume for _, volume in form.readings.values()} <= set(BLUEPRINTS[name].parameters)


@pytest.mark.parametrize("name", Structure)
def test_the_forms_of_a_drug_share_it_out_whole(name):
    for of_drug in BLUEPRINTS[name].forms.values():
        assert sum(form.share for form in of_drug) == 1.0


@pytest.mark.parametrize("name", Structure)
def test_no_form_of_esketamine_is_r(name):
    read = {
        analyte for form in BLUEPRINTS[name].forms.get(Drug.ESKETAMINE, ()) for analyte, _ in form.readings
    }
    assert not any(analyte.value.startswith("r-") for analyte in read)


def test_a_model_can_be_read_without_the_compiler():
    """Commands that simulate nothing must not wait for it."""
    code = "import slackwater.catalogue.published_models, sys; sys.exit('numba' in sys.modules)"
    assert run([sys.executable, "-c", code], check=False).returncode == 0
