"""The rescue kit: gone through and signed by somebody, and asked about before the first dose (M12)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from slackwater.actions import audit
from slackwater.actions.policy import Permission, require
from slackwater.catalogue.limits import load_limits
from slackwater.catalogue.rescue import load_kit
from slackwater.records.models import KitCheckLine, User
from slackwater.rules.findings import Finding
from slackwater.rules.rescue.kit import Found, KitCheck, kit_findings, unfit
from slackwater.terms.refusal import RefusedError

_SHOWN = 12


@transaction.atomic
def sign(found: Mapping[str, Found], *, by: User, at: datetime, key: UUID, note: str = "") -> KitCheckLine:
    """Keep what somebody found who went through the kit.

    Something that is missing is kept as missing, and bars the first dose until the kit is gone through again.
    Sent again with the same key it is kept once. Raises RefusedError where something was not looked at.
    """
    require(by, Permission.SIGN_KIT)
    kept = KitCheckLine.objects.filter(key=key).first()
    if kept is not None:
        return kept
    kit = load_kit()
    if problems := list(unfit(kit, found)):
        raise RefusedError(*problems)
    line = KitCheckLine.objects.create(
        key=key,
        at=at,
        by=by,
        by_name=by.shown_name,
        version=kit.version,
        found={name: seen.value for name, seen in found.items()},
        note=note.strip(),
    )
    audit.keep(audit.Act.KIT_SIGNED, by=by, at=at, subject=key)
    return line


def findings(*, at: datetime) -> tuple[Finding, ...]:
    """Why the kit bars a first dose at `at`, by the wall's clock; nothing where it is whole and signed."""
    last = KitCheckLine.objects.filter(at__lte=at).first()
    checks = [_check(last)] if last else []
    return tuple(kit_findings(checks, at=at, kit=load_kit(), limits=load_limits().kit))


def is_signed(at: datetime) -> bool:
    """Whether the kit was gone through this week and is whole."""
    return not findings(at=at)


def lines() -> list[KitCheckLine]:
    """The last times it was gone through, the newest first."""
    return list(KitCheckLine.objects.all()[:_SHOWN])


def missing(line: KitCheckLine) -> tuple[str, ...]:
    """What was missing then, by name."""
    return tuple(load_kit().label(key) for key in _check(line).missing)


def _check(line: KitCheckLine) -> KitCheck:
    gone = tuple(name for name, seen in line.found.items() if seen == Found.MISSING.value)
    return KitCheck(at=line.at, by_name=line.by_name, missing=gone)
