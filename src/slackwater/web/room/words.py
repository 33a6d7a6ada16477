"""The room's ready-made words and choices."""

from datetime import date, timedelta

from slackwater.actions import order_terms
from slackwater.pharma.recovered import Part
from slackwater.records.models import Order, Role
from slackwater.rules.room.heard import NameAnswer
from slackwater.rules.room.log import CheckItem
from slackwater.rules.room.words import minutes
from slackwater.terms.amounts import show_mg
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.terms.vitals import VitalCode

SPEEDS = (1, 10, 30, 60)

# MOAA/S in plain words (Chernik 1990): the score, a word for the eye, and what one does and sees.
ALERTNESS = (
    (5, "Awake", "answers readily to the name, spoken normally"),
    (4, "Slow", "answers slowly to the name, spoken normally"),
    (3, "Loud voice", "answers only to the name called loudly or again"),
    (2, "Touch", "answers only to mild prodding or shaking"),
    (1, "Firm squeeze", "answers only to a firm squeeze of the shoulder muscle"),
    (0, "No answer", "does not answer even to that"),
)

PHRASES = (
    "Settled, eyes closed.",
    "Talking.",
    "Asked for quiet.",
    "Asked not to be touched.",
    "Anxious; grounded by voice.",
    "Tearful; stays with it.",
    "Nausea.",
    "Vomited.",
    "To the toilet, supported.",
    "Handed over; read back.",
)

NAME_ANSWERS = tuple((answer.value, answer.label[0].upper() + answer.label[1:]) for answer in NameAnswer)

STOP_REASONS = ("The patient asked", "The patient is not well", "A reading is past its limit", "Other")

# In the order in which a nurse would go through them.
CHECKS = (
    CheckItem.CONSENT_TODAY,
    CheckItem.ORIENTED,
    CheckItem.GAIT,
    CheckItem.PRESSURE_FALLING,
    CheckItem.DRINKS,
    CheckItem.DISTRESS,
    CheckItem.HALLUCINATIONS,
    CheckItem.SAFETY,
    CheckItem.ESCORT,
    CheckItem.ADVICE,
)

# What takes each barrier to leaving away, by the rule that raised it.
CLEARS = {
    "M11": "Time. Nothing shortens it and nobody may set it aside.",
    "M01": "Take it now, and record it in the room. It counts, and is kept as late.",
    "P06": "The adult who takes them home is here: say so under Checks, in the room.",
    "R02": "Look, and record alertness in the room.",
    "CROWD-01": "Time. A new rating also tells the crowd more.",
    "R03": "Take the pressure again, after a rest, and record it in the room.",
    "M04": "Take the pressure again, after a rest, and record it in the room.",
    "M03": "Read the oximeter, and record it in the room.",
    "R03.falling": "Take the pressure again and see it lower, or answer under Checks, in the room.",
    "R04.oriented": "Ask, and answer under Checks, in the room.",
    "R04.gait": "Watch them walk, and answer under Checks, in the room.",
    "R05": "Offer a drink, and answer under Checks, in the room.",
    "R06.distress": "Ask, and answer under Checks, in the room.",
    "R06.safety": "Ask, and answer under Checks, in the room.",
    "R06.perception": "Ask, and answer under Checks, in the room.",
    "R06.advice": "Hand it over, and answer under Checks, in the room.",
}

PARTS = {
    Part.DEPTH: "hardly feel it",
    Part.ALERTNESS: "are fully awake",
    Part.THINKING: "think clearly",
}
SHORT_SIGNS = {
    VitalCode.SBP: "Systolic",
    VitalCode.DBP: "Diastolic",
    VitalCode.HR: "Heart rate",
    VitalCode.SPO2: "Oxygen",
    VitalCode.RR: "Breathing",
}
SHORT_ROUTES = {
    Route.IV: "IV",
    Route.IM: "IM",
    Route.NASAL_DEVICE: "nasal spray",
    Route.NASAL_SOLUTION: "nasal",
    Route.LOZENGE: "lozenge",
    Route.FILM: "film",
    Route.ORAL: "by mouth",
}
UNITS = {
    VitalCode.SBP: "mmHg",
    VitalCode.DBP: "mmHg",
    VitalCode.HR: "/min",
    VitalCode.SPO2: "%",
    VitalCode.RR: "/min",
}
# What can be typed at all; whether a number is a true reading is for the rules to say.
RANGES = {
    VitalCode.SBP.value: {"low": 1, "high": 400},
    VitalCode.DBP.value: {"low": 1, "high": 300},
    VitalCode.HR.value: {"low": 1, "high": 400},
    VitalCode.SPO2.value: {"low": 1, "high": 100},
    VitalCode.RR.value: {"low": 1, "high": 120},
}


def long_date(day: date) -> str:
    """4 March 1990: the month in letters, so that nobody swaps it with the day."""
    return f"{day.day} {day:%B %Y}"


def checks(role: str) -> tuple[CheckItem, ...]:
    """What this person is asked to look at. Only a prescriber may accept a raised pressure before a dose."""
    return (*CHECKS, CheckItem.PRESSURE_ACCEPTED) if role == Role.PRESCRIBER.value else CHECKS


def dose(order: Order) -> str:
    """The ordered dose in a line: "racemic ketamine 35 mg, into a vein (IV) over 40 min"."""
    over = f" over {minutes(timedelta(seconds=order.duration_s))}" if order.duration_s else ""
    return f"{Drug(order.drug).label} {show_mg(order.dose_ug)}, {Route(order.route).label}{over}"


def planned(order: Order) -> str:
    """What the order was planned for; where that was not written, that it was not."""
    said = "; ".join(order_terms.planned_for(order).sentences())
    return f"Planned for: {said}." if said else "The order does not say what it was planned for."


def start(order: Order) -> str:
    """Why the crowd starts from what is published alone, where the order says so."""
    if not order.fresh_reason:
        return ""
    who, why = order.prescriber.shown_name, order.fresh_reason
    return f"By {who}'s order the crowd starts from what is published, not from earlier sessions: {why}"


def booster(order: Order) -> str:
    """What was ordered beyond it, and the most there may be."""
    most = f"Most in this session: {show_mg(order.hard_max_ug)}."
    return f"Booster up to {show_mg(order.booster_ug)}. {most}" if order.booster_ug else f"No booster. {most}"
