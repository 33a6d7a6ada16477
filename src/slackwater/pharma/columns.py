"""What each column of a crowd's standard normals stands for: whose deviate it is, and why it varies."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.draws import Stream
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.response import Response


class Cause(StrEnum):
    """Why a band is wide. The first five are columns of deviates.

    DRUG:     people take up, spread and clear the drug differently
    RESPONSE: people respond differently to the same concentration
    OCCASION: one person differs between sessions
    UNKNOWN:  typical values are not known well; each virtual patient carries a hypothesis
    MODELS:   published models disagree; each virtual patient follows one
    RESIDUAL: a reading to come strays from the truth
    TOGETHER: what none of them does alone
    """

    DRUG = "drug"
    RESPONSE = "response"
    OCCASION = "occasion"
    UNKNOWN = "unknown"
    MODELS = "models"
    RESIDUAL = "residual"
    TOGETHER = "together"

    @property
    def is_kept(self) -> bool:
        """Whether a person brings it to their next session."""
        return self is not Cause.OCCASION


class Lane(IntEnum):
    """Streams of one seed. What is added to a crowd has its own, so that the other digits stay.

    Lane 1 refreshes crowds (observe.py), lane 15 places readings in their cells (marks.py).
    """

    FIRST = 0
    OTHER_MODELS = 2
    UNKNOWN = 3
    OCCASION = 4
    MODELS = 5
    SEEN_BY_STAFF = 6


@dataclass(frozen=True, slots=True)
class Column:
    """One column of deviates: the name of what it moves, why it varies, and where it is drawn from."""

    name: str
    cause: Cause
    lane: Lane


@dataclass(frozen=True, slots=True)
class Part:
    """One standard normal that a model or a response asks for, and what it is blended from.

    cause:    of what differs between people; None where nothing does
    occasion: share of the variance that is new in each session, 0 to 1
    unknown:  share of the variance that is a typical value not known, 0 to 1 - occasion
    """

    name: str
    cause: Cause | None
    occasion: float = 0.0
    unknown: float = 0.0

    def shares(self) -> tuple[tuple[Cause, float], ...]:
        """The share of each cause in the variance; they add up to 1."""
        own = 1.0 - self.occasion - self.unknown
        people = () if self.cause is None else ((self.cause, own),)
        return (*people, (Cause.OCCASION, self.occasion), (Cause.UNKNOWN, self.unknown))


# What came to the response after crowds were first drawn.
_SEEN_BY_STAFF = frozenset({"alertness", "heart_rate"})
_LANES_A_DRAW = 16
STEEPNESS = Part("gamma", None, unknown=1.0)
MODEL = "model"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one population's crowds, in order."""

    columns: tuple[Column, ...]

    def __len__(self) -> int:
        return len(self.columns)

    def index(self, name: str, cause: Cause) -> int:
        """Where a column stands."""
        return next(i for i, one in enumerate(self.columns) if (one.name, one.cause) == (name, cause))

    def of(self, causes: Iterable[Cause]) -> list[int]:
        """Where the columns of these causes stand."""
        wanted = set(causes)
        return [i for i, one in enumerate(self.columns) if one.cause in wanted]

    def drawn(self, n_subjects: int, seed: int, *, again: int = 0) -> Matrix:
        """Standard normals by seed, (n_subjects, n_columns); fewer rows are a prefix of more.

        again: 0 for the crowd itself, more for further draws that do not resemble it
        """
        return next(self.drawn_in_pieces(n_subjects, seed, n_subjects, again=again))

    def drawn_in_pieces(self, n_subjects: int, seed: int, piece: int, *, again: int = 0) -> Iterator[Matrix]:
        """What `drawn` gives, so many rows at a time, the last piece with what is left."""
        streams = [Stream(seed, lane=lane + _LANES_A_DRAW * again) for lane in Lane]
        widths = [sum(one.lane is lane for one in self.columns) for lane in Lane]
        for first in range(0, n_subjects, piece):
            n = min(piece, n_subjects - first)
            yield np.hstack([stream.normals(n, width) for stream, width in zip(streams, widths, strict=True)])

    def blended(self, z: Matrix, parts: Sequence[Part]) -> Matrix:
        """One standard normal a part, (n_subjects, n_parts), each from what it is made of in this session."""
        if not parts:
            return np.zeros((len(z), 0))
        return np.column_stack([self._one(z, part) for part in parts])

    def setting(self, z: Matrix, part: Part, value: float) -> Matrix:
        """The same deviates with one part at a value, each of its causes taking its share of it."""
        changed = z.copy()
        for cause, share in part.shares():
            if share > 0.0:
                changed[:, self.index(part.name, cause)] = value * math.sqrt(share)
        return changed

    def _one(self, z: Matrix, part: Part) -> Vector:
        terms = [
            # Shares of a variance, so that independent normals blend into a standard normal again.
            math.sqrt(share) * z[:, self.index(part.name, cause)]
            for cause, share in part.shares()
            if share > 0.0
        ]
        total: Vector = sum(terms[1:], start=terms[0])
        return total


