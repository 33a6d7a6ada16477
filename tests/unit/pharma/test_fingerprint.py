"""Names of inputs."""

from dataclasses import dataclass

import pytest

from slackwater.pharma.fingerprint import fingerprint
from slackwater.terms.sex import Sex


@dataclass(frozen=True)
class One:
    number: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Other:
    number: float
    words: tuple[str, ...] = ()


def test_equal_inputs_have_one_name_and_different_inputs_have_others():
    names = [
        fingerprint(value)
        for value in (
            One(1.0),
            Other(1.0),
            One(1.0 + 2**-52),
            One(1.0, ("a", "b")),
            One(1.0, ("ab",)),
            One(1.0, ("b", "a")),
            "1.0",
            1.0,
            1,
            True,
            None,
            Sex.FEMALE,
            "female",
            (),
            frozenset({"a"}),
            ("a",),
        )
    ]
    assert len(set(names)) == len(names)
    assert fingerprint(One(1.0, ("a",))) == fingerprint(One(1.0, ("a",)))


def test_sets_and_mappings_are_named_whatever_their_order():
    assert fingerprint(frozenset("abcdef")) == fingerprint(frozenset("fedcba"))
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert fingerprint({"a": 1, "b": 2}) != fingerprint({"a": 2, "b": 1})


def test_a_name_is_sixteen_hexadecimal_digits():
    assert len(fingerprint()) == 16
    assert int(fingerprint("anything"), 16) >= 0


def test_what_has_no_stable_text_has_no_name():
    with pytest.raises(TypeError):
        fingerprint(object())
