"""The crowd that a session's order named, drawn again wherever it is asked."""

from functools import lru_cache

from slackwater.catalogue.loader import load
from slackwater.pharma import crowd, exposure_changes
from slackwater.pharma.crowd import Crowd, Population
from slackwater.pharma.person import Person
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.rules.room.fold import RoomState, RunDose
from slackwater.rules.room.log import Opened
from slackwater.units import h_from_s, kg_from_g, mg_from_ug

_KEPT = 32


@lru_cache(maxsize=_KEPT)
def crowd_of(opened: Opened) -> Crowd:
    """The crowd as drawn, before anything was observed: equal openings give equal crowds, to the last digit.

    Raises RefusedError where the catalogue lacks the model.
    """
    return crowd.draw(population_of(opened), n_subjects=opened.subjects, seed=opened.seed)


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
