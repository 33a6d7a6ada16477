"""Random effects that go together: a correlation matrix that is one, and deviates that follow it."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from slackwater.pharma.arrays import Matrix
from slackwater.terms.refusal import Problem

Rows: TypeAlias = tuple[tuple[float, ...], ...]

# Correlations are derived from covariances printed to five figures; this is far below their rounding.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlation:
    """How the etas of one block go together.

    etas:   their names, in the order of the rows
    matrix: symmetric, 1 on the diagonal, positive definite
    """

    etas: tuple[str, ...]
    matrix: Rows
    basis: str

    def problems(self, known: Sequence[str]) -> Iterator[Problem]:
        """What keeps this from being a correlation matrix of etas that the model has."""
        name = "correlation of " + " and ".join(self.etas)
        for eta in sorted(set(self.etas) - set(known)):
            yield _problem(name, "unknown", f"The model has no {eta}.", "Name an eta of the model.")
        fault = _fault(self.matrix, len(self.etas))
        if fault:
            yield _problem(name, *fault)

    def factor(self) -> Rows:
        """L, lower triangular, with L L' = matrix (Cholesky).

        Only sums, products, quotients and square roots, which every machine rounds alike.
        """
        found = _cholesky(self.matrix)
        if found is None:
            raise ValueError("the matrix is not positive definite; a model that holds it is refused")
        return found


def correlated(z: Matrix, names: Sequence[str], correlations: Iterable[Correlation]) -> Matrix:
    """Deviates that go together as the correlations say, from independent ones of the same shape.

    z:     shape (n_subjects, n_eta), standard normal
    names: of its columns
    Those in no correlation are as they were; each one's own spread is still 1.
    """
    together = z.copy()
    for block in correlations:
        columns = [names.index(eta) for eta in block.etas]
        for column, row in zip(columns, block.factor(), strict=True):
            together[:, column] = row[0] * z[:, columns[0]]
            for other, weight in zip(columns[1:], row[1:], strict=True):
                together[:, column] += weight * z[:, other]
    return together


def _fault(matrix: Rows, n: int) -> tuple[str, str, str] | None:
    if n < 2 or len(matrix) != n or any(len(row) != n for row in matrix):
        return "shape", f"It is not {n} by {n}.", "Give two etas or more, and one row and column for each."
    if not all(math.isfinite(entry) for row in matrix for entry in row):
        return "not-finite", "An entry is not a number.", "Write its value."
    if any(abs(matrix[i][i] - 1.0) > _ROUNDING for i in range(n)):
        return "diagonal", "Its diagonal is not 1.", "Divide covariances by both standard deviations."
    if any(abs(matrix[i][j] - matrix[j][i]) > _ROUNDING for i in range(n) for j in range(i)):
        return "symmetry", "It is not symmetric.", "Give each pair one correlation."
    if _cholesky(matrix) is None:
        return (
            "positive-definite",
            "No random effects can go together like this: the matrix is not positive definite.",
            "Check its entries against the source, or leave the weakest correlation out.",
        )
    return None


def _cholesky(matrix: Rows) -> Rows | None:
    """None where the matrix is not positive definite."""
    rows: list[tuple[float, ...]] = []
    for i, row in enumerate(matrix):
        found: list[float] = []
        for j in range(i):
            shared = sum(found[k] * rows[j][k] for k in range(j))
            found.append((row[j] - shared) / rows[j][j])
        left = row[i] - sum(entry * entry for entry in found)
        if left <= _ROUNDING:
            return None
        rows.append((*found, math.sqrt(left), *([0.0] * (len(matrix) - i - 1))))
    return tuple(rows)


def _problem(field: str, code: str, message: str, mend: str) -> Problem:
    return Problem(field=field, code=code, message=message, mend=mend)
