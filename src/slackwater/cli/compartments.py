"""Which route each CMT number of an event table stands for, as it was written: 1=iv."""

from collections.abc import Iterable, Iterator

from slackwater.cli.names import pick
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

_ROUTES = {route.value: route for route in Route}


def routes_of(texts: Iterable[str]) -> dict[str, Route]:
    """The route of each CMT. Raises RefusedError for one that is named twice or stands for no route."""
    routes: dict[str, Route] = {}
    for number, route in _pairs(texts):
        if number in routes:
            raise _refused("twice", f"CMT {number} is given twice.", "Name one route for it.")
        routes[number] = route
    return routes


def _pairs(texts: Iterable[str]) -> Iterator[tuple[str, Route]]:
    for text in texts:
        number, equals, name = (part.strip() for part in text.partition("="))
        if not (number and equals):
            raise _refused("shape", f"“{text[:24]}” is no number and route.", "Write it like this: 1=iv.")
        yield number, pick(name.lower(), _ROUTES, field="cmt", noun="route")


def _refused(code: str, message: str, mend: str) -> RefusedError:
    return RefusedError.of(field="cmt", code=code, message=message, mend=mend)
