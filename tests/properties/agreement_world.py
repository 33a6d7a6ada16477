"""A clinic with wrong clocks, late entries and people who ask for more, to try the agreements in.

True time is counted in hours. What reaches the log is what a device claims and what the server's clock says.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from slackwater.rules.agreements.log import (
    AgreementEntry,
    AskedInSession,
    Drafted,
    Impairment,
    Narrowed,
    Party,
    Said,
    Sign,
    Signed,
    TaughtBack,
    everything,
)
from slackwater.rules.agreements.permits import NOTHING, Item, Permit, Permits, touch
from slackwater.rules.agreements.ratchet import Standing, standing
from slackwater.terms.route import Route
from slackwater.terms.zone import Zone

if TYPE_CHECKING:
    from collections.abc import Callable

LEAD = timedelta(hours=24)
_START = datetime(2031, 3, 1, tzinfo=UTC)
ALL = (
    Permit(item=Item.TREATMENT),
    Permit(item=Item.OFF_LABEL),
    Permit(item=Item.BOOSTER),
    Permit(item=Item.ROUTE, of=Route.IM.value),
    Permit(item=Item.PARTNER_CONTACT),
    Permit(item=Item.PRESENCE, person="guide"),
    *(touch(zone, "guide") for zone in Zone),
    *(touch(zone, "monitor") for zone in Zone),
)
_STEPS = (
    "agree", "agree", "draft", "teach", "sign", "narrow", "withdraw", "ask", "dose", "ready", "wait", "wait",
)  # fmt: skip
# A minute or so, so that no two things happen at once.
_TICK = 0.02


def moment(hours: float) -> datetime:
    return _START + timedelta(hours=hours)


@dataclass(slots=True)
class World:
    """One patient's time with the clinic.

    behind:    how far the server's clock is behind the truth, in hours; never ahead of it
    held:      entries that a device keeps until it finds the network again
    dosed_at:  when the dose truly began; None once its window is over in truth
    is_known:  whether word of that dose has reached the server
    promised:  what was truly a yes, signed by all in good time, when the dose began
    """

    rng: Random
    clocks_are_right: bool = False
    now: float = 0.0
    behind: float = 0.0
    log: list[AgreementEntry] = field(default_factory=list)
    windows: list[Impairment] = field(default_factory=list)
    held: list[tuple[float, Said]] = field(default_factory=list)
    dosed_at: float | None = None
    is_known: bool = True
    ready_at: float | None = None
    promised: Permits = NOTHING
    true_draft: tuple[int, Permits, float] | None = None
    true_signed: set[Party] = field(default_factory=set)
    is_understood: bool = False
    last_signed: Permits = NOTHING
    true_versions: list[tuple[float, Permits]] = field(default_factory=list)

    def standing(self) -> Standing:
        """As the server sees it, by its own clock."""
        return standing(self.log, self.windows, at=moment(self.now - self.behind), lead=LEAD)

    def step(self) -> str:
        """Something happens."""
        name = self.rng.choice(_STEPS)
        acts: dict[str, Callable[[], None]] = {
            "agree": self._agree,
            "draft": self._draft,
            "teach": self._teach,
            "sign": self._sign,
            "narrow": lambda: self._say(Narrowed(gone=self._some(3), sign=self.rng.choice(list(Sign)))),
            "withdraw": lambda: self._say(everything(Sign.WORD)) if self.rng.random() < 0.05 else None,
            "ask": lambda: self._say(AskedInSession(wishes=self._some())),
            "dose": self._dose,
            "ready": self._ready,
            "wait": self._wait,
        }
        self.now += _TICK
        acts[name]()
        return name

    def _wait(self) -> None:
        self.now += self.rng.choice([0.01, 0.5, 5, 30])
        if not self.clocks_are_right:
            self.behind = self.rng.choice([0.0, 0.0, 0.0, 0.2, 3.0, 40.0])
        if self.dosed_at is not None and not self.is_known:
            self._tell_of_dose(self.dosed_at)
        while self.held and self.rng.random() < 0.7:
            claimed, said = self.held.pop(self.rng.randrange(len(self.held)))
            self._record(claimed, said)
            if self.rng.random() < 0.2:
                self._record(claimed, said)

    def _some(self, most: int = len(ALL)) -> Permits:
        return frozenset(self.rng.sample(ALL, self.rng.randrange(most + 1)))

    def _say(self, said: Said) -> None:
        off = 0.0 if self.clocks_are_right else self.rng.choice([0.0, 0.0, 0.0, -30.0, -1.0, 1.0, 30.0])
        # A draft names nothing, and what names a draft needs its number: these are made on the server.
        if isinstance(said, Narrowed | AskedInSession) and self.rng.random() < 0.3:
            self.held.append((self.now + off, said))
        else:
            self._record(self.now + off, said)

    def _record(self, claimed: float, said: Said) -> None:
        entry = AgreementEntry(
            number=len(self.log) + 1,
            happened_at=moment(claimed),
            recorded_at=moment(self.now - self.behind),
            said=said,
        )
        self.log.append(entry)

    def _agree(self) -> None:
        """All of it, as it is meant to go."""
        self._draft()
        for act in (self._teach, *(self._sign,) * 8):
            self.now += _TICK
            act()

    def _draft(self) -> None:
        permits = frozenset(ALL) if self.rng.random() < 0.5 else self._some()
        self._say(Drafted(permits=permits, texts="words", expires_at=moment(self.now + 5000)))
        self.true_draft = (len(self.log), permits, self.now)
        self.true_signed, self.is_understood = set(), False

    def _teach(self) -> None:
        if self.true_draft is None:
            return
        passed = self.rng.random() < 0.9
        self._say(TaughtBack(draft=self.true_draft[0], is_passed=passed))
        self.is_understood, self.true_signed = passed, set()
        if passed and self.ready_at is not None and self.now >= self.ready_at:
            self.dosed_at = self.ready_at = None

    def _sign(self) -> None:
        if self.true_draft is None:
            return
        party = self.rng.choice(list(Party))
        self._say(Signed(draft=self.true_draft[0], party=party, person=party.value))
        if party is Party.PATIENT:
            self.last_signed = self.true_draft[1]
        if self.is_understood:
            self.true_signed.add(party)
        if len(self.true_signed) == len(Party):
            self.true_versions.append((self.now, self.true_draft[1]))

    def _dose(self) -> None:
        if self.dosed_at is not None:
            return
        self.dosed_at, self.ready_at = self.now, None
        self.promised = self._promised()
        self.is_known = self.rng.random() < 0.7
        if self.is_known:
            self._tell_of_dose(self.now)

    def _tell_of_dose(self, dosed_at: float) -> None:
        self.windows.append(Impairment(starts_at=moment(dosed_at), known_at=len(self.log)))
        self.is_known = True

    def _promised(self) -> Permits:
        """No more than the patient last signed; with right clocks no more than all signed in good time."""
        latest = self.now - LEAD / timedelta(hours=1) if self.clocks_are_right else self.now
        in_time = [permits for at, permits in self.true_versions if at <= latest]
        return self.last_signed & (in_time[-1] if in_time else NOTHING)

    def _ready(self) -> None:
        """The rest of the window is over a day after the dose at the soonest."""
        is_over = self.dosed_at is not None and self.now >= self.dosed_at + 24
        if not (is_over and self.is_known and self.ready_at is None):
            return
        self.ready_at = self.now
        self.windows[-1] = replace(self.windows[-1], ready_at=moment(self.now))
