"""Entries of agreements from JSON and back: strict on the way in, canonical on the way out."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Final, TypeVar

from slackwater.rules.agreements.log import (
    AgreementKind,
    AskedInSession,
    Drafted,
    Narrowed,
    Party,
    RoomOpened,
    Said,
    Sign,
    Signed,
    Slept,
    TaughtBack,
)
from slackwater.rules.agreements.permits import NOTHING, Item, Permit, Permits
from slackwater.rules.fields import Fields, Json

# These bound the size of what is kept.
_MOST_PERMITS = 200
_MOST_ANSWERS = 40
_MOST_SESSIONS = 40
_LONGEST_WORD = 40
_LONGEST_NAME = 80
_MOST_POINTS = 100
_MOST_ENTRIES = 10**6
_YES, _NO = "yes", "no"

_Made = TypeVar("_Made")


def parse_said(kind: AgreementKind, value: object) -> Said:
    """The payload of an entry of this kind.

    Raises RefusedError naming every field that is missing, unknown, of the wrong type or out of range.
    """
    fields = Fields(value)
    said = _READERS[kind](fields)
    fields.done()
    return said


def said_json(said: Said) -> dict[str, Json]:
    """The same as JSON; whole numbers and text only."""
    match said:
        case Drafted():
            return {
                "permits": permits_json(said.permits),
                "texts": said.texts,
                "expires_at": _moment(said.expires_at),
                "stop_word": said.stop_word,
                "stop_sign": said.stop_sign,
            }
        case TaughtBack():
            return {
                "draft": said.draft,
                "passed": _YES if said.is_passed else _NO,
                "answers": [{"name": name, "points": points} for name, points in said.answers],
                "pass_mark": said.pass_mark,
                "ready": [{"session": session, "at": _moment(at)} for session, at in said.ready],
                "rehearsed": _YES if said.is_rehearsed else _NO,
            }
        case Signed():
            return {"draft": said.draft, "party": said.party.value, "person": said.person}
        case Narrowed():
            everything = {"everything": _YES if said.is_everything else _NO}
            return {"gone": permits_json(said.gone), "sign": said.sign.value, **everything}
        case AskedInSession():
            return {"wishes": permits_json(said.wishes)}
        case RoomOpened() | Slept():
            return {"session": said.session}


def permits_json(permits: Permits) -> list[Json]:
    """Permits in one order, so that the same set has the same bytes."""
    return [{"item": one.item.value, "of": one.of, "person": one.person} for one in sorted(permits)]


def _permits(fields: Fields, name: str) -> Permits:
    found = [
        _permit(fields.within(one, f"{name}.{place}")) for place, one in _each(fields, name, _MOST_PERMITS)
    ]
    return frozenset(permit for permit in found if permit is not None)


def _permit(fields: Fields) -> Permit | None:
    item = fields.choice("item", Item)
    of = fields.text("of", longest=_LONGEST_WORD, empty=True)
    person = fields.text("person", longest=_LONGEST_NAME, empty=True)
    fields.close()
    if not fields.is_clean:
        return None
    try:
        return Permit(item=item, of=of, person=person)
    except ValueError as error:
        fields.refuse("of", "cannot-be-agreed", f"{error}.", "Only what is on the form can be agreed.")
        return None


def _drafted(fields: Fields) -> Drafted:
    return Drafted(
        permits=_permits(fields, "permits"),
        texts=fields.text("texts", longest=_LONGEST_NAME),
        expires_at=fields.moment("expires_at"),
        stop_word=_optional(fields, "stop_word"),
        stop_sign=_optional(fields, "stop_sign"),
    )


def _taught_back(fields: Fields) -> TaughtBack:
    return TaughtBack(
        draft=fields.integer("draft", low=0, high=_MOST_ENTRIES),
        is_passed=_is_yes(fields, "passed"),
        answers=tuple(
            _row(fields.within(one, f"answers.{place}"), _answer)
            for place, one in _each(fields, "answers", _MOST_ANSWERS)
        ),
        pass_mark=fields.integer("pass_mark", low=0, high=_MOST_POINTS),
        ready=tuple(
            _row(fields.within(one, f"ready.{place}"), _ready)
            for place, one in _each(fields, "ready", _MOST_SESSIONS)
        ),
        is_rehearsed=_is_yes(fields, "rehearsed") if fields.has("rehearsed") else False,
    )


def _signed(fields: Fields) -> Signed:
    return Signed(
        draft=_number(fields, "draft"),
        party=fields.choice("party", Party),
        person=fields.text("person", longest=_LONGEST_NAME),
    )


def _narrowed(fields: Fields) -> Narrowed:
    is_everything = _is_yes(fields, "everything")
    gone = _permits(fields, "gone")
    return Narrowed(
        gone=NOTHING if is_everything else gone,
        sign=fields.choice("sign", Sign),
        is_everything=is_everything,
    )


def _asked(fields: Fields) -> AskedInSession:
    return AskedInSession(wishes=_permits(fields, "wishes"))


def _session(fields: Fields) -> str:
    return fields.text("session", longest=_LONGEST_NAME)


_READERS: Final[dict[AgreementKind, Callable[[Fields], Said]]] = {
    AgreementKind.DRAFTED: _drafted,
    AgreementKind.TAUGHT_BACK: _taught_back,
    AgreementKind.SIGNED: _signed,
    AgreementKind.NARROWED: _narrowed,
    AgreementKind.ASKED: _asked,
    AgreementKind.ROOM_OPENED: lambda fields: RoomOpened(session=_session(fields)),
    AgreementKind.SLEPT: lambda fields: Slept(session=_session(fields)),
}


def _each(fields: Fields, name: str, most: int) -> Iterable[tuple[int, object]]:
    return enumerate(fields.items(name, most=most))


def _row(fields: Fields, read: Callable[[Fields], _Made]) -> _Made:
    found = read(fields)
    fields.close()
    return found


def _answer(fields: Fields) -> tuple[str, int]:
    return fields.text("name", longest=_LONGEST_WORD), fields.integer("points", low=0, high=_MOST_POINTS)


def _ready(fields: Fields) -> tuple[str, datetime]:
    return _session(fields), fields.moment("at")


def _optional(fields: Fields, name: str) -> str:
    """What lines from before it was asked for lack."""
    return fields.text(name, longest=_LONGEST_NAME, empty=True) if fields.has(name) else ""


def _number(fields: Fields, name: str) -> int:
    return fields.integer(name, low=1, high=_MOST_ENTRIES)


def _is_yes(fields: Fields, name: str) -> bool:
    word = fields.text(name, longest=len(_YES))
    if word not in (_YES, _NO):
        fields.refuse(name, "unknown-word", "This is neither yes nor no.", "Send yes or no.")
    return word == _YES


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
