"""Answers an event table: each ID's crowd, read at its rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from slackwater.cli.answer import series_of
from slackwater.cli.ask_events import Asked, EventQuestion
from slackwater.cli.basis import basis
from slackwater.cli.mixed_models import show_models
from slackwater.cli.simulation import PERCENTILES, Series, Vector
from slackwater.pharma.crowd import draw, typical
from slackwater.pharma.event_curves import simulate_events


@dataclass(frozen=True, slots=True, kw_only=True)
class EventBlock:
    """One ID's curves. time_h: TIME of each row that is read, as in the table."""

    id: str
    model: str
    drug: str
    subjects: int
    crowd_id: str
    time_h: Vector
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventAnswer:
    """The answer to one event table, a block for each ID in its order; basis: what the numbers rest on."""

    seed: int
    is_typical: bool
    blocks: tuple[EventBlock, ...]
    basis: tuple[str, ...]


def answer_events(question: EventQuestion) -> EventAnswer:
    """Every ID's block. Raises RefusedError where an ID has no row to read, or no steady state."""
    return EventAnswer(
        seed=question.seed,
        is_typical=question.is_typical,
        blocks=tuple(_block(question, asked) for asked in question.asked),
        basis=tuple(dict.fromkeys(_basis(question))),
    )


def _block(question: EventQuestion, asked: Asked) -> EventBlock:
    people = asked.people
    crowd = (
        typical(people)
        if question.is_typical
        else draw(people, n_subjects=question.subjects, seed=question.seed)
    )
    curves = simulate_events(crowd, asked.record)
    series = [series_of(quantity, curves.band(quantity, PERCENTILES)) for quantity in crowd.quantities]
    return EventBlock(
        id=asked.record.id,
        model=show_models(people.models),
        drug=people.drug.value,
        subjects=crowd.n_subjects,
        crowd_id=crowd.crowd_id,
        time_h=curves.time_h,
        series=tuple(one if people.has_spread else one.without_band() for one in series),
    )


def _basis(question: EventQuestion) -> Iterator[str]:
    if question.not_read:
        yield f"Columns of the table that have no meaning here: {', '.join(question.not_read)}."
    for asked in question.asked:
        yield from asked.marks
        yield from basis(asked.people)
