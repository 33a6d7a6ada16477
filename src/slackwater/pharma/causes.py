"""What a band is made of: how much of its variance each cause brings.

First-order Sobol indices by pick and freeze: two crowds that agree in the columns of one cause and in nothing
else covary by what that cause brings alone. What no cause brings alone is said to come of them together.

A crowd that has learned from earlier sessions cannot be picked and frozen, because its deviates hang
together: who clears the drug fast must then be who responds strongly. Its variance is shared out by how each
cause's part of an additive fit covaries with the whole (`additive`).

Source: Sobol', Math Comput Simul 2001;55:271-280; the estimator is that of Saltelli et al., Comput Phys
Commun 2010;181:259-270, taken both ways round.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np

from slackwater.pharma.additive import additive
from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.columns import Cause
from slackwater.pharma.crowd import Crowd, with_deviates
from slackwater.pharma.likelihoods import Sign
from slackwater.pharma.quantity import EFFECTS, Quantity
from slackwater.pharma.recovered import recovered_at
from slackwater.pharma.regimen import Regimen
from slackwater.terms.refusal import RefusedError

Answer: TypeAlias = Callable[[Matrix], Matrix]

_ASKED = (Quantity.DEPTH, Quantity.SYSTOLIC_RISE, Quantity.DIASTOLIC_RISE)
_OF_COLUMNS = (Cause.RESPONSE, Cause.DRUG, Cause.OCCASION, Cause.UNKNOWN, Cause.MODELS)
# Below this share a cause is not worth a reader's time.
_WORTH_SAYING = 0.10
_WORDS: Final = {
    Cause.RESPONSE: "people differ in how strongly they respond",
    Cause.DRUG: "people take up and clear the drug differently",
    Cause.OCCASION: "one person differs from session to session",
    Cause.UNKNOWN: "typical values are not known well",
    Cause.MODELS: "published models disagree",
    Cause.RESIDUAL: "a reading strays from the truth",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Causes:
    """One band split into its causes.

    what:     the quantity, or "recovered" for each virtual patient's time of recovery
    variance: (n_times,), of the crowd at each time; one value for a time of recovery, h**2
    shares:   for each cause (n_times,), 0 to 1, adding up to 1 at each time; zeros where nothing varies
    """

    what: str
    variance: Vector
    shares: tuple[tuple[Cause, Vector], ...]

    def overall(self) -> tuple[tuple[Cause, float], ...]:
        """Each cause's share of the variance over all times together, the largest first."""
        total = float(self.variance.sum())
        if total == 0.0:
            return ()
        found = [(cause, float((share * self.variance).sum()) / total) for cause, share in self.shares]
        return tuple(sorted(found, key=lambda one: -one[1]))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AllCauses:
    """What a regimen's bands are made of.

    time_h: (n_times,)
    """

    time_h: Vector
    depth: Causes
    systolic: Causes
    diastolic: Causes
    recovered: Causes


def causes(crowd: Crowd, regimen: Regimen, time_h: Vector, *, with_reading: bool = False) -> AllCauses:
    """Split the bands of depth, both rises in pressure, and the time of recovery.

    crowd:        as drawn, two or more; with 2048 a share is right to about 2 in 100. One that has learned is
                  shared out in another way, right to about 4 in 100 with 4096
    time_h:       (n_times,), h, rising, 0 or more; a recovery later than its end counts as at its end
    with_reading: whether to add the error of one rating or cuff reading to come
    Raises RefusedError for a crowd that has taken in observations of the session itself.
    """
    _check_as_drawn(crowd)
    rows = time_h.size

    def answer(z: Matrix) -> Matrix:
        curves = with_deviates(crowd, z).simulate(regimen, time_h, EFFECTS)
        effects = [curves.of(quantity) for quantity in _ASKED]
        back = np.minimum(recovered_at(curves), time_h[-1])
        return np.vstack([*effects, back[None, :]])

    columns = crowd.population.columns
    groups = [(cause, columns.of([cause])) for cause in _OF_COLUMNS]
    if crowd.learned:
        variance, shares = additive(answer(crowd.z), crowd.z, groups)
    else:
        again = columns.drawn(crowd.n_subjects, crowd.seed or 0, again=1)
        variance, shares = first_order(answer, crowd.z, again, groups)
    errors = _reading_variances(crowd) if with_reading else (0.0, 0.0, 0.0)

    def part(index: int, n_rows: int, error: float = 0.0) -> Causes:
        some = slice(index * rows, index * rows + n_rows)
        cut = tuple((cause, share[some]) for cause, share in shares)
        name = _ASKED[index].value if index < len(_ASKED) else "recovered"
        return _with_error(Causes(what=name, variance=variance[some], shares=cut), error)

    return AllCauses(
        time_h=time_h,
        depth=part(0, rows, errors[0]),
        systolic=part(1, rows, errors[1]),
        diastolic=part(2, rows, errors[2]),
        recovered=part(3, 1),
    )


