"""The engine's front door: every name is behind it, and opening it is quick."""

import subprocess
import sys

import pytest

from slackwater import pharma


@pytest.mark.parametrize("name", pharma.__all__)
def test_every_public_name_is_there(name):
    assert getattr(pharma, name).__module__.startswith("slackwater.pharma.")


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nonsense"):
        _ = pharma.nonsense


def test_model_records_load_neither_the_compiler_nor_the_web():
    code = "import slackwater.pharma.parameters, sys; print({'numba', 'django'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
