"""exp(A t) of many small compartment systems at once, side by side in lanes.

A has no negative entry off its diagonal, so B = A + q I has none at all when q is the largest loss, and

    exp(A t) = exp(-q t) * sum over k of (B t)**k / k!

adds only terms that are not negative. Nothing cancels, so every entry is right to nearly full precision
however small it is, and equal eigenvalues are no special case. Large t is halved until q t is small and the
result squared back (Moler & Van Loan, SIAM Rev 2003;45:3-49, methods 1 and 3). Each lane's halvings depend on
that lane alone, which makes its digits independent of its neighbours.

Every array is flat: entry e of lane l is at e * n_lanes + l.
"""

from typing import Final

import numpy as np

from slackwater.pharma.kernels.compiling import kernel
from slackwater.pharma.kernels.pattern import Pattern, Places, Products
from slackwater.pharma.kernels.vectors import (
    Lanes,
    Reals,
    Row,
    entry,
    fill,
    fma,
    load,
    over,
    store,
    times,
    where_less,
)

# q t up to here takes few terms; up to there, more.
_SMALL: Final = 0.5
_LARGE: Final = 4.0
# An entry starts with the term of its shortest path. This many terms beyond the longest of those bring what
# is left out under the rounding.
_TERMS_FOR_SMALL: Final = 13
_TERMS_FOR_LARGE: Final = 28


@kernel
def propagator(gap: float, lanes: Lanes, pattern: Pattern, B: Reals, fastest: Reals) -> Reals:
    """exp(A gap): the entries that are not zero, as `Pattern` counts them.

    B:       off the diagonal, then on it, per hour
    fastest: q of each lane, at least its largest loss
    """
    n_lanes = len(lanes)
    step, halvings = np.full(n_lanes, gap), np.zeros(n_lanes)
    for lane in range(n_lanes):
        while fastest[lane] * step[lane] > _SMALL:
            step[lane] *= 0.5
            halvings[lane] += 1.0
    phi = _series(lanes, pattern, B, step)
    kept = decay(lanes, times(load(lanes, fastest, 0), load(lanes, step, 0)), pattern.depth)
    for at in range(0, phi.size, n_lanes):
        store(phi, at, times(load(lanes, phi, at), kept))
    square, needed = np.empty_like(phi), load(lanes, halvings, 0)
    for done in range(int(halvings.max())):
        _multiply(lanes, pattern.table, pattern.square, phi, phi, 1.0, square)
        for at in range(0, phi.size, n_lanes):
            before, after = load(lanes, phi, at), load(lanes, square, at)
            store(phi, at, where_less(fill(lanes, float(done)), needed, after, before))
    return phi


@kernel
def advance(gap: float, lanes: Lanes, pattern: Pattern, B: Reals, fastest: Reals, x: Reals) -> None:
    """Replaces x, every state's amount in every lane, by exp(A gap) x, without the matrix."""
    n_lanes = len(lanes)
    pieces, n_terms = np.ones(n_lanes), np.full(n_lanes, float(pattern.depth + _TERMS_FOR_SMALL))
    for lane in range(n_lanes):
        if fastest[lane] * gap > _SMALL:
            pieces[lane] = np.ceil(fastest[lane] * gap / _LARGE)
            n_terms[lane] = float(pattern.depth + _TERMS_FOR_LARGE)
    step = over(fill(lanes, gap), load(lanes, pieces, 0))
    kept = decay(lanes, times(load(lanes, fastest, 0), step), pattern.depth)
    start, total, fed = np.empty_like(x), np.empty_like(x), np.empty_like(x)
    for done in range(int(pieces.max())):
        start[:] = x
        total[:] = x
        # Horner's form, from the last term inwards; a lane with fewer terms starts later.
        for k in range(int(n_terms.max()), 0, -1):
            _multiply(lanes, pattern.table, pattern.vector, B, total, 1.0, fed)
            for at in range(0, x.size, n_lanes):
                first = load(lanes, start, at)
                more = fma(load(lanes, fed, at), over(step, fill(lanes, float(k))), first)
                is_in = fill(lanes, float(k) - 0.5)
                store(total, at, where_less(is_in, load(lanes, n_terms, 0), more, first))
        for at in range(0, x.size, n_lanes):
            moved = times(load(lanes, total, at), kept)
            stays = load(lanes, x, at)
            store(x, at, where_less(fill(lanes, float(done)), load(lanes, pieces, 0), moved, stays))


@kernel
def decay(lanes: Lanes, x: Row, depth: int) -> Row:
    """exp(-x) for 0 <= x <= 4, as one over a sum that cannot cancel; the same digits on every processor."""
    one = fill(lanes, 1.0)
    total = one
    for k in range(depth + _TERMS_FOR_LARGE, 0, -1):
        total = fma(times(x, fill(lanes, 1.0 / k)), total, one)
    return over(one, total)


@kernel
def _series(lanes: Lanes, pattern: Pattern, B: Reals, step: Reals) -> Reals:
    """The sum of (B step)**k / k! in Horner's form, each lane with its own step."""
    n_lanes = len(lanes)
    scaled = np.empty_like(B)
    for at in range(0, B.size, n_lanes):
        store(scaled, at, times(load(lanes, B, at), load(lanes, step, 0)))
    one = fill(lanes, 1.0)
    total = np.zeros(pattern.series.n * n_lanes)
    for state in range(pattern.n_states):
        store(total, pattern.table[pattern.diagonal + state] * n_lanes, one)
    found = np.empty_like(total)
    for k in range(pattern.depth + _TERMS_FOR_SMALL, 0, -1):
        _multiply(lanes, pattern.table, pattern.series, scaled, total, 1.0 / k, found)
        for state in range(pattern.n_states):
            at = pattern.table[pattern.diagonal + state] * n_lanes
            store(found, at, fma(load(lanes, found, at), one, one))
        total, found = found, total
    return total


@kernel
def _multiply(
    lanes: Lanes, table: Places, products: Products, left: Reals, right: Reals, share: float, result: Reals
) -> None:
    """Each entry's sum of products, times `share`, in the order the pattern gives."""
    n_lanes, shares = len(lanes), fill(lanes, share)
    k, to_right = products.left, products.right - products.left
    for e in range(products.n):
        total, last = fill(lanes, 0.0), products.left + entry(table, products.first + e + 1)
        while k < last:
            one, other = entry(table, k) * n_lanes, entry(table, k + to_right) * n_lanes
            total = fma(load(lanes, left, one), load(lanes, right, other), total)
            k += 1
        store(result, e * n_lanes, times(total, shares))
