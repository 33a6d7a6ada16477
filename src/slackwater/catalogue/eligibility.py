"""Reads eligibility.csv and eligibility_numbers.csv into the checked records that screening is held to."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import fields
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TypeVar

from slackwater.catalogue.limits import Limits, load_limits
from slackwater.rules.basis import Threshold
from slackwater.rules.eligibility.criteria import Action, Criteria, Criterion, Stage
from slackwater.rules.eligibility.limits import EligibilityLimits, Numbers
from slackwater.rules.findings import Override
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

_CRITERIA, _NUMBERS = "eligibility.csv", "eligibility_numbers.csv"
_ORIGIN = ["source", "reference", "verified"]
_CRITERIA_COLUMNS = [
    "rule", "name", "domain", "action", "override", "routes", "strict", "stages", "what", "control", "ask",
    *_ORIGIN,
]  # fmt: skip
_NUMBERS_COLUMNS = ["name", "rule", "value", "unit", "what", *_ORIGIN]
# UCUM, in whole numbers; a word in braces is a unit that UCUM only annotates.
_UNITS = {"min", "h", "d", "wk", "mo", "mg/d", "kg/m2", "{score}", "{class}", "{ULN}"}
_ALL = "all"
_EVERY_ROW = tuple(f"E{number:02}" for number in range(1, 44))

_Word = TypeVar("_Word", bound=StrEnum)


@cache
def load_eligibility() -> EligibilityLimits:
    """The criteria that ship with the package; RefusedError names the row that is wrong."""
    return parse_eligibility(criteria=_text(_CRITERIA), numbers=_text(_NUMBERS), shared=load_limits())


def parse_eligibility(*, criteria: str, numbers: str, shared: Limits) -> EligibilityLimits:
    """The criteria and their numbers from the text of the two tables.

    shared: where the numbers stand that orders, agreements and the room are held to as well
    Raises RefusedError for a row that is incomplete, given twice, missing or used by no rule.
    """
    found = {row.name: row for row in _criteria(criteria)}
    if sorted(row.rule for row in found.values()) != list(_EVERY_ROW):
        raise _refused(_CRITERIA, "It does not hold each of E01 to E43 once.")
    own = {row.name: row for row in _numbers(numbers)}
    for row in own.values():
        if row.rule not in _EVERY_ROW:
            raise _refused(row.name, f"{row.rule} is no criterion.")
    return EligibilityLimits(
        criteria=Criteria(**_exactly(found, {field.name for field in fields(Criteria)})),
        numbers=Numbers(
            **_exactly(own, {field.name for field in fields(Numbers)} - set(_SHARED)), **_of(shared)
        ),
        pressures=shared.room.doses.pressures,
    )


_SHARED = ("adult_age", "senior_age", "teach_back_tries", "baseline_within")


def _of(shared: Limits) -> dict[str, Threshold]:
    """One truth: these rows stand in monitoring.csv."""
    return {
        "adult_age": shared.orders.adult_age,
        "senior_age": shared.orders.senior_age,
        "teach_back_tries": shared.agreements.teach_back_tries,
        "baseline_within": shared.room.doses.baseline_within,
    }


_Row = TypeVar("_Row", Criterion, Threshold)


def _exactly(rows: Mapping[str, _Row], wanted: set[str]) -> dict[str, _Row]:
    for name in sorted(wanted - set(rows)):
        raise _refused(name, "This row is missing.")
    for name in sorted(set(rows) - wanted):
        raise _refused(name, "No rule uses this row.")
    return dict(rows)


def _criteria(text: str) -> Iterator[Criterion]:
    for row in _table(text, _CRITERIA, _CRITERIA_COLUMNS, empty={"strict"}):
        name = row["name"]
        routes = _routes(name, row["routes"])
        strict = _routes(name, row["strict"]) if row["strict"] else routes
        if not strict <= routes:
            raise _refused(name, "It is strict on a route that it is not asked for.")
        yield Criterion(
            name=name,
            rule=row["rule"],
            what=row["what"],
            source=row["source"],
            verified=row["verified"],
            domain=row["domain"],
            action=_word(name, row["action"], Action),
            override=_word(name, row["override"], Override),
            routes=routes,
            strict=strict,
            stages=frozenset(_word(name, word, Stage) for word in row["stages"].split()),
            control=_sentence(name, row["control"]),
            ask=_sentence(name, row["ask"]),
        )


def _numbers(text: str) -> Iterator[Threshold]:
    for row in _table(text, _NUMBERS, _NUMBERS_COLUMNS, empty=set()):
        name, value = row["name"], row["value"]
        if not (value.isascii() and value.isdigit()):
            raise _refused(name, f"{value!r} is not a whole number.")
        if row["unit"] not in _UNITS:
            raise _refused(name, f"{row['unit']!r} is not one of its units: {', '.join(sorted(_UNITS))}.")
        yield Threshold(
            name=name,
            rule=row["rule"],
            what=row["what"],
            source=row["source"],
            verified=row["verified"],
            value=int(value),
            unit=row["unit"],
        )


def _table(text: str, file: str, columns: list[str], *, empty: set[str]) -> Iterator[dict[str, str]]:
    """The rows of a table, each with every word it needs and a name of its own."""
    reader = csv.DictReader(text.splitlines())
    if reader.fieldnames != columns:
        raise _refused(f"{file}: header", f"The columns are not {', '.join(columns)}.")
    seen: set[str] = set()
    for row in reader:
        where = f"{file} line {reader.line_num}"
        if None in row or None in row.values():
            raise _refused(where, "It has too many or too few columns.")
        for column in columns:
            if column not in empty and not row[column].strip():
                raise _refused(where, f"It says nothing under {column}.")
        if row["name"] in seen:
            raise _refused(row["name"], "This row is there twice.")
        seen.add(row["name"])
        yield row


def _routes(name: str, text: str) -> frozenset[Route]:
    return frozenset(Route) if text == _ALL else frozenset(_word(name, word, Route) for word in text.split())


def _word(name: str, text: str, words: type[_Word]) -> _Word:
    try:
        return words(text)
    except ValueError:
        raise _refused(name, f"{text!r} is not one of {', '.join(words)}.") from None


def _sentence(name: str, text: str) -> str:
    if not (text[0].isupper() and text.endswith(".")):
        raise _refused(name, f"{text!r} is not a sentence.")
    return text


def _text(name: str) -> str:
    return resources.files("slackwater.catalogue").joinpath(name).read_text(encoding="utf-8")


def _refused(field: str, message: str) -> RefusedError:
    return RefusedError.of(
        field=field, code="catalogue", message=message, mend=f"Correct catalogue/{_CRITERIA} or {_NUMBERS}."
    )
