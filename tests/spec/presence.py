"""Who is with the patient."""

from collections.abc import Iterable

from tests.rooms import Room, minute
from tests.spec.page import Case, Page, Said, Section, from_findings, rows_of

from slackwater.catalogue.limits import load_limits
from slackwater.rules.room.attending import attendance, leaves_alone
from slackwater.rules.room.presence import CameIn, Coming, Place, WentOut

LIMITS = load_limits().room.presence


def comes(room: Room, at: float, who: str, place: Place = Place.ROOM) -> Room:
    return room.says(at, CameIn(place=place, who=who))


def goes(room: Room, at: float, who: str) -> Room:
    return room.says(at, WentOut(who=who, is_fact=True))


def two() -> Room:
    """One in the room, one within earshot, before the first dose."""
    return comes(comes(Room(), -20, "1"), -19, "2", Place.EARSHOT)


def giving(when: str, *says: str, room: Room) -> Case:
    def asks() -> Iterable[Said]:
        return from_findings(attendance(room.state()).gaps(LIMITS))

    return Case(when=when, asks=asks, says=says)


def going(when: str, *says: str, room: Room, who: str, place: Place | None = None) -> Case:
    def asks() -> Iterable[Said]:
        coming = Coming(at=minute(30), sequence=0, who=who, name="Somebody", role="monitor", place=place)
        return from_findings(leaves_alone(room.state(), coming, LIMITS))

    return Case(when=when, asks=asks, says=says)


GIVING = (
    giving("one in the room, one within earshot", room=two()),
    giving("two in the room", room=comes(comes(Room(), -20, "1"), -19, "2")),
    giving("nobody has signed in", "M09 unknown", "M10 unknown", room=Room()),
    giving("one in the room and nobody else", "M10 unknown", room=comes(Room(), -20, "1")),
    giving("the same person signed in twice: one person is one", "M10 unknown",
           room=comes(comes(Room(), -20, "1"), -19, "1")),
    giving("two within earshot and nobody in the room", "M09 unknown",
           room=comes(comes(Room(), -20, "1", Place.EARSHOT), -19, "2", Place.EARSHOT)),
    giving("one within earshot and nobody else", "M09 unknown", "M10 unknown",
           room=comes(Room(), -20, "1", Place.EARSHOT)),
    giving("whoever was in the room went out into earshot", "M09 unknown",
           room=comes(two(), -5, "1", Place.EARSHOT)),
    giving("whoever was in the room went out", "M09 unknown", "M10 unknown", room=goes(two(), -5, "1")),
    giving("the going out arrived before the coming in that came before it", "M09 unknown", "M10 unknown",
           room=comes(goes(comes(Room(), -19, "2", Place.EARSHOT), -5, "1"), -20, "1")),
)  # fmt: skip


def dosed() -> Room:
    return two().dose(0)


GOING = (
    going("before the first dose, whoever is in the room", room=two(), who="1"),
    going("after it, whoever is in the room", "M09 unknown", "M10 unknown", room=dosed(), who="1"),
    going("after it, whoever is in the room, into earshot", "M09 unknown", room=dosed(), who="1",
          place=Place.EARSHOT),
    going("after it, whoever is within earshot", "M10 unknown", room=dosed(), who="2"),
    going("after it, whoever is within earshot, into the room", room=dosed(), who="2", place=Place.ROOM),
    going("after it, and a third is in the room", room=comes(dosed(), 10, "3"), who="1"),
    going("after it, and a third is within earshot", room=comes(dosed(), 10, "3", Place.EARSHOT), who="2"),
    going("nobody is left to go: what is open already is not opened again", room=Room().dose(0), who="1"),
    going("the patient has left", room=dosed().left(180), who="1"),
    going("the session was stopped: the drug goes on working", "M09 unknown", "M10 unknown",
          room=dosed().stop(20), who="1"),
)  # fmt: skip

PAGE = Page(
    slug="presence",
    title="Who is with the patient",
    intro=(
        "What is missing before anything is given, and what somebody would leave open by going. Staff sign in"
        " and out for themselves, as in the room or within earshot. From the first dose until the patient has"
        " left, a going that leaves something open is refused; that one is out already can be said, is kept,"
        " and is told to the others."
    ),
    sections=(
        Section(title="Giving a dose", cases=GIVING, content="Enough are here."),
        Section(title="Going", cases=GOING, content="They may go."),
    ),
    rows=rows_of(LIMITS),
)
