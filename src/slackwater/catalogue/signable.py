"""Every rule that a clinic's lead can sign, by chapter."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache

from slackwater.catalogue.eligibility import load_eligibility
from slackwater.catalogue.interactions import load_interactions
from slackwater.catalogue.limits import load_limits
from slackwater.catalogue.rescue import load_kit
from slackwater.rules import sign_off
from slackwater.rules.basis import Basis, Threshold
from slackwater.rules.dosing import amounts, booster, limits, medicines, offered
from slackwater.rules.dosing.ranges import DoseRange, UsualDose
from slackwater.rules.eligibility import course
from slackwater.rules.eligibility.criteria import Criterion
from slackwater.rules.interactions import day
from slackwater.rules.interactions import findings as interaction_findings
from slackwater.rules.interactions.table import Interaction
from slackwater.rules.readiness import board
from slackwater.rules.room import alarms, doses, rescue
from slackwater.rules.room import booster as room_booster
from slackwater.rules.sign_off import Signable, gathered


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Rules that are read together. `slug` stands in addresses."""

    slug: str
    title: str
    rules: tuple[Signable, ...]


# Orders are held to some rows of these too.
_AT_THE_BEDSIDE = frozenset({"room", "dose"})


@cache
def chapters() -> tuple[Chapter, ...]:
    """Every rule once, with all its rows wherever they stand. The room's own come first to their chapter."""
    parts = _parts()
    left = {one.rule: one for one in gathered(row for _, _, records in parts for row in rows_in(*records))}
    made = {}
    for slug, title, records in sorted(parts, key=lambda part: part[0] not in _AT_THE_BEDSIDE):
        names = [one.rule for one in gathered(rows_in(*records)) if one.rule in left]
        made[slug] = Chapter(slug=slug, title=title, rules=tuple(left.pop(name) for name in names))
    return tuple(made[slug] for slug, _, _ in parts)


def rules() -> tuple[Signable, ...]:
    """Every rule, in reading order."""
    return tuple(one for chapter in chapters() for one in chapter.rules)


def rows_in(*records: object) -> Iterator[Basis]:
    """Every row in these records, in the order of their fields; house rules of a module too."""
    for record in records:
        if isinstance(record, Basis):
            yield record
        elif isinstance(record, tuple):
            yield from rows_in(*record)
        elif is_dataclass(record):
            yield from rows_in(*(getattr(record, field.name) for field in fields(record)))
        elif hasattr(record, "__name__"):
            yield from (one for one in vars(record).values() if isinstance(one, Basis))


def number_of(row: Basis) -> str:
    """What a row compares with or asks for, in plain words; nothing where it compares nothing."""
    match row:
        case Threshold():
            return f"{row.value} {_UNITS.get(row.unit, row.unit)}".strip()
        case DoseRange():
            return f"{row.low} to {row.high} {row.per}, {row.drug.label}, {row.route.label}"
        case UsualDose():
            return f"{row.amount} {row.per}, {row.drug.label}, {row.route.label}"
        case Criterion():
            return f"{row.action.capitalize()}: {row.override.label}"
        case Interaction():
            return ", ".join(f"{way}: {grade}" for way, grade in row.grades.items())
    return ""


# UCUM is for programs; a page is for people.
_UNITS = {
    "a": "years", "d": "days", "wk": "weeks", "mo": "months", "mm[Hg]": "mmHg", "/min": "a minute",
    "dose": "", "mg/d": "mg a day", "kg/m2": "kg/m²", "{score}": "", "{class}": "",
    "{ULN}": "times the upper limit",
}  # fmt: skip


def _parts() -> tuple[tuple[str, str, tuple[object, ...]], ...]:
    held = load_limits()
    room, beside = held.room, tuple(load_interactions().rows.values())
    dosing = (limits, amounts, booster, medicines, offered)
    return (
        ("screening", "Who may be treated", (load_eligibility(), course)),
        ("medicines", "Medicines", (beside, held.interactions, interaction_findings, day)),
        ("orders", "Orders and plans", (held.orders, held.plans, *dosing)),
        ("long-view", "The long view", (held.exposure,)),
        ("ready", "Before the dose", (board, held.kit)),
        (
            "room",
            "Watching in the room",
            (room.alarms, room.signals, alarms, room.due, room.readings, room.presence),
        ),
        ("dose", "Giving a dose", (held.checks, room.doses, doses, room_booster)),
        ("rescue", "When something happens", (rescue, load_kit())),
        ("leaving", "Leaving and afterwards", (held.recovery, held.window, held.calls)),
        ("agreements", "Agreements", (held.agreements,)),
        ("cabinet", "The cabinet", (held.stock,)),
        ("reports", "Reports", (held.incidents,)),
        ("signing", "Signing rules", (sign_off,)),
    )
