"""Models of one crowd as they are written: an identifier, and after a colon its share."""

import re
from collections.abc import Sequence

from slackwater.catalogue.loader import Catalogue
from slackwater.pharma.mixture import WeightedModel
from slackwater.terms.refusal import RefusedError

_SHARE = re.compile(r"(0?\.\d{1,6}|1(\.0{1,6})?)")


def read_models(texts: Sequence[str], catalogue: Catalogue) -> list[WeightedModel]:
    """Each model with its share; several without shares have equal ones.

    Raises RefusedError for a model that is not in the catalogue, a share that is no number between 0 and 1,
    shares that do not add up to 1, and shares that some models have and others lack.
    """
    written = [text.partition(":") for text in texts]
    if len({colon for _, colon, _ in written}) > 1:
        raise _refused("Some models have a share and others have none.", "Give every model its share.")
    shares = [_share(share) if colon else 1.0 / len(written) for _, colon, share in written]
    if abs(sum(shares) - 1.0) > 1e-9:
        raise _refused(
            f"The models' shares add up to {sum(shares):g}.", "Give shares that add up to 1, as 0.7 and 0.3."
        )
    models = [catalogue.model(name.strip()) for name, _, _ in written]
    return [WeightedModel(model=model, share=share) for model, share in zip(models, shares, strict=True)]


def show_models(models: Sequence[WeightedModel]) -> str:
    """The models as one name: one alone by its identifier, several with their shares."""
    if len(models) == 1:
        return models[0].model.id
    return " + ".join(f"{one.model.id}:{one.share:g}" for one in models)


def _share(text: str) -> float:
    if not _SHARE.fullmatch(text.strip()):
        raise _refused(f"“{text}” is not a share of a crowd.", "Write a number between 0 and 1, such as 0.7.")
    return float(text)


def _refused(message: str, mend: str) -> RefusedError:
    return RefusedError.of(field="model", code="share", message=message, mend=mend)
