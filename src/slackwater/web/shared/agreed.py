"""How permits are called on a screen, and how a form names one."""

from collections.abc import Iterable, Mapping

from slackwater.actions.agreements.deeds import person_of
from slackwater.records.models import User
from slackwater.rules.agreements.permits import Item, Permit, Permits, Purpose, Recording
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.route import Route
from slackwater.terms.zone import Zone

_SEPARATOR = "/"
_PLAIN = {
    Item.TREATMENT: "The treatment",
    Item.OFF_LABEL: "Going ahead, with what nobody knows yet",
    Item.BOOSTER: "A second, smaller dose",
    Item.PARTNER_CONTACT: "Talking with my partner",
}
_RECORDING = {Recording.SOUND: "Recording sound", Recording.PICTURE: "Recording pictures"}
_PURPOSE = {
    Purpose.QUALITY: "Helping this clinic to do better",
    Purpose.RESEARCH: "Research, without my name",
}


def staff() -> list[User]:
    """Everybody who works here and can be named in an agreement."""
    people = User.objects.filter(is_active=True).order_by("role", "last_name", "first_name", "pk")
    return [user for user in people if user.is_clinic_staff]


def called(people: Iterable[User]) -> dict[str, str]:
    """What each is called, by how permits name them."""
    return {person_of(user): user.shown_name for user in people}


def words(permit: Permit, names: Mapping[str, str]) -> str:
    """One permit in plain words, as the patient would say it."""
    match permit.item:
        case Item.ROUTE:
            return f"Given {Route(permit.of).label}"
        case Item.TOUCH:
            return f"{names.get(permit.person, 'Somebody who has left')}: {Zone(permit.of).label}"
        case Item.PRESENCE:
            return f"{names.get(permit.person, 'Somebody who has left')} in the room"
        case Item.RECORDING:
            return _RECORDING[Recording(permit.of)]
        case Item.DATA_USE:
            return _PURPOSE[Purpose(permit.of)]
        case _:
            return _PLAIN[permit.item]


def value(permit: Permit) -> str:
    """How a form names it."""
    return _SEPARATOR.join((permit.item.value, permit.of, permit.person))


def permit_of(text: str, *, field: str) -> Permit:
    """The permit that a form named. Raises RefusedError for anything that cannot be agreed."""
    parts = text.split(_SEPARATOR)
    try:
        item, of, person = parts
        return Permit(item=Item(item), of=of, person=person)
    except ValueError:
        raise RefusedError(_cannot(field)) from None


def permits_of(texts: Iterable[str], *, field: str) -> Permits:
    """Every permit that a form named."""
    return frozenset(permit_of(text, field=field) for text in texts)


def _cannot(field: str) -> Problem:
    return Problem(
        field=field,
        code="cannot-be-agreed",
        message="There is no such thing to agree to.",
        mend="Choose among what is on the page; nothing else can be agreed here, by anyone.",
    )
