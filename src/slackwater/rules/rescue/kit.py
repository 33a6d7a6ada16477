"""The rescue kit: gone through every week, and nothing is given without it (M12)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from slackwater.rules.basis import Threshold
from slackwater.rules.findings import Finding
from slackwater.terms.refusal import Problem
from slackwater.terms.spans import show_span


class Found(StrEnum):
    """What was found of one thing."""

    HERE = "here"
    MISSING = "missing"
    NOT_USED = "not_used"


@dataclass(frozen=True, slots=True, kw_only=True)
class KitItem:
    """One thing that lies ready.

    only_if: where it need not be there; empty where it always has to
    """

    key: str
    label: str
    only_if: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What the kit holds, and how sure we are of the list."""

    version: str
    source: str
    verified: str
    items: tuple[KitItem, ...]

    def label(self, key: str) -> str:
        """A thing's name; one that the list no longer has goes by its key."""
        return next((item.label for item in self.items if item.key == key), key)


@dataclass(frozen=True, slots=True, kw_only=True)
class KitLimits:
    """How long a going through holds (M12)."""

    kit_signed: Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class KitCheck:
    """The kit as somebody found it; `missing` names what was not there."""

    at: datetime
    by_name: str
    missing: tuple[str, ...] = ()


def unfit(kit: Kit, found: Mapping[str, Found]) -> Iterator[Problem]:
    """Why this is no going through of the kit: everything in it is looked at."""
    for item in kit.items:
        seen = found.get(item.key)
        if seen is None:
            yield _problem(item.key, "missing", f"{item.label}: not looked at.", "Say what you found.")
        elif seen is Found.NOT_USED and not item.only_if:
            yield _problem(item.key, "always", f"{item.label}: always needed.", "Say whether it is there.")
    for key in sorted(set(found) - {item.key for item in kit.items}):
        yield _problem(key, "unknown", "This is not in the kit's list.", "Load the page again.")


def kit_findings(
    checks: Sequence[KitCheck], *, at: datetime, kit: Kit, limits: KitLimits
) -> Iterator[Finding]:
    """Why nothing may be given with this kit at `at`. The last going through counts, whatever came before."""
    row = limits.kit_signed
    past = [check for check in checks if check.at <= at]
    if not past:
        yield row.unknown("The rescue kit has never been gone through and signed.")
        return
    last = max(past, key=lambda check: check.at)
    if last.missing:
        what = ", ".join(kit.label(key) for key in last.missing)
        yield row.stop(f"Missing from the rescue kit: {what}.")
    if at - last.at > timedelta(days=row.value):
        yield row.unknown(
            f"The rescue kit was signed {show_span((at - last.at) // timedelta(minutes=1))} ago;"
            f" it is gone through every {row.value} days."
        )


def _problem(field: str, code: str, message: str, mend: str) -> Problem:
    return Problem(field=field, code=code, message=message, mend=mend)
