"""A weighted crowd of virtual patients: drawn by seed, simulated, asked for bands and chances."""

import math
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from slackwater.pharma import disposition
from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.curves import Curves
from slackwater.pharma.disposition import Concentrations, Measurement
from slackwater.pharma.draws import Stream
from slackwater.pharma.exposure_changes import ExposureChange
from slackwater.pharma.fingerprint import fingerprint
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.person import Person
from slackwater.pharma.population import Individuals, individuals
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.response import Responders, Response
from slackwater.pharma.weights import equal_weights, normalised
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError

MOST_SUBJECTS = 1_000_000
# Two gigabytes of curves; a crowd of 4096 over eight hours by the minute takes a twelfth of it.
MOST_VALUES = 250_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Whom the virtual patients are drawn from: a model and a response, for one person and drug.

    changes: how this person's medicines change exposure
    """

    model: PublishedModel
    response: Response
    person: Person
    drug: Drug
    changes: tuple[ExposureChange, ...] = ()

    @property
    def n_etas(self) -> int:
        return len(self.model.eta_names) + len(self.response.eta_names)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Crowd:
    """A weighted set of virtual patients, never changed once made.

    z:           (n_subjects, n_etas) standard normal deviates; those of the model first, then the response's
    weights:     (n_subjects,), sum 1
    seed:        what it was drawn by; None for the typical person
    crowd_id:    the same for the same inputs on any machine; kept when the crowd is reweighted
    is_as_drawn: whether nothing has been observed yet
    """

    population: Population
    z: Matrix
    weights: Vector
    seed: int | None
    crowd_id: str
    is_as_drawn: bool = True

    @property
    def n_subjects(self) -> int:
        return int(self.weights.size)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """What the model gives for the drug, concentrations first."""
        has = disposition.measurements(self.population.model, self.population.drug)
        return tuple(quantity for quantity in Quantity if quantity.measurement in has)

    def simulate(
        self, regimen: Regimen, time_h: Vector, wanted: Collection[Quantity] | None = None
    ) -> Curves:
        """Curves of every virtual patient at these times.

        time_h: (n_times,), h, rising, 0 or more; values at the instant of a bolus are those just after it
        wanted: what will be asked of the curves; less is faster. None for everything the model has
        Raises RefusedError for other times, for more values than fit in memory, and for a drug, route or
        quantity that the model lacks.
        """
        asked = self.quantities if wanted is None else tuple(wanted)
        measured = frozenset(quantity.measurement for quantity in asked)
        _check_size(self.n_subjects, time_h.size, len(measured))
        model, drug = self.population.model, self.population.drug
        responders = self.population.response.responders(self.z[:, len(model.eta_names) :])
        people = self._individuals(responders)

        @cache
        def all_areas() -> Concentrations:
            # One solution answers for every concentration, and only if somebody asks.
            return disposition.areas(model, people, drug, regimen, time_h[-1:], measured)

        def area_of(measurement: Measurement) -> Vector:
            to_the_end: Vector = all_areas().of(*measurement)[0]
            return to_the_end

        return Curves(
            time_h=time_h,
            weights=self.weights,
            concentrations=disposition.concentrations(model, people, drug, regimen, time_h, measured),
            area_of=area_of,
            response=self.population.response,
            responders=responders,
        )

    def reweighted(self, weights: Vector) -> "Crowd":
        """The same virtual patients with other weights; refused if a weight is no finite number."""
        return replace(self, weights=normalised(weights), is_as_drawn=False)

    def refreshed(self, z: Matrix) -> "Crowd":
        """Other virtual patients in place of these, equally weighted."""
        return replace(self, z=_read_only(z), weights=equal_weights(len(z)), is_as_drawn=False)

    def _individuals(self, responders: Responders) -> Individuals:
        population = self.population
        n_pk = len(population.model.eta_names)
        people = individuals(
            population.model, population.person, population.drug, self.z[:, :n_pk], population.changes
        )
        if population.model.effect_link is None:
            return people
        return people.replacing(ke0=people["ke0"] * responders.ke0_factor)


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
        z=_read_only(Stream(seed).normals(n_subjects, people.n_etas)),
        weights=equal_weights(n_subjects),
        seed=seed,
        crowd_id=fingerprint(people, n_subjects, seed),
    )


def typical(people: Population) -> Crowd:
    """A crowd of one: the typical person, at the median of everything that varies."""
    return Crowd(
        population=people,
        z=_read_only(np.zeros((1, people.n_etas))),
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
        raise ValueError("deviates are finite")
    z.setflags(write=False)
    return z
