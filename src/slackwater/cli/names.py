"""Names that must be one of a list: a near miss is told what was probably meant."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TypeVar

from slackwater.terms.refusal import RefusedError

T = TypeVar("T")


def pick(name: str, among: Mapping[str, T], *, field: str, noun: str) -> T:
    """The entry of that name; refused, with every known name or the nearest ones, when there is none."""
    if name in among:
        return among[name]
    near = get_close_matches(name, among, n=3)
    known = ", ".join(near or sorted(among))
    raise RefusedError.of(
        field=field,
        code="unknown-name",
        message=f"“{name}” is not a {noun} known here.",
        mend=f"Did you mean {known}?" if near else f"Known are {known}.",
    )
