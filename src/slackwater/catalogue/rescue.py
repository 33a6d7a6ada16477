"""Reads rescue.toml: what lies ready for an emergency, and what is done in one."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from slackwater.catalogue.fields import Fields
from slackwater.rules.rescue.checklists import Checklist, Step
from slackwater.rules.rescue.kit import Kit, KitItem
from slackwater.terms.refusal import RefusedError

_FILE = "rescue.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescue:
    """All of the file."""

    kit: Kit
    checklists: tuple[Checklist, ...]


@cache
def load_rescue() -> Rescue:
    """What ships with the package; RefusedError names the key that is wrong."""
    return parse_rescue(resources.files("slackwater.catalogue").joinpath(_FILE).read_text(encoding="utf-8"))


def load_kit() -> Kit:
    """What lies ready."""
    return load_rescue().kit


def load_checklists() -> tuple[Checklist, ...]:
    """What is done."""
    return load_rescue().checklists


def parse_rescue(text: str) -> Rescue:
    """Raises RefusedError naming the key that is wrong."""
    try:
        table = Fields(_FILE, tomllib.loads(text))
        kit = Kit(
            version=table.text("version"),
            source=table.text("source"),
            verified=table.text("verified"),
            items=tuple(_item(one) for one in table.tables("kit")),
        )
        checklists = tuple(_checklist(one) for one in table.tables("checklists", optional=True))
        table.refuse_unread()
    except (tomllib.TOMLDecodeError, ValueError) as error:
        if isinstance(error, RefusedError):
            raise
        raise _refused(f"{error}.") from None
    for keys in ([item.key for item in kit.items], [one.key for one in checklists]):
        if len(set(keys)) < len(keys):
            raise _refused("Something stands here twice.")
    return Rescue(kit=kit, checklists=checklists)


def _checklist(row: Fields) -> Checklist:
    found = Checklist(
        key=row.text("key"),
        title=row.text("title"),
        conditions=row.texts("conditions"),
        rests_on=row.texts("rows"),
        verified=row.text("verified"),
        steps=tuple(_step(one) for one in row.tables("steps")),
    )
    row.refuse_unread()
    return found


def _step(row: Fields) -> Step:
    found = Step(key=row.text("key"), says=row.text("says"))
    row.refuse_unread()
    return found


def _item(row: Fields) -> KitItem:
    found = KitItem(
        key=row.text("key"), label=row.text("label"), only_if=row.text("only_if", empty=True, default="")
    )
    row.refuse_unread()
    return found


def _refused(message: str) -> RefusedError:
    return RefusedError.of(field=_FILE, code="catalogue", message=message, mend=f"Correct catalogue/{_FILE}.")
