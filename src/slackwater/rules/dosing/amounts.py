"""The amount of a dose: a slip of ten or a thousand, then the cited range for its drug and route."""

from collections.abc import Iterator
from decimal import Decimal

from slackwater.rules.basis import house
from slackwater.rules.dosing.order import OrderText
from slackwater.rules.dosing.ranges import DoseRange, OrderLimits, Per, UsualDose
from slackwater.rules.findings import Finding, Override, Severity
from slackwater.terms.amounts import show_mg
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.units import min_from_s, ug_from_mg

NO_RANGE = house("ORD-04", "a drug and a route with no cited range")
NOT_INFUSED = house("ORD-10", "only a dose into a vein takes time to give")
NOT_BY_DEVICE = house("ORD-11", "the nasal device holds esketamine only")

ROWS = (NO_RANGE, NOT_INFUSED, NOT_BY_DEVICE)


def dose_findings(order: OrderText, limits: OrderLimits) -> Iterator[Finding]:
    """Every mark against the first dose."""
    slips = tuple(_slip(order.dose_ug, "The dose", order, limits))
    yield from slips
    # A slip says it all: the range would only repeat it.
    if not slips:
        yield from _range(order, limits)
        yield from _largest_im(order, limits)
    yield from _duration(order, limits)
    if order.route is Route.NASAL_DEVICE:
        yield from _device(order, limits)
    if order.hard_max_ug is not None and order.hard_max_ug != order.dose_ug:
        yield from _slip(order.hard_max_ug, "The hard maximum", order, limits, small=False)


def booster_slip(order: OrderText, limits: OrderLimits) -> Iterator[Finding]:
    """A booster that is ten or a thousand times a usual first dose."""
    if order.booster is not None:
        yield from _slip(order.booster.cap_ug, "The booster", order, limits, small=False)


def _slip(
    ug: int, what: str, order: OrderText, limits: OrderLimits, *, small: bool = True
) -> Iterator[Finding]:
    """Ten times the usual dose stops, a tenth warns (T07), and what a thousandfold would mend stops.

    A dose within a cited range is no slip, however far from the usual one.
    """
    usual = limits.usual_for(order.drug, order.route)
    if usual is None or order.weight_g is None or _is_cited(ug, order, limits):
        return
    amount = usual.ug(weight_g=order.weight_g)
    ten, thousand = limits.slip_tenfold, limits.slip_thousandfold
    said = f"{what}, {show_mg(ug)},"
    if ug >= amount * ten.value:
        yield ten.stop(f"{said} is {_times(ug, amount)} times {_said(usual)}. {_meant(ug, amount, limits)}")
    elif small and ug * thousand.value <= amount * ten.value:
        yield thousand.stop(
            f"{said} is next to nothing beside {_said(usual)}. Was {show_mg(ug * thousand.value)} meant?"
        )
    elif small and ug * ten.value <= amount:
        yield ten.finding(
            Severity.WARN,
            f"{said} is a tenth of {_said(usual)} or less. Was {show_mg(ug * ten.value)} meant?",
            override=Override.PRESCRIBER,
        )


def _is_cited(ug: int, order: OrderText, limits: OrderLimits) -> bool:
    if order.weight_g is None:
        return False
    ranges = limits.ranges_for(order.drug, order.route, age_years=order.age_years)
    return any(one.holds(ug, weight_g=order.weight_g) for one in ranges)


def _meant(ug: int, usual: Decimal, limits: OrderLimits) -> str:
    """What was probably meant: the same digits in mcg, or the point one place further on."""
    ten, thousand = limits.slip_tenfold.value, limits.slip_thousandfold.value
    in_mcg, rest = divmod(ug, thousand)
    if not rest and usual <= in_mcg * ten and in_mcg <= usual * ten:
        return f"{show_mg(ug).removesuffix(' mg')} mcg is {show_mg(in_mcg)}: was that meant?"
    if not ug % ten and ug // ten < usual * ten:
        return f"Was {show_mg(ug // ten)} meant?"
    return "Write it again, with its unit."


