"""How well a model's typical person agrees with what studies have published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.arrays import Vector
from slackwater.pharma.disposition import areas, concentrations
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.person import Ancestry, Person
from slackwater.pharma.population import individuals
from slackwater.pharma.regimen import Regimen
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route
from slackwater.units import h_from_min

# Studies print tmax to the minute at best; half a minute keeps the grid from adding an error of its own.
_GRID_H = h_from_min(0.5)

_NEAR, _WITHIN_TWOFOLD = (0.8, 1.25), (0.5, 2.0)
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One published concentration C, mg/L, at `at_h` hours after the first dose."""

    at_h: float
    C: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """One row of published figures, and the regimen that they follow.

    Cmax:      mg/L, or None where it is not published or not comparable; AUC (mg/L x h), tmax_h likewise
    horizon_h: the time that Cmax, tmax and AUC refer to, from the first dose
    sampled_from_h: when sampling began; a peak before it could not have been seen
    """

    row_id: str
    person: Person
    drug: Drug
    regimen: Regimen
    analyte: Analyte
    site: Site
    horizon_h: float
    sampled_from_h: float = 0.0
    Cmax: float | None = None
    tmax_h: float | None = None
    AUC: float | None = None
    points: tuple[Point, ...] = ()

    @property
    def time_h(self) -> Vector:
        """The grid on which this row is simulated: even steps, and every moment that a figure is read at."""
        steps = np.arange(round(self.horizon_h / _GRID_H) + 1) * _GRID_H
        ends = [dose.end_h for dose in self.regimen.doses]
        return np.union1d(steps, [self.sampled_from_h, *ends, *(point.at_h for point in self.points)])


@dataclass(frozen=True, slots=True, kw_only=True)
class NotScored:
    """A row that is left out, and why."""

    row_id: str
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowScore:
    """Simulated over observed for one row; None where the row does not publish the figure."""

    row_id: str
    Cmax: float | None
    tmax: float | None
    AUC: float | None
    points: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """Ratios of one kind in sum, in per cent; None where there are none.

    within_1_25: share of ratios from 0.8 to 1.25, both included; within_2 likewise from 0.5 to 2
    mdpe:        median performance error, the bias: median of (simulated - observed) / observed
    mdape:       median absolute performance error, the inaccuracy
    """

    n: int
    within_1_25: float | None
    within_2: float | None
    mdpe: float | None
    mdape: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """Every row, and the four kinds of figures in sum, each ratio counting once."""

    rows: tuple[RowScore, ...]
    not_scored: tuple[NotScored, ...]
    Cmax: Performance
    tmax: Performance
    AUC: Performance
    points: Performance


def score(model: PublishedModel, table: Iterable[Observed | NotScored]) -> Scorecard:
    """Compare each row with the model's typical person; a row that it cannot simulate names the cause."""
    scores = [_score(model, row) if isinstance(row, Observed) else row for row in table]
    return scorecard(
        [row for row in scores if isinstance(row, RowScore)],
        [row for row in scores if isinstance(row, NotScored)],
    )


def scorecard(rows: Sequence[RowScore], not_scored: Iterable[NotScored] = ()) -> Scorecard:
    """Rows with their figures in sum."""
    return Scorecard(
        rows=tuple(rows),
        not_scored=tuple(not_scored),
        Cmax=performance([row.Cmax for row in rows if row.Cmax is not None]),
        tmax=performance([row.tmax for row in rows if row.tmax is not None]),
        AUC=performance([row.AUC for row in rows if row.AUC is not None]),
        points=performance([ratio for row in rows for ratio in row.points]),
    )


def on_the_same_figures(other: Scorecard, card: Scorecard) -> Scorecard:
    """The other model's figures where this one has them too, so that both are judged on the same."""
    theirs = {row.row_id: row for row in other.rows}
    pairs = [(row, theirs[row.row_id]) for row in card.rows if row.row_id in theirs]
    return scorecard([_shared(row, their) for row, their in pairs])


def _shared(row: RowScore, their: RowScore) -> RowScore:
    return RowScore(
        row_id=their.row_id,
        Cmax=None if row.Cmax is None else their.Cmax,
        tmax=None if row.tmax is None else their.tmax,
        AUC=None if row.AUC is None else their.AUC,
        points=their.points if row.points else (),
    )


