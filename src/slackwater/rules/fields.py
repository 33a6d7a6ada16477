"""Reading one payload's fields strictly: each has one type, one range and one message when it is wrong."""

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeAlias, TypeVar

from slackwater.terms.refusal import Problem, RefusedError

# Payloads hold whole numbers and text only, so that the same entry has the same bytes everywhere.
Json: TypeAlias = "str | int | list[Json] | dict[str, Json]"

_Enum = TypeVar("_Enum", bound=StrEnum)


class Fields:
    """The fields of one JSON object, read one by one; `done` refuses everything that was wrong.

    A reader that meets a fault returns a stand-in, which nobody sees because `done` raises.
    """

    def __init__(self, value: object, *, at: str = "payload", problems: list[Problem] | None = None) -> None:
        self._at = at
        self._problems = [] if problems is None else problems
        self._read: set[str] = set()
        self._values: dict[object, object] = value if isinstance(value, dict) else {}
        self._is_object = isinstance(value, dict)
        if not self._is_object:
            self._note(at, "not-an-object", "This is not an object.", "Send named fields.")

    def has(self, name: str) -> bool:
        """Whether the field was given at all; null counts as not given."""
        self._read.add(name)
        return self._values.get(name) is not None

    def integer(self, name: str, *, low: int, high: int) -> int:
        """A whole number between low and high, both included. True, 1.0 and "1" are none."""
        value = self._take(name)
        if value is None:
            return low
        if type(value) is not int:
            self._refuse(name, "not-whole", "This is not a whole number.", f"Send {low} to {high}.")
            return low
        if not low <= value <= high:
            self._refuse(name, "out-of-range", f"{_short(value)} is out of range.", f"Send {low} to {high}.")
            return low
        return value

    def text(self, name: str, *, longest: int, empty: bool = False) -> str:
        """Text of at most `longest` characters, trimmed; not empty unless allowed."""
        value = self._take(name)
        return "" if value is None else self._checked(name, value, longest=longest, empty=empty)

    def texts(self, name: str, *, longest: int, most: int) -> tuple[str, ...]:
        """A list of at most `most` texts, each as `text` reads it."""
        values = self.items(name, most=most)
        return tuple(self._checked(name, value, longest=longest, empty=False) for value in values)

    def choice(self, name: str, choices: type[_Enum]) -> _Enum:
        """One of a closed set of words."""
        value = self._take(name)
        for choice in choices:
            if isinstance(value, str) and value == choice.value:
                return choice
        if value is not None:
            words = ", ".join(choice.value for choice in choices)
            self._refuse(name, "unknown-word", f"{_short(value)} is not known here.", f"Send one of {words}.")
        return next(iter(choices))

    def choices(self, name: str, choices: type[_Enum]) -> tuple[_Enum, ...]:
        """Some of a closed set of words, each at most once, in the order of the set."""
        words = [choice.value for choice in choices]
        values = self.items(name, most=len(words))
        for value in values:
            if value not in words or values.count(value) > 1:
                known = f"Send each of {', '.join(words)} once at most."
                self._refuse(name, "unknown-word", f"{_short(value)} is not known here, or twice.", known)
                return ()
        return tuple(choice for choice in choices if choice.value in values)

    def moment(self, name: str) -> datetime:
        """A moment in ISO 8601 with its zone, given back in UTC."""
        text = self.text(name, longest=40)
        try:
            if _MOMENT.fullmatch(text):
                return datetime.fromisoformat(text).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        if text:
            self._refuse(
                name,
                "not-a-moment",
                f"{_short(text)} is not a moment with a zone.",
                "Send 2026-11-23T09:30:00.000Z.",
            )
        return _SOME_MOMENT

    def items(self, name: str, *, most: int, fewest: int = 0) -> list[object]:
        """A list of between `fewest` and `most` things."""
        value = self._take(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self._refuse(name, "not-a-list", "This is not a list.", f"Send a list of at most {most}.")
            return []
        if not fewest <= len(value) <= most:
            self._refuse(name, "wrong-count", f"There are {len(value)} here.", f"Send {fewest} to {most}.")
            return []
        return value

    def child(self, name: str) -> "Fields":
        """The fields of an object inside this one; its problems are told with this one's."""
        return self.within(self._take(name) or {}, name)

    def within(self, value: object, name: str) -> "Fields":
        """The fields of `value`, found at `name` inside this object."""
        return Fields(value, at=f"{self._at}.{name}", problems=self._problems)

    def refuse(self, name: str, code: str, message: str, mend: str) -> None:
        """Note a fault that the caller found."""
        self._refuse(name, code, message, mend)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was wrong so far."""
        return not self._problems

    def close(self) -> None:
        """Note every field that nobody asked for: a misspelt field is a field that was lost."""
        for name in self._values:
            if name not in self._read:
                self._refuse(_short(name), "unknown-field", "This field is not known here.", "Leave it out.")

    def done(self) -> None:
        """Raise RefusedError if anything was wrong."""
        self.close()
        if self._problems:
            raise RefusedError(*self._problems)

    def _take(self, name: str) -> object:
        self._read.add(name)
        value = self._values.get(name)
        if value is None and self._is_object:
            self._refuse(name, "missing", "This is missing.", "Send it.")
        return value

    def _checked(self, name: str, value: object, *, longest: int, empty: bool) -> str:
        if not isinstance(value, str):
            self._refuse(name, "not-text", "This is not text.", "Send a string.")
            return ""
        text = value.strip()
        if not text and not empty:
            self._refuse(name, "empty", "Nothing is written here.", "Write it in a few words.")
        if len(text) > longest:
            self._refuse(
                name, "too-long", f"This is {len(text)} characters.", f"Write at most {longest} characters."
            )
        if _UNWRITABLE.search(text):
            self._refuse(
                name, "unwritable", "This has characters in it that no screen shows.", "Write it again."
            )
        return text

    def _refuse(self, name: str, code: str, message: str, mend: str) -> None:
        self._note(f"{self._at}.{name}", code, message, mend)

    def _note(self, field: str, code: str, message: str, mend: str) -> None:
        self._problems.append(Problem(field=field, code=code, message=message, mend=mend))


# One spelling of a moment. Python also reads week dates and bare digits, which nobody here means.
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})"
)
# Control characters but tab and newline, and halves of a character, which no database keeps.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SOME_MOMENT = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_LONGEST_SHOWN = 40


def _short(value: object) -> str:
    # repr keeps newlines and escapes of a hostile value out of a log line.
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
