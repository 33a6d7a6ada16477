"""One thing that a patient can say yes to. Whatever is not among their permits is a no.

An agreement is a set of permits, so that narrower is a subset, wider is anything else, and the agreement of
somebody who was never asked is the empty set.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from slackwater.terms.route import Route
from slackwater.terms.zone import Zone


class Item(StrEnum):
    """What can be agreed to, each by itself."""

    TREATMENT = "treatment"
    OFF_LABEL = "off_label"
    ROUTE = "route"
    BOOSTER = "booster"
    TOUCH = "touch"
    RECORDING = "recording"
    PRESENCE = "presence"
    PARTNER_CONTACT = "partner_contact"
    DATA_USE = "data_use"


class Recording(StrEnum):
    """What of a session may be recorded."""

    SOUND = "sound"
    PICTURE = "picture"


class Purpose(StrEnum):
    """What a patient's data may be used for besides their own care."""

    QUALITY = "quality"
    RESEARCH = "research"


_KINDS: Final[dict[Item, type[StrEnum]]] = {
    Item.ROUTE: Route,
    Item.TOUCH: Zone,
    Item.RECORDING: Recording,
    Item.DATA_USE: Purpose,
}
# A yes to touch or to company is a yes to one person, never to whoever is on duty.
_PERSONAL: Final = frozenset({Item.TOUCH, Item.PRESENCE})
# These concern no session, so that they outlive a no to treatment.
_APART: Final = frozenset({Item.PARTNER_CONTACT, Item.DATA_USE})


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Permit:
    """One yes.

    of:     which route, zone, recording or purpose, where the item has several
    person: identifier of the one it is said to, where the item is about a person
    """

    item: Item
    of: str = ""
    person: str = ""

    def __post_init__(self) -> None:
        kinds = _KINDS.get(self.item)
        if (self.of not in {kind.value for kind in kinds}) if kinds else self.of:
            raise ValueError(f"{self.of or 'nothing'} is no {self.item.value} that can be agreed to")
        if bool(self.person) is not (self.item in _PERSONAL):
            raise ValueError(f"{self.item.value} is agreed to {_FOR[self.item in _PERSONAL]}")


_FOR: Final = {True: "for one person by name", False: "for nobody in particular"}

Permits: TypeAlias = frozenset[Permit]
NOTHING: Final[Permits] = frozenset()


def touch(zone: Zone, person: str) -> Permit:
    """A yes to supportive touch of one zone by one person."""
    return Permit(item=Item.TOUCH, of=zone.value, person=person)


def in_force(permits: Permits) -> Permits:
    """What of these holds: without a yes to treatment there is no yes to any part of it."""
    if Permit(item=Item.TREATMENT) in permits:
        return permits
    return frozenset(permit for permit in permits if permit.item in _APART)
