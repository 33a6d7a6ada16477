"""What the numbers of a simulation rest on, in sentences, so that none is shown without it."""

from collections.abc import Iterator

from slackwater.cli.figures import percent
from slackwater.pharma.crowd import Population
from slackwater.pharma.exposure_changes import ExposureChange, taken
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.person import Person


def basis(people: Population) -> Iterator[str]:
    """Model, response and medicines with their sources, then everything that weakens them."""
    person = people.person
    for one in people.models:
        model = one.model
        follows = (
            ""
            if len(people.models) == 1
            else f" {percent(100.0 * one.share)} of the virtual patients follow it."
        )
        yield f"{model.title}. Source: {model.source}. Grade: {model.grade.value}.{follows}"
        if not model.has_spread:
            yield _without_spread(people, model)
    if all(one.model.effect_link for one in people.models):
        yield " ".join(people.response.on_screen.split())
    for change in taken(people.changes, person.medicines):
        yield _medicine(change)
    for one in people.models:
        yield from _outside(one.model, person)
        yield from one.model.caveats


def _without_spread(people: Population, model: PublishedModel) -> str:
    if people.has_spread:
        return f"{model.id} states no spread between people: whoever follows it differs in response alone."
    return (
        "No spread between people is known for this model: concentrations are the typical person's alone and "
        "have no band. That is a gap, not certainty."
    )


def _medicine(change: ExposureChange) -> str:
    if not change.is_measured:
        return f"{change.name}: its effect on exposure is not known and is not in these numbers."
    ratios = (("swallowed", change.oral_auc_ratio), ("given IV", change.systemic_auc_ratio))
    said = ", ".join(f"{ratio:g} times when {how}" for how, ratio in ratios if ratio is not None)
    return f"{change.name}: area of S-ketamine {said}. Source: {change.source}. Grade: {change.grade.value}."


def _outside(model: PublishedModel, person: Person) -> Iterator[str]:
    ages, weights = model.age_range, model.weight_range
    if ages and person.age_years is not None and not ages.holds(person.age_years):
        yield _beyond(f"{person.age_years:g} years", f"{ages.low:g}-{ages.high:g} years", ages.basis)
    if weights and not weights.holds(person.weight_kg):
        yield _beyond(f"{person.weight_kg:g} kg", f"{weights.low:g}-{weights.high:g} kg", weights.basis)


def _beyond(given: str, made_for: str, source: str) -> str:
    return f"Outside the model's population: {given}; it was made for {made_for} ({source})."
