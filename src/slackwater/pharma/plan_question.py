"""What is asked of every regimen: a depth that is wished for, and limits on what may happen."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Protocol

from slackwater.pharma.arrays import Flags, Matrix
from slackwater.pharma.curves import Curves
from slackwater.pharma.recovered import is_impaired
from slackwater.pharma.response import DEEPEST
from slackwater.terms.refusal import Problem, RefusedError

# Beyond these a chance says that something is certain, which no crowd can show.
RAREST, COMMONEST = 0.005, 0.99
LONGEST_STAY_H = 24.0
LOWEST_MMHG, HIGHEST_MMHG = 60.0, 260.0


class Kind(StrEnum):
    """Which question a chance answers."""

    WISH = "wish"
    TOO_DEEP = "too-deep"
    SYSTOLIC = "systolic"
    NOT_FIT = "not-fit"


class Asked(Protocol):
    """One question with its chance: at least so much of the crowd for a wish, at most for a limit.

    from_h: the time from which it counts, h
    """

    kind: ClassVar[Kind]

    @property
    def chance(self) -> float: ...

    @property
    def from_h(self) -> float: ...

    def is_over(self, Ce: Matrix, curves: Curves) -> Flags:
        """For whom it happens at this effect-site concentration; never undone by a higher one.

        Ce: (n_times, n_subjects), mg/L; curves: whose responses are meant. Returns the shape of Ce.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A depth to be reached at some time, with at least this chance.

    depth: above 0 and under 10; chance: 0.005 to 0.99
    """

    kind: ClassVar[Kind] = Kind.WISH
    depth: float
    chance: float

    def __post_init__(self) -> None:
        _refuse(_depth("want", self.depth), _chance("want-chance", self.chance))

    @property
    def from_h(self) -> float:
        return 0.0

    def is_over(self, Ce: Matrix, curves: Curves) -> Flags:
        """Arguments and result as `Asked.is_over`."""
        reached: Flags = curves.response.depth_at(Ce, curves.responders) >= self.depth
        return reached


@dataclass(frozen=True, slots=True, kw_only=True)
class TooDeep:
    """A depth above this at any time, with at most this chance; the depth itself is not yet too deep."""

    kind: ClassVar[Kind] = Kind.TOO_DEEP
    depth: float
    chance: float

    def __post_init__(self) -> None:
        _refuse(_depth("too-deep", self.depth), _chance("too-deep-chance", self.chance))

    @property
    def from_h(self) -> float:
        return 0.0

    def is_over(self, Ce: Matrix, curves: Curves) -> Flags:
        """Arguments and result as `Asked.is_over`."""
        is_deeper: Flags = curves.response.depth_at(Ce, curves.responders) > self.depth
        return is_deeper


@dataclass(frozen=True, slots=True, kw_only=True)
class Systolic:
    """A systolic pressure at or over the person's ceiling at any time, with at most this chance.

    baseline_mmhg: before the drug; None where nobody has measured it, which is refused: unknown is a barrier
    """

    kind: ClassVar[Kind] = Kind.SYSTOLIC
    ceiling_mmhg: float
    baseline_mmhg: float | None
    chance: float

    def __post_init__(self) -> None:
        _refuse(
            _pressure("ceiling", self.ceiling_mmhg),
            _baseline(self.baseline_mmhg, self.ceiling_mmhg),
            _chance("ceiling-chance", self.chance),
        )

    @property
    def from_h(self) -> float:
        return 0.0

    def is_over(self, Ce: Matrix, curves: Curves) -> Flags:
        """Arguments and result as `Asked.is_over`."""
        left = self.ceiling_mmhg - (self.baseline_mmhg or 0.0)
        is_over: Flags = curves.response.systolic_rise_at(Ce, curves.responders) >= left
        return is_over


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFit:
    """Not fit to leave at closing time, or not any more after it, with at most this chance.

    by_h:          closing, hours after the first dose begins, above 0 to 24
    observation_h: the least time between the last drug and leaving; before it is over nobody is fit
    """

    kind: ClassVar[Kind] = Kind.NOT_FIT
    by_h: float
    observation_h: float
    chance: float

    def __post_init__(self) -> None:
        _refuse(
            _hours("closing", self.by_h, is_positive=True),
            _hours("observation", self.observation_h, is_positive=False),
            _chance("closing-chance", self.chance),
        )

    @property
    def from_h(self) -> float:
        return self.by_h

    def is_over(self, Ce: Matrix, curves: Curves) -> Flags:
        """Arguments and result as `Asked.is_over`."""
        return is_impaired(Ce, curves)

    def is_observed(self, end_h: float) -> bool:
        """Whether the observation after drug that ended at `end_h` is over by closing."""
        return end_h + self.observation_h <= self.by_h


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One wish and the limits it has to keep; a limit that is None is not asked."""

    wish: Wish
    too_deep: TooDeep | None = None
    systolic: Systolic | None = None
    not_fit: NotFit | None = None

    def __post_init__(self) -> None:
        if self.too_deep and self.too_deep.depth < self.wish.depth:
            raise RefusedError.of(
                field="too-deep",
                code="contradiction",
                message=f"Depth {self.too_deep.depth:g} is too deep, yet {self.wish.depth:g} is wished for.",
                mend="Wish for less, or set the limit deeper.",
            )
        if not self.limits:
            raise RefusedError.of(
                field="limits",
                code="missing",
                message="Nothing limits the dose.",
                mend="Set at least one: too deep, the systolic ceiling, or closing time.",
            )

    @property
    def limits(self) -> tuple[Asked, ...]:
        """The limits that are asked, in the order of their fields."""
        return tuple(one for one in (self.too_deep, self.systolic, self.not_fit) if one is not None)

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The wish, then the limits."""
        return (self.wish, *self.limits)


def _refuse(*problems: Iterator[Problem]) -> None:
    if found := tuple(problem for one in problems for problem in one):
        raise RefusedError(*found)


def _depth(field: str, depth: float) -> Iterator[Problem]:
    if not 0.0 < depth < DEEPEST:
        yield Problem(
            field=field,
            code="out-of-range",
            message=f"{depth:g} is not a depth that can be passed.",
            mend=f"Write a depth above 0 and under {DEEPEST:g}.",
        )


def _chance(field: str, chance: float) -> Iterator[Problem]:
    if not RAREST <= chance <= COMMONEST:
        yield Problem(
            field=field,
            code="out-of-range",
            message=f"A crowd cannot show a chance of {100 * chance:g} %.",
            mend=f"Write a chance from {100 * RAREST:g} to {100 * COMMONEST:g} %.",
        )


def _pressure(field: str, mmhg: float) -> Iterator[Problem]:
    if not LOWEST_MMHG <= mmhg <= HIGHEST_MMHG:
        yield Problem(
            field=field,
            code="out-of-range",
            message=f"{mmhg:g} mmHg is not a systolic pressure.",
            mend=f"Write one from {LOWEST_MMHG:g} to {HIGHEST_MMHG:g} mmHg.",
        )


def _baseline(baseline: float | None, ceiling: float) -> Iterator[Problem]:
    if baseline is None:
        yield Problem(
            field="baseline",
            code="unknown",
            message="The pressure before the drug is not known, so nobody can tell how far it is from the"
            " ceiling.",
            mend="Measure it, or leave the ceiling out.",
        )
        return
    yield from _pressure("baseline", baseline)
    if baseline >= ceiling:
        yield Problem(
            field="baseline",
            code="over-the-ceiling",
            message=f"The pressure is {baseline:g} mmHg before any drug, and the ceiling is {ceiling:g}.",
            mend="No dose keeps this limit; wait until the pressure is lower.",
        )


def _hours(field: str, hours: float, *, is_positive: bool) -> Iterator[Problem]:
    if not 0.0 <= hours <= LONGEST_STAY_H or (is_positive and hours == 0.0):
        yield Problem(
            field=field,
            code="out-of-range",
            message=f"{hours:g} h is out of range.",
            mend=f"Write {'more than' if is_positive else 'at least'} 0 and at most {LONGEST_STAY_H:g} h.",
        )
