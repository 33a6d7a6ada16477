"""A simulated dose beside what is cited: a slip of a thousand is refused, anything else unusual is said."""

from collections.abc import Iterator
from decimal import Decimal

from slackwater.pharma.crowd import Population
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.rules.dosing.amounts import dose_findings
from slackwater.rules.dosing.order import ModelScope, OrderText
from slackwater.rules.dosing.ranges import OrderLimits, UsualDose
from slackwater.terms.amounts import show_mg
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.units import g_from_kg, s_from_h, ug_from_mg

# An order needs a written reason; a simulation only needs to be told.
_ASKS_FOR_A_REASON = " Say why"


def check_slip(dose: Dose, text: str, *, drug: Drug, weight_g: int, limits: OrderLimits) -> None:
    """Refuse an amount that mg written for mcg, or mcg for mg, would explain.

    Raises RefusedError naming what was probably meant.
    """
    usual = _usual(drug, dose, limits)
    if usual is None:
        return
    ug, usual_ug = _ug(dose), usual.ug(weight_g=weight_g)
    ten, thousand = limits.slip_tenfold.value, limits.slip_thousandfold.value
    if ug * ten >= usual_ug * thousand:
        raise _slip(text, f"{ug / usual_ug:.0f} times", usual, show_mg(round(ug / thousand)))
    if ug * thousand <= usual_ug * ten:
        raise _slip(text, "next to nothing beside", usual, show_mg(ug * thousand))


def marks(people: Population, regimen: Regimen, limits: OrderLimits) -> Iterator[str]:
    """What the rules say of each dose's amount, with the rule's identifier and source."""
    for dose in regimen.doses:
        for finding in dose_findings(_as_order(dose, people), limits):
            sentence = finding.sentence.partition(_ASKS_FOR_A_REASON)[0].strip()
            yield f"{finding.id}: {sentence} ({finding.source})"


def _usual(drug: Drug, dose: Dose, limits: OrderLimits) -> UsualDose | None:
    """The usual dose by this route, of the other drug where this one has none."""
    found = (limits.usual_for(one, dose.route) for one in (drug, *Drug))
    return next((usual for usual in found if usual is not None), None)


def _as_order(dose: Dose, people: Population) -> OrderText:
    model, person = people.model, people.person
    return OrderText(
        drug=people.drug,
        route=dose.route,
        dose_ug=_ug(dose),
        duration_s=round(s_from_h(dose.duration_h)),
        hard_max_ug=None,
        booster=None,
        weight_g=grams(person.weight_kg),
        weighed_at=None,
        age_years=None if person.age_years is None else int(person.age_years),
        model=ModelScope(title=model.title, drugs=model.drugs, routes=model.routes),
    )


def _ug(dose: Dose) -> int:
    """Whole micrograms, the nearest ones, because rates and mg/kg need not come out whole."""
    return ug_from_mg(str(round(Decimal(dose.amount_mg), 3)))


def grams(weight_kg: float) -> int:
    return g_from_kg(str(round(Decimal(weight_kg), 3)))


def _slip(text: str, size: str, usual: UsualDose, meant: str) -> RefusedError:
    return RefusedError.of(
        field="dose",
        code="thousandfold",
        message=f"“{text}” is {size} a usual {usual.amount.normalize():f} {usual.per.value}.",
        mend=f"Check mg and mcg: was {meant} meant?",
    )