def model_parts(model: PublishedModel) -> tuple[Part, ...]:
    """What the model asks for, in the order of its etas."""
    return tuple(
        Part(eta.name, None, unknown=1.0)
        if eta.is_estimate
        else Part(eta.name, Cause.DRUG, occasion=eta.occasion_share)
        for eta in model.variability
    )


def response_parts(response: Response) -> tuple[Part, ...]:
    """What the response asks for, in the order of its etas."""
    splits = [response.split(name) for name in response.eta_names]
    return tuple(Part(one.of, Cause.RESPONSE, occasion=one.occasion, unknown=one.unknown) for one in splits)


def columns_of(models: Sequence[PublishedModel], response: Response) -> Columns:
    """The columns of crowds drawn from these models.

    First what the first model and the response have between people; etas of other models follow, but one that
    bears the name of an eta already there is that eta: a person whose clearance is high is so in every model.
    Then what is unknown, what is new in each session, which model a patient follows, and what staff see.
    """
    first, response_ = model_parts(models[0]), response_parts(response)
    others = _unlike(first, [part for model in models[1:] for part in model_parts(model)])
    felt = [part for part in response_ if part.name not in _SEEN_BY_STAFF]
    seen = [part for part in response_ if part.name in _SEEN_BY_STAFF]
    varied = (*first, *response_, *others)
    steepness = (STEEPNESS,) if response.gamma_unknown_cv > 0.0 else ()
    unknown = [part.name for part in (*varied, *steepness) if part.unknown > 0.0]
    moving = [part for model in models for part in model_parts(model)] + list(response_)
    occasion = dict.fromkeys(part.name for part in moving if part.occasion > 0.0)
    return Columns(
        (
            *(Column(part.name, Cause.DRUG, Lane.FIRST) for part in first if part.cause),
            *(Column(part.name, Cause.RESPONSE, Lane.FIRST) for part in felt),
            *(Column(part.name, Cause.DRUG, Lane.OTHER_MODELS) for part in others if part.cause),
            *(Column(name, Cause.UNKNOWN, Lane.UNKNOWN) for name in unknown),
            *(Column(name, Cause.OCCASION, Lane.OCCASION) for name in occasion),
            *(Column(MODEL, Cause.MODELS, Lane.MODELS) for _ in models[1:2]),
            *(Column(part.name, Cause.RESPONSE, Lane.SEEN_BY_STAFF) for part in seen),
        )
    )


def _unlike(known: Sequence[Part], parts: Sequence[Part]) -> tuple[Part, ...]:
    """The first of each name that is not known already."""
    names = {part.name for part in known}
    found = {part.name: part for part in reversed(parts) if part.name not in names}
    return tuple(found[name] for name in dict.fromkeys(part.name for part in parts) if name in found)
