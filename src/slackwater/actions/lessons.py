"""What earlier sessions changed: one dose, asked of the published crowd and of the one that has learned."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final

import numpy as np

from slackwater.pharma.crowd import Crowd, draw
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Regimen
from slackwater.units import h_from_min

_PERCENTILES = (5.0, 50.0, 95.0)
_STEP_MIN, _UNTIL_MIN = 2, 480
_KEPT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """The deepest point of one dose, 0 to 10: where 5, 50 and 95 % of either crowd lie, never widened."""

    published: tuple[float, ...]
    learned: tuple[float, ...]

    @property
    def sentence(self) -> str:
        """The same for people."""
        before, after = _shown(self.published), _shown(self.learned)
        if before == after:
            return f"For the same dose its deepest point stays at {after}."
        return f"For the same dose its deepest point moves from {before} to {after}."


class _Lessons:
    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, Regimen], Lesson] = OrderedDict()

    def of(self, crowd: Crowd, regimen: Regimen) -> Lesson | None:
        if crowd.learned is None or not regimen.doses:
            return None
        key = (crowd.crowd_id, regimen)
        with self._lock:
            if key not in self._kept:
                plain = draw(crowd.population, n_subjects=crowd.n_subjects, seed=crowd.seed or 0)
                self._kept[key] = Lesson(published=_deepest(plain, regimen), learned=_deepest(crowd, regimen))
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            return self._kept[key]


_lessons: Final = _Lessons()


def lesson(crowd: Crowd, regimen: Regimen) -> Lesson | None:
    """What the crowd's earlier sessions changed for this regimen; None for a crowd that has learned nothing.

    crowd: as it was drawn, before anything of the session itself was seen
    """
    return _lessons.of(crowd, regimen)


def _deepest(crowd: Crowd, regimen: Regimen) -> tuple[float, ...]:
    time_h = np.array([h_from_min(minute) for minute in range(0, _UNTIL_MIN + 1, _STEP_MIN)])
    return crowd.simulate(regimen, time_h, (Quantity.DEPTH,)).summary(Quantity.DEPTH, _PERCENTILES).Cmax


def _shown(deepest: tuple[float, ...]) -> str:
    low, middle, high = deepest
    return f"{middle:.1f} (9 in 10 from {low:.1f} to {high:.1f})"
