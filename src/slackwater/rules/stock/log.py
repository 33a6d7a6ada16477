"""The ledger of one container: its movements, in order. There is no balance; it is folded from these."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias


class Loss(StrEnum):
    """How drug was lost."""

    BROKEN = "broken"
    SPILLED = "spilled"
    MISSING = "missing"

    @property
    def label(self) -> str:
        return _LOSSES[self]


_LOSSES = {
    Loss.BROKEN: "Broken: the container",
    Loss.SPILLED: "Spilled: some of it",
    Loss.MISSING: "Missing: not found, or taken",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """It came in, sealed, holding what its label says."""

    content_ug: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Its seal was broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Drawn up for one dose of one session; a device or lozenge is taken whole.

    volume_ul: as read off the syringe; 0 where it is no liquid
    dose:      1, or 2 for a booster
    """

    amount_ug: int
    volume_ul: int
    session: str
    patient: str
    dose: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """So much of what the movement of number `draw` drew up was given."""

    draw: int
    amount_ug: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotGiven:
    """So much of what was written as given never went in: an infusion stopped. It is in the syringe again.

    amount_ug: 0 where the syringe was read and found empty
    """

    draw: int
    amount_ug: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wasted:
    """Destroyed in front of a witness: out of what was drawn, or out of the container where `draw` is 0."""

    draw: int
    amount_ug: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """Sent back sealed to whoever supplied it."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposed:
    """Handed over for destruction with all that it holds: expired, or set aside."""

    to: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """Gone without having been given or wasted. Always opens a case."""

    amount_ug: int
    how: Loss
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Recalled or doubted: nothing is drawn from it any more."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Somebody looked, not knowing what to expect, and saw so much in it."""

    count: str
    seen_ug: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjusted:
    """A closed case made the ledger say what is there: so much more, or less where negative."""

    delta_ug: int
    case: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversed:
    """The movement of this number was written by mistake. It stays, and no longer counts."""

    number: int
    reason: str


Said: TypeAlias = (
    Received | Opened | Drawn | Given | NotGiven | Wasted | Returned | Disposed | Lost | SetAside | Counted
    | Adjusted | Reversed
)  # fmt: skip


class MovementKind(StrEnum):
    """What a line of a ledger can be."""

    RECEIVED = "received"
    OPENED = "opened"
    DRAWN = "drawn"
    GIVEN = "given"
    NOT_GIVEN = "not_given"
    WASTED = "wasted"
    RETURNED = "returned"
    DISPOSED = "disposed"
    LOST = "lost"
    SET_ASIDE = "set_aside"
    COUNTED = "counted"
    ADJUSTED = "adjusted"
    REVERSED = "reversed"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


KIND_OF: Final[dict[type[Said], MovementKind]] = {
    Received: MovementKind.RECEIVED,
    Opened: MovementKind.OPENED,
    Drawn: MovementKind.DRAWN,
    Given: MovementKind.GIVEN,
    NotGiven: MovementKind.NOT_GIVEN,
    Wasted: MovementKind.WASTED,
    Returned: MovementKind.RETURNED,
    Disposed: MovementKind.DISPOSED,
    Lost: MovementKind.LOST,
    SetAside: MovementKind.SET_ASIDE,
    Counted: MovementKind.COUNTED,
    Adjusted: MovementKind.ADJUSTED,
    Reversed: MovementKind.REVERSED,
}
# Where drug leaves other than into a patient, or the ledger is put right, a second person has seen it.
WITNESSED: Final = (Wasted, Returned, Disposed, Lost, Adjusted, Reversed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as written. `by` and `witness` name people for good; witness is empty where none is needed."""

    number: int
    happened_at: datetime
    recorded_at: datetime
    by: str
    witness: str
    said: Said
