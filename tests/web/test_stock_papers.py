"""The ledger over chosen days: as a PDF whose words are read back, and as a table."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader
from tests import stock
from tests.clinic import Clinic
from tests.web.pages import check, faults, text, value

from slackwater.actions.stock import moves
from slackwater.records.models import AuditEvent, Container, User
from slackwater.rules.stock.counts import Purpose
from slackwater.rules.stock.log import SetAside, Wasted

SignedIn = Callable[[User | None], Client]
LEDGER = "/cabinet/ledger/"


@pytest.fixture
def vial(clinic: Clinic) -> Container:
    (made,) = stock.vials(clinic.owner)
    stock.count(Purpose.OPENING, clinic.monitor, clinic.prescriber)
    said = Wasted(draw=0, amount_ug=35_500, reason="Cloudy")
    moves.move(made.public_id, said, act=stock.act(clinic.monitor, second=clinic.owner))
    return made


def asked(form: str, first: date, last: date) -> dict[str, str]:
    days = {"first": first, "last": last}
    parts = {
        f"{name}_{place}": str(part)
        for name, day in days.items()
        for place, part in (("day", day.day), ("month", day.month), ("year", day.year))
    }
    return parts | {"form": form}


def table(response: HttpResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(response.content.decode())))


def test_the_table_has_every_line_and_what_was_left_after_it(
    clinic: Clinic, signed_in: SignedIn, vial: Container
):
    today = timezone.localdate()
    response = signed_in(clinic.owner).post(LEDGER, asked("csv", today, today))
    assert response.headers["Content-Type"].startswith("text/csv")
    rows = table(response)
    assert [(row["kind"], row["held_after_mg"]) for row in rows] == [
        ("received", "100"),
        ("counted", "100"),
        ("counted", "100"),
        ("wasted", "64.5"),
    ]
    assert rows[-1]["witness"] == clinic.owner.shown_name
    event = AuditEvent.objects.get(kind="ledger-exported")
    assert (event.by, event.detail["form"]) == (clinic.owner, "csv")


def test_the_paper_adds_the_milligrams_again_and_says_how_long_it_is_kept(
    clinic: Clinic, signed_in: SignedIn, vial: Container
):
    today = timezone.localdate()
    response = signed_in(clinic.monitor).post(LEDGER, asked("pdf", today, today))
    assert response.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(response.content)).pages
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    for said in (
        "100 mg came in = 35.5 mg wasted + 64.5 mg held",
        "they agree",
        "at least 2 years",
        "nothing in it is ever deleted",
        "0 mg at the beginning, 64.5 mg at the end",
    ):
        assert said in words


def test_days_before_anything_came_in_are_empty(clinic: Clinic, signed_in: SignedIn, vial: Container):
    day = timezone.localdate() - timedelta(days=9)
    client = signed_in(clinic.owner)
    assert table(client.post(LEDGER, asked("csv", day, day))) == []
    assert client.post(LEDGER, asked("pdf", day, day)).status_code == 200


def test_days_in_the_wrong_order_are_refused_and_stay_as_typed(
    clinic: Clinic, signed_in: SignedIn, vial: Container
):
    today = timezone.localdate()
    response = signed_in(clinic.owner).post(LEDGER, asked("csv", today, today - timedelta(days=1)))
    assert response.status_code == 422
    check(response)
    assert any(name.startswith("first") for name in faults(response))
    assert value(response, "first_year") == str(today.year)
    assert signed_in(clinic.owner).post(LEDGER, {}).status_code == 422


def test_whoever_may_be_asked_to_count_draws_up_no_ledger_before(clinic: Clinic, signed_in: SignedIn):
    stock.vials(clinic.owner)
    today = timezone.localdate()
    response = signed_in(clinic.monitor).post(LEDGER, asked("csv", today, today))
    assert response.status_code == 422
    assert "Count first" in text(response)


def test_a_reason_that_looks_like_a_formula_is_only_words(
    clinic: Clinic, signed_in: SignedIn, vial: Container
):
    evil = "=HYPERLINK(1)\n+1"
    moves.move(vial.public_id, SetAside(reason=evil), act=stock.act(clinic.monitor))
    today = timezone.localdate()
    response = signed_in(clinic.owner).post(LEDGER, asked("csv", today, today))
    for row in table(response):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
    assert signed_in(clinic.owner).post(LEDGER, asked("pdf", today, today)).status_code == 200
