"""The catalogue's models as text, as JSON, and their disagreement as a chart."""

from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from slackwater.cli.compare import Comparison
from slackwater.cli.curves import Colour, Curve, Panel
from slackwater.cli.figures import figures
from slackwater.cli.formats import TextFormat, deliver
from slackwater.cli.output_json import Node, dump
from slackwater.cli.plot_file import write_picture
from slackwater.cli.terminal_plot import draw
from slackwater.pharma.parameters import PublishedModel, Range, Use
from slackwater.terms.route import Route
from slackwater.units import h_from_min

_INDENT = 2
_USES = {
    Use.ORDERS: "a patient's order may be planned with it",
    Use.COMPARING: "only to be compared with the others; no order is planned with it",
}


def write(models: Sequence[PublishedModel], comparison: Comparison, form: TextFormat) -> None:
    """Print every model, then what each makes of the same dose."""
    if form is TextFormat.JSON:
        deliver(models_json(models, comparison), None)
        return
    console = Console()
    for model in models:
        _show_model(model, console)
    _show_comparison(comparison, console)


def picture(comparison: Comparison, path: Path) -> None:
    """Draw the comparison to a file."""
    write_picture([_panel(comparison)], path, title=_title(comparison), basis=[_said_of_it(comparison)])


def models_json(models: Sequence[PublishedModel], comparison: Comparison) -> str:
    """Every model with its blocks, and the comparison."""
    return dump({"models": [_model(model) for model in models], "comparison": _comparison(comparison)})


def _model(model: PublishedModel) -> Node:
    return {
        "id": model.id,
        "version": model.version,
        "title": model.title,
        "source": model.source,
        "doi": model.doi,
        "verification": model.verification,
        "grade": model.grade.value,
        "use": model.use.value,
        "has_spread": model.has_spread,
        "has_effect": model.effect_link is not None,
        "population": model.population,
        "age_years": _range(model.age_range),
        "weight_kg": _range(model.weight_range),
        "drugs": _drugs(model),
        "routes": _routes(model),
        "blocks": [
            {
                "name": block.name,
                "source": block.source,
                "verification": block.verification,
                "grade": block.grade.value,
                "note": block.note,
            }
            for block in model.blocks
        ],
        "parameters": [
            {
                "name": one.name,
                "value": one.value,
                "unit": one.unit.value,
                "block": one.block,
                "relative_standard_error": one.rse,
            }
            for one in model.parameters
        ],
        "variability": [
            {"name": eta.name, "moves": list(eta.moves), "scale": eta.scale.value, "cv": eta.cv, "sd": eta.sd}
            for eta in model.between_people
        ],
        "weight_scaling": _weight_scaling(model),
        "effect_half_life_min": model.effect_link.half_life_min if model.effect_link else None,
        "caveats": list(model.caveats),
    }


def _weight_scaling(model: PublishedModel) -> Node:
    scaling = model.weight_scaling
    if scaling is None:
        return None
    return {
        "reference_kg": scaling.reference_kg,
        "flow_exponent": scaling.flow_exponent,
        "volume_exponent": scaling.volume_exponent,
    }


def _range(span: Range | None) -> Node:
    return None if span is None else {"low": span.low, "high": span.high, "basis": span.basis}


def _drugs(model: PublishedModel) -> list[str]:
    return sorted(drug.value for drug in model.drugs)


def _routes(model: PublishedModel) -> list[str]:
    return [route.value for route in Route if route in model.routes]


def _comparison(comparison: Comparison) -> Node:
    return {
        "dose": comparison.dose,
        "drug": comparison.drug,
        "weight_kg": comparison.weight_kg,
        "analyte": "s-ketamine",
        "site": "venous",
        "unit": "ng/mL",
        "time_min": comparison.time_min.tolist(),
        "curves": [{"model": one.model, "typical": one.ng_ml.tolist()} for one in comparison.curves],
        "left_out": [{"model": one.model, "cause": one.cause} for one in comparison.left_out],
    }


def _show_model(model: PublishedModel, console: Console) -> None:
    console.print(Text.assemble((model.id, "bold"), f"  {model.title}"))
    facts = Table.grid(padding=(0, 2))
    for name, text in _facts(model):
        facts.add_row(Text(name, style="dim"), text)
    console.print(Padding(facts, (0, 0, 1, _INDENT)))


def _facts(model: PublishedModel) -> Iterator[tuple[str, str]]:
    yield "source", f"{model.source}{f', doi {model.doi}' if model.doi else ''}"
    yield "population", model.population
    for name, span, unit in (("age", model.age_range, "years"), ("weight", model.weight_range, "kg")):
        if span:
            yield name, f"{span.low:g}-{span.high:g} {unit} ({span.basis})"
    yield "drugs", ", ".join(_drugs(model))
    yield "routes", ", ".join(_routes(model))
    yield "verification", model.verification
    yield "grade", model.grade.value
    yield "use", _USES[model.use]
    yield "random effects", _spread(model)
    yield "effect", _effect(model)
    for block in model.blocks:
        yield f"· {block.name}", f"{block.grade.value}. {block.source}. {block.verification}"
    for caveat in model.caveats:
        yield "caveat", caveat


def _spread(model: PublishedModel) -> str:
    if not model.has_spread:
        return "none known between people: it gives one line and no band, which is a gap and not certainty"
    together = "some of them together" if model.correlations else "each independent"
    return f"{len(model.between_people)} in number, {together}"


def _effect(model: PublishedModel) -> str:
    if model.effect_link is None:
        return "none followed"
    return f"half-life {model.effect_link.half_life_min:g} min behind {model.effect_link.driver} blood"


def _show_comparison(comparison: Comparison, console: Console) -> None:
    console.print(Text(_title(comparison), style="bold"))
    if comparison.curves:
        panel = _panel(comparison)
        console.print(draw(panel, width=console.width))
        console.print(_peaks(comparison))
    for one in comparison.left_out:
        console.print(Text(f"{one.model} is left out: {one.cause}"))
    console.print(Text(_said_of_it(comparison), style="dim"))


def _peaks(comparison: Comparison) -> Table:
    table = Table(box=None)
    for heading in ("", "peak, ng/mL", "at, min"):
        table.add_column(heading, justify="right" if heading else "left")
    for curve, colour in zip(comparison.curves, cycle(Colour), strict=False):
        red, green, blue = colour.value
        name = Text(f"━ {curve.model}", style=f"rgb({red},{green},{blue})")
        table.add_row(name, figures(curve.peak_ng_ml), str(curve.peak_min))
    return table


def _panel(comparison: Comparison) -> Panel:
    curves = zip(comparison.curves, cycle(Colour), strict=False)
    return Panel(
        title="venous S-ketamine, typical person",
        unit="ng/mL",
        hours=comparison.time_min * h_from_min(1.0),
        curves=tuple(Curve(label=one.model, y=one.ng_ml, colour=colour) for one, colour in curves),
    )


def _title(comparison: Comparison) -> str:
    return f"The same dose in each model: {comparison.drug}, {comparison.dose}, {comparison.weight_kg:g} kg"


def _said_of_it(comparison: Comparison) -> str:
    peaks = [curve.peak_ng_ml for curve in comparison.curves]
    if len(peaks) < 2:
        return "Only models that have the drug and the route can be compared."
    return f"The highest peak is {max(peaks) / min(peaks):.2f} times the lowest."
