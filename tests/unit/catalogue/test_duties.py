"""The table of duties is the clinic's own, and what ships is marked as examples."""

from importlib import resources

import pytest

from slackwater.catalogue.duties import load_duties, parse_duties
from slackwater.rules.incidents.duties import applying
from slackwater.rules.incidents.log import Subject
from slackwater.terms.refusal import RefusedError

TEXT = resources.files("slackwater.catalogue").joinpath("duties.csv").read_text(encoding="utf-8")


def test_what_ships_is_an_example_that_nobody_has_checked():
    assert load_duties()
    for duty in load_duties():
        assert "(example)" in duty.jurisdiction
        assert not duty.is_checked
        assert "no clinic has checked" in duty.verified


def test_a_clinic_reads_its_own_file(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(TEXT.splitlines()[0] + "\nboard,Here,hurt,tell the board,2,no,law,art. 1,read,A. Lead\n")
    found = load_duties(str(own))
    assert [(one.name, one.within_days, one.is_checked) for one in found] == [("board", 2, True)]
    assert applying(found, jurisdiction="Here", subject=Subject.HURT) == found
    assert applying(found, jurisdiction="There", subject=Subject.HURT) == ()
    assert applying(found, jurisdiction="Here", subject=Subject.OTHER) == ()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("board,Here,kissing,tell,2,no,law,x,read,", "kissing is no subject"),
        ("board,Here,hurt,,2,no,law,x,read,", "duty is missing"),
        ("board,Here,hurt,tell,2,perhaps,law,x,read,", "asks_patient is yes or no"),
        ("board,Here,hurt,tell,-1,no,law,x,read,", "whole number"),
        ("board,Here,hurt,tell,367,no,law,x,read,", "whole number"),
        ("a,Here,hurt,tell,,no,law,x,read,\na,Here,hurt,tell,,no,law,x,read,", "stands there twice"),
    ],
)
def test_a_row_that_is_wrong_is_named(row: str, told: str):
    with pytest.raises(RefusedError) as refused:
        parse_duties(f"{TEXT.splitlines()[0]}\n{row}\n", name="own.csv")
    assert told in refused.value.problems[0].message


def test_other_columns_are_refused():
    with pytest.raises(RefusedError):
        parse_duties("name,place\na,b\n", name="own.csv")
