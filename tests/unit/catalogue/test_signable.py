"""Whatever the documentation lists as a rule can be signed, with all its rows."""

from dataclasses import replace

from tests.spec.pages import rows_by_rule

from slackwater.catalogue.signable import rules
from slackwater.rules.sign_off import gathered

_BY_RULE = {one.rule: one for one in rules()}


def test_every_rule_of_the_documentation_can_be_signed_and_no_other():
    assert set(_BY_RULE) == set(rows_by_rule())


def test_a_signature_is_for_every_row_of_the_rule():
    for rule, rows in rows_by_rule().items():
        assert all(row in _BY_RULE[rule].rows for row in rows), rule


def test_a_change_of_any_field_is_another_text():
    limit = _BY_RULE["M04"].rows[0]
    for name, value in {"value": 1, "what": "x", "source": "x", "verified": "x", "unit": "%"}.items():
        (other,) = gathered([replace(limit, **{name: value}), *_BY_RULE["M04"].rows[1:]])
        assert other.text != _BY_RULE["M04"].text, name
        assert other.digest != _BY_RULE["M04"].digest, name


def test_what_is_not_simply_seen_waits_for_a_lead():
    sure = {row.verified for one in rules() if not one.is_unsure for row in one.rows}
    assert all("seen" in word for word in sure), sure
