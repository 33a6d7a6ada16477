"""What the numbers of a simulation rest on, in sentences, so that none is shown without it."""

from collections.abc import Iterator

from slackwater.cli.figures import percent
from slackwater.pharma.cautions import outside
from slackwater.pharma.crowd import Population
from slackwater.pharma.exposure_changes import ExposureChange, taken
from slackwater.pharma.parameters import PublishedModel


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
        yield from outside(one.model, person)
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
