"""What moving a crowd is worth: the same patients asked of one that is only weighed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from slackwater.pharma.calibration.counts import Coverage, coverages
from slackwater.pharma.calibration.verdict import Verdict
from slackwater.pharma.crowd import Population

# Shares of the crowd that the weights were worth, from under the first to over the last.
ENDS = (0.0, 0.003, 0.01, 0.03, 0.1, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """Patients of whose crowd between `low` and `high` was left; coverage of the 50 and the 90 % band."""

    low: float
    high: float
    n_patients: int
    weighed: tuple[Coverage, Coverage]
    moved: tuple[Coverage, Coverage]


def only_weighed(people: Population) -> Population:
    """The same people, of whom a crowd is never moved."""
    never = replace(people.response.fit, refresh_below=0.0)
    return replace(people, response=replace(people.response, fit=never))


def worth(weighed: Verdict, moved: Verdict, *, n_subjects: int) -> Iterator[Worth]:
    """All patients together, then by what the weights were worth; classes that nobody is in are left out."""
    share = weighed.ess / n_subjects
    for low, high in ((ENDS[0], ENDS[-1]), *pairwise(ENDS)):
        chosen = (low <= share) & ((share < high) | (high == ENDS[-1]))
        if chosen.any():
            yield Worth(
                low=low,
                high=high,
                n_patients=int(chosen.sum()),
                weighed=coverages(weighed.held[:, :, chosen], weighed.time_min),
                moved=coverages(moved.held[:, :, chosen], moved.time_min),
            )
