"""What the page shows: sentences, tables and plots, each plot with the table that says the same."""

from collections.abc import Iterator
from dataclasses import dataclass

from slackwater.actions import widened
from slackwater.actions.insight import RUNNING, Group, Insight, Visit
from slackwater.pharma.coverage import FEWEST_TO_SAY, N_BINS, Held
from slackwater.pharma.marks import BAND_SHARE
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.slipping import FALSE_WIDENING
from slackwater.pharma.widening import FEWEST_SESSIONS, LARGEST_FACTOR, MOST_SESSIONS
from slackwater.web.insight import figures, words
from slackwater.web.insight.figures import Plot

_ORDER = (Quantity.DEPTH, Quantity.SYSTOLIC_RISE, Quantity.DIASTOLIC_RISE)
_VISITS_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One of the quantities that the page can be about."""

    of: str
    name: str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a table: what it is about, and its cells."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything on the page."""

    tabs: tuple[Tab, ...]
    headline: str
    verdict: str
    half: str
    notes: tuple[str, ...]
    widening: tuple[str, ...]
    is_empty: bool
    reliability: Plot
    reliability_rows: tuple[Row, ...]
    histogram: Plot
    histogram_rows: tuple[Row, ...]
    trend: Plot | None
    groups: tuple[Row, ...]
    visits: tuple[Visit, ...]
    n_visits: int
    back: str
    running: int
    fewest: int
    fewest_to_widen: int
    most_to_widen: int
    largest_percent: int
    false_percent: int


def page(found: Insight) -> Page:
    """The page of one quantity."""
    name = words.NAMES[found.quantity].lower()
    return Page(
        tabs=tuple(Tab(of=one.value, name=words.NAMES[one], is_here=one is found.quantity) for one in _ORDER),
        headline=words.headline(found.band, found.quantity),
        verdict=words.verdict(found.band),
        half=words.headline(found.half, found.quantity) if found.half and found.half.low is not None else "",
        notes=tuple(_notes(found)),
        widening=tuple(_widening(found.groups)),
        is_empty=found.band is None,
        reliability=figures.reliability(found.levels, title=f"What bands of {name} promised and held"),
        reliability_rows=tuple(_level(one) for one in found.levels),
        histogram=figures.histogram(found.histogram, title=f"Where readings of {name} fell"),
        histogram_rows=tuple(_bin(index, share) for index, share in enumerate(found.histogram)),
        trend=_trend(found),
        groups=tuple(row for group in found.groups for row in _group(group, found.quantity)),
        visits=tuple(reversed(found.visits[-_VISITS_SHOWN:])),
        n_visits=len(found.visits),
        back=words.back(found.back) if found.quantity is Quantity.DEPTH else "",
        running=RUNNING,
        fewest=FEWEST_TO_SAY,
        fewest_to_widen=FEWEST_SESSIONS,
        most_to_widen=MOST_SESSIONS,
        largest_percent=round(100 * (LARGEST_FACTOR - 1)),
        false_percent=round(100 * FALSE_WIDENING),
    )


def _notes(found: Insight) -> Iterator[str]:
    if found.sharpness is not None:
        yield f"Mean width of the 90 % band: {words.width(found.sharpness, found.quantity)}."
        yield f"Its middle was {words.error(found.sharpness, found.quantity)}."
    if found.own is not None:
        yield f"Without widening they would have held {words.share(found.own)}."
    if found.disowned is not None:
        yield (
            f"Not counted above: {words.readings(found.disowned, found.quantity)} in"
            f" {words.counted(found.disowned.n_sessions, 'session')} after the crowd itself had said that"
            f" nobody in it fits. Their 90 % bands held {words.share(found.disowned)}."
        )
    if found.present is not None:
        yield f"Marked again by today's engine, its own bands would have held {words.share(found.present)}."
    if found.n_waiting:
        yield f"{words.counted(found.n_waiting, 'finished session')} still to be marked."


def _widening(groups: tuple[Group, ...]) -> Iterator[str]:
    for group in groups:
        if group.widened is not None:
            said = " ".join(widened.sentences([group.widened]))
            yield f"{group.model}, {group.route}. {said}"


def _level(one: Held) -> Row:
    return Row(
        name=words.promise(one), cells=(words.share(one), f"{one.n_readings:,}", f"{one.n_sessions:,}")
    )


def _bin(index: int, share: float) -> Row:
    low, high = 100 * index // N_BINS, 100 * (index + 1) // N_BINS
    return Row(name=f"{low} to {high} %", cells=(words.percent(share),))


def _group(group: Group, quantity: Quantity) -> Iterator[Row]:
    for index, stage in enumerate(group.stages):
        yield Row(
            name=f"{group.model}, {group.route}" if index == 0 else "",
            cells=(
                stage.name,
                f"{stage.band.n_sessions:,}",
                f"{stage.band.n_readings:,}",
                words.share(stage.band),
                words.share(stage.half),
                words.width(stage.sharpness, quantity),
                f"{round(stage.sharpness.bias, 1) + 0.0:+.1f}",
                f"{stage.sharpness.absolute:.1f}",
            ),
        )


def _trend(found: Insight) -> Plot | None:
    if not found.visits:
        return None
    title = f"Share of readings that each session's 90 % bands held, and over {RUNNING} sessions"
    return figures.trend(found.visits, promised=BAND_SHARE, title=title)
