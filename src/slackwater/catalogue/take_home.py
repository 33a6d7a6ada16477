"""Reads take_home.toml: the card for the way home."""

import tomllib
from functools import cache
from importlib import resources

from slackwater.catalogue.fields import Fields
from slackwater.rules.recovery.card import CardPart, CardText
from slackwater.terms.refusal import RefusedError

_FILE = "take_home.toml"


@cache
def load_card() -> CardText:
    """The words that ship with the package; RefusedError names the key that is wrong."""
    return parse_card(resources.files("slackwater.catalogue").joinpath(_FILE).read_text(encoding="utf-8"))


def parse_card(text: str) -> CardText:
    """Raises RefusedError naming the key that is wrong."""
    try:
        table = Fields(_FILE, tomllib.loads(text))
        card = CardText(
            version=table.text("version"),
            verified=table.text("verified"),
            parts=tuple(_part(one) for one in table.tables("parts")),
        )
        table.refuse_unread()
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise RefusedError.of(
            field=_FILE, code="catalogue", message=f"{error}.", mend=f"Correct catalogue/{_FILE}."
        ) from None
    return card


def _part(row: Fields) -> CardPart:
    found = CardPart(title=row.text("title"), says=row.texts("says"), rests_on=row.texts("rows"))
    row.refuse_unread()
    return found
