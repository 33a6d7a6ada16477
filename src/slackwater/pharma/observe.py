"""Reweights a crowd by what is seen of the patient, and says when nobody in it fits."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.compared import compared
from slackwater.pharma.crowd import Crowd
from slackwater.pharma.curves import Curves
from slackwater.pharma.draws import Stream
from slackwater.pharma.evidence import Evidence, gather, log_likelihood, without_artefacts
from slackwater.pharma.fit import fit_of
from slackwater.pharma.kernels.likelihood import effective_size, tempered_weights
from slackwater.pharma.likelihoods import Sign
from slackwater.pharma.observations import Alertness, AnswersToName, Observation, Rating, Rise
from slackwater.pharma.refresh import refreshed
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.yardstick import Surprise

__all__ = [
    "Alertness",
    "AnswersToName",
    "Observation",
    "Posterior",
    "Rating",
    "Rise",
    "Surprise",
    "informed",
    "update",
]

_REFRESH_LANE = 1
_AS_DRAWN_THOUGH_SEEN = "Nothing that this crowd listens to was seen yet: this is the crowd as it was drawn."


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """A crowd after what was seen.

    crowd:         reweighted, or refreshed where too few of it carried the weight
    counted:       how much was seen of each kind, each observation once
    in_use:        the kinds that reweight; the others are counted and move nothing
    ess:           effective sample size of the reweighted crowd, before any refreshing, 1 to n_subjects
    share_fitting: of the crowd as drawn, for whom all ratings and scores together are plausible, 0 to 1
    surprise:      how odd all that was seen is for the crowd as drawn, and what it looks like
    outside:       whether it is too odd to believe the band
    sentence:      the same for people
    """

    crowd: Crowd
    counted: tuple[tuple[Sign, int], ...]
    in_use: frozenset[Sign]
    ess: float
    refreshed: bool
    share_fitting: float
    surprise: Surprise
    outside: bool
    sentence: str

    @property
    def ess_share(self) -> float:
        return self.ess / self.crowd.n_subjects

    @property
    def n_seen(self) -> int:
        """How much was seen of the kinds in use."""
        return sum(n for sign, n in self.counted if sign in self.in_use)

    @property
    def counted_text(self) -> str:
        """What was counted, for people: `4 ratings, 3 systolic pressures`."""
        used = [(sign, n) for sign, n in self.counted if sign in self.in_use]
        return ", ".join(f"{n:,} {sign.word if n == 1 else sign.words}" for sign, n in used) or "nothing yet"

    @property
    def n_ratings(self) -> int:
        """How many ratings were counted."""
        return dict(self.counted).get(Sign.RATING, 0)


def update(
    crowd: Crowd,
    regimen: Regimen,
    observations: Iterable[Observation],
    *,
    using: Collection[Sign] | None = None,
) -> Posterior:
    """The crowd given everything seen so far.

    A rating r is likely, for somebody whose depth is d, by the area of a normal curve about d between r - 0.5
    and r + 0.5 (open beyond 0 and 10), mixed with an even chance of any mark, so that one slip moves the band
    only so far. A score of alertness likewise, and an answer to the name as a score of 3 or more. Rises in
    pressure and heart rate err normally about the predicted rise and share the error of their baseline; one
    that may be an artefact counts less. The same crowd and observations give the same posterior to the last
    digit, in whatever order.

    crowd:        as drawn; observations are never added to a crowd that has taken some in already
    observations: all of them; what is the same at the same time counts once
    using:        the kinds that count; None for those that the catalogue has in use
    Raises RefusedError for an observation before the first dose, two that contradict each other, or too many.
    """
    evidence = gather(crowd, regimen, observations, using)
    if not evidence.strands:
        return _unchanged(crowd, evidence)
    return informed(crowd, regimen, evidence, compared(crowd, regimen, evidence))


def informed(crowd: Crowd, regimen: Regimen, evidence: Evidence, drawn: Curves) -> Posterior:
    """The crowd given evidence, where its curves are known already.

    drawn: the crowd's curves at the evidence's times, so that many may share them
    """
    evidence = without_artefacts(evidence, drawn)
    weights = tempered_weights(crowd.weights, log_likelihood(evidence, drawn), 1.0)
    ess = effective_size(weights)
    needs_refresh = ess < crowd.population.response.fit.refresh_below * crowd.n_subjects
    updated = _moved(crowd, regimen, evidence) if needs_refresh else crowd.reweighted(weights)
    fit = fit_of(crowd, regimen, evidence, drawn)
    return Posterior(
        crowd=updated,
        counted=evidence.counted,
        in_use=evidence.in_use,
        ess=ess,
        refreshed=needs_refresh,
        share_fitting=fit.share,
        surprise=fit.surprise,
        outside=fit.is_outside,
        sentence=fit.sentence(crowd.n_subjects, was_refreshed=needs_refresh),
    )


def _moved(crowd: Crowd, regimen: Regimen, evidence: Evidence) -> Crowd:
    n_etas = crowd.z.shape[1]

    def likelihood_of(z: Matrix) -> Vector:
        return log_likelihood(evidence, compared(crowd.refreshed(z[:, :n_etas]), regimen, evidence))

    stream, learned = Stream(crowd.seed or 0, lane=_REFRESH_LANE), crowd.learned
    if learned is None:
        return crowd.refreshed(refreshed(crowd.z, likelihood_of, stream))
    # What earlier sessions said must go on holding while today's crowd moves, so all of it moves together.
    z = refreshed(learned.z, likelihood_of, stream, known=learned.log_likelihood)
    return crowd.refreshed(z[:, :n_etas].copy())


def _unchanged(crowd: Crowd, evidence: Evidence) -> Posterior:
    return Posterior(
        crowd=crowd,
        counted=evidence.counted,
        in_use=evidence.in_use,
        ess=effective_size(crowd.weights),
        refreshed=False,
        share_fitting=1.0,
        surprise=Surprise(chance=1.0, looks=""),
        outside=False,
        sentence=_AS_DRAWN_THOUGH_SEEN
        if evidence.counted
        else "No ratings yet: this is the crowd as it was drawn.",
    )
