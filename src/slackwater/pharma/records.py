"""Records as the yardstick reads them: which marks were written and which rises read, one row a record."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from slackwater.pharma.arrays import Cube, Flags, Indices, Matrix, Vector
from slackwater.pharma.draws import Stream
from slackwater.pharma.evidence import ARTEFACT_WIDTH_SD, Strand, belief, table_of
from slackwater.pharma.kernels.elementary import exponential
from slackwater.pharma.kernels.likelihood import answer_log_likelihood
from slackwater.pharma.likelihoods import Likelihood, Sign
from slackwater.pharma.observations import ANSWERS_FROM, DEEPEST_MARK, MOST_ALERT

# Of one kind; of more, as many are taken, evenly spread over all of them.
_MOST_MARKS = 40
_PER_MARK = 1000
_HIGHEST = {Sign.RATING: DEEPEST_MARK, Sign.ALERTNESS: MOST_ALERT, Sign.ANSWERS: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """When one kind of observation was made, and how much each counts before any doubt."""

    likelihood: Likelihood
    at_h: tuple[float, ...]
    voices: tuple[float, ...]

    @property
    def is_rise(self) -> bool:
        """Whether it is of readings, rather than marks."""
        return self.likelihood.sign.is_rise

    @property
    def n_cells(self) -> int:
        """How many marks there are to write."""
        return _HIGHEST[self.likelihood.sign] + 1


# What a record holds, apart from what was seen: the same for all records that can be compared.
Pattern: TypeAlias = tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Records:
    """Records of one pattern.

    chosen: (n_records, n_marks), which of all cells of all marks, in order
    rises:  (n_records, n_rises), in SDs of a reading; voices likewise, 0 to 1
    """

    chosen: Indices
    rises: Matrix
    voices: Matrix


def pattern_of(strands: Sequence[Strand], time_h: Vector) -> Pattern:
    """What these strands have been seen at; time_h: the evidence's times."""
    rows = []
    for strand in strands:
        kept = _kept(strand)
        voices = np.ones(kept.size) if strand.sign.is_rise else strand.voices[kept]
        at_h = time_h[strand.rows[kept]]
        rows.append(
            Row(likelihood=strand.likelihood, at_h=tuple(at_h.tolist()), voices=tuple(voices.tolist()))
        )
    return tuple(rows)


def record_of(strands: Sequence[Strand]) -> Records:
    """What was seen, as one record; the strands' voices hold the doubt."""
    chosen, rises, voices, first = [], [], [], 0
    for strand in strands:
        kept = _kept(strand)
        if strand.sign.is_rise:
            rises.append(strand.values[kept] / strand.likelihood.sd)
            voices.append(strand.voices[kept])
            continue
        n_cells = _HIGHEST[strand.sign] + 1
        chosen.append(first + n_cells * np.arange(kept.size) + strand.values[kept].astype(np.int64))
        first += n_cells * kept.size
    return Records(chosen=_row(chosen).astype(np.int64), rises=_row(rises), voices=_row(voices))


def cells(row: Row, predicted: Matrix, blind: Vector) -> Cube:
    """Log-likelihood of every mark, (n_times, n_cells, n_people).

    blind: (n_people,), the share of each one's ratings that say nothing beyond the usual slips
    """
    error, known = row.likelihood, np.ascontiguousarray(predicted)
    if error.sign is Sign.ANSWERS:
        return np.stack([_answers(error, known, answer) for answer in (0.0, 1.0)], axis=1)
    steps = np.rint(known * _PER_MARK).astype(np.int64)
    found: Cube = np.moveaxis(table_of(error, _HIGHEST[error.sign])[:, steps], 0, 1)
    if error.sign is Sign.RATING:
        some = np.flatnonzero(blind)
        found[:, :, some] = np.log(
            (1.0 - blind[some]) * np.exp(found[:, :, some]) + blind[some] / row.n_cells
        )
    return found


def drawn_records(pattern: Pattern, predicted: Sequence[Matrix], who: Indices, stream: Stream) -> Records:
    """One record of each of these people, slips and artefacts included.

    predicted: for each row of the pattern, (n_times, n_people)
    """
    chosen, rises, voices, first = [], [], [], 0
    for row, values in zip(pattern, predicted, strict=True):
        if row.is_rise:
            read, believed = _read(row, values, who, stream)
            rises.append(read / row.likelihood.sd)
            voices.append(believed)
            continue
        marks = _written(row, np.ascontiguousarray(values[:, who]), stream)
        chosen.append(marks + first + row.n_cells * np.arange(len(row.at_h))[:, None])
        first += row.n_cells * len(row.at_h)
    n = who.size
    return Records(chosen=_rows(chosen, n).astype(np.int64), rises=_rows(rises, n), voices=_rows(voices, n))


def _written(row: Row, predicted: Matrix, stream: Stream) -> Indices:
    """Marks, (n_times, n_people); those that share a voice share their error too."""
    log = cells(row, predicted, np.zeros(predicted.shape[1]))
    under = np.cumsum(exponential(log.ravel()).reshape(log.shape), axis=1)
    group = _together(row)
    luck = stream.uniforms((group[-1] + 1) * predicted.shape[1]).reshape(-1, predicted.shape[1])[group]
    passed: Flags = luck[:, None, :] * under[:, -1:, :] > under[:, :-1, :]
    written: Indices = passed.sum(axis=1, dtype=np.int64)
    return written


def _together(row: Row) -> list[int]:
    """Which marks share their error: those within the spacing of the first of them."""
    group, first_h, number = [], -np.inf, -1
    for at_h in row.at_h:
        if at_h - first_h > row.likelihood.spacing_h:
            first_h, number = at_h, number + 1
        group.append(number)
    return group


def _read(row: Row, predicted: Matrix, who: Indices, stream: Stream) -> tuple[Matrix, Matrix]:
    """Rises above a baseline that strays too, and how far each is believed; (n_times, n_people)."""
    error, shape = row.likelihood, (len(row.at_h), who.size)
    strays = error.sd * stream.normals(*shape)
    anything = (stream.uniforms(who.size * shape[0]).reshape(shape) - 0.5) * ARTEFACT_WIDTH_SD * error.sd
    slips = stream.uniforms(who.size * shape[0]).reshape(shape) < error.slip
    baseline = error.sd * stream.normals(1, who.size)
    read = predicted[:, who] + np.where(slips, anything, strays) - baseline
    mean = predicted.mean(axis=1, keepdims=True)
    variance = error.sd**2 + predicted.var(axis=1, keepdims=True)
    off = read - mean
    return read, belief(off - np.median(off, axis=0), variance, error)


def _answers(error: Likelihood, predicted: Matrix, answer: float) -> Matrix:
    one = np.ones(1)
    return np.stack(
        [
            answer_log_likelihood(line[None], one * answer, one, error.sd, error.slip, ANSWERS_FROM - 0.5)
            for line in predicted
        ]
    )


def _kept(strand: Strand) -> Indices:
    n = strand.values.size
    if strand.sign.is_rise or n <= _MOST_MARKS:
        return np.arange(n)
    return np.unique(np.rint(np.linspace(0, n - 1, _MOST_MARKS)).astype(np.int64))


def _row(parts: Sequence[Vector | Indices]) -> Matrix:
    return np.concatenate([np.empty(0), *parts])[None]


def _rows(parts: Sequence[Matrix | Indices], n: int) -> Matrix:
    return np.ascontiguousarray(np.concatenate([np.empty((0, n)), *parts]).T)
