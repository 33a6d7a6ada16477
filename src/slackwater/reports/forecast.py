"""What a crowd said about this visit, and what that rests on."""

from dataclasses import dataclass
from itertools import pairwise
from math import isfinite


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Percentiles of the crowd's depth, 0 to 10, over minutes from the report's minute 0.

    Every tuple has the length of `time_min`, which increases. Finite, or the record can't be made.
    """

    time_min: tuple[float, ...]
    p05: tuple[float, ...]
    p25: tuple[float, ...]
    p50: tuple[float, ...]
    p75: tuple[float, ...]
    p95: tuple[float, ...]

    def __post_init__(self) -> None:
        rows = (self.time_min, self.p05, self.p25, self.p50, self.p75, self.p95)
        if len(self.time_min) < 2 or len({len(row) for row in rows}) != 1:
            raise ValueError("a band needs two times or more, and each percentile at each time")
        if not all(isfinite(value) for row in rows for value in row):
            raise ValueError("a band holds finite numbers only")
        if not all(early < late for early, late in pairwise(self.time_min)):
            raise ValueError("a band's times must increase")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryTimes:
    """Minutes until 1, 5 and 9 of 10 of the crowd have recovered; None where they have not by its end."""

    p10_min: float | None
    p50_min: float | None
    p90_min: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The crowd's depth as it was asked last, and as it was before anything was observed.

    prior: None where nothing was observed, so that there is nothing to compare
    """

    now: Band
    prior: Band | None = None
    recovery: RecoveryTimes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisLine:
    """One number or choice the report rests on.

    what:   such as `Depth from effect-site concentration`
    source: a paper, a table or an evidence id
    grade:  how sure that is: `published`, `judgement`, `design` ...
    """

    what: str
    source: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What every predicted number in the report rests on.

    observed: what the crowd was reweighted by, in words, such as `5 ratings`
    ess:      effective sample size after that, in virtual patients
    sentence: what the crowd says about itself, such as that nobody in it fits
    """

    model: str
    model_title: str
    drug: str
    seed: int
    subjects: int
    crowd_id: str
    observed: str
    ess: float
    was_refreshed: bool = False
    is_outside: bool = False
    sentence: str = ""
    lines: tuple[BasisLine, ...] = ()

    @property
    def ess_share(self) -> float:
        """The effective sample size over the crowd's size, 0 to 1."""
        return self.ess / self.subjects if self.subjects else 0.0
