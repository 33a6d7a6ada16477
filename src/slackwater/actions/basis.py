"""What a prediction rests on, part by part, so that every number on a screen can be looked up."""

from dataclasses import dataclass

from slackwater.pharma.crowd import Population
from slackwater.pharma.parameters import Grade, PublishedModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Footing:
    """What one part of a prediction rests on."""

    what: str
    source: str
    grade: str


def of(people: Population) -> tuple[Footing, ...]:
    """The footing of everything a crowd of these people says: model, response, other medicines."""
    model, changes = people.model, people.changes
    return (
        *_model(model),
        *(Footing(what=one.what, source=one.source, grade=one.grade.value) for one in people.response.basis),
        *(
            Footing(what=f"{one.name}: {one.note}", source=one.source, grade=one.grade.value)
            for one in changes
        ),
    )


def _model(model: PublishedModel) -> tuple[Footing, ...]:
    blocks = tuple(
        Footing(what=f"{model.id}: {block.name}", source=block.source, grade=block.grade.value)
        for block in model.blocks
    )
    caveats = tuple(
        Footing(what=caveat, source="what to know of this model", grade=Grade.JUDGEMENT.value)
        for caveat in model.caveats
    )
    return blocks + caveats
