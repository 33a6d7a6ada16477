"""Whether what was handed over is of the kind asked for at all; types alone stop nobody in a notebook."""

from numbers import Real

from slackwater.terms.refusal import RefusedError


def check_number(field: str, value: object) -> None:
    """Raises RefusedError for a text, or nothing, in place of a number."""
    if not isinstance(value, Real):
        raise RefusedError.of(
            field=field,
            code="not-a-number",
            message=f"The {field} {value!r} is not a number.",
            mend="Give a number, without its unit.",
        )


def check_list(field: str, value: object) -> None:
    """Raises RefusedError for one text in place of several: it would be read letter by letter."""
    if isinstance(value, str):
        raise RefusedError.of(
            field=field,
            code="not-a-list",
            message=f"{value!r} is one text, not a list of {field}.",
            mend=f"Write ({value!r},).",
        )
