"""What this machine can do at best: products a second, and bytes a second to memory.

The probes use every core that the engine may. W1 needs 37 products and two scalings for a point, and writes
three numbers of it; neither can be done in less time than this.
"""

import numpy as np

from benchmarks.clock import Act, best_of
from slackwater.pharma.kernels.compiling import kernel
from slackwater.pharma.kernels.vectors import FOUR, Reals, fill, fma, settle, store, stream
from slackwater.pharma.threads import share_out

N_CHAINS, N_TURNS = 10, 200_000
LANES = len(FOUR)
PIECES = 16
WRITTEN = 2**23
PRODUCTS_PER_POINT, NUMBERS_PER_POINT = 37 + 2, 3


@kernel
def multiply(first: int, last: int, out: Reals) -> None:
    """Ten independent chains of products keep both multipliers of a core busy."""
    for piece in range(first, last):
        a = b = c = d = e = f = g = h = i = j = fill(FOUR, 1.0)
        x = fill(FOUR, 0.999999)
        for _ in range(N_TURNS):
            a, b, c, d, e = fma(a, x, x), fma(b, x, x), fma(c, x, x), fma(d, x, x), fma(e, x, x)
            f, g, h, i, j = fma(f, x, x), fma(g, x, x), fma(h, x, x), fma(i, x, x), fma(j, x, x)
        total = fma(a, b, fma(c, d, fma(e, f, fma(g, h, fma(i, j, x)))))
        store(out, piece * LANES, total)


@kernel
def write(first: int, last: int, out: Reals) -> None:
    value = fill(FOUR, 1.0)
    size = out.size // PIECES
    for at in range(first * size, last * size, 4):
        stream(out, at, value)
    settle()


def probes() -> dict[str, Act]:
    """Acts for `clock.best_of`: so many products, and so many numbers written."""
    small, large = np.zeros(PIECES * LANES), np.zeros(WRITTEN + LANES)
    # Streamed stores go to multiples of 32 bytes.
    large = large[-large.ctypes.data % 32 // large.itemsize :][:WRITTEN]
    return {
        "products": lambda: share_out(lambda low, high: multiply(low, high, small), PIECES, 1),
        "writing": lambda: share_out(lambda low, high: write(low, high, large), PIECES, 1),
    }


def ns_per_point(best: dict[str, float]) -> float:
    """The larger of the two bounds on a point of W1, ns."""
    products_s = best["products"] / (PIECES * N_TURNS * N_CHAINS * LANES)
    number_s = best["writing"] / WRITTEN
    return 1e9 * max(products_s * PRODUCTS_PER_POINT, number_s * NUMBERS_PER_POINT)


if __name__ == "__main__":
    print(f"{ns_per_point(best_of(probes(), 10)):.2f} ns a point at best")
