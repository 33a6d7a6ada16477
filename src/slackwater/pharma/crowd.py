"""A weighted crowd of virtual patients: drawn by seed, simulated, asked for bands and chances."""

import math
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from slackwater.pharma import cautions, mixture
from slackwater.pharma.arrays import Indices, Matrix, Vector
from slackwater.pharma.columns import (
    MODEL,
    STEEPNESS,
    Cause,
    Columns,
    columns_of,
    model_parts,
    response_parts,
)
from slackwater.pharma.curves import Curves
from slackwater.pharma.disposition import Concentrations, Measurement, rising
from slackwater.pharma.exposure_changes import ExposureChange
from slackwater.pharma.fingerprint import fingerprint
from slackwater.pharma.learned import Learned
from slackwater.pharma.mixture import Group, Pooled, WeightedModel
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.person import Person
from slackwater.pharma.population import Individuals, individuals
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.response import Responders, Response
from slackwater.pharma.weights import check_weights, equal_weights, normalised
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError

MOST_SUBJECTS = 1_000_000
# Two gigabytes of curves; a crowd of 4096 over eight hours by the minute takes a twelfth of it.
MOST_VALUES = 250_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Whom the virtual patients are drawn from: a model and a response, for one person and drug.

    changes: how this person's medicines change exposure
    others:  further models, each with the share of the crowd that follows it; the rest follows `model`

    Raises RefusedError for shares that leave nothing to `model`, a model named twice, and one of several
    models that lacks the drug.
    """

    model: PublishedModel
    response: Response
    person: Person
    drug: Drug
    changes: tuple[ExposureChange, ...] = ()
    others: tuple[WeightedModel, ...] = ()

    def __post_init__(self) -> None:
        if self.others and (found := tuple(mixture.problems(self.models, self.drug))):
            raise RefusedError(*found)

    @property
    def models(self) -> tuple[WeightedModel, ...]:
        """Every model with its share of the crowd, first the one that comes first in it."""
        first = 1.0 - sum(one.share for one in self.others)
        return (WeightedModel(model=self.model, share=first), *self.others)

    @property
    def has_spread(self) -> bool:
        """Whether concentrations differ within the crowd: between people, or between its models."""
        return len(self.models) > 1 or self.model.has_spread

    @property
    def columns(self) -> Columns:
        """What the columns of a crowd's deviates stand for."""
        return columns_of([one.model for one in self.models], self.response)

    @property
    def n_etas(self) -> int:
        return len(self.columns)

    @property
    def cautions(self) -> tuple[str, ...]:
        """What its crowds cannot take into account of this person, for people; to be told with any number."""
        beyond = [each for one in self.models for each in cautions.outside(one.model, self.person)]
        return (*dict.fromkeys(beyond), *cautions.left_out(self.person, self.changes))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Crowd:
    """A weighted set of virtual patients, never changed once made.

    z:           (n_subjects, n_etas) standard normal deviates, as `Population.columns` names them
    weights:     (n_subjects,), sum 1
    seed:        what it was drawn by; None for the typical person
    crowd_id:    the same for the same inputs on any machine; kept when the crowd is reweighted
    is_as_drawn: whether nothing has been observed in this session yet
    learned:     what earlier sessions taught it; None where it knows the population alone
    """

    population: Population
    z: Matrix
    weights: Vector
    seed: int | None
    crowd_id: str
    is_as_drawn: bool = True
    learned: Learned | None = None

    def __post_init__(self) -> None:
        check_weights(self.weights)
        if self.z.shape != (self.n_subjects, self.population.n_etas):
            raise RefusedError.of(
                field="z",
                code="shape",
                message=f"{self.n_subjects:,} virtual patients of this population cannot have deviates of"
                f" shape {self.z.shape}.",
                mend=f"Give a row for each, of {self.population.n_etas}, as `Population.columns` names them.",
            )

    @property
    def n_subjects(self) -> int:
        return int(self.weights.size)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """What every model of the crowd gives for the drug, concentrations first."""
        given = [mixture.given(one.model, self.population.drug) for one in self.population.models]
        return tuple(quantity for quantity in Quantity if all(quantity.measurement in has for has in given))

    def simulate(
        self, regimen: Regimen, time_h: Vector, wanted: Collection[Quantity] | None = None
    ) -> Curves:
        """Curves of every virtual patient at these times.

        time_h: (n_times,), h, rising, 0 or more; values at the instant of a bolus are those just after it
        wanted: what will be asked of the curves; less is faster. None for everything the models have
        Raises RefusedError for other times, for more values than fit in memory, and for a drug, route or
        quantity that one of the models lacks.
        """
        asked = self.quantities if wanted is None else tuple(wanted)
        time_h = rising(time_h)
        measured = frozenset(quantity.measurement for quantity in asked)
        _check_size(self.n_subjects, time_h.size, len(measured))
        drug = self.population.drug
        mixture.check_given(self.population.models, drug, regimen, measured)
        responders = self.responders()
        groups = self._groups(responders)

        @cache
        def all_areas() -> Concentrations | Pooled:
            # One solution answers for every concentration, and only if somebody asks.
            return mixture.areas(groups, drug, regimen, time_h[-1:], measured)

        def area_of(measurement: Measurement) -> Vector:
            to_the_end: Vector = all_areas().of(*measurement)[0]
            return to_the_end

        return Curves(
            time_h=time_h,
            weights=self.weights,
            concentrations=mixture.concentrations(groups, drug, regimen, time_h, measured),
            area_of=area_of,
            response=self.population.response,
            responders=responders,
        )

    @property
    def follows(self) -> Indices:
        """Which of `Population.models` each virtual patient follows, (n_subjects,)."""
        if not self.population.others:
            return np.zeros(self.n_subjects, dtype=np.int64)
        selector = self.z[:, self.population.columns.index(MODEL, Cause.MODELS)]
        return mixture.followed(selector, [one.share for one in self.population.models])

    def model_weights(self) -> tuple[float, ...]:
        """The share of the crowd, by weight, that follows each of `Population.models`."""
        follows = self.follows
        return tuple(float(self.weights[follows == k].sum()) for k in range(len(self.population.models)))

    def reweighted(self, weights: Vector) -> "Crowd":
        """The same virtual patients with other weights.

        weights: (n_subjects,), 0 or more; brought to sum 1
        Raises RefusedError if a weight is no finite number, is negative, or all are zero, and for a number of
        weights that is not the crowd's.
        """
        return replace(self, weights=normalised(weights), is_as_drawn=False)

    def refreshed(self, z: Matrix) -> "Crowd":
        """Other virtual patients in place of these, equally weighted; z: (n_subjects, n_etas), finite."""
        return replace(self, z=_read_only(z), weights=equal_weights(len(z)), is_as_drawn=False, learned=None)

    def responders(self) -> Responders:
        """Each virtual patient's own response."""
        response, columns = self.population.response, self.population.columns
        steepness = columns.blended(self.z, [STEEPNESS])[:, 0] if response.gamma_unknown_cv else None
        return response.responders(columns.blended(self.z, response_parts(response)), steepness)

    def groups(self) -> list[Group]:
        """Those who follow each model, with their parameters; models that nobody follows are left out."""
        return self._groups(self.responders())

    def _groups(self, responders: Responders) -> list[Group]:
        models, follows = self.population.models, self.follows
        found = ((one.model, np.flatnonzero(follows == k)) for k, one in enumerate(models))
        return [
            Group(model, indices, self._individuals(model, indices, responders))
            for model, indices in found
            if indices.size
        ]

    def _individuals(self, model: PublishedModel, indices: Indices, responders: Responders) -> Individuals:
        population = self.population
        z = self.z if indices.size == self.n_subjects else self.z[indices]
        people = individuals(
            model,
            population.person,
            population.drug,
            population.columns.blended(z, model_parts(model)),
            population.changes,
        )
        if model.effect_link is None:
            return people
        return people.replacing(ke0=people["ke0"] * responders.ke0_factor[indices])


