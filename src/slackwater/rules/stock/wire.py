"""Movements from JSON and back: strict on the way in, canonical on the way out."""

from collections.abc import Callable
from dataclasses import fields as fields_of
from typing import Final

from slackwater.rules.fields import Fields, Json
from slackwater.rules.stock.log import (
    Adjusted,
    Counted,
    Disposed,
    Drawn,
    Given,
    Loss,
    Lost,
    MovementKind,
    NotGiven,
    Opened,
    Received,
    Returned,
    Reversed,
    Said,
    SetAside,
    Wasted,
)

# These bound the size of what is kept.
MOST_UG: Final = 2_000_000_000
LONGEST_REASON: Final = 400
_MOST_UL = 10_000_000
_LONGEST_NAME = 80
_MOST_LINES = 10**6


def parse_said(kind: MovementKind, value: object) -> Said:
    """The payload of a line of this kind.

    Raises RefusedError naming every field that is missing, unknown, of the wrong type or out of range.
    """
    fields = Fields(value)
    said = _READERS[kind](fields)
    fields.done()
    return said


def said_json(said: Said) -> dict[str, Json]:
    """The same as JSON; whole numbers and text only."""
    found: dict[str, Json] = {}
    for field in fields_of(said):
        value = getattr(said, field.name)
        found[field.name] = value.value if isinstance(value, Loss) else value
    return found


def _amount(fields: Fields, name: str = "amount_ug", *, low: int = 1) -> int:
    return fields.integer(name, low=low, high=MOST_UG)


def _reason(fields: Fields, name: str = "reason") -> str:
    return fields.text(name, longest=LONGEST_REASON)


def _name(fields: Fields, name: str) -> str:
    return fields.text(name, longest=_LONGEST_NAME)


def _number(fields: Fields, name: str, *, low: int = 1) -> int:
    return fields.integer(name, low=low, high=_MOST_LINES)


def _drawn(fields: Fields) -> Drawn:
    return Drawn(
        amount_ug=_amount(fields),
        volume_ul=fields.integer("volume_ul", low=0, high=_MOST_UL),
        session=_name(fields, "session"),
        patient=_name(fields, "patient"),
        dose=fields.integer("dose", low=1, high=2),
    )


def _wasted(fields: Fields) -> Wasted:
    return Wasted(draw=_number(fields, "draw", low=0), amount_ug=_amount(fields), reason=_reason(fields))


def _lost(fields: Fields) -> Lost:
    return Lost(amount_ug=_amount(fields), how=fields.choice("how", Loss), reason=_reason(fields))


def _adjusted(fields: Fields) -> Adjusted:
    delta = fields.integer("delta_ug", low=-MOST_UG, high=MOST_UG)
    return Adjusted(delta_ug=delta, case=_name(fields, "case"), reason=_reason(fields))


_READERS: Final[dict[MovementKind, Callable[[Fields], Said]]] = {
    MovementKind.RECEIVED: lambda fields: Received(content_ug=_amount(fields, "content_ug")),
    MovementKind.OPENED: lambda _: Opened(),
    MovementKind.DRAWN: _drawn,
    MovementKind.GIVEN: lambda fields: Given(draw=_number(fields, "draw"), amount_ug=_amount(fields)),
    MovementKind.NOT_GIVEN: lambda fields: NotGiven(
        draw=_number(fields, "draw"), amount_ug=_amount(fields, low=0)
    ),
    MovementKind.WASTED: _wasted,
    MovementKind.RETURNED: lambda fields: Returned(to=_reason(fields, "to")),
    MovementKind.DISPOSED: lambda fields: Disposed(to=_reason(fields, "to"), reason=_reason(fields)),
    MovementKind.LOST: _lost,
    MovementKind.SET_ASIDE: lambda fields: SetAside(reason=_reason(fields)),
    MovementKind.COUNTED: lambda fields: Counted(
        count=_name(fields, "count"), seen_ug=_amount(fields, "seen_ug", low=0)
    ),
    MovementKind.ADJUSTED: _adjusted,
    MovementKind.REVERSED: lambda fields: Reversed(number=_number(fields, "number"), reason=_reason(fields)),
}
