"""The plots of Insight as shapes; `_plot.html` writes them as SVG, coloured by the page's own palette."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from slackwater.actions.insight import Visit
from slackwater.pharma.coverage import Held

_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 12.0, 12.0, 40.0
_SQUARE = (440.0, 330.0)
_WIDE = (900.0, 260.0)
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A straight stroke; `kind` is its class."""

    x1: str
    y1: str
    x2: str
    y2: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A round mark; `kind` is its class."""

    x: str
    y: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """An upright bar."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words at their baseline; anchor: start, middle or end."""

    words: str
    x: str
    y: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """One plot: bars under lines under dots. `run` is the points of one stroke, empty where there is none."""

    title: str
    width: str
    height: str
    bars: tuple[Bar, ...] = ()
    lines: tuple[Line, ...] = ()
    run: str = ""
    dots: tuple[Dot, ...] = ()
    labels: tuple[Label, ...] = ()


class _Frame:
    """A plot's inside: where shares of its width and its values stand."""

    def __init__(self, size: tuple[float, float], *, high: float = 1.0) -> None:
        self.width, self.height = size
        self._high = high

    def x(self, share: float) -> float:
        return _LEFT + share * (self.width - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        share = min(max(value, 0.0), self._high) / self._high
        return self.height - _BOTTOM - share * (self.height - _TOP - _BOTTOM)

    def across(self, value: float, kind: str) -> Line:
        return _line((self.x(0), self.y(value)), (self.x(1), self.y(value)), kind)

    def left(self, ticks: Iterable[float]) -> Iterator[Label]:
        return (_label(f"{100 * tick:.0f}", self.x(0) - 8, self.y(tick) + 4, "end") for tick in ticks)

    def under(self, words: str, share: float, anchor: str) -> Label:
        return _label(words, self.x(share), self.height - 22, anchor)

    def axes(self, words: str) -> Label:
        return _label(words, self.x(0.5), self.height - 5, "middle")


def reliability(levels: Sequence[Held], *, title: str) -> Plot:
    """What each band promised, and what it held, with its interval; the diagonal is a promise kept."""
    frame = _Frame(_SQUARE)
    whiskers = (
        _line((x, frame.y(one.low)), (x, frame.y(one.high)), "whisker")
        for one, x in ((one, frame.x(one.promised)) for one in levels)
        if one.low is not None and one.high is not None
    )
    return Plot(
        title=title,
        width=f"{frame.width:g}",
        height=f"{frame.height:g}",
        lines=(
            *(frame.across(tick, "grid") for tick in _TICKS),
            _line((frame.x(0), frame.y(0)), (frame.x(1), frame.y(1)), "ideal"),
            *whiskers,
        ),
        dots=tuple(_dot(frame.x(one.promised), frame.y(one.share), "dot") for one in levels),
        labels=(
            *frame.left(_TICKS),
            *(frame.under(f"{100 * tick:.0f}", tick, "middle") for tick in _TICKS),
            frame.axes("% promised across, % held upwards"),
        ),
    )


def histogram(shares: Sequence[float], *, title: str) -> Plot:
    """In which tenth of what was expected readings fell; all bars reach the line when bands are right."""
    top = max(0.2, *shares)
    frame = _Frame(_SQUARE, high=top)
    ticks = [tick / 20 for tick in range(int(20 * top) + 1)]
    return Plot(
        title=title,
        width=f"{frame.width:g}",
        height=f"{frame.height:g}",
        bars=tuple(_bar(frame, index, shares) for index in range(len(shares))),
        lines=(*(frame.across(tick, "grid") for tick in ticks), frame.across(1.0 / len(shares), "ideal")),
        labels=(
            *frame.left(ticks),
            frame.under("lowest", 0.0, "start"),
            frame.under("middle", 0.5, "middle"),
            frame.under("highest", 1.0, "end"),
            frame.axes("tenths of what was expected across, % of readings upwards"),
        ),
    )


def trend(visits: Sequence[Visit], *, promised: float, title: str) -> Plot:
    """Each session's share, the running one, and where widened bands began."""
    frame = _Frame(_WIDE)
    places = [frame.x((index + 0.5) / len(visits)) for index in range(len(visits))]
    shown = list(zip(visits, places, strict=True))
    began = list(_began(visits))
    run = [f"{x:.1f},{frame.y(one.running):.1f}" for one, x in shown if one.running is not None]
    edges = [frame.x(index / len(visits)) for index in began]
    return Plot(
        title=title,
        width=f"{frame.width:g}",
        height=f"{frame.height:g}",
        lines=(
            *(frame.across(tick, "grid") for tick in _TICKS),
            frame.across(promised, "ideal"),
            *(_line((x, frame.y(0)), (x, frame.y(1)), "began") for x in edges),
        ),
        run=" ".join(run) if len(run) > 1 else "",
        dots=tuple(
            _dot(x, frame.y(one.inside / one.n_readings), "visit wide" if one.factor > 1.0 else "visit")
            for one, x in shown
            if one.n_readings
        ),
        labels=(
            *frame.left(_TICKS),
            *(_label("widened from here", x + 5, frame.y(0) - 6, "start") for x in edges),
            frame.under("first session", 0.0, "start"),
            frame.under("last", 1.0, "end"),
            frame.axes("sessions in order across, % held upwards"),
        ),
    )


def _began(visits: Sequence[Visit]) -> Iterator[int]:
    """Sessions whose bands were stretched where those of the one before were not."""
    before = 1.0
    for index, visit in enumerate(visits):
        if visit.factor > 1.0 and before == 1.0:
            yield index
        before = visit.factor


def _line(start: tuple[float, float], end: tuple[float, float], kind: str) -> Line:
    return Line(x1=f"{start[0]:.1f}", y1=f"{start[1]:.1f}", x2=f"{end[0]:.1f}", y2=f"{end[1]:.1f}", kind=kind)


def _dot(x: float, y: float, kind: str) -> Dot:
    return Dot(x=f"{x:.1f}", y=f"{y:.1f}", kind=kind)


def _bar(frame: _Frame, index: int, shares: Sequence[float]) -> Bar:
    left, right = frame.x(index / len(shares)) + 2, frame.x((index + 1) / len(shares)) - 2
    top = frame.y(shares[index])
    return Bar(x=f"{left:.1f}", y=f"{top:.1f}", width=f"{right - left:.1f}", height=f"{frame.y(0) - top:.1f}")


def _label(words: str, x: float, y: float, anchor: str) -> Label:
    return Label(words=words, x=f"{x:.1f}", y=f"{y:.1f}", anchor=anchor)
