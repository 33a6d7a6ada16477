"""What a chart shows, before it is drawn in a terminal or a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from slackwater.cli.simulation import Series, Simulation, Vector


class Colour(Enum):
    """Colours of curves, as red, green and blue. Red, yellow and cyan are kept for alarms, as in the room."""

    TIDE = (46, 158, 146)
    SAND = (184, 134, 70)
    DUSK = (104, 122, 190)
    HEATHER = (150, 102, 142)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One line, and the band around it where there is one; y, low and high have a value for each time."""

    label: str
    y: Vector
    colour: Colour
    low: Vector | None = None
    high: Vector | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A limit across a panel."""

    at: float
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One pair of axes over hours, or over what x_label says.

    top:    where the scale ends, or None to end it at the largest value
    levels: limits drawn across, each in the colour of what it limits
    marked: the part of the x axis that is marked, or None
    """

    title: str
    unit: str
    hours: Vector
    curves: tuple[Curve, ...]
    top: float | None = None
    x_label: str = "hours"
    levels: tuple[Level, ...] = ()
    marked: tuple[float, float] | None = None


def concentration_panel(simulation: Simulation) -> Panel:
    """The drug in venous blood, where a clinic samples it, and at the effect site if the model has one.

    A model of arterial blood alone is shown there.
    """
    drug = "ketamine" if simulation.drug == "racemic" else "s-ketamine"
    site = "venous" if simulation.find(drug, "venous") else "arterial"
    blood = simulation.find(drug, site)
    effect = simulation.find("s-ketamine", "effect")
    curves = [
        *_curves([blood], f"{drug}, {site}", Colour.TIDE),
        *_curves([effect], "s-ketamine, effect site", Colour.SAND),
    ]
    return Panel(title="concentration", unit="ng/mL", hours=simulation.hours, curves=tuple(curves))


def depth_panel(simulation: Simulation) -> Panel:
    """The patient's own rating as the crowd would give it."""
    curves = _curves([simulation.find("depth", "effect")], "depth", Colour.TIDE)
    return Panel(
        title="depth, a judgement", unit="0-10", hours=simulation.hours, curves=tuple(curves), top=10.0
    )


def pressure_panel(simulation: Simulation) -> Panel:
    """The rise in blood pressure over the person's own baseline."""
    curves = [
        *_curves([simulation.find("systolic_rise", "effect")], "systolic", Colour.HEATHER),
        *_curves([simulation.find("diastolic_rise", "effect")], "diastolic", Colour.DUSK),
    ]
    return Panel(
        title="rise in blood pressure, a judgement", unit="mmHg", hours=simulation.hours, curves=tuple(curves)
    )


def _curves(series: Iterable[Series | None], label: str, colour: Colour) -> list[Curve]:
    return [
        Curve(label=label, y=one.p50, low=one.p05, high=one.p95, colour=colour)
        for one in series
        if one is not None
    ]
