"""Every public name says what it is, and of every array its shape, as the style guide asks of the engine."""

import dataclasses
import inspect
import re
from collections.abc import Iterator

import pytest

from slackwater import pharma

ARRAYS = ("Vector", "Matrix", "Cube", "Flags", "NDArray", "Indices")
SHAPE = re.compile(r"\bn_\w+|[Ss]hape|[Aa]rguments and refusals are those of|defined as in|[Aa]s `[\w.]+`")


def callables() -> Iterator[tuple[str, object]]:
    """Each public function, and each public method of a public class that is its own."""
    for name in pharma.__all__:
        found = getattr(pharma, name)
        if not isinstance(found, type):
            yield name, found
            continue
        for own, member in vars(found).items():
            if not own.startswith("_") and (inspect.isfunction(member) or isinstance(member, classmethod)):
                yield f"{name}.{own}", getattr(found, own)


def annotated(found: object) -> list[str]:
    """The annotations of arguments and result, as text."""
    return [str(one) for one in inspect.get_annotations(found).values()]


def holds_arrays(annotation: str) -> bool:
    return any(word in annotation for word in (*ARRAYS, "numpy.ndarray"))


@pytest.mark.parametrize("name", pharma.__all__)
def test_every_public_name_opens_with_a_sentence(name):
    found = getattr(pharma, name)
    # A dataclass without words of its own is given its signature.
    assert not (found.__doc__ or "").startswith(f"{name}(")
    first = inspect.getdoc(found).split("\n\n")[0]
    assert first[0].isupper() or first.startswith(name)
    assert first.rstrip()[-1] in ".:"


@pytest.mark.parametrize(
    ("name", "found"), list(callables()), ids=lambda one: one if isinstance(one, str) else ""
)
def test_every_public_callable_that_takes_or_gives_arrays_says_their_shape(name, found):
    if any(holds_arrays(each) for each in annotated(found)):
        assert SHAPE.search(inspect.getdoc(found) or ""), f"{name}: {inspect.getdoc(found)}"


RECORDS = [name for name in pharma.__all__ if dataclasses.is_dataclass(getattr(pharma, name))]


@pytest.mark.parametrize("name", RECORDS)
def test_every_array_that_a_record_holds_has_its_shape_in_words(name):
    record = getattr(pharma, name)
    for field in dataclasses.fields(record):
        if not field.name.startswith("_") and holds_arrays(str(field.type)):
            line = rf"^(?:\w+, )*{field.name}(?:, \w+)*:\s.*?(?=\n\S+:|\n\n|\Z)"
            said = re.search(line, inspect.getdoc(record) or "", re.DOTALL | re.MULTILINE)
            assert said, f"{name}.{field.name}"
            assert SHAPE.search(said[0]), f"{name}.{field.name}: {said[0]}"


def test_everything_that_refuses_says_so():
    """Whoever raises a refusal in their own body names it in their docstring."""
    for name, found in callables():
        source = inspect.getsource(found)
        if "raise RefusedError" in source.replace(inspect.getdoc(found) or "", ""):
            assert "Raises RefusedError" in " ".join((inspect.getdoc(found) or "").split()), name
