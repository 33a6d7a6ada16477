"""GET /stream: everyone in the room sees an entry at once, and a screen that was away misses none."""

import asyncio
from collections.abc import Iterator
from uuid import UUID

import httpx
import pytest
from django.contrib.sessions.models import Session as SignIn
from tests import serving
from tests.clinic import Clinic
from tests.serving import body, entry, events, gathered, post, screens, watching

from slackwater.actions.entries import broadcast
from slackwater.records.models import User
from slackwater.web.room import stream


@pytest.fixture
def address(live_clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(stream, "PING_S", 0.3)
    with serving.server() as running:
        yield running


def path(clinic: Clinic, **asked: object) -> str:
    query = {"session": clinic.session.public_id} | asked
    return "/stream?" + "&".join(f"{name}={value}" for name, value in query.items())


def wrote(address: str, clinic: Clinic, *depths: int) -> None:
    sent = [entry("rating", {"depth": depth}) for depth in depths]
    answer = post(address, clinic.guide, body(clinic.session.public_id, *sent))
    assert [result["status"] for result in answer.json()["results"]] == ["saved"] * len(depths)


def heard(address: str, user: User, asked: str, name: str, count: int, **headers: str) -> list:
    browser = watching(address, user)

    async def listen() -> list:
        async with browser as client:
            return await gathered(events(client, asked, **headers), name, count)

    return asyncio.run(listen())


def test_a_stream_begins_with_what_is_there_and_the_time_in_the_room(address: str, live_clinic: Clinic):
    wrote(address, live_clinic, 4)
    entries = heard(address, live_clinic.monitor, path(live_clinic), "entry", 2)
    assert [one["kind"] for one in entries] == ["opened", "rating"]
    ping = heard(address, live_clinic.monitor, path(live_clinic), "ping", 1)[0]
    assert ping["server_time"] == ping["room_time"]


def test_fifty_screens_each_get_an_entry_once_and_in_order(address: str, live_clinic: Clinic):
    browser = watching(address, live_clinic.monitor)

    async def all_of_them() -> list[list[int]]:
        async with browser as client:
            tasks = [
                asyncio.create_task(gathered(events(client, path(live_clinic, after=1)), "entry", 5))
                for _ in range(50)
            ]
            await screens(50)
            await asyncio.to_thread(wrote, address, live_clinic, 1, 2, 3, 4, 5)
            return [[one["sequence"] for one in seen] for seen in await asyncio.gather(*tasks)]

    assert asyncio.run(all_of_them()) == [[2, 3, 4, 5, 6]] * 50


@pytest.mark.parametrize("how", ["header", "query"])
def test_a_screen_that_was_away_gets_what_it_missed(address: str, live_clinic: Clinic, how: str):
    wrote(address, live_clinic, 1, 2, 3)
    headers = {"Last-Event-ID": "2"} if how == "header" else {}
    asked = path(live_clinic) if how == "header" else path(live_clinic, after=2)
    missed = heard(address, live_clinic.monitor, asked, "entry", 2, **headers)
    assert [one["sequence"] for one in missed] == [3, 4]


def test_an_entry_that_nobody_announced_arrives_with_the_next_sign_of_life(
    address: str, live_clinic: Clinic, monkeypatch: pytest.MonkeyPatch
):
    """As when the news from another worker was lost."""
    browser = watching(address, live_clinic.monitor)

    async def listen() -> list:
        async with browser as client:
            screen = asyncio.create_task(gathered(events(client, path(live_clinic, after=1)), "entry", 1))
            await screens(1)
            monkeypatch.setattr(broadcast, "tell", lambda *_: None)
            await asyncio.to_thread(wrote, address, live_clinic, 7)
            return await screen

    assert [one["payload"] for one in asyncio.run(listen())] == [{"depth": 7}]


def test_a_stream_ends_soon_after_signing_out_or_losing_the_role(address: str, live_clinic: Clinic):
    async def until_ended(browser: httpx.AsyncClient, lose) -> list:
        async with browser as client:
            screen = asyncio.create_task(gathered(events(client, path(live_clinic)), "ended", 1))
            await screens(1)
            await asyncio.to_thread(lose)
            return await screen

    def become_owner() -> None:
        User.objects.filter(pk=live_clinic.monitor.pk).update(role="owner")

    for lose in (SignIn.objects.all().delete, become_owner):
        browser = watching(address, live_clinic.monitor)
        assert asyncio.run(until_ended(browser, lose)) == [{"why": "signed-out"}]


def test_nothing_is_left_behind_when_screens_go(address: str, live_clinic: Clinic):
    heard(address, live_clinic.monitor, path(live_clinic), "ping", 1)

    asyncio.run(screens(0))


@pytest.mark.parametrize(
    ("who", "status"), [("patient_user", 200), ("stranger", 404), ("owner", 404), ("guide", 200)]
)
def test_who_may_watch(address: str, live_clinic: Clinic, who: str, status: int):
    client = httpx.Client(base_url=address, cookies=serving.cookies(getattr(live_clinic, who)))
    with client, client.stream("GET", path(live_clinic)) as answer:
        assert answer.status_code == status
        if status == 200:
            assert answer.headers["content-type"].startswith("text/event-stream")
            assert answer.headers["cache-control"] == "no-cache"
            assert answer.headers["x-accel-buffering"] == "no"
            assert next(answer.iter_lines()) == ": here"


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("/stream", 422),
        ("/stream?session=x", 422),
        (f"/stream?session={UUID(int=1)}", 404),
        ("?after=-1", 422),
    ],
)
def test_a_stream_of_nothing_is_refused(address: str, live_clinic: Clinic, asked: str, status: int):
    whole = path(live_clinic) + "&after=-1" if asked == "?after=-1" else asked
    with httpx.Client(base_url=address, cookies=serving.cookies(live_clinic.guide)) as client:
        assert client.get(whole).status_code == status
        assert httpx.get(f"{address}{whole}").status_code in {status, 401}
