"""The card for the way home: whole, plain, and silent about what the visit was for."""

import re

import pytest

from slackwater.catalogue.take_home import load_card, parse_card
from slackwater.terms.refusal import RefusedError

GOOD = """
version = "1"
verified = "design"

[[parts]]
title = "Tonight"
says = ["Go home."]
rows = ["P06"]
"""
# It may lie on a kitchen table.
TELLING = re.compile(
    r"ketamin|drug|medicine|dose|sex|intim|trauma|therap|psych|trip|depress|shame|partner|treatment",
    re.IGNORECASE,
)


def test_the_card_names_no_medicine_and_nothing_that_anybody_is_treated_for():
    for part in load_card().parts:
        for line in (part.title, *part.says):
            assert not TELLING.search(line), line


def test_the_card_says_what_the_evidence_asks_for():
    said = " ".join(line for part in load_card().parts for line in part.says)
    for wanted in (
        "drive",
        "machines",
        "alcohol",
        "Sign nothing",
        "agree to anything new",
        "slept",
        "passing water",
    ):
        assert wanted in said or wanted in " ".join(part.title for part in load_card().parts)
    assert {"P06", "R07", "R08", "R06"} <= {row for part in load_card().parts for row in part.rests_on}


def test_lines_are_short_enough_for_a_tired_reader():
    for part in load_card().parts:
        for line in part.says:
            for sentence in re.split(r"(?<=[.!?]) ", line):
                assert len(sentence.split()) <= 25, sentence


def test_a_good_card_is_read():
    assert parse_card(GOOD).parts[0].says == ("Go home.",)


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ('title = "Tonight"\n', "", "title"),
        ('says = ["Go home."]', "says = []", "says"),
        ('rows = ["P06"]', 'rows = ["P06"]\nloud = 1', "loud"),
        ('verified = "design"\n', "", "verified"),
    ],
)
def test_a_card_that_is_not_whole_is_refused_by_name(before: str, after: str, named: str):
    with pytest.raises(RefusedError) as refused:
        parse_card(GOOD.replace(before, after))
    assert named in str(refused.value)
