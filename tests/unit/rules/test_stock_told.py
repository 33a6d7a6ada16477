"""Every movement of a ledger has its sentence, and what a container became adds up in words."""

import pytest

from slackwater.rules.stock.fold import Container
from slackwater.rules.stock.log import (
    KIND_OF,
    Adjusted,
    Counted,
    Disposed,
    Drawn,
    Given,
    Loss,
    Lost,
    NotGiven,
    Opened,
    Received,
    Returned,
    Reversed,
    Said,
    SetAside,
    Wasted,
)
from slackwater.rules.stock.told import adds_up, show_change, told

TOLD: tuple[tuple[Said, str], ...] = (
    (Received(content_ug=100_000), "Came in sealed, holding 100 mg."),
    (Opened(), "Opened."),
    (
        Drawn(amount_ug=35_000, volume_ul=700, session="s", patient="p", dose=1),
        "Drawn up for the dose: 35 mg (0.7 mL).",
    ),
    (
        Drawn(amount_ug=28_000, volume_ul=0, session="s", patient="p", dose=2),
        "Drawn up for the booster: 28 mg.",
    ),
    (Given(draw=3, amount_ug=35_000), "Given: 35 mg of what line 3 drew."),
    (NotGiven(draw=3, amount_ug=0), "The syringe of line 3 was read: nothing was left in it."),
    (NotGiven(draw=3, amount_ug=500), "Not given after all: 0.5 mg of what line 3 drew."),
    (
        Wasted(draw=0, amount_ug=65_000, reason="The rest."),
        "Wasted out of the container: 65 mg. The rest.",
    ),
    (Wasted(draw=3, amount_ug=500, reason="Left."), "Wasted of what line 3 drew: 0.5 mg. Left."),
    (Returned(to="the supplier"), "Sent back sealed to the supplier."),
    (Disposed(to="them", reason="Expired."), "Handed over for destruction to them. Expired."),
    (Lost(amount_ug=1000, how=Loss.SPILLED, reason="It tipped."), "Lost (spilled): 1 mg. It tipped."),
    (SetAside(reason="Recalled."), "Set aside: nothing is taken from it. Recalled."),
    (Counted(count="c", seen_ug=0), "Counted: 0 mg seen in it."),
    (
        Adjusted(delta_ug=-5000, case="c", reason="A leak."),
        "Put right by a closed case: −5 mg. A leak.",
    ),
    (Reversed(number=4, reason="A slip."), "Line 4 was written by mistake and no longer counts. A slip."),
)


@pytest.mark.parametrize(("said", "words"), TOLD)
def test_a_line_says_what_happened(said: Said, words: str):
    assert told(said) == words


def test_no_kind_of_movement_is_without_words():
    assert {type(said) for said, _ in TOLD} == set(KIND_OF)


@pytest.mark.parametrize(("ug", "words"), [(5000, "+5 mg"), (0, "0 mg"), (-1, "−0.001 mg")])
def test_a_change_has_its_sign(ug: int, words: str):
    assert show_change(ug) == words


def test_what_came_in_is_said_beside_what_became_of_it():
    used = Container(received_ug=100_000, given_ug=35_000, wasted_ug=60_000, adjusted_ug=-5000)
    assert adds_up(used) == "100 mg came in, −5 mg put right = 35 mg given + 60 mg wasted + 0 mg held"
    assert adds_up(Container()) == "0 mg came in = 0 mg held"
