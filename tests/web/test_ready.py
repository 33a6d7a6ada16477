"""The board of the day on the screen, and the dose that waits for it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.clinic import Clinic, order
from tests.stock import vials
from tests.web import pages

from slackwater.actions import log, readiness
from slackwater.actions.agreements.held import held
from slackwater.actions.eligibility import past
from slackwater.actions.entries.record import record_one
from slackwater.records.models import User
from slackwater.rules.readiness.board import Item

Browser = Callable[[User | None], Client]


def board(clinic: Clinic):
    now = timezone.now()
    state = log.state(log.rows(clinic.session))
    return readiness.of_session(clinic.session, state, wall=now, room=now)


def test_before_anything_was_done_each_gap_says_who_settles_it_and_where(
    clinic: Clinic, signed_in: Browser
) -> None:
    client = signed_in(clinic.monitor)
    page = client.get(reverse("room:ready", args=[clinic.session.public_id]))
    pages.check(page)
    told = pages.text(page)
    assert "still to settle" in told
    for line in board(clinic).missing:
        link = pages.soup(page).select_one(f'a[aria-label="Settle: {line.item.label}"]')
        assert link is not None, line.item
        assert client.get(link["href"], follow=True).status_code == 200, line.item
    assert "an? monitor" not in told
    assert " can" in told


def test_it_is_green_only_when_all_of_it_is_done(clinic: Clinic, signed_in: Browser) -> None:
    assert not board(clinic).is_green
    clinic.baseline()
    if not {line.item for line in board(clinic).missing} <= {Item.STOCK}:
        raise AssertionError([(one.item, one.gaps) for one in board(clinic).missing])
    vials(clinic.owner)
    assert board(clinic).is_green
    page = signed_in(clinic.guide).get(reverse("room:ready", args=[clinic.session.public_id]))
    assert "Everything is ready" in pages.text(page)


def test_an_agreement_that_has_run_out_settles_nothing_about_touch(clinic: Clinic) -> None:
    clinic.baseline()
    now = timezone.now()
    assert Item.TOUCH not in {line.item for line in readiness.of_order(clinic.order, at=now).missing}
    ends = held(clinic.patient, at=now).now.version.expires_at
    before, after = (
        {line.item for line in readiness.of_order(clinic.order, at=at).missing}
        for at in (ends - timedelta(seconds=1), ends)
    )
    assert Item.TOUCH in after - before


def test_before_the_room_is_open_what_only_the_room_can_tell_was_not_looked_at(
    clinic: Clinic, signed_in: Browser
) -> None:
    signed = order(clinic.patient, prescriber=clinic.prescriber)
    page = signed_in(clinic.monitor).get(reverse("room:ready-order", args=[signed.public_id]))
    pages.check(page)
    assert "Nobody has looked at this: Vital signs and alertness." in pages.text(page)
    missing = {line.item for line in readiness.of_order(signed, at=timezone.now()).missing}
    assert {Item.VITALS, Item.PEOPLE, Item.CONSENT} <= missing
    opened = signed_in(clinic.monitor).get(reverse("room:ready-order", args=[clinic.order.public_id]))
    assert "The room" in pages.text(opened)


def test_the_first_dose_waits_for_medicines_that_nobody_went_through(clinic: Clinic) -> None:
    clinic.baseline()
    clinic.patient.medicines.create(name="sertraline", by=clinic.monitor)
    refused = record_one(clinic.command(clinic.dose()), wall=timezone.now())
    assert {one.code for one in refused.problems} & {"INT-02", "INT-03"}
    gaps = {line.item for line in board(clinic).missing}
    assert Item.MEDICINES in gaps


@pytest.mark.parametrize("who", ["patient_user", "stranger", "owner"])
def test_the_board_is_for_those_who_treat(who: str, clinic: Clinic, signed_in: Browser) -> None:
    client = signed_in(getattr(clinic, who))
    for path in (
        reverse("room:ready", args=[clinic.session.public_id]),
        reverse("room:ready-order", args=[clinic.order.public_id]),
    ):
        assert client.get(path).status_code in {403, 404}


@pytest.mark.parametrize(("who", "reads"), [("monitor", False), ("guide", True)])
def test_what_was_told_alone_is_told_neither_by_the_board_nor_by_a_refused_dose(
    who: str, reads: bool, clinic: Clinic, signed_in: Browser
) -> None:
    clinic.baseline()
    told = {"safety.home.told": frozenset({"VIOLENCE"})}
    past.on_the_day(clinic.patient, by=clinic.guide, at=timezone.now(), but=told)
    page = signed_in(getattr(clinic, who)).get(reverse("room:ready", args=[clinic.session.public_id]))
    assert ("violence" in pages.text(page)) is reads
    refused = record_one(clinic.command(clinic.dose()), wall=timezone.now())
    assert "E37" in {one.code for one in refused.problems}
    assert not any("violence" in one.message for one in refused.problems)
