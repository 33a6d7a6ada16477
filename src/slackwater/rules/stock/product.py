"""What stands in the cabinet: one product is one drug in one form, strength and size."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from slackwater.rules.findings import Finding
from slackwater.rules.stock.limits import StockLimits
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.units import ug_from_ul, ul_from_ug


class Form(StrEnum):
    """What one container is."""

    VIAL = "vial"
    DEVICE = "device"
    LOZENGE = "lozenge"

    @property
    def label(self) -> str:
        return {Form.VIAL: "vial", Form.DEVICE: "nasal device", Form.LOZENGE: "lozenge"}[self]

    @property
    def is_liquid(self) -> bool:
        """Whether a part of it can be drawn up and measured in mL."""
        return self is Form.VIAL


_ROUTES = {
    Form.VIAL: frozenset({Route.IV, Route.IM, Route.NASAL_SOLUTION, Route.ORAL}),
    Form.DEVICE: frozenset({Route.NASAL_DEVICE}),
    Form.LOZENGE: frozenset({Route.LOZENGE, Route.FILM, Route.ORAL}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One product.

    content_ug:    what one container holds by its label, whole micrograms; what is filled over that is waste
    strength_ug_ml, volume_ul: of a liquid; 0 where the form is no liquid
    is_single_use: one container serves one patient
    """

    name: str
    drug: Drug
    form: Form
    content_ug: int
    strength_ug_ml: int = 0
    volume_ul: int = 0
    is_single_use: bool = True

    def __post_init__(self) -> None:
        if self.content_ug <= 0:
            raise ValueError("a container holds something")
        if self.form.is_liquid != bool(self.strength_ug_ml and self.volume_ul):
            raise ValueError("a liquid has a strength and a volume, and nothing else has")
        if self.form.is_liquid and self.content_ug != ug_from_ul(self.volume_ul, ug_ml=self.strength_ug_ml):
            raise ValueError("content, strength and volume disagree")

    def serves(self, drug: Drug, route: Route) -> bool:
        """Whether it is this drug, in a form that can be given so."""
        return drug is self.drug and route in _ROUTES[self.form]

    def volume_of(self, ug: int) -> int:
        """The volume that holds so much, whole microlitres; 0 where it is no liquid."""
        return ul_from_ug(ug, ug_ml=self.strength_ug_ml) if self.form.is_liquid else 0


# Stems by which a label betrays a neuromuscular blocker. Stems, because brands and salts vary.
_BLOCKERS = (
    "curonium", "curium", "curare", "curarine", "suxameth", "succinylchol", "gallamine",
    "anectine", "quelicin", "zemuron", "esmeron", "nimbex", "norcuron", "tracrium", "mivacron",
)  # fmt: skip


def against_product(
    product: Product, stocked: Iterable[Product], *, limits: StockLimits
) -> Iterator[Finding]:
    """What stands against keeping this product beside those stocked now."""
    name = _plain(product.name)
    if any(stem in name for stem in _BLOCKERS):
        yield limits.stock_no_blockers.stop(
            "This is a neuromuscular blocker. It is never kept where ketamine is kept."
        )
    for one in stocked:
        if (one.drug, one.form) == (product.drug, product.form) and _strength(one) != _strength(product):
            yield limits.stock_one_strength.stop(
                f"{one.name} is stocked already: one strength of {product.drug.label} as a"
                f" {product.form.label}, and no other beside it."
            )
            return


def _strength(product: Product) -> int:
    return product.strength_ug_ml if product.form.is_liquid else product.content_ug


def _plain(name: str) -> str:
    """Without accents, case, hyphens or spaces, so that a way of writing it hides nothing."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return re.sub(r"[^a-z]", "", letters)
