"""A patient's weeks with a clinic whose clocks are wrong, through nothing but its own addresses.

True time is counted in hours. The server's clock may be behind it, never ahead; what a screen claims may be
either.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

import httpx
from bs4 import BeautifulSoup
from django.test import Client
from tests import clinic as made
from tests import marked
from tests.clinic import Clinic
from tests.serving import CSRF

from slackwater.actions import devices, sessions
from slackwater.actions.agreements.deeds import person_of
from slackwater.actions.agreements.held import held
from slackwater.catalogue.agreement_texts import load_agreement_texts
from slackwater.records.models import Role, User
from slackwater.rules.agreements.permits import Permits
from slackwater.rules.agreements.ratchet import Standing
from slackwater.rules.room.wire import moment_json, payload_json
from slackwater.terms.zone import Zone
from slackwater.web.shared import agreed as names

_QUESTIONS = [f"answers.{one.name}" for one in load_agreement_texts().questions]
NEEDED = ["treatment//", "off_label//", "route/iv/"]
_TICK = 0.02
_FORGED = ["touch/thighs/1", "touch/back/1", "hug", "", "touch/hands/", "recording/skin/", "consent//"]
# How often each is tried; within a window the calm ones are what a session is made of.
_STEPS = (
    "draw_up", "draw_up", "tell_back", "sign", "sign", "sign", "no", "everything", "slept", "room_no",
    "room_no", "room_wish", "room_wish", "room_other", "rating", "flush", "again", "reused", "forged",
    "wait", "wait", "clock", "opens", "device",
)  # fmt: skip


@dataclass(slots=True)
class Clock:
    """What the server takes for now. `true`: hours since the beginning; `behind`: what it is wrong by."""

    began: datetime
    true: float = 0.0
    behind: float = 0.0

    def now(self) -> datetime:
        return self.began + timedelta(hours=self.true - self.behind)

    def claimed(self, *, off: float = 0.0) -> datetime:
        return self.began + timedelta(hours=self.true + off)


@dataclass(slots=True)
class Server:
    """The clinic's server, and a browser signed in to it for everybody who ever came."""

    address: str
    http: httpx.Client
    browsers: dict[int, Client] = field(default_factory=dict)

    def browser(self, user: User) -> Client:
        if user.pk not in self.browsers:
            self.browsers[user.pk] = Client()
            self.browsers[user.pk].force_login(user)
        return self.browsers[user.pk]

    def by_device(self, token: str, sent: dict[str, Any]) -> httpx.Response:
        return self.http.post(
            f"{self.address}/ingest", json=sent, headers={"Authorization": f"Bearer {token}"}
        )

    def ingest(self, user: User, sent: dict[str, Any]) -> httpx.Response:
        session = self.browser(user).cookies["sessionid"].value
        headers = {
            "X-CSRFToken": CSRF,
            "Origin": self.address,
            "Cookie": f"sessionid={session}; csrftoken={CSRF}",
        }
        return self.http.post(f"{self.address}/ingest", json=sent, headers=headers)


