"""The rescue kit: who signs it, and that nothing is begun without it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.clinic import Clinic

from slackwater.actions import kit
from slackwater.actions.entries.record import record_one
from slackwater.actions.policy import DeniedError
from slackwater.catalogue.rescue import load_kit, parse_rescue
from slackwater.records.models import KitCheckLine
from slackwater.rules.rescue.kit import Found
from slackwater.terms.refusal import RefusedError

ALL_HERE = {item.key: Found.HERE for item in load_kit().items}


def test_without_a_signed_kit_there_is_no_first_dose(clinic: Clinic):
    clinic.baseline()
    later = timezone.now() + timedelta(milliseconds=5)
    kit.sign(ALL_HERE | {"oxygen": Found.MISSING}, by=clinic.monitor, at=later, key=uuid4())
    assert not kit.is_signed(later)
    refused = record_one(clinic.command(clinic.dose()), wall=later)
    assert {problem.code for problem in refused.problems} == {"M12"}
    again = later + timedelta(milliseconds=5)
    kit.sign(ALL_HERE, by=clinic.monitor, at=again, key=uuid4())
    assert kit.is_signed(again)
    assert not record_one(clinic.command(clinic.dose()), wall=again).problems


def test_a_week_after_it_was_signed_it_is_no_longer(clinic: Clinic):
    at = KitCheckLine.objects.latest("at").at
    assert kit.is_signed(at + timedelta(days=7))
    assert not kit.is_signed(at + timedelta(days=7, seconds=1))
    assert not kit.is_signed(at - timedelta(seconds=1))


@pytest.mark.parametrize("who", ["guide", "owner", "patient_user"])
def test_only_a_monitor_or_a_prescriber_signs(clinic: Clinic, who: str):
    before = KitCheckLine.objects.count()
    with pytest.raises(DeniedError):
        kit.sign(ALL_HERE, by=getattr(clinic, who), at=timezone.now(), key=uuid4())
    assert KitCheckLine.objects.count() == before


def test_one_key_is_one_signature_and_nothing_is_signed_half(clinic: Clinic):
    key, before = uuid4(), KitCheckLine.objects.count()
    for _twice in range(2):
        kit.sign(ALL_HERE, by=clinic.prescriber, at=timezone.now(), key=key)
    with pytest.raises(RefusedError, match="not looked at"):
        kit.sign({"oxygen": Found.HERE}, by=clinic.prescriber, at=timezone.now(), key=uuid4())
    assert KitCheckLine.objects.count() == before + 1


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        'version = "1"',
        'version = "1"\nsource = "s"\nverified = "v"\nkit = [{key = "a", label = "A", more = "x"}]',
        'version = "1"\nsource = "s"\nverified = "v"\nkit = [{key = "a", label="A"},{key = "a", label="B"}]',
    ],
)
def test_a_list_that_is_wrong_is_refused(text: str):
    with pytest.raises(RefusedError):
        parse_rescue(text)
