"""One run of `slackwater fit`: the fit, the studies left out, and the models it is compared with."""

from dataclasses import dataclass

from slackwater.catalogue.estimates import model_text, with_correlations, with_estimates
from slackwater.catalogue.fitting import FitPlan, read_evidence, read_fit_plan, study_of
from slackwater.catalogue.loader import load
from slackwater.catalogue.observed import read_observed
from slackwater.cli.patience import progress
from slackwater.pharma.fitting.coordinates import Coordinates, free_parameters
from slackwater.pharma.fitting.estimate import Estimate, estimate
from slackwater.pharma.fitting.evidence import Evidence
from slackwater.pharma.fitting.held_out import LeftOut, leave_each_study_out
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.scoring import Scorecard, score

_STARTS_LEFT_OUT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """Everything that the tables are made from.

    own, other: scores of the fitted model and of the one it is compared with, on every row
    left_out:   none where nothing was left out
    """

    plan: FitPlan
    evidence: Evidence
    estimate: Estimate
    against: PublishedModel
    own: Scorecard
    other: Scorecard
    left_out: tuple[LeftOut, ...]
    seed: int


def fitted(text: str, *, model: str, against: str, seed: int, n_starts: int, is_leaving_out: bool) -> Fitted:
    """Fit the model to the table and score it, showing how far it is on standard error.

    Raises RefusedError for an unknown model or one without priors, and for a table that cannot be read.
    """
    catalogue = load()
    chosen, other = catalogue.model(model), catalogue.model(against)
    plan = read_fit_plan(model)
    evidence = read_evidence(text, plan, chosen)
    rows = read_observed(text)
    coordinates = Coordinates(model=chosen, names=free_parameters(chosen, plan.priors))
    n_left_out = _STARTS_LEFT_OUT * len(evidence.studies) if is_leaving_out else 0
    with progress("fitting", n_starts + n_left_out) as advance:
        found = estimate(coordinates, evidence, seed=seed, n_starts=n_starts, advance=advance)
        left_out = (
            leave_each_study_out(
                coordinates,
                evidence,
                ((study_of(row.row_id), row) for row in rows),
                seed=seed,
                n_starts=_STARTS_LEFT_OUT,
                advance=advance,
            )
            if is_leaving_out
            else ()
        )
    return Fitted(
        plan=plan,
        evidence=evidence,
        estimate=found,
        against=other,
        own=score(found.model, rows),
        other=score(other, rows),
        left_out=left_out,
        seed=seed,
    )


def estimates_text(result: Fitted) -> str:
    """The model's file with the estimates, their standard errors and which go together in it."""
    text = with_estimates(model_text(result.plan.model), result.estimate.parameters)
    return with_correlations(text, result.estimate.correlation.tolist())
