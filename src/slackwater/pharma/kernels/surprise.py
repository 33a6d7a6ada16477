"""How well each of several groups of people explains a record, many records at once."""

import numpy as np

from slackwater.pharma.arrays import Indices, Matrix, Vector
from slackwater.pharma.kernels.compiling import kernel
from slackwater.pharma.kernels.elementary import exponential_of
from slackwater.pharma.kernels.normal import logarithm_of

# Whoever explains a record so many e-folds worse than the best of the group adds nothing that a float shows.
_NEGLIGIBLE = 30
# Steps of the table of exponentials to one e-fold; what is left over is under a thirty-second.
_STEPS = 32
# Nobody is left when the only one of a group who explains a record is left out.
_NOBODY = 1e-300
# So many people's sums stay in the fastest cache.
_BLOCK = 512


@kernel
def explained(
    cells: Matrix,
    chosen: Indices,
    levels: Matrix,
    rises: Matrix,
    voices: Matrix,
    signs: Indices,
    groups: Indices,
    left_out: Indices,
) -> Matrix:
    """Log of the mean likelihood over each group, (n_records, n_groups).

    cells:    (n_cells, n_people), log-likelihood of each mark that could be written
    chosen:   (n_records, n_marks), which cell was
    levels:   (n_rises, n_people), predicted rises in SDs of a reading; rises, voices: (n_records, n_rises)
    signs:    (n_signs + 1,), where the rises of one sign, which share a baseline, begin among the rows
    groups:   (n_groups + 1,), where each group begins among the people
    left_out: (n_records, n_groups), whose word does not count; -1 for nobody
    """
    n_records, n_people = chosen.shape[0], groups[-1]
    found = np.empty((n_records, groups.size - 1))
    total = np.empty(n_people)
    falling = np.empty(_NEGLIGIBLE * _STEPS + 1)
    for k in range(falling.size):
        falling[k] = exponential_of(-k / _STEPS)
    for r in range(n_records):
        for start in range(0, n_people, _BLOCK):
            stop = min(start + _BLOCK, n_people)
            part = total[start:stop]
            part[:] = 0.0
            for j in range(chosen.shape[1]):
                row = cells[chosen[r, j], start:stop]
                for i in range(part.size):
                    part[i] += row[i]
            for s in range(signs.size - 1):
                _add_rises(
                    part,
                    levels[signs[s] : signs[s + 1], start:stop],
                    rises[r, signs[s] :],
                    voices[r, signs[s] :],
                )
        for g in range(groups.size - 1):
            found[r, g] = _mean(total, groups[g], groups[g + 1], left_out[r, g], falling)
    return found


@kernel
def _add_rises(total: Vector, levels: Matrix, rises: Vector, voices: Vector) -> None:
    """Adds the log-likelihood of rises that share a baseline."""
    first, square = np.zeros(total.size), np.zeros(total.size)
    voice = 0.0
    for j in range(levels.shape[0]):
        row, said, v = levels[j], rises[j], voices[j]
        voice += v
        for i in range(total.size):
            residual = said - row[i]
            weighed = v * residual
            first[i] += weighed
            square[i] += weighed * residual
    share = 1.0 / (1.0 + voice)
    for i in range(total.size):
        total[i] -= 0.5 * (square[i] - first[i] * first[i] * share)


@kernel
def _mean(total: Vector, start: int, stop: int, left_out: int, falling: Vector) -> float:
    """Log of the mean of exponentials; falling: exp(-k / _STEPS)."""
    highest = -np.inf
    for i in range(start, stop):
        if i != left_out:
            highest = max(highest, total[i])
    added, n = 0.0, stop - start
    for i in range(start, stop):
        below = highest - total[i]
        if i == left_out:
            n -= 1
        elif below < _NEGLIGIBLE:
            step = int(below * _STEPS)
            rest = step / _STEPS - below
            # Four terms leave an error under 3e-10 of each.
            added += falling[step] * (1.0 + rest * (1.0 + rest * (0.5 + rest * (1.0 / 6.0 + rest / 24.0))))
    if n == 0:
        return logarithm_of(_NOBODY)
    return highest + logarithm_of(added / n)
