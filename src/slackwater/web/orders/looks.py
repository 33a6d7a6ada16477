"""What the order pages show, in words: the order itself, and what the crowd says of it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from typing import Any

from slackwater.actions.basis import Footing
from slackwater.actions.earlier import learned_sentence
from slackwater.actions.previews import Course, Middle, Preview, Split
from slackwater.catalogue.limits import load_limits
from slackwater.pharma.columns import Cause
from slackwater.terms.spans import show_span
from slackwater.units import min_from_s

# The charts end half an hour after nine in ten have recovered, and show no less than two hours.
_SHOWN_LEAST_MIN, _SHOWN_AFTER_MIN = 120, 30
_WIDTHS = {"depth": "Depth", "systolic_rise": "Systolic pressure", "recovered": "Time of recovery"}
_CAUSES = {
    Cause.RESPONSE: "people respond differently",
    Cause.DRUG: "people take up and clear the drug differently",
    Cause.OCCASION: "one person differs between sessions",
    Cause.UNKNOWN: "typical values are not known well",
    Cause.MODELS: "published models disagree",
    Cause.RESIDUAL: "a reading strays from the truth",
    Cause.TOGETHER: "what these do only together",
}
_TABLE_MIN = (10, 20, 30, 40, 60, 90, 120, 180, 240, 360, 480)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One headline: a question, the middle of the crowd, its spread, and the same with the booster."""

    question: str
    middle: str
    unit: str
    spread: str
    boosted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    after: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One cause of a band's width; percent: of its variance, whole; start: where it begins in the bar."""

    cause: str
    words: str
    percent: int
    start: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Width:
    """What one band's width comes from."""

    title: str
    sentence: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A preview as the page shows it."""

    answers: tuple[Answer, ...]
    table: tuple[Row, ...]
    curves: dict[str, Any]
    boosted: bool
    news: str
    depth_words: str
    pressure_words: str
    recovered_words: str
    crowd_id: str
    model_title: str
    subjects: int
    seed: int
    caveat: str
    widened: tuple[str, ...]
    stays: str
    basis: tuple[Footing, ...]
    learned: str
    lesson: str
    widths: tuple[Width, ...]


def forecast(preview: Preview, *, infusion_min: float, booster_min: float | None) -> Forecast:
    """A preview in words, tables and the numbers of its charts."""
    answers = tuple(_answers(preview))
    return Forecast(
        answers=answers,
        table=tuple(_table(preview)),
        curves=_curves(preview, infusion_min=infusion_min, booster_min=booster_min),
        boosted=preview.boosted is not None,
        news="; ".join(f"{one.question}: {one.middle} {one.unit}".strip() for one in answers),
        depth_words=_in_words("Depth of effect over time", answers[0]),
        pressure_words=_in_words("Rise in blood pressure over time", answers[1]),
        recovered_words=_in_words("Share of the crowd that has recovered", answers[2]),
        crowd_id=preview.crowd_id,
        model_title=preview.model_title,
        subjects=preview.subjects,
        seed=preview.seed,
        caveat=preview.caveat,
        widened=preview.widened,
        stays=_stays(),
        basis=preview.basis,
        learned=learned_sentence(preview.learned),
        lesson=preview.lesson.sentence if preview.lesson else "",
        widths=tuple(_width(one) for one in preview.causes if one.shares),
    )


def _width(split: Split) -> Width:
    starts = accumulate((share for _, share in split.shares), initial=0.0)
    parts = (
        Part(cause=cause.value, words=_CAUSES[cause], percent=round(100 * share), start=round(100 * start, 1))
        for (cause, share), start in zip(split.shares, starts, strict=False)
    )
    return Width(
        title=_WIDTHS[split.what], sentence=split.sentence, parts=tuple(one for one in parts if one.percent)
    )


def _stays() -> str:
    least = load_limits().recovery.observation
    span = show_span(min_from_s(least.minutes.total_seconds()))
    return (
        f"Whatever the crowd says, the patient stays at least {span} after the last dose is in"
        f" ({least.rule}, {least.source})."
    )


def _answers(preview: Preview) -> Sequence[Answer]:
    first, boosted = preview.first, preview.boosted
    return (
        Answer(
            question="Deepest",
            middle=f"{first.peak_depth.p50:.1f}",
            unit=f"of 10, at {round(first.peak_at_min.p50)} min",
            spread=f"9 in 10 from {_range(first.peak_depth, 1)}",
            boosted=f"{boosted.peak_depth.p50:.1f} ({_range(boosted.peak_depth, 1)})" if boosted else "",
        ),
        Answer(
            question="Pressure rises by",
            middle=f"{first.peak_systolic.p50:.0f}/{first.peak_diastolic.p50:.0f}",
            unit="mmHg at most",
            spread=f"1 in 20 by more than {first.peak_systolic.p95:.0f}/{first.peak_diastolic.p95:.0f}",
            boosted=f"{boosted.peak_systolic.p50:.0f}/{boosted.peak_diastolic.p50:.0f}" if boosted else "",
        ),
        Answer(
            question="9 in 10 recovered by",
            middle=_by(first.recovered_p90_min),
            unit="",
            spread=f"half by {_by(first.recovered_p50_min)}, {_earliest(first)}",
            boosted=_by(boosted.recovered_p90_min) if boosted else "",
        ),
    )


def _table(preview: Preview) -> Sequence[Row]:
    return tuple(
        Row(after=show_span(minute), cells=_cells(preview, preview.time_min.index(minute)))
        for minute in _TABLE_MIN
        if minute in preview.time_min and minute <= _shown_until(preview)
    )


def _cells(preview: Preview, i: int) -> tuple[str, ...]:
    first, boosted = preview.first, preview.boosted
    cells = (
        f"{first.depth.p50[i]:.1f} ({first.depth.p05[i]:.1f} to {first.depth.p95[i]:.1f})",
        f"+{first.systolic.p50[i]:.0f} ({first.systolic.p05[i]:.0f} to {first.systolic.p95[i]:.0f})",
        f"+{first.diastolic.p50[i]:.0f} ({first.diastolic.p05[i]:.0f} to {first.diastolic.p95[i]:.0f})",
        f"{100 * first.recovered[i]:.0f} %",
    )
    if boosted is None:
        return cells
    return (
        *cells,
        f"{boosted.depth.p50[i]:.1f} ({boosted.depth.p05[i]:.1f} to {boosted.depth.p95[i]:.1f})",
        f"{100 * boosted.recovered[i]:.0f} %",
    )


def _curves(preview: Preview, *, infusion_min: float, booster_min: float | None) -> dict[str, Any]:
    """The numbers of the charts, as JSON carries them."""
    count = preview.time_min.index(_shown_until(preview)) + 1
    return {
        "time_min": preview.time_min[:count],
        "infusion_min": infusion_min,
        "booster_min": booster_min,
        "first": _course(preview.first, count),
        "boosted": _course(preview.boosted, count) if preview.boosted else None,
    }


def _course(course: Course, count: int) -> dict[str, Any]:
    fans = {"depth": course.depth, "systolic": course.systolic, "diastolic": course.diastolic}
    cut = {name: {p: row[:count] for p, row in asdict(fan).items()} for name, fan in fans.items()}
    return cut | {"recovered": course.recovered[:count]}


def _shown_until(preview: Preview) -> int:
    """The last minute that charts and table show, on a half hour."""
    last = preview.boosted or preview.first
    end = preview.time_min[-1]
    if last.recovered_p90_min is None:
        return end
    wanted = max(_SHOWN_LEAST_MIN, last.recovered_p90_min + _SHOWN_AFTER_MIN)
    return min(end, int(-(-wanted // 30) * 30))


def _range(figure: Middle, places: int) -> str:
    return f"{figure.p05:.{places}f} to {figure.p95:.{places}f}"


def _by(minute: float | None) -> str:
    return "later than 8 h" if minute is None else show_span(minute)


def _earliest(course: Course) -> str:
    if course.recovered_p10_min == 0:
        return "1 in 10 never that deep"
    return f"1 in 10 by {_by(course.recovered_p10_min)}"


def _in_words(title: str, answer: Answer) -> str:
    boosted = f" With the booster {answer.boosted}." if answer.boosted else ""
    return f"{title}. {answer.question} {answer.middle} {answer.unit}; {answer.spread}.{boosted}".replace(
        "  ", " "
    )
