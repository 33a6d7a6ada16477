"""Steps about a cloud of deviates: its middle and spread, and to and from deviates that it has made standard.

Sums run in the order of rows and columns, one at a time, so that they are the same digits on every processor.
"""

import math

import numpy as np

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.kernels.compiling import kernel


@kernel
def middle_of(z: Matrix, weights: Vector) -> Vector:
    """Weighted mean of each column; weights have sum 1."""
    middle = np.zeros(z.shape[1])
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            middle[j] += weights[i] * z[i, j]
    return middle


@kernel
def spread_of(z: Matrix, weights: Vector, middle: Vector) -> Matrix:
    """Weighted covariance of the columns about `middle`; weights have sum 1."""
    n_columns = z.shape[1]
    spread = np.zeros((n_columns, n_columns))
    off = np.empty(n_columns)
    for i in range(z.shape[0]):
        # Those who carry nothing are most of a crowd that has collapsed.
        if weights[i] > 0.0:
            for j in range(n_columns):
                off[j] = z[i, j] - middle[j]
            for j in range(n_columns):
                share = weights[i] * off[j]
                for k in range(j + 1):
                    spread[j, k] += share * off[k]
    for j in range(n_columns):
        for k in range(j):
            spread[k, j] = spread[j, k]
    return spread


@kernel
def lower_root(spread: Matrix) -> Matrix:
    """Cholesky's factor of a matrix that is positive definite."""
    n = spread.shape[0]
    root = np.zeros((n, n))
    for j in range(n):
        for k in range(j + 1):
            left = spread[j, k]
            for m in range(k):
                left -= root[j, m] * root[k, m]
            root[j, k] = math.sqrt(left) if j == k else left / root[k, k]
    return root


@kernel
def made_standard(z: Matrix, middle: Vector, root: Matrix) -> Matrix:
    """What `put_back` makes z of, row by row."""
    standard = np.empty_like(z)
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            left = z[i, j] - middle[j]
            for k in range(j):
                left -= root[j, k] * standard[i, k]
            standard[i, j] = left / root[j, j]
    return standard


@kernel
def put_back(standard: Matrix, middle: Vector, root: Matrix) -> Matrix:
    """Standard deviates x as middle + root @ x, row by row."""
    z = np.empty_like(standard)
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            total = middle[j]
            for k in range(j + 1):
                total += root[j, k] * standard[i, k]
            z[i, j] = total
    return z


@kernel
def half_squares(z: Matrix) -> Vector:
    """Half the sum of squares of each row: minus the log-density of standard normals, up to a constant."""
    halves = np.zeros(z.shape[0])
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            halves[i] += 0.5 * z[i, j] * z[i, j]
    return halves
