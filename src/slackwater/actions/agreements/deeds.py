"""Drawing up, telling back, signing, narrowing, wishing. Narrowing is never refused to anyone in the room."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from slackwater.actions import boards, windows
from slackwater.actions.agreements import lines
from slackwater.actions.agreements.held import Dosed, held
from slackwater.actions.policy import Permission, require
from slackwater.catalogue.agreement_texts import load_agreement_texts
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import AgreementLine, Patient, Role, Session, User
from slackwater.rules.agreements.gates import against_drafting, against_signing, against_teach_back
from slackwater.rules.agreements.log import (
    AskedInSession,
    Drafted,
    Narrowed,
    Party,
    RoomOpened,
    Said,
    Signed,
    Slept,
    TaughtBack,
)
from slackwater.rules.agreements.permits import Item, Permits
from slackwater.rules.agreements.teach_back import scored
from slackwater.rules.findings import Finding, barring
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.zone import Zone

_PARTIES = {
    Role.PATIENT.value: Party.PATIENT,
    Role.PRESCRIBER.value: Party.PRESCRIBER,
    Role.GUIDE.value: Party.GUIDE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Who does it, when by the wall's clock, and under which key; the same key is the same deed."""

    by: User
    at: datetime
    key: UUID


def person_of(user: User) -> str:
    """How a permit or a signature names somebody who signs in."""
    return f"user:{user.pk}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is to be agreed, until when at most, and what means stop."""

    permits: Permits
    expires_at: datetime
    stop_word: str = ""
    stop_sign: str = ""


@transaction.atomic
def draw_up(patient: Patient, proposal: Proposal, *, deed: Deed) -> AgreementLine:
    """Draw up an agreement under the words that ship now. It permits nothing until it is signed by all.

    Raises RefusedError within a window, for a day that has passed, for people who do not work here, for a
    part of the body that this clinic does not offer, and for touch without a word and a sign that stop it.
    """
    require(deed.by, Permission.DRAW_UP_AGREEMENT, patient)
    patient = lines.locked(patient)
    drafted = Drafted(
        permits=proposal.permits,
        texts=load_agreement_texts().fingerprint,
        expires_at=proposal.expires_at,
        stop_word=proposal.stop_word.strip(),
        stop_sign=proposal.stop_sign.strip(),
    )
    now = held(patient, at=deed.at).now
    found = against_drafting(now, drafted, at=deed.at, limits=load_limits().agreements)
    _refuse([*_problems(found), *_strangers(proposal.permits), *_not_offered(proposal.permits)])
    return _add(patient, drafted, deed)


def hear_back(
    patient: Patient, draft: int, answers: Mapping[str, int], *, deed: Deed, is_rehearsed: bool = False
) -> AgreementLine:
    """Keep a whole teach-back, passed or not. Passed, it closes each window of which nothing else is left.

    draft: number of the draft or of the version it is about; 0 where there is none yet
    is_rehearsed: the stop word and the stop sign were practised
    Raises RefusedError where it broke off, where the clinic has set no pass mark, and naming whatever else
    keeps a window open.
    """
    require(deed.by, Permission.HEAR_TEACH_BACK, patient)
    result = scored(answers, texts=load_agreement_texts(), pass_mark=settings.TEACH_BACK_PASS_MARK)
    before = held(patient, at=deed.at)
    # Asked before anything is locked, because it may ask a crowd.
    rest = [finding for one in before.open for finding in _rest(one, at=deed.at)]
    said = TaughtBack(
        draft=draft,
        is_passed=result.is_passed,
        answers=tuple(sorted(answers.items())),
        pass_mark=result.pass_mark,
        ready=tuple((one.session, deed.at) for one in before.open),
        is_rehearsed=is_rehearsed,
    )
    return _heard(patient, said, rest, deed)


@transaction.atomic
def _heard(patient: Patient, said: TaughtBack, rest: Sequence[Finding], deed: Deed) -> AgreementLine:
    patient = lines.locked(patient)
    found = held(patient, at=deed.at)
    limits = load_limits().agreements
    _refuse(_problems(against_teach_back(found.now, found.log, said.draft, rest=rest, limits=limits)))
    return _add(patient, said, deed)


@transaction.atomic
def sign(patient: Patient, draft: int, *, deed: Deed) -> AgreementLine:
    """Sign a draft in one's own part: as the patient, as prescriber or as guide.

    Raises RefusedError where anything stands against it; the draft stays as it is.
    """
    require(deed.by, Permission.SIGN_AGREEMENT, patient)
    patient = lines.locked(patient)
    found = held(patient, at=deed.at)
    signed = Signed(draft=draft, party=_PARTIES[deed.by.role], person=person_of(deed.by))
    owner = "" if patient.user_id is None else f"user:{patient.user_id}"
    limits = load_limits().agreements
    _refuse(_problems(against_signing(found.now, found.log, signed, patient=owner, limits=limits)))
    return _add(patient, signed, deed)


