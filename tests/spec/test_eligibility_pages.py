"""No criterion is left out of the pages: each is tried where it is met and where nobody knows."""

import pytest
from tests.spec import eligibility_asking, eligibility_body, eligibility_day, eligibility_mind

# What a page says of what is asked when is no trial of a rule.
PAGES = (eligibility_body.PAGE, eligibility_mind.PAGE, eligibility_day.PAGE, eligibility_asking.PAGE)
SAID = [said for page in PAGES for _, case in page.cases for said in case.says if " asked" not in said]
RULES = [f"E{number:02}" for number in range(1, 44)]


@pytest.mark.parametrize("rule", RULES)
def test_each_criterion_is_tried_where_it_is_met(rule: str) -> None:
    assert any(said.startswith((f"{rule} stop", f"{rule} warn")) for said in SAID)


@pytest.mark.parametrize("rule", RULES)
def test_each_criterion_is_tried_where_nobody_knows(rule: str) -> None:
    assert any(said.startswith(f"{rule} unknown") for said in SAID)


def test_the_pages_name_no_other_rule() -> None:
    assert {said.split()[0] for said in SAID} == set(RULES)
