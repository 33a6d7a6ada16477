"""Which crowds are calibrated: the usual doses of each route, and truths from other models."""

from slackwater.catalogue.loader import load
from slackwater.pharma.calibration.next_session import Course
from slackwater.pharma.calibration.outside import Dosed
from slackwater.pharma.calibration.report import Case
from slackwater.pharma.crowd import Population
from slackwater.pharma.person import Person
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.units import h_from_min

_SPRAY = "84 mg nasal esketamine"
_INFUSION = "0.5 mg/kg IV over 40 min"
_REGIMENS = {
    _SPRAY: (Drug.ESKETAMINE, Dose(route=Route.NASAL_DEVICE, amount_mg=84.0)),
    _INFUSION: (
        Drug.RACEMIC,
        Dose(route=Route.IV, amount_mg=35.0, duration_h=h_from_min(40.0)),
    ),
    "0.5 mg/kg IM": (Drug.RACEMIC, Dose(route=Route.IM, amount_mg=35.0)),
    "100 mg lozenge": (Drug.RACEMIC, Dose(route=Route.LOZENGE, amount_mg=100.0)),
    "0.5 mg/kg IV esketamine over 40 min": (
        Drug.ESKETAMINE,
        Dose(route=Route.IV, amount_mg=35.0, duration_h=h_from_min(40.0)),
    ),
}
_OWN = tuple(_REGIMENS)[:4]
# Each with a dose that it can be given, and a factor by which its people's EC50 lies elsewhere.
_OTHERS = (
    ("perez-ruixo-2021", _SPRAY, 1.0),
    ("perez-ruixo-2021", _SPRAY, 1.25),
    ("otto-2021", "0.5 mg/kg IV esketamine over 40 min", 1.0),
    ("otto-2021", "0.5 mg/kg IV esketamine over 40 min", 1.25),
)


def cases() -> tuple[Case, ...]:
    """The default model asked about its own people, then about those of other models in the catalogue."""
    catalogue = load()
    own = catalogue.default_model.id
    others = [case for case in _OTHERS if case[0] in catalogue.models]
    return (
        *(_case(own, dose, 1.0) for dose in _OWN),
        *(_case(model, dose, shifted) for model, dose, shifted in others),
    )


def dosed() -> tuple[Dosed, ...]:
    """The default model's own people after the usual dose of each route."""
    own = cases()[: len(_OWN)]
    return tuple(Dosed(dose=one.dose, people=one.crowd, regimen=one.regimen) for one in own)


def courses() -> tuple[Course, ...]:
    """Sessions of one person: the same dose once or three times before, or another drug by another route."""
    spray, infusion = (_given(dose) for dose in (_SPRAY, _INFUSION))
    return (
        Course(words=f"{_SPRAY}, once", earlier=(spray,), today=spray),
        Course(words=f"{_SPRAY}, three times", earlier=(spray,) * 3, today=spray),
        Course(words=_INFUSION, earlier=(infusion,), today=spray),
    )


def _given(dose: str) -> tuple[Population, Regimen]:
    drug, given = _REGIMENS[dose]
    return _people(load().default_model.id, drug), Regimen((given,))


def _case(truth: str, dose: str, shifted: float) -> Case:
    drug, given = _REGIMENS[dose]
    return Case(
        dose=dose,
        crowd=_people(load().default_model.id, drug),
        truth=_people(truth, drug),
        regimen=Regimen((given,)),
        shifted=shifted,
    )


def _people(model: str, drug: Drug) -> Population:
    catalogue = load()
    return Population(
        model=catalogue.model(model),
        response=catalogue.response,
        person=Person(weight_kg=70.0, age_years=35.0),
        drug=drug,
        changes=(),
    )
