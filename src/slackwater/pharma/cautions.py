"""What a crowd cannot take into account of a person, in sentences; whoever uses its numbers must know."""

from collections.abc import Iterator, Sequence

from slackwater.pharma.exposure_changes import ExposureChange, unknown
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.person import Person


def outside(model: PublishedModel, person: Person) -> Iterator[str]:
    """Where the person is younger, older, lighter or heavier than the people the model was made from."""
    ages, weights = model.age_range, model.weight_range
    if ages and person.age_years is not None and not ages.holds(person.age_years):
        yield _beyond(f"{person.age_years:g} years", f"{ages.low:g}-{ages.high:g} years", ages.basis)
    if weights and not weights.holds(person.weight_kg):
        yield _beyond(f"{person.weight_kg:g} kg", f"{weights.low:g}-{weights.high:g} kg", weights.basis)


def left_out(person: Person, changes: Sequence[ExposureChange]) -> Iterator[str]:
    """Medicines of the person that change nothing here, because nothing is known of what they do."""
    for medicine in unknown(changes, person.medicines):
        yield f"{medicine}: its effect on exposure is not known here and is not in these numbers."


def _beyond(given: str, made_for: str, source: str) -> str:
    return f"Outside the model's population: {given}; it was made for {made_for} ({source})."