def _range(order: OrderText, limits: OrderLimits) -> Iterator[Finding]:
    if order.weight_g is None:
        return
    ranges = limits.ranges_for(order.drug, order.route, age_years=order.age_years)
    if not ranges:
        yield NO_RANGE.finding(
            Severity.WARN,
            f"No range was found in print for {order.drug.label}, {order.route.label}. Say why this dose.",
            override=Override.PRESCRIBER,
        )
        return
    weight_g = order.weight_g
    deciding = [one for one in ranges if one.decides]
    if any(one.holds(order.dose_ug, weight_g=weight_g) for one in deciding):
        return
    other = next((one for one in ranges if one.holds(order.dose_ug, weight_g=weight_g)), None)
    told = " or ".join(_told(one) for one in deciding)
    dose = _counted(deciding[0], order.dose_ug, weight_g)
    within = f" It is within {_told(other)}." if other else ""
    yield deciding[0].finding(
        Severity.WARN, f"{dose} is outside {told}.{within} Say why.", override=Override.PRESCRIBER
    )


def _largest_im(order: OrderText, limits: OrderLimits) -> Iterator[Finding]:
    if order.drug is not Drug.RACEMIC or order.route is not Route.IM:
        return
    planned = order.dose_ug + (order.booster.cap_ug if order.booster else 0)
    if planned > ug_from_mg(str(limits.largest_im_mg.value)):
        yield limits.largest_im_mg.finding(
            Severity.WARN,
            f"{show_mg(planned)} in the session is over the cited trial's {limits.largest_im_mg.value} mg,"
            " above which two prescribers agree: name the second and say why.",
            override=Override.PRESCRIBER,
        )


def _duration(order: OrderText, limits: OrderLimits) -> Iterator[Finding]:
    shortest = limits.shortest_iv
    if order.route is not Route.IV:
        if order.duration_s:
            yield NOT_INFUSED.stop("Only a dose into a vein is given over time. Leave the duration empty.")
    elif order.duration_s < shortest.minutes.total_seconds():
        given = f"over {min_from_s(order.duration_s):g} min" if order.duration_s else "all at once"
        yield shortest.finding(
            Severity.WARN,
            f"Given {given} instead of over the cited {shortest.value} min, it peaks higher. Say why.",
            override=Override.PRESCRIBER,
        )


def _device(order: OrderText, limits: OrderLimits) -> Iterator[Finding]:
    if order.drug is not Drug.ESKETAMINE:
        yield NOT_BY_DEVICE.stop("The nasal device holds esketamine only.")
        return
    device, most = limits.device_mg, limits.devices_mg
    if order.dose_ug % ug_from_mg(str(device.value)):
        yield device.stop(f"One device holds {device.value} mg, so a dose is 28, 56 or 84 mg.")
    if order.dose_ug > ug_from_mg(str(most.value)):
        yield most.stop(f"A session has at most three devices, {most.value} mg.")
    start = limits.start_older
    is_older = order.age_years is not None and order.age_years >= limits.senior_age.value
    if is_older and order.dose_ug > ug_from_mg(str(start.value)):
        yield start.finding(
            Severity.WARN,
            f"From {limits.senior_age.value} the EU first dose is {start.value} mg. Say why more.",
            override=Override.PRESCRIBER,
        )


def _told(row: DoseRange) -> str:
    span = _bare(row.low) if row.low == row.high else f"{_bare(row.low)} to {_bare(row.high)}"
    return f"{span} {row.per} ({row.what})"


def _said(usual: UsualDose) -> str:
    return f"a usual dose of {_bare(usual.amount)} {usual.per}"


def _counted(row: DoseRange, ug: int, weight_g: int) -> str:
    if row.per is Per.DOSE:
        return show_mg(ug)
    return f"{show_mg(ug)}, {_bare(row.per.of(ug, weight_g=weight_g))} mg/kg,"


def _times(ug: int, usual: Decimal) -> str:
    """How many times, in whole numbers and rounded down."""
    return str(int(Decimal(ug) / usual))


def _bare(number: Decimal) -> str:
    """At most three decimals and no trailing zero, which is misread ten times too large."""
    text = format(number.quantize(Decimal("0.001")), "f")
    return text.rstrip("0").rstrip(".")