def draw(people: Population, *, n_subjects: int = 4096, seed: int = 1) -> Crowd:
    """A crowd drawn by seed; a smaller one is the beginning of a larger one.

    n_subjects: 1 to 1,000,000
    seed:       a whole number, 0 or more
    Raises RefusedError if either is out of range.
    """
    _check_whole("subjects", n_subjects, low=1, high=MOST_SUBJECTS)
    _check_whole("seed", seed, low=0, high=2**63 - 1)
    return Crowd(
        population=people,
        z=_read_only(people.columns.drawn(n_subjects, seed)),
        weights=equal_weights(n_subjects),
        seed=seed,
        crowd_id=fingerprint(people, n_subjects, seed),
    )


def with_deviates(crowd: Crowd, z: Matrix) -> Crowd:
    """The same crowd with other deviates, equally weighted, as if it had been drawn so.

    z: (n_subjects, n_etas), in the order of `Population.columns`
    """
    return replace(crowd, z=_read_only(z), weights=equal_weights(len(z)))


def typical(people: Population) -> Crowd:
    """A crowd of one: the typical person of the first model, at the median of everything that varies."""
    z = np.zeros((1, people.n_etas))
    if people.others:
        z[0, people.columns.index(MODEL, Cause.MODELS)] = mixture.middle_of_first(people.models[0].share)
    return Crowd(
        population=people,
        z=_read_only(z),
        weights=equal_weights(1),
        seed=None,
        crowd_id=fingerprint(people, "typical"),
    )


def _check_size(n_subjects: int, n_times: int, n_quantities: int) -> None:
    most = MOST_VALUES // max(n_times * n_quantities, 1)
    if n_subjects > most:
        raise RefusedError.of(
            field="subjects",
            code="too-many-values",
            message=f"{n_subjects:,} virtual patients at {n_times:,} times do not fit in memory.",
            mend=f"Take at most {most:,} of them, a longer step between times, or fewer quantities.",
        )


def _check_whole(field: str, value: int, *, low: int, high: int) -> None:
    if type(value) is not int or not low <= value <= high:
        raise RefusedError.of(
            field=field,
            code="out-of-range",
            message=f"{value} is not a whole number from {low:,} to {high:,}.",
            mend=f"Write a whole number from {low:,} to {high:,}.",
        )


def _read_only(z: Matrix) -> Matrix:
    if not math.isfinite(float(z.sum())):
        raise RefusedError.of(
            field="z",
            code="not-finite",
            message="A deviate is not a number.",
            mend="Give standard normal deviates, all of them finite.",
        )
    z.setflags(write=False)
    return z
