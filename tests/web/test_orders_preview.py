"""What an order would do, shown while it is typed."""

import json
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.clinic import Clinic
from tests.web import pages
from tests.web.test_orders_form import GOOD, MUSCLE

from slackwater.records.models import Order, User


@pytest.fixture
def ask(
    clinic: Clinic, signed_in: Callable[[User | None], Client]
) -> Callable[[dict[str, str]], HttpResponse]:
    client = signed_in(clinic.prescriber)
    address = reverse("orders:preview", args=[clinic.patient.public_id])
    return lambda typed: client.post(address, typed, headers={"HX-Request": "true"})


Ask = Callable[[dict[str, str]], HttpResponse]


def _curves(response: HttpResponse) -> dict[str, object]:
    store = pages.soup(response).select_one("script#curves")
    assert store is not None
    return dict(json.loads(store.get_text()))


def test_it_shows_the_bands_the_answers_and_what_they_rest_on(ask: Ask) -> None:
    response = ask(GOOD)
    assert response.status_code == 200
    said = pages.text(response)
    for part in ("35 mg is 0.5 mg/kg for 70 kg", "Deepest", "Pressure rises by", "9 in 10 recovered by"):
        assert part in said
    for part in ("4096 virtual patients", "seed 1", "judgement", "Kamp 2020"):
        assert part in said
    curves = _curves(response)
    fan = curves["first"]["depth"]
    for low, middle, high in zip(fan["p05"], fan["p50"], fan["p95"], strict=True):
        assert 0 <= low <= middle <= high <= 10
    assert len(fan["p50"]) == len(curves["time_min"])
    assert curves["first"]["recovered"] == sorted(curves["first"]["recovered"])
    assert curves["boosted"] is None


def test_every_chart_has_its_words_and_the_same_numbers_as_a_table(ask: Ask) -> None:
    page = pages.soup(ask(MUSCLE))
    for name in ("depth", "systolic", "recovered"):
        chart = page.select_one(f"#chart-{name}")
        assert chart is not None
        assert chart["role"] == "img"
        assert len(str(chart["aria-label"])) > 40
    rows = page.select("figure ~ details table tbody tr")
    assert len(rows) >= 6
    assert "with booster" in page.select_one("figure ~ details thead").get_text()


def test_a_booster_deepens_and_delays_from_its_window_on(ask: Ask) -> None:
    curves = _curves(ask(MUSCLE))
    first, boosted, times = curves["first"], curves["boosted"], curves["time_min"]
    before = [i for i, minute in enumerate(times) if minute < 15]
    assert [boosted["depth"]["p50"][i] for i in before] == [first["depth"]["p50"][i] for i in before]
    later = times.index(40)
    assert boosted["depth"]["p50"][later] > first["depth"]["p50"][later]
    assert boosted["recovered"][later] < first["recovered"][later]
    assert curves["booster_min"] == 15


def test_it_does_not_wait_for_the_hard_maximum_but_says_that_it_is_missing(ask: Ask) -> None:
    response = ask(GOOD | {"hard_max": ""})
    assert response.status_code == 200
    assert "There is no hard maximum" in pages.text(response)
    assert _curves(response)


def test_before_anything_is_typed_it_waits_and_refuses_nothing(ask: Ask) -> None:
    response = ask({"drug": "racemic", "dose_unit": "mg", "booster": "none"})
    assert response.status_code == 200
    assert "Write a dose" in pages.text(response)


def test_choosing_a_route_shows_what_is_cited_for_this_body(ask: Ask) -> None:
    chosen = {"drug": "racemic", "route": "iv", "dose_unit": "mg", "booster": "none"}
    said = pages.text(ask(chosen))
    assert "0.1 to 0.75 mg/kg, here 7 to 52.5 mg" in said
    assert "D01, Andrade 2017" in said
    assert "Cited for" not in pages.text(ask(chosen | {"drug": "esketamine"}))


def test_what_it_cannot_read_is_said_with_its_mend(ask: Ask) -> None:
    response = ask(GOOD | {"dose": "0,5"})
    assert response.status_code == 422
    assert "Dose: 0,5 has a comma in it. Write 0.5, not 0,5." in pages.text(response)


def test_a_model_asked_for_a_route_it_lacks_says_what_it_has(ask: Ask) -> None:
    response = ask(GOOD | {"drug": "esketamine", "route": "im", "model": "perez-ruixo-2021"})
    assert response.status_code == 422
    assert "has no dose by this route" in pages.text(response)
    assert "nasal-device" in pages.text(response)


def test_a_dose_outside_the_cited_range_is_marked_with_its_source(ask: Ask) -> None:
    response = ask(GOOD | {"dose": "60", "hard_max": "60"})
    finding = pages.soup(response).select_one(".finding")
    assert finding is not None
    assert "D01" in finding.get_text()
    assert "Andrade 2017" in finding.get_text()
    assert pages.soup(response).select_one("[data-needs-reason]") is not None


def test_the_same_seed_gives_the_same_crowd(ask: Ask) -> None:
    assert _curves(ask(GOOD)) == _curves(ask(GOOD))
    assert _curves(ask(GOOD)) != _curves(ask(GOOD | {"seed": "2"}))


def test_trying_out_writes_nothing(ask: Ask) -> None:
    ask(GOOD)
    assert Order.objects.count() == 1


@pytest.mark.parametrize("who", ["monitor", "guide", "patient_user", "owner"])
def test_only_a_prescriber_tries_out_an_order(
    who: str, clinic: Clinic, signed_in: Callable[[User | None], Client]
) -> None:
    address = reverse("orders:preview", args=[clinic.patient.public_id])
    assert signed_in(getattr(clinic, who)).post(address, GOOD).status_code == 403


def test_it_says_why_the_band_is_this_wide_in_a_sentence_a_bar_and_a_table(ask: Ask) -> None:
    page = pages.soup(ask(GOOD))
    widths = page.select_one("section.widths")
    assert widths is not None
    assert "that people differ in how strongly they respond" in widths.get_text()
    assert len(widths.select("svg.width-bar[aria-hidden=true]")) == 3
    rows = widths.select("table tbody tr")
    shares: dict[str, int] = {}
    for row in rows:
        band = row.select_one("th").get_text()
        shares[band] = shares.get(band, 0) + int(row.select("td")[1].get_text().removesuffix(" %"))
    # Whole per cents of at most seven causes.
    assert set(shares) == {"Depth", "Systolic pressure", "Time of recovery"}
    assert all(abs(total - 100) <= 4 for total in shares.values())
