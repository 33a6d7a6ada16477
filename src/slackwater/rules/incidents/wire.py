"""Lines of a report from JSON and back: strict on the way in, whole numbers and text on the way out."""

from collections.abc import Callable

from slackwater.rules.fields import Fields, Json
from slackwater.rules.incidents.log import (
    DutyDone,
    Ended,
    Held,
    LineKind,
    LookedAt,
    Named,
    Opened,
    Outcome,
    Placed,
    Reopened,
    Said,
    Subject,
    Told,
    Wrote,
)

LONGEST_WORDS = 20_000
LONGEST_NAMES = 1_000
MOST_PEOPLE = 60
_LONGEST_NAME = 120
_LONGEST_HASH = 64
_MOST_ENTRIES = 10**7
_YES, _NO = "yes", "no"


def parse_said(kind: LineKind, value: object) -> Said:
    """The payload of a line of this kind. Raises RefusedError naming every field that is wrong."""
    fields = Fields(value)
    said = _READERS[kind](fields)
    fields.done()
    return said


def said_json(said: Said) -> dict[str, Json]:  # noqa: PLR0911  one case a kind, as a table
    """The same as JSON; whole numbers and text only."""
    match said:
        case Opened():
            return {"subject": said.subject.value}
        case Told() | Reopened():
            return {"words": said.words}
        case Named():
            return {"people": list(said.people), "others": said.others}
        case Placed():
            return {"session": said.session}
        case Held():
            return {"log": said.log, "entries": said.entries, "head": said.head}
        case LookedAt():
            return {}
        case Wrote():
            return {"words": said.words, "to_teller": _YES if said.is_to_teller else _NO}
        case DutyDone():
            return {"duty": said.duty, "words": said.words}
        case Ended():
            return {"outcome": said.outcome.value, "words": said.words}


def _people(fields: Fields) -> tuple[int, ...]:
    found = fields.items("people", most=MOST_PEOPLE)
    return tuple(one for one in found if type(one) is int)


_READERS: dict[LineKind, Callable[[Fields], Said]] = {
    LineKind.OPENED: lambda it: Opened(subject=it.choice("subject", Subject)),
    LineKind.TOLD: lambda it: Told(words=it.text("words", longest=LONGEST_WORDS)),
    LineKind.NAMED: lambda it: Named(
        people=_people(it), others=it.text("others", longest=LONGEST_NAMES, empty=True)
    ),
    LineKind.PLACED: lambda it: Placed(session=it.text("session", longest=_LONGEST_NAME)),
    LineKind.HELD: lambda it: Held(
        log=it.text("log", longest=_LONGEST_NAME),
        entries=it.integer("entries", low=0, high=_MOST_ENTRIES),
        head=it.text("head", longest=_LONGEST_HASH),
    ),
    LineKind.LOOKED_AT: lambda _: LookedAt(),
    LineKind.WROTE: lambda it: Wrote(
        words=it.text("words", longest=LONGEST_WORDS), is_to_teller=it.text("to_teller", longest=3) == _YES
    ),
    LineKind.DUTY_DONE: lambda it: DutyDone(
        duty=it.text("duty", longest=_LONGEST_NAME), words=it.text("words", longest=LONGEST_WORDS)
    ),
    LineKind.ENDED: lambda it: Ended(
        outcome=it.choice("outcome", Outcome), words=it.text("words", longest=LONGEST_WORDS)
    ),
    LineKind.REOPENED: lambda it: Reopened(words=it.text("words", longest=LONGEST_WORDS, empty=True)),
}
