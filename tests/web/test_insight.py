"""Insight: who may see it, what it says with nothing, little and enough behind it, what can be taken away."""

import csv
import io
from collections.abc import Callable
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import marked
from tests.clinic import Clinic
from tests.web import pages

from slackwater.actions.insight import Visit
from slackwater.actions.marks.marking import mark_session
from slackwater.pharma.coverage import Held
from slackwater.pharma.quantity import Quantity
from slackwater.records.models import AuditEvent, User
from slackwater.web.insight import figures, words

Browser = Callable[[User | None], Client]
ADDRESS = "/insight/"


def held(share: float, *, n: int = 143, low: float | None = None, high: float | None = None) -> Held:
    return Held(promised=0.9, share=share, n_readings=n, n_sessions=24, low=low, high=high)


@pytest.mark.parametrize("who", ["monitor", "guide", "patient_user", "stranger"])
@pytest.mark.parametrize("name", ["insight:insight", "insight:csv"])
def test_only_prescriber_and_owner_see_it(who: str, name: str, clinic: Clinic, signed_in: Browser) -> None:
    response = signed_in(getattr(clinic, who)).get(reverse(name))
    assert response.status_code == 403
    assert "Insight" not in pages.text(signed_in(getattr(clinic, who)).get(reverse("people:home")))


def test_a_stranger_at_the_door_is_asked_to_sign_in(clinic: Clinic, signed_in: Browser) -> None:
    assert signed_in(None).get(ADDRESS).status_code == 302


@pytest.mark.parametrize("who", ["prescriber", "owner"])
def test_with_nothing_marked_it_says_so(who: str, clinic: Clinic, signed_in: Browser) -> None:
    client = signed_in(getattr(clinic, who))
    response = client.get(ADDRESS)
    assert response.status_code == 200
    pages.check(response)
    assert "No forecast has been held against a reading yet" in pages.text(response)
    assert not pages.soup(response).select("svg.plot")
    home = pages.soup(client.get(reverse("people:home")))
    assert home.select_one(f'nav a[href="{ADDRESS}"]') is not None


def test_one_session_is_a_count_and_never_a_percentage(clinic: Clinic, signed_in: Browser) -> None:
    mark_session(marked.finished(clinic, [2, 4, 4, 2, 1, 0]), at=timezone.now())
    response = signed_in(clinic.prescriber).get(ADDRESS)
    pages.check(response)
    said = pages.text(response)
    assert "1 session: too few to say whether 90 % bands hold." in said
    assert " of 6 " in said
    assert "too few to say." in said
    page = pages.soup(response)
    _every_plot_is_named_and_told_in_a_table(page)
    assert clinic.patient.family_name not in said
    assert clinic.patient.given_name not in said


def _every_plot_is_named_and_told_in_a_table(page: BeautifulSoup) -> None:
    plots = page.select("svg.plot")
    assert len(plots) == 3
    for plot in plots:
        assert plot["role"] == "img"
        assert plot["aria-label"] == plot.find("title").get_text()
    for table in page.select("table"):
        assert table.find("caption") or table.find_parent(attrs={"aria-labelledby": True})
    assert len(page.select("details table")) == 2


def test_a_prescriber_can_look_back_and_an_owner_cannot(clinic: Clinic, signed_in: Browser) -> None:
    session = marked.finished(clinic, [2, 4, 4, 2, 1, 0])
    mark_session(session, at=timezone.now())
    link = f'a[href="{reverse("room:live", args=[session.public_id])}"]'
    assert pages.soup(signed_in(clinic.prescriber).get(ADDRESS)).select_one(link) is not None
    assert pages.soup(signed_in(clinic.owner).get(ADDRESS)).select_one(link) is None