def performance(ratios: Sequence[float]) -> Performance:
    """Shares and medians of simulated over observed.

    Source: Varvel, Donoho & Shafer, J Pharmacokinet Biopharm 1992;20:63-94, who divide by the
    predicted value; here it is the observed one, as in the evidence file.
    """
    if not ratios:
        return Performance(n=0, within_1_25=None, within_2=None, mdpe=None, mdape=None)
    ratio = np.asarray(ratios)
    error = 100.0 * (ratio - 1.0)
    return Performance(
        n=len(ratios),
        within_1_25=_share(ratio, *_NEAR),
        within_2=_share(ratio, *_WITHIN_TWOFOLD),
        mdpe=float(np.median(error)),
        mdape=float(np.median(np.abs(error))),
    )


def _score(model: PublishedModel, observed: Observed) -> RowScore | NotScored:
    if observed.person.ancestry is not Ancestry.NOT_STATED and not _tells_ancestry_apart(model):
        return NotScored(row_id=observed.row_id, cause=f"{model.id} does not tell ancestries apart")
    try:
        return _compare(observed, _simulated(model, observed))
    except RefusedError as refusal:
        cause = " ".join(problem.message for problem in refusal.problems)
        return NotScored(row_id=observed.row_id, cause=cause)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Simulated:
    """time_h and C: (n_times,), h and mg/L; AUC: to the row's horizon, exactly."""

    time_h: Vector
    C: Vector
    AUC: float


def _simulated(model: PublishedModel, observed: Observed) -> _Simulated:
    """The typical person under the row's regimen: every eta is zero."""
    wanted = [(observed.analyte, observed.site)]
    z = np.zeros((1, len(model.eta_names)))
    people = individuals(model, observed.person, observed.drug, z)
    given = (model, people, observed.drug, observed.regimen)
    horizon_h = np.array([observed.horizon_h])
    return _Simulated(
        time_h=observed.time_h,
        C=concentrations(*given, observed.time_h, wanted).of(*wanted[0])[:, 0],
        AUC=float(areas(*given, horizon_h, wanted).of(*wanted[0])[0, 0]),
    )


def _tells_ancestry_apart(model: PublishedModel) -> bool:
    return any("asian" in parameter.name for parameter in model.parameters)


def _compare(observed: Observed, simulated: _Simulated) -> RowScore | NotScored:
    time_h, C = simulated.time_h, simulated.C
    in_view = np.flatnonzero((time_h >= observed.sampled_from_h) & (time_h <= observed.horizon_h))
    peak = in_view[C[in_view].argmax()]
    at_points = np.searchsorted(time_h, [point.at_h for point in observed.points])
    # A model of venous blood alone gives a bolus straight into it, where no vein ever holds it.
    is_instant = observed.site is Site.VENOUS and float(time_h[peak]) in _bolus_times(observed.regimen)
    if is_instant and observed.AUC is None and not observed.points:
        return NotScored(
            row_id=observed.row_id,
            cause="the model's venous peak is the instant of the bolus, which no sample sees",
        )
    return RowScore(
        row_id=observed.row_id,
        Cmax=None if is_instant else _ratio(float(C[peak]), observed.Cmax),
        tmax=_ratio(float(time_h[peak]), observed.tmax_h),
        AUC=_ratio(simulated.AUC, observed.AUC),
        points=tuple(float(C[at]) / point.C for at, point in zip(at_points, observed.points, strict=True)),
    )


def _bolus_times(regimen: Regimen) -> set[float]:
    return {dose.at_h for dose in regimen.doses if dose.route is Route.IV and dose.duration_h == 0.0}


def _ratio(simulated: float, observed: float | None) -> float | None:
    return None if observed is None else simulated / observed


def _share(ratio: Vector, low: float, high: float) -> float:
    # 48 min over 60 is 0.8 and counts, however the division was rounded.
    inside = (ratio >= low * (1.0 - _ROUNDING)) & (ratio <= high * (1.0 + _ROUNDING))
    return float(100.0 * np.mean(inside))
