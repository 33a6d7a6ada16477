"""A model on rows that it was not fitted to: each study in turn is left out and predicted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from slackwater.pharma.exposure_ratios import bioavailability
from slackwater.pharma.fitting.coordinates import Coordinates
from slackwater.pharma.fitting.estimate import Estimate, estimate
from slackwater.pharma.fitting.evidence import Evidence, PublishedF
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.scoring import NotScored, Observed, Performance, Scorecard, score, scorecard


@dataclass(frozen=True, slots=True, kw_only=True)
class FRatio:
    """A bioavailability, predicted and published."""

    row_id: str
    predicted: float
    published: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """One study: the fit without it, and how that fit predicts its rows and bioavailabilities."""

    study: str
    estimate: Estimate
    card: Scorecard
    F: tuple[FRatio, ...]


def f_ratios(model: PublishedModel, published: Iterable[PublishedF]) -> tuple[FRatio, ...]:
    """Each bioavailability beside the model's."""
    return tuple(
        FRatio(
            row_id=each.row_id,
            predicted=bioavailability(model, each.drug, each.dose),
            published=each.F,
        )
        for each in published
    )


def leave_each_study_out(
    coordinates: Coordinates,
    evidence: Evidence,
    rows: Iterable[tuple[str, Observed | NotScored]],
    *,
    seed: int = 1,
    n_starts: int = 2,
    advance: Callable[[], None] = lambda: None,
) -> tuple[LeftOut, ...]:
    """Each study's rows, excluded ones too, predicted by a fit without them and without priors resting on it.

    rows: every row of the table with its study
    """
    table = tuple(rows)
    found = []
    for study in evidence.studies:
        without = estimate(
            coordinates, evidence.without(study), seed=seed, n_starts=n_starts, advance=advance
        )
        own = [row for name, row in table if name == study]
        F = f_ratios(without.model, (each for each in evidence.bioavailabilities if each.study == study))
        found.append(LeftOut(study=study, estimate=without, card=score(without.model, own), F=F))
    return tuple(found)


def pooled(cards: Iterable[Scorecard]) -> Scorecard:
    """All rows of several scorecards as one."""
    all_cards = tuple(cards)
    return scorecard(
        [row for card in all_cards for row in card.rows],
        [row for card in all_cards for row in card.not_scored],
    )


def beats(challenger: Scorecard, incumbent: Scorecard) -> bool:
    """The rule by which a challenger becomes the default.

    On peaks, areas and points: median absolute error and the share within two-fold no worse on any, and one
    of them better on at least two.
    """
    pairs = [(getattr(challenger, kind), getattr(incumbent, kind)) for kind in ("Cmax", "AUC", "points")]
    is_no_worse = all(not _is_better(old, new) for new, old in pairs)
    return is_no_worse and sum(_is_better(new, old) for new, old in pairs) >= 2


def _is_better(one: Performance, other: Performance) -> bool:
    """On one count at least."""
    if one.mdape is None or one.within_2 is None or other.mdape is None or other.within_2 is None:
        return False
    return one.mdape < other.mdape or one.within_2 > other.within_2
