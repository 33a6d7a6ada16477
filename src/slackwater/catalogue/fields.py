"""Takes a TOML table apart strictly: every key is read once, of its type, and none is left over."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from slackwater.terms.refusal import RefusedError

_Word = TypeVar("_Word", bound=StrEnum)


class Fields:
    """One table of a catalogue file.

    where: what stands in a refusal, such as "rk1.toml: blocks.1"
    """

    def __init__(self, where: str, table: Mapping[str, object]) -> None:
        self._where = where
        self._table = table
        self._read: set[str] = set()

    def names(self) -> tuple[str, ...]:
        return tuple(self._table)

    def text(self, key: str, *, empty: bool = False, default: str | None = None) -> str:
        value = self._value(key, default)
        if not isinstance(value, str) or not (value.strip() or empty):
            raise self.refused(key, "is not a text.")
        return value.strip()

    def number(self, key: str) -> float:
        value = self._value(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.refused(key, "is not a number.")
        return float(value)

    def whole(self, key: str, *, default: int) -> int:
        value = self._value(key, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.refused(key, "is not a whole number.")
        return value

    def flag(self, key: str) -> bool:
        """Whether it is set; a key that is not there is not set."""
        value = self._value(key, False)  # noqa: FBT003  the value that a missing key has
        if not isinstance(value, bool):
            raise self.refused(key, "is neither true nor false.")
        return value

    def optional_number(self, key: str) -> float | None:
        return self.number(key) if key in self._table else None

    def word(self, key: str, words: type[_Word]) -> _Word:
        return self._word(key, self.text(key), words)

    def words(self, key: str, words: type[_Word]) -> tuple[_Word, ...]:
        return tuple(self._word(key, text, words) for text in self.texts(key))

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        value = self._value(key, [] if optional else None)
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.refused(key, "is not a list of texts.")
        return tuple(str(item) for item in value)

    def table(self, key: str) -> "Fields":
        return self._inner(key, self._value(key))

    def optional_table(self, key: str) -> "Fields | None":
        return self.table(key) if key in self._table else None

    def matrix(self, key: str) -> tuple[tuple[float, ...], ...]:
        """Rows of numbers, of any length; whether they fit together is for the record to say."""
        rows = self._value(key)
        if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
            raise self.refused(key, "is not a list of rows.")
        for entry in (entry for row in rows for entry in row):
            if isinstance(entry, bool) or not isinstance(entry, int | float):
                raise self.refused(key, "holds something that is not a number.")
        return tuple(tuple(float(entry) for entry in row) for row in rows)

    def tables(self, key: str, *, optional: bool = False) -> Iterator["Fields"]:
        value = self._value(key, [] if optional else None)
        if not isinstance(value, list):
            raise self.refused(key, "is not a list of tables.")
        for place, item in enumerate(value, start=1):
            yield self._inner(f"{key}.{place}", item)

    def check_version(self, version: int) -> None:
        if self._value("schema_version") != version:
            raise self.refused("schema_version", f"is not {version}.")

    def refuse_unread(self) -> None:
        """Raises RefusedError for the first key that nothing has asked for."""
        for key in sorted(set(self._table) - self._read):
            raise self.refused(key, "is not a key that is known here.")

    def _value(self, key: str, default: object = None) -> object:
        self._read.add(key)
        value = self._table.get(key, default)
        if value is None:
            raise self.refused(key, "is missing.")
        return value

    def _inner(self, key: str, value: object) -> "Fields":
        if not isinstance(value, dict):
            raise self.refused(key, "is not a table.")
        return Fields(f"{self._where}: {key}", value)

    def _word(self, key: str, text: str, words: type[_Word]) -> _Word:
        try:
            return words(text)
        except ValueError:
            known = ", ".join(words)
            raise self.refused(key, f"“{text}” is not one of {known}.") from None

    def refused(self, key: str, fault: str) -> RefusedError:
        """A refusal that names the key, for whoever knows better than this table what may stand there."""
        return RefusedError.of(
            field=f"{self._where}: {key}",
            code="catalogue",
            message=f"{key} {fault}",
            mend="Correct the file in the catalogue.",
        )
