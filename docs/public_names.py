"""A Sphinx extension: lists what `slackwater.pharma` offers, so that the page cannot fall behind the code."""

from importlib import import_module
from itertools import groupby
from operator import itemgetter

from sphinx.application import Sphinx

from slackwater import pharma

_PLACE = "@NAMES@"


def setup(app: Sphinx) -> None:
    """Called by Sphinx as it starts."""
    app.connect("source-read", lambda _, page, source: _list_names(page, source))
    app.connect("autodoc-process-docstring", lambda *event: _as_written(event[-1]))


def names_page() -> str:
    """Every public name under the first sentence of the file it lives in, file by file."""
    homes = sorted((getattr(pharma, name).__module__, name) for name in pharma.__all__)
    return "\n".join(
        _section(home, [name for _, name in own]) for home, own in groupby(homes, key=itemgetter(0))
    )


def _section(home: str, names: list[str]) -> str:
    title = (import_module(home).__doc__ or home).split("\n", 1)[0].rstrip(".")
    directives = "\n".join(_directive(home, name) for name in names)
    return f"## {title}\n\n```{{eval-rst}}\n{directives}\n```\n"


def _directive(home: str, name: str) -> str:
    found = getattr(pharma, name)
    if isinstance(found, type):
        kind, options = ("autoexception" if issubclass(found, Exception) else "autoclass"), "   :members:\n"
    else:
        kind, options = "autofunction", ""
    return f".. {kind}:: {home}.{found.__name__}\n{options}"


def _list_names(page: str, source: list[str]) -> None:
    if page == "reference/engine":
        source[0] = source[0].replace(_PLACE, names_page())


def _as_written(lines: list[str]) -> None:
    """Keep formulas and columns as they stand: the first paragraph is prose, the rest is set as written."""
    text = list(lines)
    end = next((place for place, line in enumerate(text) if not line.strip()), len(text))
    prose = [line.replace("\\", "\\\\").replace("*", "\\*").replace("_", "\\_") for line in text[:end]]
    rest = [f"   {line}" for line in text[end + 1 :]]
    lines[:] = [
        *prose,
        "",
        *([".. code-block:: text", "", *rest, ""] if any(line.strip() for line in rest) else []),
    ]
