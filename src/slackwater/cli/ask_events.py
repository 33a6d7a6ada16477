"""From an event table and what was written beside it to a question for each ID."""

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, replace
from pathlib import Path

from slackwater.catalogue.loader import Catalogue, load
from slackwater.cli.compartments import routes_of
from slackwater.cli.files import read_text
from slackwater.cli.marks import check_slip, grams, marks
from slackwater.cli.people import LARGEST_SEED, MOST_SUBJECTS, age_of, population
from slackwater.cli.simulate import SimulateOptions
from slackwater.pharma.crowd import Population
from slackwater.pharma.event_records import EventRecord
from slackwater.pharma.event_tables import read_event_table
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.amounts import read_int, read_weight_g
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.units import kg_from_g

# The table says what these say of doses that are written out.
_SAID_BY_THE_TABLE = ("doses", "until", "step", "plot", "as_events")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One ID: its rows, whom they are simulated in, and what the clinical rules say of the amounts."""

    record: EventRecord
    people: Population
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQuestion:
    """One event table, ready to run; not_read: its columns that have no meaning here."""

    asked: tuple[Asked, ...]
    not_read: tuple[str, ...]
    subjects: int
    seed: int
    is_typical: bool


def ask_events(options: SimulateOptions, table: Path) -> EventQuestion:
    """Read the table and every option strictly; RefusedError names what cannot be used and how to mend it."""
    if problems := tuple(_said_twice(options)):
        raise RefusedError(*problems)
    catalogue = load()
    events = read_event_table(read_text(table, field="events"), routes_of(options.cmt or ()))
    asked: list[Asked] = []
    faults: list[Problem] = []
    for record in events.records.values():
        try:
            asked.append(_asked(options, catalogue, record))
        except RefusedError as refusal:
            faults.extend(
                replace(problem, field=f"ID {record.id}, {problem.field}") for problem in refusal.problems
            )
    if faults:
        raise RefusedError(*faults)
    return EventQuestion(
        asked=tuple(asked),
        not_read=events.not_read,
        subjects=read_int(options.subjects, field="subjects", low=1, high=MOST_SUBJECTS),
        seed=read_int(options.seed, field="seed", low=0, high=LARGEST_SEED),
        is_typical=options.typical,
    )


def _said_twice(options: SimulateOptions) -> Iterator[Problem]:
    if options.causes:
        yield Problem(
            field="causes",
            code="with-events",
            message="Causes are split for one person's doses, not for an event table.",
            mend="Leave it out, or leave --events out.",
        )
    for field in fields(SimulateOptions):
        usual = None if field.default is MISSING else field.default
        if field.name in _SAID_BY_THE_TABLE and (getattr(options, field.name) or None) != usual:
            yield Problem(
                field=field.name.replace("_", "-"),
                code="with-events",
                message="An event table has its own doses and times.",
                mend="Leave it out, or leave --events out.",
            )


def _asked(options: SimulateOptions, catalogue: Catalogue, record: EventRecord) -> Asked:
    people = population(
        options,
        catalogue,
        weight_kg=record.weight_kg or _weight_kg(options.weight),
        age_years=age_of(options.age) if record.age_years is None else record.age_years,
    )
    doses = tuple(_given(record))
    for dose in doses:
        for one in people.models:
            one.model.check_can_give(people.drug, dose.route)
        check_slip(
            dose,
            f"{dose.route.value} {dose.amount_mg:g} mg",
            drug=people.drug,
            weight_g=grams(people.person.weight_kg),
            limits=catalogue.limits.orders,
        )
    return Asked(
        record=record, people=people, marks=tuple(marks(people, Regimen(doses), catalogue.limits.orders))
    )


def _weight_kg(text: str | None) -> float:
    if text is None:
        raise RefusedError.of(
            field="weight",
            code="missing",
            message="It has no WT and no weight was given.",
            mend="Add a column WT in kg, or --weight.",
        )
    return kg_from_g(read_weight_g(text))


def _given(record: EventRecord) -> Iterator[Dose]:
    """Each dose that differs from the others in more than its time."""
    given = {
        (dose.route, dose.amount_mg, dose.duration_h): dose
        for episode in record.episodes
        for dose in (*episode.doses, *(one.dose for one in episode.repeated))
    }
    yield from given.values()