@transaction.atomic
def narrow(patient: Patient, said: Narrowed, *, happened_at: datetime, deed: Deed) -> AgreementLine:
    """Take a yes away, from now on, whoever noticed the no. There is nothing that stands against it.

    happened_at: when it was said, where a device kept it until it found the network again
    """
    require(deed.by, Permission.NARROW_AGREEMENT, patient)
    patient = lines.locked(patient)
    return lines.add(patient, said, by=deed.by, happened_at=happened_at, wall=deed.at, key=deed.key)


@transaction.atomic
def keep_wish(patient: Patient, wishes: Permits, *, happened_at: datetime, deed: Deed) -> AgreementLine:
    """Keep what was asked for in session. It permits nothing, and is offered again on a sober day."""
    require(deed.by, Permission.KEEP_WISH, patient)
    patient = lines.locked(patient)
    said = AskedInSession(wishes=wishes)
    return lines.add(patient, said, by=deed.by, happened_at=happened_at, wall=deed.at, key=deed.key)


@transaction.atomic
def say_slept(patient: Patient, session: str, *, deed: Deed) -> AgreementLine:
    """Keep that the patient has slept a night since this session.

    Raises RefusedError where nothing was given in it.
    """
    require(deed.by, Permission.SAY_SLEPT, patient)
    patient = lines.locked(patient)
    if session not in {one.session for one in held(patient, at=deed.at).dosed}:
        raise RefusedError.of(
            field="session",
            code="no-dose",
            message="Nothing was given in this session.",
            mend="Nothing is needed: there is no window to close.",
        )
    return _add(patient, Slept(session=session), deed)


def room_opened(patient: Patient, session: Session, *, deed: Deed) -> AgreementLine:
    """Mark in the log that a room was opened, so that no clock can put a later yes before it."""
    return _add(lines.locked(patient), RoomOpened(session=str(session.public_id)), deed)


def _add(patient: Patient, said: Said, deed: Deed) -> AgreementLine:
    return lines.add(patient, said, by=deed.by, happened_at=deed.at, wall=deed.at, key=deed.key)


def _rest(dosed: Dosed, *, at: datetime) -> list[Finding]:
    """What keeps this window open besides the teach-back."""
    session = Session.objects.select_related("order").get(public_id=dosed.session)
    room = boards.room(session, at=at)
    own = load_limits().window.window_teach_back.rule
    holding = windows.window(session, room.state, at=room.at).holding
    return [finding for finding in holding if finding.id != own]


def _strangers(permits: Permits) -> list[Problem]:
    """Touch and company are agreed with people who work here, by name."""
    named = {permit.person for permit in permits if permit.person}
    here = {person_of(user) for user in User.objects.filter(is_active=True) if user.is_clinic_staff}
    return [
        Problem(
            field="permits",
            code="unknown-person",
            message=f"{person} does not work here.",
            mend="Choose somebody from the list.",
        )
        for person in sorted(named - here)
    ]


def offered_zones() -> tuple[Zone, ...]:
    """Where this clinic offers supportive touch: some of the four there are, never another."""
    return tuple(zone for zone in Zone if zone.value in settings.TOUCH_ZONES)


def _not_offered(permits: Permits) -> list[Problem]:
    """A clinic can take a part of the body away for everybody."""
    here = {zone.value for zone in offered_zones()}
    asked = {permit.of for permit in permits if permit.item is Item.TOUCH}
    return [
        Problem(
            field="touch",
            code="not-offered",
            message=f"This clinic does not offer touch there: {Zone(zone).label}.",
            mend="Leave it at no.",
        )
        for zone in sorted(asked - here)
    ]


def _problems(found: Iterable[Finding]) -> list[Problem]:
    return [
        Problem(field="agreement", code=one.id, message=one.sentence, mend=_MENDS.get(one.id, _MEND))
        for one in barring(found)
    ]


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise RefusedError(*problems)


_MEND = "Nothing was changed. See to it first, then try again."
_MENDS = {
    "AGR-02": "Keep it as a wish, and offer it again once the window is closed.",
    "AGR-03": "Draw up another, with the patient.",
    "AGR-04": "Do the teach-back of this draft first.",
    "AGR-05": "Each signs with their own name and password.",
    "AGR-06": "Set a day that is still to come.",
    "AGR-07": "Agree on a word and a sign, and practise both with the teach-back.",
    "E35": "Stop here. Whether this person can decide on it needs an opinion of its own.",
}
