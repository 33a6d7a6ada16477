"""The log of one patient's agreements: what was drawn up, understood, signed, narrowed and asked for.

Entries are only ever added, and what holds is folded from them. There is no entry that widens: a wider
agreement is another draft, understood and signed by everybody.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias

from slackwater.rules.agreements.permits import NOTHING, Permits


class Party(StrEnum):
    """Who signs. All of them do, each in person."""

    PATIENT = "patient"
    PRESCRIBER = "prescriber"
    GUIDE = "guide"


class Sign(StrEnum):
    """How a no was given. Any of them counts alike, at once, whoever noticed it."""

    TAP = "tap"
    WORD = "word"
    GESTURE = "gesture"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """Drawn up, and agreed by nobody yet.

    texts:      fingerprint of the words that the patient read
    expires_at: until when it holds at most, as the clinic set it
    stop_word, stop_sign: what means stop, said or shown; as the patient chose them
    """

    permits: Permits
    texts: str
    expires_at: datetime
    stop_word: str = ""
    stop_sign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtBack:
    """The patient told in their own words what they would agree to.

    draft:   number of the entry that drew it up; 0 where nothing was drawn up yet
    answers: points by the name of each question; empty where they were not kept
    ready:   of each session under whose window it was asked, when all else of that window was over
    is_rehearsed: the stop word and the stop sign were practised, sober, and stopped at once
    """

    draft: int
    is_passed: bool
    answers: tuple[tuple[str, int], ...] = ()
    pass_mark: int = 0
    ready: tuple[tuple[str, datetime], ...] = ()
    is_rehearsed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One party signed the draft of this number. `person` is who they were."""

    draft: int
    party: Party
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """These are a no from now on. All of them, where a patient withdraws altogether."""

    gone: Permits
    sign: Sign
    is_everything: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedInSession:
    """A wish for more, kept for a sober day. It permits nothing."""

    wishes: Permits


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomOpened:
    """A room was opened for a session. What is signed from here on was not signed before its first dose."""

    session: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slept:
    """The patient said that they have slept a night since that session."""

    session: str


Said: TypeAlias = Drafted | TaughtBack | Signed | Narrowed | AskedInSession | RoomOpened | Slept


class AgreementKind(StrEnum):
    """What an entry is about. Values are what the log and the wire carry."""

    DRAFTED = "drafted"
    TAUGHT_BACK = "taught_back"
    SIGNED = "signed"
    NARROWED = "narrowed"
    ASKED = "asked"
    ROOM_OPENED = "room_opened"
    SLEPT = "slept"


KIND_OF: Final[dict[type[Said], AgreementKind]] = {
    Drafted: AgreementKind.DRAFTED,
    TaughtBack: AgreementKind.TAUGHT_BACK,
    Signed: AgreementKind.SIGNED,
    Narrowed: AgreementKind.NARROWED,
    AskedInSession: AgreementKind.ASKED,
    RoomOpened: AgreementKind.ROOM_OPENED,
    Slept: AgreementKind.SLEPT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementEntry:
    """One line of the log.

    number:      its place in the log, from 1
    happened_at: when it was said, by the device on which it was written down
    recorded_at: when it reached the log
    """

    number: int
    happened_at: datetime
    recorded_at: datetime
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Impairment:
    """One time under the drug.

    starts_at: the earliest moment at which the first dose may have begun
    known_at:  how many entries the log had when the dose was written down; clocks can lie about that order
    ready_at:  from when a teach-back ends it; None while nobody knows
    """

    starts_at: datetime
    known_at: int
    ready_at: datetime | None = None


def everything(sign: Sign) -> Narrowed:
    """A withdrawal."""
    return Narrowed(gone=NOTHING, sign=sign, is_everything=True)
