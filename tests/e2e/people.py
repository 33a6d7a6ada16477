"""Who signs in, and which rooms stand open when the browser tests begin. Each room is one test's own."""

from dataclasses import dataclass

PASSWORD = "slack water at half past nine"
# What is scanned off the vials of these tests' cabinet: a number for use within one house, and the lot.
GTIN = "02000000000015"
VIAL = f"(01){GTIN}(10)TEST-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """An open room with its baseline taken.

    is_dosed:  the first dose was given, and one rating
    is_robins: its patient is the one who can sign in
    is_boosted: its order holds a booster
    """

    name: str
    is_dosed: bool = True
    is_robins: bool = False
    is_boosted: bool = False


ROOMS = (
    Room(name="shown"),
    Room(name="visit", is_robins=True),
    Room(name="lost"),
    Room(name="closed"),
    Room(name="reloaded"),
    Room(name="watched"),
    Room(name="typed"),
    Room(name="undosed", is_dosed=False),
    Room(name="torn", is_dosed=False),
    Room(name="boosted", is_boosted=True),
    Room(name="heard"),
    Room(name="narrowed"),
    Room(name="wished"),
    Room(name="unheard"),
    Room(name="checked", is_dosed=False),
    Room(name="told", is_dosed=False),
    Room(name="attended"),
    Room(name="alarmed"),
    Room(name="rescued"),
)
