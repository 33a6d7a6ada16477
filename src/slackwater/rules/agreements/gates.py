"""What stands against drawing up, understanding and signing an agreement; never against narrowing one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from slackwater.rules.agreements.log import AgreementEntry, Drafted, Narrowed, Party, Signed, TaughtBack
from slackwater.rules.agreements.permits import Item
from slackwater.rules.agreements.ratchet import Standing
from slackwater.rules.basis import Basis, Threshold
from slackwater.rules.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementLimits:
    """What agreements rest on. A field is the name of its row."""

    agreement_lead: Threshold
    agreement_sober: Basis
    agreement_current: Basis
    agreement_understood: Basis
    agreement_signers: Basis
    agreement_ends: Basis
    agreement_stop: Basis
    agreement_dose: Basis
    teach_back_tries: Threshold


def against_drafting(
    now: Standing, drafted: Drafted, *, at: datetime, limits: AgreementLimits
) -> Iterator[Finding]:
    """Every reason not to draw this up; nobody may set one aside."""
    yield from _locked(now, limits)
    if not drafted.texts:
        yield limits.agreement_understood.unknown("Nobody knows which words the patient is to read.")
    if drafted.expires_at <= at:
        yield limits.agreement_ends.stop("The day on which it would run out has passed.")
    if _has_touch(drafted) and not (drafted.stop_word and drafted.stop_sign):
        yield limits.agreement_stop.stop("Touch is agreed only beside a word and a sign that stop it.")


def against_teach_back(
    now: Standing,
    log: Sequence[AgreementEntry],
    draft: int,
    *,
    rest: Sequence[Finding],
    limits: AgreementLimits,
) -> Iterator[Finding]:
    """Every reason not to ask for a teach-back of this draft.

    rest: whatever else keeps an impaired window open, since a teach-back is the last thing that closes one
    """
    yield from rest
    # Somebody who was given a drug before anything was agreed must be able to end the window too.
    held = 0 if now.version is None else now.version.number
    if draft not in {now.draft, held}:
        yield limits.agreement_current.stop("This is not the agreement as it stands.")
    if _fails_in_a_row(log) >= limits.teach_back_tries.value:
        yield limits.teach_back_tries.stop(
            f"The teach-back has not been passed {limits.teach_back_tries.value} times running."
        )


def against_signing(
    now: Standing, log: Sequence[AgreementEntry], signed: Signed, *, patient: str, limits: AgreementLimits
) -> Iterator[Finding]:
    """Every reason why this signature may not be given; nobody may set one aside.

    patient: identifier of the patient, as signatures carry it
    """
    yield from _locked(now, limits)
    since = [entry.said for entry in log if entry.number > signed.draft]
    if signed.draft != now.draft:
        yield limits.agreement_current.stop("This draft was replaced, signed by all, or overtaken by a dose.")
    elif any(isinstance(said, Narrowed) for said in since):
        yield limits.agreement_current.stop("The patient has said no to something since it was drawn up.")
    if not _is_understood(since, signed.draft):
        yield limits.agreement_understood.unknown("The teach-back of this draft has not been passed.")
    elif not _is_rehearsed(since, log, signed.draft):
        yield limits.agreement_stop.unknown("The stop word and the stop sign have not been practised.")
    if (signed.party is Party.PATIENT) is not (signed.person == patient):
        yield limits.agreement_signers.stop("Only the patient signs as the patient, and as nobody else.")
    others = (said for said in since if isinstance(said, Signed) and said.draft == signed.draft)
    if any(other.person == signed.person and other.party is not signed.party for other in others):
        yield limits.agreement_signers.stop("This person has signed already in another part.")


def _locked(now: Standing, limits: AgreementLimits) -> Iterator[Finding]:
    if now.is_locked:
        yield limits.agreement_sober.stop(
            "The patient is, or may be, under the drug. Keep the wish; it is offered again on a sober day."
        )


def _is_understood(since: Sequence[object], draft: int) -> bool:
    told = [said.is_passed for said in since if isinstance(said, TaughtBack) and said.draft == draft]
    return bool(told) and told[-1]


def _is_rehearsed(since: Sequence[object], log: Sequence[AgreementEntry], draft: int) -> bool:
    """Whether nothing is to be practised, or it was practised with the last teach-back of this draft."""
    drafted = next((entry.said for entry in log if entry.number == draft), None)
    if not isinstance(drafted, Drafted) or not _has_touch(drafted):
        return True
    told = [said for said in since if isinstance(said, TaughtBack) and said.draft == draft]
    return bool(told) and told[-1].is_rehearsed


def _has_touch(drafted: Drafted) -> bool:
    return any(permit.item is Item.TOUCH for permit in drafted.permits)


def _fails_in_a_row(log: Sequence[AgreementEntry]) -> int:
    fails = 0
    for entry in log:
        if isinstance(entry.said, TaughtBack):
            fails = 0 if entry.said.is_passed else fails + 1
    return fails
