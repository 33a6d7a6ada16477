"""Reads rescue.toml: what lies ready for an emergency."""

import tomllib
from functools import cache
from importlib import resources

from slackwater.catalogue.fields import Fields
from slackwater.rules.rescue.kit import Kit, KitItem
from slackwater.terms.refusal import RefusedError

_FILE = "rescue.toml"


@cache
def load_kit() -> Kit:
    """The list that ships with the package; RefusedError names the key that is wrong."""
    return parse_kit(resources.files("slackwater.catalogue").joinpath(_FILE).read_text(encoding="utf-8"))


def parse_kit(text: str) -> Kit:
    """Raises RefusedError naming the key that is wrong."""
    try:
        table = Fields(_FILE, tomllib.loads(text))
        kit = Kit(
            version=table.text("version"),
            source=table.text("source"),
            verified=table.text("verified"),
            items=tuple(_item(one) for one in table.tables("kit")),
        )
        table.refuse_unread()
    except tomllib.TOMLDecodeError as error:
        raise _refused(f"{error}.") from None
    keys = [item.key for item in kit.items]
    if len(set(keys)) < len(keys):
        raise _refused("One thing stands in the kit twice.")
    return kit


def _item(row: Fields) -> KitItem:
    found = KitItem(
        key=row.text("key"), label=row.text("label"), only_if=row.text("only_if", empty=True, default="")
    )
    row.refuse_unread()
    return found


def _refused(message: str) -> RefusedError:
    return RefusedError.of(field=_FILE, code="catalogue", message=message, mend=f"Correct catalogue/{_FILE}.")
