"""The crowd that a session's order named, drawn again wherever it is asked."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from threading import Lock
from typing import Final

from slackwater.actions import listening, log
from slackwater.actions.forecasts.seen import seen
from slackwater.catalogue.loader import load
from slackwater.pharma import exposure_changes
from slackwater.pharma.carry import EarlierSession, carried
from slackwater.pharma.crowd import Crowd, Population
from slackwater.pharma.likelihoods import Sign
from slackwater.pharma.observe import Rating
from slackwater.pharma.person import Person
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.records.models import Entry
from slackwater.rules.room.fold import RoomState, RunDose
from slackwater.rules.room.log import EarlierLog, Opened
from slackwater.units import h_from_s, kg_from_g, mg_from_ug

_KEPT = 32
# Each holds the deviates of every session that taught it.
_KEPT_LEARNED = 8


@lru_cache(maxsize=_KEPT)
def crowd_of(opened: Opened) -> Crowd:
    """The crowd before anything was observed in the session.

    Equal openings give equal crowds, to the last digit.
    Raises RefusedError where the catalogue lacks the model.
    """
    return informed_by(
        opened.earlier or (), population_of(opened), n_subjects=opened.subjects, seed=opened.seed
    )


def informed_by(earlier: tuple[EarlierLog, ...], people: Population, *, n_subjects: int, seed: int) -> Crowd:
    """The population's crowd, having learned from earlier logs as they stood when they were named.

    Where one of them is no longer what it was, nothing is learned from any, and `learned` is None.
    """
    return _learned.of(_Asked(earlier=earlier, people=people, n_subjects=n_subjects, seed=seed))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Which crowd is wanted."""

    earlier: tuple[EarlierLog, ...]
    people: Population
    n_subjects: int
    seed: int

    @property
    def key(self) -> tuple[object, ...]:
        """What decides it; the rest of a population follows from these and the catalogue."""
        people = self.people
        return self.earlier, people.model.id, people.person, people.drug, self.n_subjects, self.seed

    def drawn(self) -> Crowd:
        taught = [_taught(one) for one in self.earlier]
        known = [one for one in taught if one is not None]
        return carried(
            self.people,
            known if len(known) == len(taught) else (),
            n_subjects=self.n_subjects,
            seed=self.seed,
        )


class _Learned:
    """Crowds that have learned, kept: it takes seconds, and every dose that is tried asks the same one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[object, ...], Crowd] = OrderedDict()

    def of(self, asked: _Asked) -> Crowd:
        if not asked.earlier:
            return asked.drawn()
        with self._lock:
            if asked.key not in self._kept:
                found = asked.drawn()
                if found.learned is None:
                    # A log that is not what it was is looked at again each time.
                    return found
                self._kept[asked.key] = found
                while len(self._kept) > _KEPT_LEARNED:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(asked.key)
            return self._kept[asked.key]


_learned: Final = _Learned()


def _taught(earlier: EarlierLog) -> EarlierSession | None:
    """An earlier session as its log stood; None where that log is not the one that was named."""
    rows = Entry.objects.filter(session__public_id=earlier.session, sequence__lte=earlier.entries)
    kept = list(rows.order_by("sequence"))
    if len(kept) != earlier.entries or kept[-1].leaf != earlier.head:
        return None
    return taught_by(log.state(kept), version=earlier.entries)


def taught_by(state: RoomState, *, version: int) -> EarlierSession | None:
    """What a session's log teaches of its patient: all that its own crowd was told and listened to.

    version: the last entry that counts
    None where nothing was given, or nothing that it listened to was seen: whoever switched a sign off had a
    reason.
    """
    heard = listening.signs(state)
    told = tuple(one for one in seen(state, version=version) if one.sign in heard)
    if state.opened is None or not told:
        return None
    return EarlierSession(
        people=population_of(state.opened),
        regimen=regimen_of(state),
        observations=told,
        using=tuple(sign for sign in Sign if sign in heard),
    )


def population_of(opened: Opened) -> Population:
    """Whom the crowd is drawn from: a published model and a response, for this person and drug."""
    catalogue = load()
    return Population(
        model=catalogue.model(opened.model),
        response=catalogue.response,
        person=Person(
            weight_kg=kg_from_g(opened.weight_g),
            age_years=opened.age_years,
            sex=opened.sex,
            medicines=opened.medicines,
        ),
        drug=opened.drug,
        changes=exposure_changes.taken(catalogue.exposure_changes, opened.medicines),
    )


def regimen_of(state: RoomState) -> Regimen:
    """The doses as they went in, hours from the start of the first; a stopped infusion holds what had run."""
    if not state.doses:
        return Regimen()
    first = state.doses[0]
    return Regimen(tuple(_dose(one, first) for one in state.doses if _amount_mg(one) > 0))


def ratings_of(state: RoomState) -> list[Rating]:
    """Ratings since the first dose. Of two of one moment the one written last counts."""
    start = state.first_dose_at
    counted = {one.at: one.said.depth for one in state.ratings if start is not None and one.at >= start}
    return [
        Rating(at_h=(at - start) / timedelta(hours=1), depth=depth)
        for at, depth in counted.items()
        if start is not None
    ]


def _dose(dose: RunDose, first: RunDose) -> Dose:
    return Dose(
        route=dose.route,
        amount_mg=_amount_mg(dose),
        at_h=h_from_s((dose.started_at - first.started_at).total_seconds()),
        duration_h=h_from_s((dose.ended_at - dose.started_at).total_seconds()),
    )


def _amount_mg(dose: RunDose) -> float:
    planned = (dose.planned_end_at - dose.started_at).total_seconds()
    ran = (dose.ended_at - dose.started_at).total_seconds()
    return mg_from_ug(dose.amount_ug) * (ran / planned if planned else 1.0)
