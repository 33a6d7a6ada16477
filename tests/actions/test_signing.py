"""The clinic's lead signs rules as they stand, and what that changes of what is told."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.clinic import Clinic

from slackwater.actions import signing
from slackwater.actions.policy import DeniedError
from slackwater.catalogue.signable import chapters, rules
from slackwater.records.models import AuditEvent, RuleSignature
from slackwater.rules.sign_off import Standing
from slackwater.terms.refusal import RefusedError

_BY_RULE = {one.rule: one for one in rules()}


def read(*names: str) -> list[signing.ReadRule]:
    return [signing.ReadRule(rule=name, digest=_BY_RULE[name].digest) for name in names]


def stands(rule: str) -> Standing:
    found = signing.find(rule, at=timezone.now())
    assert found is not None
    return found.standing


def test_a_signed_rule_says_by_whom_and_an_unsigned_one_does_not(clinic: Clinic):
    assert signing.counting() == {}
    signing.sign(read("E39", "M04"), by=clinic.owner, at=timezone.now(), key=uuid4())
    assert set(signing.counting()) == {"E39", "M04"}
    assert signing.told("E39", "a word").startswith(
        f"a word; accepted for this clinic by {clinic.owner.shown_name}"
    )
    assert signing.told("E40", "a word") == "a word"
    assert AuditEvent.objects.filter(kind="rules-signed").count() == 1


def test_the_same_button_pressed_twice_signs_once(clinic: Clinic):
    key = uuid4()
    for _ in range(2):
        signing.sign(read("E39", "M04"), by=clinic.owner, at=timezone.now(), key=key)
    assert RuleSignature.objects.count() == 2


@pytest.mark.parametrize("who", ["prescriber", "guide", "monitor", "patient_user"])
def test_nobody_but_the_clinics_owner_signs(who: str, clinic: Clinic):
    with pytest.raises(DeniedError):
        signing.sign(read("E39"), by=getattr(clinic, who), at=timezone.now(), key=uuid4())
    with pytest.raises(DeniedError):
        signing.take_back("E39", reason="x", by=getattr(clinic, who), at=timezone.now(), key=uuid4())


def test_what_was_not_read_as_it_stands_is_refused_and_nothing_is_kept(clinic: Clinic):
    other = replace(read("M04")[0], digest="of another text")
    unknown = signing.ReadRule(rule="E99", digest="x")
    for wrong, code in (([], "missing"), ([*read("E39"), other], "changed"), ([unknown], "unknown")):
        with pytest.raises(RefusedError) as caught:
            signing.sign(wrong, by=clinic.owner, at=timezone.now(), key=uuid4())
        assert [one.code for one in caught.value.problems] == [code]
    assert not RuleSignature.objects.exists()


def test_a_signature_lapses_with_the_rule_it_was_for(clinic: Clinic):
    """As after an upgrade in which a number of the rule is another."""
    RuleSignature.objects.create(
        key=uuid4(), at=timezone.now(), by=clinic.owner, by_name="the lead", rule="M04",
        text=_BY_RULE["M04"].text.replace("value: 160", "value: 180"), accepts=True,
    )  # fmt: skip
    assert stands("M04") is Standing.LAPSED
    assert "M04" not in signing.counting()
    signing.sign(read("M04"), by=clinic.owner, at=timezone.now(), key=uuid4())
    assert stands("M04") is Standing.SIGNED


def test_a_signature_is_taken_back_with_a_reason_and_stays_to_be_read(clinic: Clinic):
    now = timezone.now()
    for reason, code in ((" ", "missing"), ("x" * 401, "missing"), ("We use another limit.", "not-signed")):
        with pytest.raises(RefusedError) as caught:
            signing.take_back("M04", reason=reason, by=clinic.owner, at=now, key=uuid4())
        assert [one.code for one in caught.value.problems] == [code]
    signing.sign(read("M04"), by=clinic.owner, at=now - timedelta(minutes=1), key=uuid4())
    signing.take_back("M04", reason="We use another limit.", by=clinic.owner, at=now, key=uuid4())
    assert stands("M04") is Standing.OPEN
    assert [one.accepts for one in signing.history("M04")] == [False, True]


def test_every_rule_stands_in_one_chapter():
    names = [one.rule for chapter in chapters() for one in chapter.rules]
    assert len(names) == len(set(names))