@dataclass(slots=True)
class World:
    """One patient. `dosed_at`: when the dose truly was, in hours; None before it."""

    clinic: Clinic
    clock: Clock
    server: "Server"
    rng: Random
    tried: Counter[str] = field(default_factory=Counter)
    dosed_at: float | None = None
    has_slept: bool = False
    has_recovered: bool = False
    token: str = ""
    held_back: list[dict[str, Any]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, clinic: Clinic, clock: Clock, server: "Server", rng: Random) -> "World":
        """Somebody new, screened, with an agreement that all signed two days ago."""
        clock.true, clock.behind = clock.true + 24 * 30, 0.0
        user = made.person(Role.PATIENT)
        patient = made.patient(user=user)
        # A long run lasts decades by its clock, and nobody in it grows old.
        patient.birth_date = clock.now().date() - timedelta(days=35 * 365)
        patient.save(update_fields=["birth_date"])
        return cls(
            clinic=replace(clinic, patient=patient, patient_user=user),
            clock=clock, server=server, rng=rng,
        )  # fmt: skip

    # --- what is known -----------------------------------------------------------------------------

    def standing(self) -> Standing:
        return held(self.clinic.patient, at=self.clock.now()).now

    def shown(self) -> set[str]:
        """What the guide's page lets somebody take back: the yeses, as a browser has them."""
        page = BeautifulSoup(self._browser(self.clinic.guide).get(self._page("one")).content, "html.parser")
        return {str(one["value"]) for one in page.select("form [name=permits]:not([disabled])")}

    def texts(self, permits: Permits) -> set[str]:
        return {names.value(one) for one in permits}

    @property
    def may_have_ended(self) -> bool:
        """Whether, in truth, everything but the teach-back that ends a window has come to pass."""
        return (
            self.dosed_at is not None
            and self.clock.true >= self.dosed_at + 24
            and self.has_slept
            and self.has_recovered
        )

    # --- what happens ------------------------------------------------------------------------------

    def step(self) -> str:
        self.clock.true += _TICK
        name = self.rng.choice(_STEPS)
        getattr(self, f"_{name}")()
        self.tried[name] += 1
        return name

    def agree(self, permits: list[str]) -> None:
        """As it is meant to go."""
        self._draw_up(permits)
        self._tell_back(mark="2")
        for by in (self.clinic.patient_user, self.clinic.prescriber, self.clinic.guide):
            self.clock.true += _TICK
            self._sign(by)

    def dose(self) -> None:
        """A room is opened a day and a half later, and the first dose given in it."""
        self.clock.true += 36
        here = self.clinic
        made.screen(here.patient, prescriber=here.prescriber)
        signed = made.order(here.patient, prescriber=here.prescriber, subjects=64)
        opened = sessions.open_session(
            signed.public_id, room="Room 9", by=here.monitor, wall=self.clock.now()
        )
        self.clinic = replace(here, order=signed, session=opened)
        self.clinic.baseline()
        given = self._entry("dose", payload_json(self.clinic.dose()))
        (answer,) = self._ingest([given], by=self.clinic.monitor)
        assert answer["status"] == "saved", answer
        self.dosed_at = self.clock.true

    def ends(self) -> None:
        """The patient recovers and sleeps, by everybody's true word."""
        self.clock.behind = 0.0
        self.clock.true += 6
        marked.leave(self.clinic.session, self.clinic, at=self.clock.now())
        self.has_recovered = True

    def closes(self) -> None:
        """A day later, with a night's sleep, everything told back."""
        self.clock.true += 30
        self._slept()
        self._tell_back(mark="2")

    # --- single steps ------------------------------------------------------------------------------

    def _draw_up(self, permits: list[str] | None = None) -> None:
        ends = self.clock.claimed() + timedelta(days=90)
        sent = {
            "permits": self._some() if permits is None else permits,
            "stop_word": "red", "stop_sign": "hand flat up", "expires_on_day": str(ends.day),
            "expires_on_month": str(ends.month), "expires_on_year": str(ends.year),
        }  # fmt: skip
        self._post(self.rng.choice([self.clinic.guide, self.clinic.prescriber]), "draw-up", sent)

    def _forged(self) -> None:
        self._draw_up([*NEEDED, self.rng.choice(_FORGED)])
        wish = {"item": "touch", "of": "thighs", "person": person_of(self.clinic.guide)}
        self._ingest([self._entry("asked", {"wishes": [wish]})], by=self.clinic.guide)
        kind = self.rng.choice(["signed", "drafted", "opened", "said_yes", "taught_back"])
        self._ingest([self._entry(kind, {"permits": self._some()})], by=self.clinic.guide)

    def _tell_back(self, *, mark: str = "") -> None:
        each = {name: mark or self.rng.choice(["2", "2", "2", "1", "0", ""]) for name in _QUESTIONS}
        if not mark and self.rng.random() < 0.6:
            each = dict.fromkeys(_QUESTIONS, "2")
        self._post(self.clinic.guide, "tell-back", each | {"is_rehearsed": "on"})

    def _sign(self, by: User | None = None) -> None:
        here = self.clinic
        who = by or self.rng.choice(
            [here.patient_user, here.prescriber, here.guide, here.monitor, here.stranger]
        )
        draft = self.standing().draft or 1
        number = draft if by or self.rng.random() < 0.8 else self.rng.randrange(1, draft + 2)
        self._post(who, "sign", {"draft": str(number), "password": "a-long-passphrase"})

    def _no(self) -> None:
        who = self.rng.choice([self.clinic.patient_user, self.clinic.guide, self.clinic.monitor])
        self._post(who, "no", {"permits": self._some(most=2)})

    def _everything(self) -> None:
        if self.rng.random() < 0.1:
            self._post(self.clinic.patient_user, "no", {"everything": "1"})

    def _slept(self) -> None:
        if self.dosed_at is None:
            return
        self._post(self.clinic.patient_user, "slept", {"session": str(self.clinic.session.public_id)})
        self.has_slept = True

    def _room_no(self) -> None:
        said = {"gone": self._things(2), "sign": self.rng.choice(["tap", "word", "gesture", "silence"])}
        self._says("said_no", said)

    def _room_wish(self) -> None:
        self._says("asked", {"wishes": self._things(6)})

    def _room_other(self) -> None:
        kind, said = self.rng.choice(
            [
                ("note", {"text": "Calm."}),
                ("alertness", {"moaas": self.rng.choice([5, 5, 5, 4])}),
                ("check", {"item": "consent_today", "passed": True, "detail": ""}),
            ]
        )
        self._says(kind, said)

    def _rating(self) -> None:
        """As somebody like the crowd feels: of what nobody could feel no crowd says when it is over."""
        if self.dosed_at is not None and not self.has_recovered:
            depth = max(0, round(4 - 4 * (self.clock.true - self.dosed_at)))
            self._ingest([self._entry("rating", {"depth": depth})], by=self.clinic.monitor)

    def _says(self, kind: str, said: dict[str, Any]) -> None:
        """Now, or kept by a tablet that has no network."""
        entry = self._entry(kind, said, off=self.rng.choice([0.0, 0.0, 0.0, -30.0, -1.0, 1.0, 30.0]))
        if self.rng.random() < 0.3:
            self.held_back.append(entry)
        else:
            self._ingest([entry], by=self._somebody())

    def _flush(self) -> None:
        """The network is back: everything that was kept, in any order, some of it twice."""
        self.rng.shuffle(self.held_back)
        waiting, self.held_back = [*self.held_back, *self.held_back[:1]], []
        if waiting:
            self._ingest(waiting, by=self._somebody())

    def _again(self) -> None:
        if self.sent:
            self._ingest([self.rng.choice(self.sent)], by=self._somebody())

    def _reused(self) -> None:
        """The key of something that was kept, with another thing under it."""
        if self.sent:
            old = self.rng.choice(self.sent)
            other = self._entry("asked", {"wishes": self._things(6)})
            self._ingest([other | {"key": old["key"]}], by=self._somebody())

    def _device(self) -> None:
        """A program that was let into the room says what only people may say, and what it may."""
        here = self.clinic
        if not self.token:
            self.token = devices.allow(here.session, name="Monitor", by=here.prescriber, at=self.clock.now())
        kind, said = self.rng.choice(
            [
                ("said_no", {"gone": self._things(2), "sign": "tap"}),
                ("asked", {"wishes": self._things(6)}),
                (
                    "vitals",
                    {"source": "monitor", "readings": [{"code": "hr", "tenths": 700, "quality": "ok"}]},
                ),
                ("signed", {"permits": self._some()}),
            ]
        )
        sent = self._body([self._entry(kind, said)])
        answer = self.server.by_device(self.token, sent)
        assert answer.status_code in {200, 401, 422}, answer.text
        for result in answer.json().get("results", []):
            self.tried[f"device {kind} {result['status']}"] += 1

    def _wait(self) -> None:
        # A room is open for a day at most.
        long = [5, 12, 24] if self.has_recovered or self.dosed_at is None else [1, 2]
        self.clock.true += self.rng.choice([0.01, 0.5, *long])

    def _clock(self) -> None:
        self.clock.behind = self.rng.choice([0.0, 0.0, 0.0, 0.2, 3.0, 40.0])

    def _opens(self) -> None:
        """Another room for the same patient."""
        here = self.clinic
        if self.dosed_at is None or self.rng.random() < 0.8:
            return
        signed = made.order(here.patient, prescriber=here.prescriber, subjects=64)
        sent = {"room": "Room 8", "key": str(uuid4())}
        self._browser(here.monitor).post(f"/room/open/{signed.public_id}/", sent)

    # --- by whom, and with what --------------------------------------------------------------------

    def everything(self) -> list[str]:
        """All that can be a yes here."""
        people = [person_of(one) for one in (self.clinic.guide, self.clinic.monitor)]
        touches = [f"touch/{zone.value}/{who}" for zone in Zone for who in people]
        return [*NEEDED, "booster//", "partner_contact//", f"presence//{people[0]}", *touches]

    def _some(self, *, most: int = 99) -> list[str]:
        every = self.everything()
        return self.rng.sample(every, self.rng.randrange(1, min(most, len(every)) + 1))

    def _things(self, most: int) -> list[dict[str, str]]:
        parts = (text.split("/") for text in self._some(most=most))
        return [{"item": item, "of": of, "person": person} for item, of, person in parts]

    def _somebody(self) -> User:
        return self.rng.choice([self.clinic.guide, self.clinic.monitor, self.clinic.patient_user])

    def _entry(self, kind: str, payload: Any, *, off: float = 0.0) -> dict[str, Any]:
        at = moment_json(self.clock.now() if not off else self.clock.claimed(off=off))
        return {"key": str(uuid4()), "kind": kind, "payload": payload, "happened_at": at}

    def _body(self, entries: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "session": str(self.clinic.session.public_id),
            "sent_at": moment_json(self.clock.now()),
            "entries": entries,
        }

    def _page(self, name: str) -> str:
        ends = "" if name == "one" else f"{name}/"
        return f"/patients/{self.clinic.patient.public_id}/agreement/{ends}"

    def _browser(self, user: User) -> Client:
        return self.server.browser(user)

    def _post(self, by: User, name: str, sent: dict[str, Any]) -> None:
        answer = self._browser(by).post(self._page(name), sent)
        self.tried[f"{name} {answer.status_code}"] += 1
        assert answer.status_code in {302, 403, 404, 422}, (name, answer.status_code)

    def _ingest(self, entries: list[dict[str, Any]], *, by: User) -> list[dict[str, Any]]:
        answer = self.server.ingest(by, self._body(entries))
        assert answer.status_code in {200, 422, 403}, answer.text
        results: list[dict[str, Any]] = answer.json().get("results", [])
        for entry, result in zip(entries, results, strict=False):
            self.tried[f"{entry['kind']} {result['status']}"] += 1
            if result["status"] == "saved":
                self.sent.append(entry)
        return results
