"""What a model is fitted to: published figures and their studies, priors, and how far each may stray."""

import math
from dataclasses import dataclass, replace

from slackwater.pharma.regimen import Dose
from slackwater.pharma.scoring import Observed
from slackwater.pharma.variability import Scale
from slackwater.terms.drug import Drug

# A study that does not say how many people it had is taken for a small one.
_SMALL_STUDY = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One row of published figures.

    study:            what is left out together
    n:                people, or None where the study does not say
    is_model_derived: exposures that a model gave, not measured ones
    is_site_stated:   whether the study says where its blood was taken
    """

    study: str
    observed: Observed
    n: int | None
    is_model_derived: bool
    is_site_stated: bool

    @property
    def row_id(self) -> str:
        return self.observed.row_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedF:
    """One published bioavailability, a fraction of the same dose into a vein."""

    study: str
    row_id: str
    drug: Drug
    dose: Dose
    F: float
    n: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What is known of a quantity before the rows are seen: log-normal, or logit-normal for a fraction.

    quantity: a parameter of the model, or CL_S, CL_R or Vss, which follow from several
    median:   in hours, mg and L
    sd:       standard deviation on the scale
    study:    left out with this study; "" for what rests on none
    """

    quantity: str
    median: float
    sd: float
    scale: Scale
    study: str
    source: str

    @property
    def centre(self) -> float:
        """The median on the scale."""
        odds = self.median / (1.0 - self.median) if self.scale is Scale.LOGIT else self.median
        return math.log(odds)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorModel:
    """How far a published figure may stray from the typical person, as standard deviations of its logarithm.

    sd**2 = between_studies**2 + between_people**2 / n + site**2

    between_studies: of a peak, an area, a bioavailability or one point
    tmax:            takes its place for the time of a peak
    site:            added for what is read off a curve, where the study does not say which blood it took; an
                     area over hours is the same in both
    curve_worth:     the points of one curve together weigh as much as this many figures
    model_derived:   multiplies the standard deviation of exposures that a model gave
    nu:              degrees of freedom of Student's t, which lets an odd row pull less
    """

    between_studies: float
    between_people: float
    tmax: float
    site: float
    curve_worth: float
    model_derived: float
    nu: float

    def sd_of_area(self, n: int | None) -> float:
        """Of an area or a bioavailability that was measured."""
        return math.sqrt(self.between_studies**2 + self._people(n))

    def sd_of(self, figures: Figures) -> "FigureSds":
        """Of each kind of figure in one row."""
        people = self._people(figures.n)
        site = 0.0 if figures.is_site_stated else self.site**2
        factor = self.model_derived if figures.is_model_derived else 1.0
        thinning = math.sqrt(max(len(figures.observed.points) / self.curve_worth, 1.0))
        peak = factor * math.sqrt(self.between_studies**2 + people + site)
        return FigureSds(
            Cmax=peak,
            tmax=factor * math.sqrt(self.tmax**2 + people + site),
            AUC=factor * self.sd_of_area(figures.n),
            point=peak * thinning,
        )

    def _people(self, n: int | None) -> float:
        return self.between_people**2 / (n or _SMALL_STUDY)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSds:
    """Standard deviations of the logarithms of one row's figures."""

    Cmax: float
    tmax: float
    AUC: float
    point: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A row that is not fitted, and why."""

    row_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything that one fit uses."""

    figures: tuple[Figures, ...]
    bioavailabilities: tuple[PublishedF, ...]
    priors: tuple[Prior, ...]
    error: ErrorModel

    @property
    def studies(self) -> tuple[str, ...]:
        """In the order of the table."""
        of_figures = [each.study for each in self.figures]
        return tuple(dict.fromkeys([*of_figures, *(each.study for each in self.bioavailabilities)]))

    def without(self, study: str) -> "Evidence":
        """Without this study's rows, and without the priors that rest on it."""
        return replace(
            self,
            figures=tuple(each for each in self.figures if each.study != study),
            bioavailabilities=tuple(each for each in self.bioavailabilities if each.study != study),
            priors=tuple(each for each in self.priors if each.study != study),
        )
