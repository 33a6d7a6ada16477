"""Writes fitted values into the text of a model's file, and leaves everything else as it stands."""

import re
from collections.abc import Mapping
from importlib import resources

from slackwater.pharma.parameters import Parameter
from slackwater.terms.refusal import RefusedError

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


def _written(parameter: Parameter) -> str:
    rse = "" if parameter.rse is None else f", rse = {parameter.rse:.3g}"
    return f'{parameter.name} = {{ value = {parameter.value!r}, unit = "{parameter.unit.value}"{rse} }}'
