"""What a scanned vial is and what a check came to, as the room's sheet shows it."""

from typing import Any

from slackwater.actions import signing
from slackwater.actions.demo import cabinet
from slackwater.actions.dose_checks.keeping import problem
from slackwater.actions.dose_checks.scanning import Choice, Seen
from slackwater.actions.stock import doses
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import DoseCheck, Session
from slackwater.rules.dosing.check_words import arithmetic, in_tall_letters
from slackwater.rules.dosing.double_check import Vial
from slackwater.rules.findings import Finding
from slackwater.rules.room.wire import moment_json
from slackwater.terms.amounts import show_mg

_WRONG_ONES = (
    {"label": "A vial of ketorolac", "code": "KETOROLAC 30 mg/mL"},
    {"label": "An unknown vial", "code": "(01)02000000000039(17)301231(10)OTHER"},
)


def seen_json(seen: Seen) -> dict[str, Any]:
    """What the code in the hand is, line by line, and whether the dose may come out of it."""
    return {
        "is_right": seen.is_right,
        "says": _says(seen.vial) if seen.vial else [],
        "findings": [_finding(one) for one in seen.findings],
        "choices": [_choice(one) for one in seen.choices],
        "own": seen.container.own_number if seen.container else None,
        "amount_ug": seen.amount_ug,
        "is_liquid": bool(seen.volume_ul),
        "sum": _sum(seen),
    }


def check_json(row: DoseCheck) -> dict[str, Any]:
    """A check that was kept, and for how long it holds."""
    return {
        "check": str(row.public_id),
        "amount_ug": row.amount_ug,
        "at": moment_json(row.at),
        "holds_s": int(load_limits().checks.check_fresh.minutes.total_seconds()),
        "by": [row.by_name, row.second_name],
    }


def demo_vials(session: Session) -> list[dict[str, str]]:
    """What can be scanned in a demonstration, where nobody holds a vial: a right one, and a wrong one."""
    if not session.is_demo:
        return []
    found = [one for one, _ in doses.containers_for(session.order) if one.serial][:1]
    right = [{"label": f"The vial {one.name}", "code": cabinet.code_of(one)} for one in found]
    return [*right, *_WRONG_ONES]


def _says(vial: Vial) -> list[list[str]]:
    strength = f"{show_mg(vial.strength_ug_ml)}/mL, " if vial.strength_ug_ml else ""
    return [
        ["Drug", in_tall_letters(vial.drug)],
        ["Strength", f"{strength}{show_mg(vial.content_ug)} in all"],
        ["Number", vial.name],
        ["Lot", vial.lot],
        ["Used before", vial.expiry.isoformat()],
    ]


def _sum(seen: Seen) -> str:
    if seen.vial is None:
        return ""
    if not seen.vial.strength_ug_ml:
        return f"{show_mg(seen.amount_ug)}, given whole"
    return arithmetic(seen.amount_ug, seen.vial.strength_ug_ml)


def _finding(found: Finding) -> dict[str, str]:
    said = problem(found)
    return {
        "id": found.id,
        "severity": found.severity.value,
        "sentence": f"{found.sentence} {said.mend}" if found.severity.bars else found.sentence,
        "source": f"{found.source} ({signing.told(found.id, found.verified)})",
    }


def _choice(choice: Choice) -> dict[str, Any]:
    container, opened = choice.container, ", opened" if choice.is_opened else ""
    return {"own": container.own_number, "label": f"{container.name}, lot {container.lot}{opened}"}
