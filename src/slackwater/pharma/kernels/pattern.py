"""Which compartments feed which, and when what happens: what all virtual patients of a crowd share.

Made by `slackwater.pharma.pattern` and `slackwater.pharma.schedule`, and handed to the kernels as one.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]


class Products(NamedTuple):
    """A sparse product, entry by entry: entry e sums left[k] * right[k] for k of first[e] to first[e + 1]."""

    first: Places
    left: Places
    right: Places


class Pattern(NamedTuple):
    """The places in A and in exp(A t) that are not zero.

    Entries of exp(A t) are counted row by row. A state that nothing feeds and that loses nothing is held: it
    is the rate of an infusion. The others move.

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

    rates: Places
    losses: Places
    fed: Places
    series: Products
    square: Products
    vector: Products
    diagonal: Places
    phi: Places
    rows: Products
    gain: Products
    moving: Places
    held: Places
    depth: int


class Plan(NamedTuple):
    """Runs of equal steps in order of time, and what happens after each.

    kept:        gaps with a matrix of their own, h
    gap, kept_gap, n_steps: of each run: the step, which of `kept` it is (or -1), and how many
    row:         the output time of a run's first step, or -1 if its steps are not put out
    first_event: events after run r are first_event[r] to first_event[r + 1]
    then_row:    the output time after those events, or -1
    state:       of each event, its place among the moving or, for a rate, among the held states
    is_rate:     whether an event sets a rate, or adds an amount
    first_part, part: the inputs whose sum an event's value is
    part_h:      over how many hours each goes in; 1 for an amount
    """

    kept: NDArray[np.float64]
    gap: NDArray[np.float64]
    kept_gap: Places
    n_steps: Places
    row: Places
    first_event: Places
    then_row: Places
    state: Places
    is_rate: Places
    first_part: Places
    part: Places
    part_h: NDArray[np.float64]


class Patients(NamedTuple):
    """What differs between virtual patients; every array (n, n_subjects).

    rates, losses: of the system, per hour
    amounts:       of the inputs, mg
    factors:       of the outputs, what turns the state read into what is put out
    """

    rates: NDArray[np.float64]
    losses: NDArray[np.float64]
    amounts: NDArray[np.float64]
    factors: NDArray[np.float64]


class Reading(NamedTuple):
    """Where outputs come from and go to.

    state:       which moving state each output reads
    place:       which of the result's curves it is
    is_streamed: whether to write past the caches, as is quicker where the result is larger than they are
    """

    state: Places
    place: Places
    is_streamed: int


class Block(NamedTuple):
    """What the kernels keep of the patients they are at; every array flat, row after row of the lanes.

    B, fastest: as in `expm.propagator`, group after group
    phi, gains: for each kept gap, its matrix between moving states and from held to moving ones
    held:       the held states
    work:       the matrix in use, what held states add in a step, the moving states, the outputs' factors
    reads:      for each output where its state and its factor are in `work`, and where its values go
    """

    B: NDArray[np.float64]
    fastest: NDArray[np.float64]
    phi: NDArray[np.float64]
    gains: NDArray[np.float64]
    held: NDArray[np.float64]
    work: NDArray[np.float64]
    reads: Places
