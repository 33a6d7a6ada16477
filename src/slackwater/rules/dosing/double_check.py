"""Do two people hold the right syringe? What must match before a dose is charted, every reason listed.

A dose is checked by two people in the room: who it is for, what is on the vial, how much is in the syringe.
What they read must be what was ordered and what the cabinet's own ledger knows of that very container.
Nothing here can be set aside. A number that is ten times off is named as such, wherever it stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from slackwater.rules.dosing.check_limits import CheckLimits
from slackwater.rules.dosing.check_words import (
    arithmetic,
    in_tall_letters,
    look_alike,
    off_by_tens,
    rate_of,
)
from slackwater.rules.findings import Finding, Severity
from slackwater.terms.amounts import show_mg, show_ml
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.units import ul_from_ug, ul_per_h


class Identifier(StrEnum):
    """What a patient is known by. Two of them are asked, and the patient says them."""

    NAME = "name"
    BIRTH_DATE = "birth_date"


_IDENTIFIERS_NEEDED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The dose that the order holds next.

    is_most: whether less than the amount may be given, as of a booster
    """

    drug: Drug
    route: Route
    amount_ug: int
    duration_s: int
    is_most: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Vial:
    """One container as the cabinet knows it.

    strength_ug_ml: 0 where it is no liquid
    stocked_ug_ml:  the one strength that is stocked of this drug and form; 0 where it is no liquid
    serves:         whether its form can be given by the ordered route
    """

    name: str
    product: str
    drug: Drug
    content_ug: int
    strength_ug_ml: int
    stocked_ug_ml: int
    lot: str
    expiry: date
    serves: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What the code on the container says of itself; empty or None where it says nothing."""

    lot: str = ""
    expiry: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is taken from one container; the volume as the second person reads it off the syringe."""

    vial: Vial
    amount_ug: int
    volume_ul: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pump:
    """What the pump is set to: the whole volume that it gives, and how fast."""

    volume_ul: int
    ul_per_h: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the two have read.

    first, second: who they are, for good; empty where nobody is
    licensed:      those of the two who may check a dose
    typed_again:   an amount other than the ordered one, typed a second time
    """

    first: str
    second: str
    licensed: frozenset[str]
    identifiers: frozenset[Identifier]
    route: Route
    amount_ug: int
    typed_again_ug: int | None
    parts: tuple[Part, ...]
    pump: Pump | None = None


def against_vial(vial: Vial, code: Code, wanted: Wanted, *, limits: CheckLimits) -> Iterator[Finding]:
    """What the container in the hand says against the order, before anything is drawn from it."""
    if vial.drug is not wanted.drug:
        yield limits.check_drug.stop(
            f"This is {in_tall_letters(vial.drug)}. The order is for {in_tall_letters(wanted.drug)}."
        )
    if not vial.serves:
        yield limits.check_route.stop(f"{vial.product} is not for this route: {wanted.route.label}.")
    if vial.strength_ug_ml != vial.stocked_ug_ml:
        yield limits.check_strength.stop(
            f"This is {show_mg(vial.strength_ug_ml)}/mL. The cabinet stocks {show_mg(vial.stocked_ug_ml)}/mL"
            " and no other strength."
        )
    if code.lot and code.lot != vial.lot:
        yield limits.check_label.stop(f"The code says lot {code.lot}; {vial.name} came in as lot {vial.lot}.")
    if code.expiry is not None and code.expiry != vial.expiry:
        yield limits.check_label.stop(
            f"The code says {code.expiry.isoformat()} as its last day; {vial.name} came in with"
            f" {vial.expiry.isoformat()}."
        )


def against_check(check: Checked, wanted: Wanted, *, limits: CheckLimits) -> Iterator[Finding]:
    """What stands against a dose as two people have checked it; none means that it may be given now."""
    yield from _people(check, limits)
    if len(check.identifiers) < _IDENTIFIERS_NEEDED:
        yield limits.check_patient.stop(
            "Ask for the name and for the birth date: the patient says both, and both are right."
        )
    if check.route is not wanted.route:
        yield limits.check_route.stop(
            f"It was read as {check.route.label}; the order says {wanted.route.label}."
        )
    yield from _amount(check, wanted, limits)
    for part in check.parts:
        yield from _volume(part, limits)
    yield from _pump(check, wanted, limits)


def _people(check: Checked, limits: CheckLimits) -> Iterator[Finding]:
    if not check.second:
        yield limits.check_two.stop("Nobody else has checked it: this takes two people.")
    elif check.second == check.first:
        yield limits.check_two.stop("The second person is the first: this takes two people.")
    if not {check.first, check.second} - {""} <= check.licensed:
        yield limits.check_two.stop("One of these two may not check a dose. Both must be licensed to.")


def _amount(check: Checked, wanted: Wanted, limits: CheckLimits) -> Iterator[Finding]:
    said, meant = show_mg(check.amount_ug), show_mg(wanted.amount_ug)
    if tens := off_by_tens(check.amount_ug, wanted.amount_ug):
        yield limits.check_tenfold.stop(f"{said} is {tens} {meant}. Nobody means that.")
    elif check.amount_ug > wanted.amount_ug or (check.amount_ug < wanted.amount_ug and not wanted.is_most):
        most = "at most " if wanted.is_most else ""
        yield limits.check_amount.stop(f"{said} was read; the order says {most}{meant}.")
    elif check.amount_ug not in (wanted.amount_ug, check.typed_again_ug):
        yield limits.check_typed.stop(f"{said} is not the ordered {meant}: type it a second time.")
    if len({part.vial.name for part in check.parts}) < len(check.parts):
        yield limits.check_label.stop("One of them was scanned twice. Each is scanned once.")
    held = sum(part.amount_ug for part in check.parts)
    if held != check.amount_ug:
        yield limits.check_amount.stop(f"What was scanned holds {show_mg(held)} of this dose, not {said}.")


def _volume(part: Part, limits: CheckLimits) -> Iterator[Finding]:
    if not part.vial.strength_ug_ml:
        return
    right = ul_from_ug(part.amount_ug, ug_ml=part.vial.strength_ug_ml)
    if part.volume_ul == right:
        return
    sum_ = arithmetic(part.amount_ug, part.vial.strength_ug_ml)
    if tens := off_by_tens(part.volume_ul, right):
        yield limits.check_tenfold.stop(f"{show_ml(part.volume_ul)} is {tens} what it should be: {sum_}.")
    else:
        yield limits.check_volume.stop(f"{show_ml(part.volume_ul)} was read off the syringe, but {sum_}.")


def _pump(check: Checked, wanted: Wanted, limits: CheckLimits) -> Iterator[Finding]:
    if not wanted.duration_s:
        return
    if check.pump is None:
        yield limits.check_pump.stop("Read the pump's volume and its rate: they are not written yet.")
        return
    drawn = sum(part.volume_ul for part in check.parts)
    if check.pump.volume_ul < drawn:
        yield limits.check_pump.stop(
            f"The pump is set to give {show_ml(check.pump.volume_ul)}, less than the {show_ml(drawn)} drawn."
        )
    elif check.pump.volume_ul > drawn:
        yield limits.check_strength.finding(
            Severity.WARN,
            f"The pump holds {show_ml(check.pump.volume_ul)}: diluted only as the pharmacy has said.",
        )
    right = ul_per_h(check.pump.volume_ul, s=wanted.duration_s)
    if tens := off_by_tens(check.pump.ul_per_h, right):
        yield limits.check_tenfold.stop(
            f"{rate_of(check.pump.ul_per_h)} is {tens} what it should be: {rate_of(right)}."
        )
    elif abs(check.pump.ul_per_h - right) > limits.check_pump_step.value:
        yield limits.check_pump.stop(
            f"The pump is set to {rate_of(check.pump.ul_per_h)}. {show_ml(check.pump.volume_ul)} over the"
            f" ordered time are {rate_of(right)}."
        )


def unknown_code(text: str, *, limits: CheckLimits) -> Finding:
    """What is said of a code that is none of the cabinet's products."""
    if found := look_alike(text):
        return limits.check_drug.stop(f"This says {found}. It is not ketAMINE, whatever it looks like.")
    return limits.check_drug.stop(
        "This is no product of this cabinet. KetOPROFEN and ketOROLAC look and sound like ketAMINE: read the"
        " label aloud, letter by letter."
    )


def not_received(vial: str, *, limits: CheckLimits) -> Finding:
    """What is said of a container that never came in, though its product is known."""
    return limits.check_label.stop(f"{vial}: no container with this lot and number came into the cabinet.")
