"""The engine's front door: every name is behind it, and opening it is quick."""

import subprocess
import sys

import pytest

from slackwater import pharma


@pytest.mark.parametrize("name", pharma.__all__)
def test_every_public_name_is_there(name):
    found = getattr(pharma, name)
    assert getattr(found, "__module__", "slackwater.pharma.").startswith(
        ("slackwater.pharma.", "slackwater.terms.")
    )


def test_what_a_session_needs_is_behind_the_front_door():
    """Observe what staff see, ask when she is back and why a band is wide, plan a booster, mark, widen."""
    assert {
        *("Rating", "Alertness", "AnswersToName", "Rise", "Sign", "update"),
        *("carried", "EarlierSession"),
        *(
            "recovery",
            "split_causes",
            "plan_booster",
            "BoosterOffer",
            "mark_session",
            "held",
            "needed_widening",
        ),
        *("WeightedModel", "PublishedModel", "Block", "Parameter", "Eta", "Correlation", "RefusedError"),
    } <= {*pharma.__all__}


def test_a_name_is_a_name_even_after_its_namesake_was_loaded():

    assert callable(pharma.split_causes)
    assert callable(pharma.recovery)


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nonsense"):
        _ = pharma.nonsense


def loaded_after(code, *names):
    """Which of these modules a fresh interpreter holds once it has run the code."""
    asked = f"{code}\nimport sys; print(sorted(set({names}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_opening_the_front_door_loads_nothing_heavy():
    found = loaded_after("from slackwater import pharma", "numba", "numpy", "scipy", "django", "matplotlib")
    assert found == "[]"


def test_no_public_name_loads_the_web_or_the_command_line():
    every = "from slackwater import pharma\nfor name in pharma.__all__: getattr(pharma, name)"
    assert loaded_after(every, "django", "uvicorn", "typer", "rich", "httpx", "matplotlib", "pyarrow") == "[]"


def test_model_records_load_neither_the_compiler_nor_the_web():
    assert loaded_after("import slackwater.pharma.parameters", "numba", "django") == "[]"
