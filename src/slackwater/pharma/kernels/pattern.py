"""Which compartments feed which, and when what happens: what all virtual patients of a crowd share.

Made by `slackwater.pharma.layout` and `slackwater.pharma.schedule`. A pattern is one table and the places in
it where its parts begin, because a kernel that is handed thirty arrays takes a minute to compile.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
Numbers = NDArray[np.float64]


class Products(NamedTuple):
    """A sparse product, entry by entry: entry e sums left[k] * right[k] for k of first[e] to first[e + 1].

    n: how many entries; first, left and right: where those begin in the pattern's table
    """

    n: int
    first: int
    left: int
    right: int


class Pattern(NamedTuple):
    """The places in A and in exp(A t) that are not zero.

    Entries of exp(A t) are counted row by row. A state that nothing feeds and that loses nothing is held: it
    is the rate of an infusion. The others move. A name without `n_` is where that part of the table begins.

    rates, losses: rows of the system's rates and losses that make up B: off its diagonal, then on it
    fed:           rows of the system's losses among which the fastest is sought
    series:        B times exp(A t); left in B, right in exp(A t)
    square:        exp(A t) times itself
    vector:        B times a vector, by state
    diagonal:      the entries [i, i]
    phi:           the entries between moving states, row by row
    rows:          for each moving state, left which of `phi` and right which moving state it feeds from
    gain:          for each moving state, left which entry of exp(A t) and right which held state feeds it
    moving, held:  which states those are
    depth:         the most steps that the shortest way from one state to another takes
    """

    table: Places
    rates: int
    n_rates: int
    losses: int
    n_states: int
    fed: int
    n_fed: int
    series: Products
    square: Products
    vector: Products
    diagonal: int
    phi: int
    n_phi: int
    rows: Products
    gain: Products
    n_gain: int
    moving: int
    n_moving: int
    held: int
    n_held: int
    depth: int


N_HEADER: Final = 35
"""How many numbers of a pattern's table say where its parts begin."""


class Plan(NamedTuple):
    """Runs of equal steps in order of time, and what happens after each.

    kept:   gaps with a matrix of their own, h
    gaps:   the step of each run, h
    part_h: over how many hours each part of an event goes in; 1 for an amount
    runs:   (n_runs, 6): which of `kept` the step is (or -1), how many steps, the output time of the first
            (or -1 if they are not put out), that of the end once everything has happened (or -1), and from
            which to before which event happens then
    events: (n_events, 4): its place among the moving or, for a rate, the held states; whether it sets a rate
            (or adds an amount); and from which to before which part its value is made of
    parts:  which input each part is
    """

    kept: Numbers
    gaps: Numbers
    part_h: Numbers
    runs: Places
    events: Places
    parts: Places


class Patients(NamedTuple):
    """What differs between virtual patients; every array (n, n_subjects).

    rates, losses: of the system, per hour
    amounts:       of the inputs, mg
    factors:       of the outputs, what turns the state read into what is put out
    """

    rates: Numbers
    losses: Numbers
    amounts: Numbers
    factors: Numbers
