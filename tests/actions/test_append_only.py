"""What the database itself refuses, whoever asks."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from tests.clinic import Clinic

from slackwater.actions import audit, log
from slackwater.actions.entries.record import record_one
from slackwater.records import append_only
from slackwater.records.models import AuditEvent, Entry, Installation, Order, Session, Weight
from slackwater.rules.room.log import Rating


@pytest.mark.parametrize("model", [Entry, AuditEvent, Weight])
def test_what_is_only_added_is_never_changed_or_taken_away(live_clinic: Clinic, model):
    audit.keep(audit.Act.SIGNED_IN, by=live_clinic.monitor, at=timezone.now())
    column = {Entry: "by_name", AuditEvent: "kind", Weight: "grams"}[model]
    value = "someone" if column != "grams" else 60_000
    for attempt in (
        lambda: model.objects.update(**{column: value}),
        lambda: model.objects.all().delete(),
        lambda: connection.cursor().execute(f"DELETE FROM {model._meta.db_table}"),  # noqa: S608  our own name
    ):
        before = list(model.objects.order_by("pk").values())
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
        assert list(model.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("table", append_only.NEVER_DELETED)
def test_no_table_is_emptied_at_once(live_clinic: Clinic, table: str):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(f"TRUNCATE {table} CASCADE")


def test_a_signed_order_is_never_edited(live_clinic: Clinic):
    for changes in ({"dose_ug": 1}, {"version_hash": "x"}, {"patient_id": live_clinic.patient.pk}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Order.objects.filter(pk=live_clinic.order.pk).update(**changes)


def test_a_voided_order_stays_voided(live_clinic: Clinic):
    order = Order.objects.filter(pk=live_clinic.order.pk)
    order.update(voided_at=timezone.now(), voided_by=live_clinic.prescriber, void_reason="Weight was wrong.")
    with pytest.raises(IntegrityError), transaction.atomic():
        order.update(voided_at=None, voided_by=None)


def test_the_kind_of_an_installation_is_pinned(committed):
    Installation.objects.create(kind="demo")
    with pytest.raises(DatabaseError), transaction.atomic():
        Installation.objects.update(kind="clinic")
    with pytest.raises(DatabaseError), transaction.atomic():
        Installation.objects.create(only=2, kind="clinic")


@pytest.mark.parametrize(
    "broken",
    [
        {"sequence": 0},
        {"sequence": 1},
        {"kind": "gossip"},
        {"dose_number": 1},
        {"by_name": "x" * 161},
        {"leaf": ""},
        {"previous": "0" * 64},
    ],
    ids=lambda broken: next(iter(broken)),
)
def test_a_row_that_could_not_be_true_is_refused(clinic: Clinic, broken: dict):
    row = Entry.objects.get(kind="opened")
    facts = {field.attname: getattr(row, field.attname) for field in Entry._meta.fields if field.name != "id"}
    good = facts | {"sequence": 2, "key": "11111111-1111-4111-8111-111111111111", "previous": row.leaf}
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.create(**(good | broken))
    Entry.objects.create(**good)


def test_a_dose_without_a_number_or_given_twice_is_refused(clinic: Clinic):
    row = Entry.objects.get(kind="opened")
    facts = {field.attname: getattr(row, field.attname) for field in Entry._meta.fields if field.name != "id"}
    dose = facts | {"kind": "dose", "sequence": 2, "key": "11111111-1111-4111-8111-111111111111"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(**(dose | {"previous": "a" * 64}))
    Entry.objects.create(**(dose | {"previous": "a" * 64, "dose_number": 1}))
    again = dose | {"sequence": 3, "key": "22222222-2222-4222-8222-222222222222", "previous": "b" * 64}
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(**(again | {"dose_number": 1}))


def test_only_a_demonstrations_session_is_put_away(clinic: Clinic):
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.update(put_away_at=timezone.now())


@pytest.mark.parametrize(
    "change",
    [
        {"payload": {"depth": 9}},
        {"by_name": "Someone Else"},
        {"happened_at": timezone.now() - timedelta(minutes=30)},
        {"clock_shift_ms": 60_000},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_row_changed_behind_the_triggers_is_named(live_clinic: Clinic, change: dict):
    for depth in (1, 2, 3):
        record_one(live_clinic.command(Rating(depth=depth)), wall=timezone.now())
    append_only.drop(connection)
    Entry.objects.filter(sequence=3).update(**change)
    verdict = log.check(live_clinic.session)
    assert not verdict.holds
    assert verdict.sequence == 3
