"""Reads interactions.csv and ingredients.csv: other medicines beside ketamine, row by row and name by name.

The first twelve columns of interactions.csv are the evidence's own, word for word. What was added here stands
behind them, and `design` says what of it was chosen and not published. The numbers in ingredients.csv are
RxNorm's identifiers of ingredients, each seen in a copy of RxNorm or remembered; where we were not sure of
one its place is empty.
"""

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TypeVar

from slackwater.rules.findings import Override
from slackwater.rules.interactions.grades import Grade
from slackwater.rules.interactions.table import Ingredient, Interaction, InteractionTable, Way, Window
from slackwater.terms.refusal import RefusedError

ROWS_FILE, INGREDIENTS_FILE = "interactions.csv", "ingredients.csv"
EVIDENCE_COLUMNS = [
    "id", "agent", "examples", "type", "mechanism", "effect_size", "severity", "action", "stop_before_dose",
    "source", "reference", "verified",
]  # fmt: skip
_ROW_COLUMNS = [*EVIDENCE_COLUMNS, "name", *Way, "override", "window", "beside", "design"]
_INGREDIENT_COLUMNS = ["key", "name", "rxcui", "code_verified", "rows", "exposure", "windows", "also"]
# D01 to D15 name doses in dose_limits.csv, and an identifier has one meaning.
_PREFIX = "INT-"

_Row = TypeVar("_Row")


@cache
def load_interactions() -> InteractionTable:
    """The tables that ship with the package; RefusedError names the row that is wrong."""
    return parse_interactions(rows=_text(ROWS_FILE), ingredients=_text(INGREDIENTS_FILE))


def parse_interactions(*, rows: str, ingredients: str) -> InteractionTable:
    """The tables from their text.

    Raises RefusedError for a wrong header, a row that is incomplete or given twice, a word that is not ours,
    a name that two ingredients share, and a row that no ingredient leads to.
    """
    found = _once(((row.rule, row) for row in _rows(rows)), ROWS_FILE)
    named = _once(((one.key, one) for one in _ingredients(ingredients)), INGREDIENTS_FILE)
    _refuse_shared_names(named.values())
    try:
        return InteractionTable(rows=MappingProxyType(found), ingredients=MappingProxyType(named))
    except ValueError as fault:
        raise _refused(INGREDIENTS_FILE, str(fault)) from None


def _rows(text: str) -> Iterator[Interaction]:
    for where, row in _table(text, ROWS_FILE, _ROW_COLUMNS, needed=(*EVIDENCE_COLUMNS, "name", *Way)):
        chosen = f"; design: {row['design']}" if row["design"] else ""
        yield Interaction(
            name=row["name"],
            rule=_PREFIX + row["id"],
            what=row["agent"],
            source=row["source"],
            verified=row["verified"] + chosen,
            agent=row["agent"],
            examples=row["examples"],
            type=row["type"],
            mechanism=row["mechanism"],
            effect=row["effect_size"],
            stated=row["severity"],
            action=row["action"],
            stop_before=row["stop_before_dose"],
            reference=row["reference"],
            grades=MappingProxyType({way: _grade(row[way], where) for way in Way}),
            override=_override(row["override"], where),
            window=_window(row["window"], where) if row["window"] else None,
            beside=_rules(row["beside"]),
        )


def _ingredients(text: str) -> Iterator[Ingredient]:
    for where, row in _table(text, INGREDIENTS_FILE, _INGREDIENT_COLUMNS, needed=("key", "name", "rows")):
        if row["rxcui"] and not (row["rxcui"].isascii() and row["rxcui"].isdigit()):
            raise _refused(where, f"{row['rxcui']!r} is not an RxNorm number.")
        if bool(row["rxcui"]) != bool(row["code_verified"]):
            raise _refused(where, "A code says how sure we are of it, and only a code does.")
        yield Ingredient(
            key=row["key"],
            name=row["name"],
            rxcui=row["rxcui"],
            code_verified=row["code_verified"],
            also=tuple(part for part in row["also"].split("|") if part),
            rows=_rules(row["rows"]),
            exposure=row["exposure"],
            windows=MappingProxyType(dict(_windows(row["windows"], where))),
        )


def _windows(text: str, where: str) -> Iterator[tuple[str, Window]]:
    for part in text.split("|") if text else ():
        rule, _, window = part.partition("=")
        yield _PREFIX + rule, _window(window, where)


def _window(text: str, where: str) -> Window:
    if text == "day":
        return Window(hours=0)
    number, _, unit = text.partition(" ")
    if unit != "h" or not (number.isascii() and number.isdigit() and int(number)):
        raise _refused(where, f"{text!r} is neither “day” nor a number of hours such as “24 h”.")
    return Window(hours=int(number))


def _rules(text: str) -> tuple[str, ...]:
    return tuple(_PREFIX + rule for rule in text.split())


def _grade(text: str, where: str) -> Grade:
    try:
        return Grade(text)
    except ValueError:
        raise _refused(where, f"{text!r} is not a grade.") from None


def _override(text: str, where: str) -> Override:
    try:
        return Override(text)
    except ValueError:
        raise _refused(where, f"{text!r} says nothing of who may set it aside.") from None


def _refuse_shared_names(ingredients: Iterable[Ingredient]) -> None:
    seen: dict[str, str] = {}
    for one in ingredients:
        for name in {part.casefold() for part in (one.key, one.name, *one.also)}:
            if seen.setdefault(name, one.key) != one.key:
                raise _refused(INGREDIENTS_FILE, f"Both {seen[name]} and {one.key} are called {name}.")


def _once(pairs: Iterable[tuple[str, _Row]], file: str) -> dict[str, _Row]:
    found: dict[str, _Row] = {}
    for name, row in pairs:
        if name in found:
            raise _refused(file, f"{name} is given twice.")
        found[name] = row
    return found


def _table(
    text: str, file: str, columns: list[str], *, needed: tuple[str, ...]
) -> Iterator[tuple[str, dict[str, str]]]:
    reader = csv.DictReader(text.splitlines())
    if reader.fieldnames != columns:
        raise _refused(f"{file}: header", f"The columns are not {', '.join(columns)}.")
    for row in reader:
        where = f"{file}: line {reader.line_num}"
        if None in row or None in row.values():
            raise _refused(where, "It has too many or too few columns.")
        for column in needed:
            if not row[column].strip():
                raise _refused(where, f"Its {column} is empty.")
        yield where, row


def _text(file: str) -> str:
    return resources.files("slackwater.catalogue").joinpath(file).read_text(encoding="utf-8")


def _refused(field: str, message: str) -> RefusedError:
    return RefusedError.of(
        field=field, code="catalogue", message=message, mend="Correct the table of interactions."
    )
