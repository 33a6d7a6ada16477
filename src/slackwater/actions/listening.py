"""What crowds listen to: as the catalogue has it, as the clinic has decided, as a room has switched it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from slackwater.actions import audit
from slackwater.actions.policy import Permission, require
from slackwater.catalogue.loader import load
from slackwater.pharma.likelihoods import Sign
from slackwater.pharma.response import Basis
from slackwater.records.models import SignDefault, User
from slackwater.records.models.choices import REASON_LENGTH
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.heard import Heard, in_use
from slackwater.terms.refusal import RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What new rooms begin with, for one sign.

    basis:     what its likelihood says and rests on
    published: whether the catalogue has it in use
    decided:   the clinic's last word on it; None where the catalogue's stands
    """

    sign: Heard
    basis: Basis
    published: bool
    decided: SignDefault | None

    @property
    def is_on(self) -> bool:
        """Whether a crowd in a new room listens to it."""
        return self.published if self.decided is None else self.decided.is_on


def usual() -> tuple[Usual, ...]:
    """What new rooms begin with, sign by sign."""
    basis, decided = load().sign_basis, _decided()
    return tuple(
        Usual(
            sign=sign, basis=basis[Sign(sign.value)], published=sign in published(), decided=decided.get(sign)
        )
        for sign in Heard
    )


@transaction.atomic
def decide(sign: Heard, *, on: bool, reason: str, by: User, at: datetime) -> SignDefault:
    """From now on crowds in new rooms listen to this sign, or do not. Open rooms stay as they are.

    Raises RefusedError without a reason, and where nothing would change.
    """
    require(by, Permission.DECIDE_SIGNS)
    if on is (sign in clinic()):
        raise RefusedError.of(
            field="sign",
            code="already-so",
            message=f"{sign.label}: this is how it stands already.",
            mend="Nothing is needed.",
        )
    if not reason.strip() or len(reason.strip()) > REASON_LENGTH:
        raise RefusedError.of(
            field="reason",
            code="missing" if not reason.strip() else "too-long",
            message="No reason was given." if not reason.strip() else "This reason is too long.",
            mend=f"Say why in at most {REASON_LENGTH} characters.",
        )
    row = SignDefault.objects.create(sign=sign.value, is_on=on, reason=reason.strip(), by=by, at=at)
    audit.keep(audit.Act.SIGN_DECIDED, by=by, at=at, subject=sign.value)
    return row


def published() -> frozenset[Heard]:
    """The signs that the catalogue has in use."""
    return frozenset(Heard(sign.value) for sign in load().response.in_use)


def clinic() -> frozenset[Heard]:
    """The signs that count in a room that is opened now."""
    return in_use(published(), {sign: row.is_on for sign, row in _decided().items()})


def at_opening(state: RoomState) -> frozenset[Heard]:
    """The signs that counted when the room was opened."""
    return state.listened_at_opening(published())


def now(state: RoomState) -> frozenset[Heard]:
    """The signs that count now."""
    return state.listens(published())


def signs(state: RoomState) -> frozenset[Sign]:
    """The same as the engine names them."""
    return frozenset(Sign(heard.value) for heard in now(state))


def sentence(state: RoomState) -> str:
    """What the crowd leaves out, for people; empty where it listens to everything."""
    counted = now(state)
    words = [heard.in_words for heard in Heard if heard not in counted]
    return f"The crowd does not listen to {_listed(words)}." if words else ""


def _decided() -> dict[Heard, SignDefault]:
    return _last(SignDefault.objects.select_related("by").order_by("pk"))


def _last(rows: Iterable[SignDefault]) -> dict[Heard, SignDefault]:
    return {Heard(row.sign): row for row in rows}


def _listed(words: list[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
