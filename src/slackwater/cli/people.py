"""The person that a command asks about, as the engine takes them."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from slackwater.catalogue.loader import Catalogue
from slackwater.catalogue.published_models import DEFAULT
from slackwater.cli.mixed_models import read_models
from slackwater.cli.names import pick
from slackwater.pharma.crowd import Population
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.person import Person
from slackwater.terms.amounts import read_int
from slackwater.terms.drug import Drug
from slackwater.terms.sex import Sex

MOST_SUBJECTS, LARGEST_SEED = 1_000_000, 2**63 - 1
_YOUNGEST, _OLDEST = 18, 120


class AsksOfACrowd(Protocol):
    """The options that say from what a crowd is drawn, as they were written."""

    @property
    def sex(self) -> Sex: ...

    @property
    def drug(self) -> Drug | None: ...

    @property
    def model(self) -> list[str] | None: ...

    @property
    def medicine(self) -> list[str] | None: ...


def population(
    options: AsksOfACrowd, catalogue: Catalogue, *, weight_kg: float, age_years: float | None
) -> Population:
    """Whom the virtual patients are drawn from. Raises RefusedError for a model or medicine not known."""
    first, *others = read_models(options.model or (DEFAULT,), catalogue)
    return Population(
        model=first.model,
        response=catalogue.response,
        person=Person(
            weight_kg=weight_kg,
            age_years=age_years,
            sex=options.sex,
            medicines=tuple(_medicines(options.medicine or (), catalogue)),
        ),
        drug=options.drug or _usual_drug([first.model, *(one.model for one in others)]),
        changes=catalogue.exposure_changes,
        others=tuple(others),
    )


def age_of(text: str | None) -> float | None:
    """Years of age; None where none was given."""
    if text is None:
        return None
    return float(read_int(text, field="age", low=_YOUNGEST, high=_OLDEST, unit="years"))


def _usual_drug(models: Sequence[PublishedModel]) -> Drug:
    return Drug.RACEMIC if all(Drug.RACEMIC in model.drugs for model in models) else Drug.ESKETAMINE


def _medicines(names: Sequence[str], catalogue: Catalogue) -> Iterator[str]:
    known = {change.medicine: change for change in catalogue.exposure_changes}
    for name in names:
        yield pick(name.strip().lower(), known, field="medicine", noun="medicine").medicine
