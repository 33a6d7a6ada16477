"""The person that a command asks about, as the engine takes them."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from slackwater.catalogue.loader import Catalogue
from slackwater.cli.names import pick
from slackwater.pharma.crowd import Population
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.person import Person
from slackwater.terms.amounts import read_int, read_weight_g
from slackwater.terms.drug import Drug
from slackwater.terms.sex import Sex
from slackwater.units import kg_from_g

_YOUNGEST, _OLDEST = 18, 120


class AsksAboutSomebody(Protocol):
    """The options that say whom a crowd is drawn for, as they were written."""

    @property
    def weight(self) -> str: ...

    @property
    def age(self) -> str | None: ...

    @property
    def sex(self) -> Sex: ...

    @property
    def drug(self) -> Drug | None: ...

    @property
    def model(self) -> str: ...

    @property
    def medicine(self) -> list[str] | None: ...


def population(options: AsksAboutSomebody, catalogue: Catalogue) -> Population:
    """Whom the crowd is drawn from; RefusedError names the option that cannot be used."""
    model = catalogue.model(options.model)
    return Population(
        model=model,
        response=catalogue.response,
        person=Person(
            weight_kg=kg_from_g(read_weight_g(options.weight)),
            age_years=_age(options.age),
            sex=options.sex,
            medicines=tuple(_medicines(options.medicine or (), catalogue)),
        ),
        drug=options.drug or _usual_drug(model),
        changes=catalogue.exposure_changes,
    )


def _usual_drug(model: PublishedModel) -> Drug:
    return Drug.RACEMIC if Drug.RACEMIC in model.drugs else Drug.ESKETAMINE


def _age(text: str | None) -> float | None:
    if text is None:
        return None
    return float(read_int(text, field="age", low=_YOUNGEST, high=_OLDEST, unit="years"))


def _medicines(names: Sequence[str], catalogue: Catalogue) -> Iterator[str]:
    known = {change.medicine: change for change in catalogue.exposure_changes}
    for name in names:
        yield pick(name.strip().lower(), known, field="medicine", noun="medicine").medicine
