"""Writes fitted values into the text of a model's file, and leaves everything else as it stands."""

import re
from collections.abc import Mapping, Sequence
from importlib import resources

from slackwater.pharma.parameters import Parameter
from slackwater.terms.refusal import RefusedError

_TRIANGLE = re.compile(r"^correlations = \[\n(?: +\[[^\]]*\],\n)*\]$", re.MULTILINE)
_LINE = re.compile(r"^(?P<name>\w+) = \{ value = [^}]*\}$", re.MULTILINE)


def model_text(model_id: str) -> str:
    """The file of a model that ships with the package."""
    name = f"{model_id.replace('-', '_')}.toml"
    return resources.files("slackwater.catalogue").joinpath("models", name).read_text(encoding="utf-8")


def with_estimates(text: str, fitted: Mapping[str, Parameter]) -> str:
    """The file with these parameters' values and standard errors.

    Raises RefusedError naming a parameter that the file has no line for.
    """
    written = set(_LINE.findall(text))
    for name in sorted(set(fitted) - written):
        raise RefusedError.of(
            field=name,
            code="no-line",
            message=f"The model's file has no line for {name}.",
            mend="Write it as NAME = { value = ..., unit = ... } on a line of its own.",
        )

    def line(match: re.Match[str]) -> str:
        parameter = fitted.get(match["name"])
        return match[0] if parameter is None else _written(parameter)

    return _LINE.sub(line, text)


def with_correlations(text: str, correlation: Sequence[Sequence[float]]) -> str:
    """The file with the lower triangle of these correlations of its estimates, to two decimals.

    Raises RefusedError where the file has no place for them.
    """
    if not _TRIANGLE.search(text):
        raise RefusedError.of(
            field="correlations",
            code="no-place",
            message="The model's file has no correlations of its estimates.",
            mend="Write [estimates] with a basis, the names, and correlations = [ over rows and ].",
        )
    rows = [
        ", ".join(f"{round(entry, 2) + 0.0:.2f}" for entry in row[:place])
        for place, row in enumerate(correlation, start=1)
    ]
    lines = "".join(f"    [{row}],\n" for row in rows)
    return _TRIANGLE.sub(lambda _: f"correlations = [\n{lines}]", text)


def _written(parameter: Parameter) -> str:
    rse = "" if parameter.rse is None else f", rse = {parameter.rse:.3g}"
    return f'{parameter.name} = {{ value = {parameter.value!r}, unit = "{parameter.unit.value}"{rse} }}'
