"""Whether bands hold less than they promise: a bet against the promise, whose winnings are evidence.

Of each session in turn the share of its readings that a band held is X, 0 to 1. While bands hold the share m
or more on average, whatever came before and however alike readings of one session are, no bet

    stake * (1 + L * (m - X)),  0 <= L <= 1 / (1 - m)

gains on average, and the chance that the stake ever grows by a factor 1 / a is at most a (Ville's
inequality). So the bet may be looked at after each session, for as long as there are sessions. The stake is
shared over several L, which suit a small slip and a large one, and over the sessions at which the bet begins,
so that a slip after many good sessions is found as well.

Source: Waudby-Smith & Ramdas, JRSS B 2024;86:1-27 (the bet); Shin, Ramdas & Rinaldo, New England J Stat Data
        Sci 2024;2:229-260 (beginning at every session).
"""

from collections.abc import Iterator, Sequence

# The chance that bands of one kind which keep their promise are ever widened, over all sessions of a clinic.
# Judgement: a band somewhat too wide does little harm, and one that is too narrow does more the longer it
# stays, so that nobody waits to be surer than this.
FALSE_WIDENING = 0.1
# Judgement: a crowd of a few thousand is itself a sample, and its bands hold a point more or less than the
# population's would. That is no slip.
TOLERANCE = 0.01
_BOLDNESS = (0.5, 1.0, 2.0, 4.0, 8.0)


def first_slip(shares: Sequence[float], promised: float) -> int | None:
    """The number of sessions after which the promise was found broken; None where it never was.

    shares:   of each session in turn, the share of its readings that was held, 0 to 1
    promised: 0.9 or less, so that no bet can lose more than its stake
    """
    grown = enumerate(winnings(shares, promised - TOLERANCE), 1)
    return next((number for number, stake in grown if stake >= 1.0 / FALSE_WIDENING), None)


def winnings(shares: Sequence[float], kept: float) -> Iterator[float]:
    """What a stake of 1 has become after each session, betting that less than the share `kept` is held."""
    stakes = [0.0] * len(_BOLDNESS)
    for number, share in enumerate(shares, 1):
        # Of the stake 1 / (n * (n + 1)) begins with session n; 1 / (n + 1) is left for later ones.
        begun = 1.0 / (number * (number + 1))
        stakes = [
            (stake + begun) * (1.0 + bold * (kept - share))
            for stake, bold in zip(stakes, _BOLDNESS, strict=True)
        ]
        yield sum(stakes) / len(stakes) + 1.0 / (number + 1)