@pytest.mark.parametrize("quantity", ["depth", "systolic_rise", "diastolic_rise"])
def test_each_quantity_has_its_page(quantity: str, clinic: Clinic, signed_in: Browser) -> None:
    mark_session(marked.finished(clinic, [2, 4, 4, 2, 1, 0]), at=timezone.now())
    response = signed_in(clinic.owner).get(ADDRESS, {"of": quantity})
    here = pages.soup(response).select_one('nav.tabs a[aria-current="page"]')
    assert here["href"] == f"?of={quantity}"


@pytest.mark.parametrize("wanted", ["mood", "", "ketamine-venous", "depth' OR 1=1"])
def test_a_quantity_that_has_no_bands_is_not_found(wanted: str, clinic: Clinic, signed_in: Browser) -> None:
    assert signed_in(clinic.owner).get(ADDRESS, {"of": wanted}).status_code == 404


def test_every_mark_can_be_taken_away_and_that_is_kept(clinic: Clinic, signed_in: Browser) -> None:
    session = marked.finished(clinic, [2, 4, 4, 2, 1, 0])
    mark_session(session, at=timezone.now())
    response = signed_in(clinic.prescriber).get(reverse("insight:csv"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert [row["read"] for row in rows if row["quantity"] == "depth"] == [
        "2.0",
        "4.0",
        "4.0",
        "2.0",
        "1.0",
        "0.0",
    ]
    assert {row["session"] for row in rows} == {str(session.public_id)}
    assert all(0.0 <= float(row["inside_90"]) <= 1.0 for row in rows)
    assert clinic.patient.family_name not in response.content.decode()
    assert AuditEvent.objects.filter(kind="marks-exported", by=clinic.prescriber).count() == 1


def test_nothing_is_written_by_looking(clinic: Clinic, signed_in: Browser) -> None:
    assert signed_in(clinic.prescriber).post(ADDRESS).status_code == 405


def test_the_headline_has_number_interval_and_sessions():
    said = words.headline(held(0.882, low=0.82, high=0.93), Quantity.DEPTH)
    assert said == "90 % bands held 88 % of 143 ratings in 24 sessions (82 to 93 %)."


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0.70, 0.89, "Too narrow: even the upper end of that interval lies under 90 %."),
        (0.80, 0.91, "Under 90 % by more than 3 points, though chance could explain it."),
        (0.85, 0.93, "In line with what they promise: 90 % lies within that interval."),
        (0.92, 0.99, "Wider than they promise: even the lower end of that interval lies over 90 %."),
        (None, None, ""),
    ],
)
def test_the_verdict_is_what_the_interval_allows(low: float | None, high: float | None, verdict: str):
    middle = 0.9 if low is None or high is None else (low + high) / 2
    assert words.verdict(held(middle, low=low, high=high)) == verdict


def test_the_reliability_plot_has_a_dot_for_each_band_and_an_interval_where_there_is_one():
    plot = figures.reliability([held(0.88, low=0.8, high=0.93), held(0.5)], title="Kept")
    assert len(plot.dots) == 2
    assert len([line for line in plot.lines if line.kind == "whisker"]) == 1


def test_bars_that_reach_the_line_are_bands_that_are_right():
    plot = figures.histogram([0.1] * 10, title="Fell")
    ideal = next(line for line in plot.lines if line.kind == "ideal")
    assert {bar.y for bar in plot.bars} == {ideal.y1}


def visit(*, factor: float) -> Visit:
    return Visit(
        session_id=uuid4(),
        opened_at=timezone.now(),
        model="RK1",
        route="into a muscle (IM)",
        n_readings=10,
        n_disowned=0,
        inside=9.0,
        factor=factor,
        running=None,
    )


def test_the_plot_over_time_marks_each_moment_at_which_widening_began():
    factors = (1.0, 1.0, 1.2, 1.3, 1.0, 1.1)
    plot = figures.trend([visit(factor=one) for one in factors], promised=0.9, title="Over time")
    assert len([line for line in plot.lines if line.kind == "began"]) == 2
    assert [dot.kind for dot in plot.dots] == ["visit" if one == 1.0 else "visit wide" for one in factors]
