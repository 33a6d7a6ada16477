"""A command's options are one frozen record; this turns the record into a Typer command."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from typing import Any, ClassVar, Protocol, TypeVar, get_type_hints


class Options(Protocol):
    """A dataclass whose annotations carry `typer.Option` or `typer.Argument`."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


T = TypeVar("T", bound=Options)


def takes(record: type[T]) -> Callable[[Callable[[T], None]], Callable[..., None]]:
    """Let a command receive `record` whole, while Typer sees one parameter for each of its fields.

    A command with a dozen options stays a function of one argument, and its record can be built in a test.
    """

    def decorate(command: Callable[[T], None]) -> Callable[..., None]:
        @functools.wraps(command)
        def flat(**given: Any) -> None:
            command(record(**given))

        parameters = _parameters(record)
        flat.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # read by inspect and Typer
        flat.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        return flat

    return decorate


def _parameters(record: type[Options]) -> list[inspect.Parameter]:
    hints = get_type_hints(record, include_extras=True)
    return [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            annotation=hints[field.name],
            default=inspect.Parameter.empty if field.default is MISSING else field.default,
        )
        for field in fields(record)
    ]
