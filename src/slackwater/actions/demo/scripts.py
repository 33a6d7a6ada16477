"""The three plays: one that is over, one in progress, and one whose patient nobody in the crowd resembles."""

from dataclasses import dataclass

from slackwater.actions.demo.body import Hidden
from slackwater.actions.demo.people import ADA, BEN, CLEO, Synthetic
from slackwater.actions.demo.script import Script
from slackwater.actions.orders import Draft
from slackwater.rules.dosing.order import BoosterText
from slackwater.rules.planned import Part, PlannedFor
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

_RATINGS = (6.0, 12.0, 18.0, 24.0, 32.0, 40.0, 48.0, 56.0, 66.0, 78.0, 92.0, 110.0, 130.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """A patient, their order and what happens.

    name:     kept with the session, so that the play can be taken up again
    comes_in: minutes after the first dose at which a stranger finds the room
    """

    name: str
    who: Synthetic
    draft: Draft
    script: Script
    comes_in: float


IN_PROGRESS = Play(
    name="in-progress",
    who=ADA,
    # Half a milligram a kilogram over 40 minutes (D01).
    draft=Draft(
        drug=Drug.RACEMIC,
        route=Route.IV,
        dose_ug=35_500,
        duration_s=2400,
        hard_max_ug=35_500,
        model="rk1",
        # Made up for the play: half feel 5 or more, and nine in ten may go after four hours.
        planned=PlannedFor(wish=Part(value=50, permille=500), closing=Part(value=14_400, permille=100)),
    ),
    script=Script(
        hidden=Hidden(seed=120),
        room="Harbour room",
        resting=(118, 74, 66),
        ratings=_RATINGS,
        notes=(
            (3, "Eyes closed, breathing slow and even."),
            (21, "“Like floating on my back.”"),
            (34, "Tears, no distress. Hand held, as asked for."),
            (58, "Opens eyes, asks what time it is."),
            (95, "Drinks water, talks quietly."),
        ),
        probe_off=33,
        leaving=168,
    ),
    comes_in=25,
)

OUTSIDER = Play(
    name="outsider",
    who=BEN,
    # Half a milligram a kilogram into a muscle (D03).
    draft=Draft(drug=Drug.RACEMIC, route=Route.IM, dose_ug=44_000, hard_max_ug=44_000, model="rk1"),
    script=Script(
        # An injection that went into fat: nothing for a long while, then more than anyone expects.
        hidden=Hidden(seed=47, shifted=(("EC50", -3.0),), late_min=25),
        room="Lighthouse room",
        resting=(126, 80, 72),
        ratings=(*_RATINGS, 150.0, 163.0, 172.0, 180.0, 190.0),
        notes=(
            (17, "“Nothing is happening.”"),
            (35, "Suddenly very far away. Calm, breathing evenly."),
            (60, "Prescriber told: later and deeper than planned. Watched more closely."),
            (112, "Talks again, in whole sentences."),
        ),
        leaving=200,
        set_aside=(
            ("CROWD-01", "Outside the crowd. Rated 0 or 1 for half an hour, fully alert and steady."),
        ),
    ),
    comes_in=50,
)

FINISHED = Play(
    name="finished",
    who=CLEO,
    # Half a milligram a kilogram into a muscle (D03), then a booster of under half of that (D12, D13).
    draft=Draft(
        drug=Drug.RACEMIC,
        route=Route.IM,
        dose_ug=32_000,
        hard_max_ug=44_000,
        booster=BoosterText(cap_ug=12_000, earliest_s=900, latest_s=2700),
        model="rk1",
    ),
    script=Script(
        hidden=Hidden(seed=114),
        room="Tideway room",
        resting=(122, 78, 70),
        ratings=(5.0, 10.0, 16.0, 24.0, 30.0, 38.0, 46.0, 56.0, 68.0, 84.0, 105.0, 130.0),
        notes=(
            (2, "Lies on the left side, eyeshade on."),
            (13, "“Warm, and very far from the door.”"),
            (19, "Booster talked over with the prescriber, as ordered beforehand."),
            (52, "Cries, then laughs. Asks for quiet."),
            (88, "Sits up, wants to write something down."),
        ),
        booster=20,
        leaving=144,
    ),
    comes_in=180,
)

PLAYS = {play.name: play for play in (IN_PROGRESS, OUTSIDER, FINISHED)}