def first_order(
    answer: Answer, z: Matrix, again: Matrix, groups: Sequence[tuple[Cause, Sequence[int]]]
) -> tuple[Vector, tuple[tuple[Cause, Vector], ...]]:
    """The variance of each answer, and each cause's share of it, with what is left as TOGETHER.

    answer:   of deviates, (n_answers, n_subjects)
    z, again: (n_subjects, n_columns), independent standard normals; `again` does not resemble `z`
    groups:   the columns of each cause; one without columns is left out
    """
    one, other = answer(z), answer(again)
    middle = 0.5 * (one.mean(axis=1) + other.mean(axis=1))[:, None]
    pooled = 0.5 * (one.var(axis=1) + other.var(axis=1))
    varies = pooled > 1e-12 * np.maximum(middle[:, 0] ** 2, 1e-300)

    def share(columns: Sequence[int]) -> Vector:
        # Each of the two draws keeps the cause's columns once, which halves the variance of the estimate.
        kept, kept_by_other = again.copy(), z.copy()
        kept[:, columns], kept_by_other[:, columns] = z[:, columns], again[:, columns]
        alone = 0.5 * (
            ((one - middle) * (answer(kept) - other)).mean(axis=1)
            + ((other - middle) * (answer(kept_by_other) - one)).mean(axis=1)
        )
        return np.clip(np.where(varies, alone / np.where(varies, pooled, 1.0), 0.0), 0.0, 1.0)

    shares = [(cause, share(columns)) for cause, columns in groups if columns]
    # By chance the shares can add up to a little more than everything.
    total = np.sum([part for _, part in shares], axis=0)
    scaled = [(cause, part / np.maximum(total, 1.0)) for cause, part in shares]
    left = np.where(varies, np.maximum(1.0 - total, 0.0), 0.0)
    return np.where(varies, one.var(axis=1), 0.0), (*scaled, (Cause.TOGETHER, left))


def sentence(found: Causes) -> str:
    """The main cause, and others where they are worth saying; shares are of the variance over all times."""
    ranked = [(cause, share) for cause, share in found.overall() if cause is not Cause.TOGETHER]
    if not ranked:
        return "Nothing varies in this crowd, so the band has no width."
    (cause, share), *rest = ranked
    opening = "Most of" if share > 0.5 else "The largest part of"
    thing = "the uncertainty about recovery" if found.what == "recovered" else "this band's width"
    parts = [f"{opening} {thing} is that {_WORDS[cause]} ({_percent(share)})"]
    if also := [f"that {_WORDS[one]} ({_percent(part)})" for one, part in rest[:2] if part >= _WORTH_SAYING]:
        parts.append(f"then {', and '.join(also)}")
    if (together := dict(found.overall()).get(Cause.TOGETHER, 0.0)) >= _WORTH_SAYING:
        parts.append(f"{_percent(together)} is what causes do only together")
    return f"{'; '.join(parts)}."


def _with_error(found: Causes, error: float) -> Causes:
    if error == 0.0:
        return found
    variance = found.variance + error
    shares = tuple((cause, share * found.variance / variance) for cause, share in found.shares)
    return replace(found, variance=variance, shares=(*shares, (Cause.RESIDUAL, error / variance)))


def _reading_variances(crowd: Crowd) -> tuple[float, float, float]:
    response = crowd.population.response
    depth, systolic, diastolic = (
        response.likelihood(sign).sd ** 2 for sign in (Sign.RATING, Sign.SYSTOLIC, Sign.DIASTOLIC)
    )
    return depth, systolic, diastolic


def _check_as_drawn(crowd: Crowd) -> None:
    if not crowd.is_as_drawn or crowd.seed is None or crowd.n_subjects < 2:
        raise RefusedError.of(
            field="crowd",
            code="not-as-drawn",
            message="Only a crowd as it was drawn can be split into causes.",
            mend="Ask a crowd of two or more that has taken in nothing of this session.",
        )


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f} %"
