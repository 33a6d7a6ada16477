"""What is said in a room about what was agreed: a no, which always counts, and a wish, which permits nothing.

Entries name what was agreed as agreements do; whoever keeps them checks that there is such a thing. There is
no entry that adds a yes.
"""

from dataclasses import dataclass
from enum import StrEnum

from slackwater.rules.fields import Fields

_MOST = 200
_LONGEST_WORD = 40
_LONGEST_NAME = 80


class NoSign(StrEnum):
    """How a no was given. Any of them counts alike."""

    TAP = "tap"
    WORD = "word"
    GESTURE = "gesture"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True, kw_only=True)
class YesTo:
    """One thing that can be a yes, as agreements name it."""

    item: str
    of: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidNo:
    """These are a no from now on; all of it, where `everything`."""

    gone: tuple[YesTo, ...]
    sign: NoSign
    everything: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedMore:
    """Asked for, kept for a sober day, and permitting nothing; empty for something that has no name here."""

    wishes: tuple[YesTo, ...]


def read_no(given: Fields) -> SaidNo:
    """From the wire."""
    return SaidNo(
        gone=_things(given, "gone"),
        sign=given.choice("sign", NoSign),
        everything=bool(given.integer("everything", low=0, high=1)) if given.has("everything") else False,
    )


def read_asked(given: Fields) -> AskedMore:
    """From the wire."""
    return AskedMore(wishes=_things(given, "wishes"))


def _things(given: Fields, name: str) -> tuple[YesTo, ...]:
    found = []
    for index, value in enumerate(given.items(name, most=_MOST)):
        one = given.within(value, f"{name}[{index}]")
        found.append(
            YesTo(
                item=one.text("item", longest=_LONGEST_WORD),
                of=one.text("of", longest=_LONGEST_WORD, empty=True) if one.has("of") else "",
                person=one.text("person", longest=_LONGEST_NAME, empty=True) if one.has("person") else "",
            )
        )
        one.close()
    return tuple(found)
