"""Every mark as a row, for a spreadsheet or a statistician; no names, units in the columns' names."""

from collections.abc import Iterable, Iterator

from slackwater.actions.marks.standing import Marked
from slackwater.pharma.marks import BAND_SHARE
from slackwater.rules.room.wire import moment_json

COLUMNS = (
    "session", "opened_at", "engine", "model", "route", "crowd", "quantity", "unit", "number", "at_h",
    "lead_h", "ratings_before", "read", "low_5_percent", "middle", "high_95_percent", "place_low",
    "place_high", "inside_90", "inside_50", "crowds_own_place_low", "crowds_own_place_high",
    "factor_needed", "factor_shown", "crowd_stood_by_it",
)  # fmt: skip


def rows(marked: Iterable[Marked]) -> Iterator[tuple[str | int | float, ...]]:
    """One row a mark, in the order of COLUMNS."""
    for one in marked:
        marking = one.marking
        for number, mark in enumerate(one.marks, 1):
            seen = mark.seen
            yield (
                str(one.session.public_id), moment_json(one.session.opened_at), marking.engine, marking.model,
                marking.route, marking.crowd_id, seen.quantity.value, seen.quantity.unit, number, seen.at_h,
                mark.lead_h, mark.n_before, seen.value, mark.low, mark.middle, mark.high, mark.pit_low,
                mark.pit_high, mark.inside(BAND_SHARE), mark.inside(0.5), mark.own_pit_low, mark.own_pit_high,
                mark.own_factor, mark.factor, int(mark.is_claimed),
            )  # fmt: skip
