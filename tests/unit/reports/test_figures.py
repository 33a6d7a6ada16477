"""The five figures at the head: what was entered, and only good readings."""

from dataclasses import replace

from tests.unit.reports.samples import at, infusion, taken, usual

from slackwater.reports.figures import figures
from slackwater.reports.given import dose_words, show_given
from slackwater.reports.session import Leaving, RatingGiven
from slackwater.terms.vitals import Quality, VitalCode


def shown(report) -> dict[str, tuple[str, str]]:
    return {figure.label: (figure.value, figure.detail) for figure in figures(report)}


def test_a_usual_visit():
    assert shown(usual()) == {
        "Given": ("55 mg", "in 2 doses: 35 + 20 mg, from 11:05"),
        "Highest rating": ("7 of 10", "at 11:53; last 0 at 13:05"),
        "Highest pressure": ("151/93 mmHg", "at 11:45; first 122/78, last 124/79"),
        "Lowest saturation": ("95 %", "at 11:45, of 14 readings; 1 more left out"),
        "Left": ("13:46", "2 h 6 min after the last dose ended"),
    }


def test_nothing_entered_is_said_and_never_a_zero():
    report = replace(usual(), doses=(), ratings=(), vitals=(), leaving=Leaving(left_at=None))
    assert [value for value, _ in shown(report).values()] == ["nothing", "none", "none", "none", "still here"]


def test_a_struck_rating_counts_for_nothing():
    only_struck = replace(usual(), ratings=(RatingGiven(at=at(10), depth=9, is_struck=True),))
    assert shown(only_struck)["Highest rating"][0] == "none"


def test_an_artefact_is_never_the_highest_and_a_dropout_never_the_lowest():
    report = replace(
        usual(),
        vitals=(
            taken(5, VitalCode.SBP, 120),
            taken(6, VitalCode.SBP, 277, Quality.ARTEFACT),
            taken(5, VitalCode.SPO2, 97),
            taken(6, VitalCode.SPO2, 0, Quality.DISCONNECTED),
        ),
    )
    assert shown(report)["Highest pressure"][0] == "120/– mmHg"
    assert shown(report)["Lowest saturation"][0] == "97 %"


def test_leaving_is_counted_from_the_end_of_the_last_infusion():
    report = replace(usual(), doses=(infusion(minutes=40),), leaving=Leaving(left_at=at(165)))
    assert shown(report)["Left"] == ("13:50", "2 h 5 min after the last dose ended")


def test_a_stopped_infusion_gave_its_share_and_says_about():
    dose = infusion(minutes=40, stopped_after=22.5)
    # 35 mg * 22.5 / 40 = 19.6875 mg
    assert dose.given_ug == 19_688
    assert show_given([dose]) == "about 19.7 mg"
    assert dose.ended_at == at(22.5)
    assert dose_words(dose) == "racemic ketamine 35 mg, into a vein (IV), stopped after 22 min of 40 min"


def test_an_infusion_stopped_after_its_end_gave_all_of_it():
    dose = infusion(minutes=40, stopped_after=55)
    assert dose.given_ug == 35_000
    assert not dose.was_cut_short
    assert show_given([dose]) == "35 mg"
