"""One run of `slackwater score --all`: every model on one table, each beside one on the same figures."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from slackwater.catalogue.loader import Catalogue
from slackwater.cli.patience import progress
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.scoring import NotScored, Observed, Scorecard, on_the_same_figures, score


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One model: its scorecard, and the one beside it on the figures that both have."""

    model: PublishedModel
    card: Scorecard
    beside: Scorecard

    @property
    def usual_cause(self) -> str:
        """Why most rows were not scored; empty where all were."""
        causes = Counter(row.cause for row in self.card.not_scored)
        return causes.most_common(1)[0][0] if causes else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllScored:
    """Every model of the catalogue on one table, in the catalogue's order.

    beside: the model that each is compared with
    """

    beside: PublishedModel
    n_rows: int
    models: tuple[Scored, ...]


def scored(catalogue: Catalogue, beside: PublishedModel, rows: Sequence[Observed | NotScored]) -> AllScored:
    """Score every model on the rows, showing how far it is on standard error."""
    models = tuple(catalogue.models.values())
    cards = {}
    with progress("scoring", len(models)) as advance:
        for model in models:
            cards[model.id] = score(model, rows)
            advance()
    theirs = cards[beside.id]
    return AllScored(
        beside=beside,
        n_rows=len(rows),
        models=tuple(
            Scored(model=model, card=cards[model.id], beside=on_the_same_figures(theirs, cards[model.id]))
            for model in models
        ),
    )
