"""What one person saw in each container. Nothing on the form says what to expect."""

from typing import TYPE_CHECKING, Any

from django import forms

from slackwater.actions.stock.counts import LONGEST_NOTE, Handed, here
from slackwater.records.models import Container
from slackwater.rules.stock.counts import Purpose
from slackwater.terms import amounts
from slackwater.terms.refusal import RefusedError
from slackwater.units import ug_from_ul
from slackwater.web.shared.forms import NumberText, PlainForm

if TYPE_CHECKING:
    from uuid import UUID


class CountForm(PlainForm):
    """A box for each container that somebody who looks should find, and a note."""

    handed: Handed

    def __init__(self, *args: Any, purpose: Purpose, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose, self.containers = purpose, [one for one, _ in here()]
        for one in self.containers:
            self.fields[_name(one)] = forms.CharField(
                label=f"{one.name.capitalize()}: {one.product.name}, lot {one.lot}",
                help_text=_help(one),
                widget=NumberText(whole=not one.product.strength_ug_ml),
            )
        self.fields["note"] = forms.CharField(
            label="Anything else that you saw (optional)",
            required=False,
            max_length=LONGEST_NOTE,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        seen: dict[UUID, int] = {}
        for one in self.containers:
            name = _name(one)
            if name in found and (ug := self._seen(one, name)) is not None:
                seen[one.public_id] = ug
        if not self.errors:
            self.handed = Handed(purpose=self.purpose, seen=seen, note=found.get("note", ""))
        return found

    def _seen(self, one: Container, name: str) -> int | None:
        product = one.product
        if not product.strength_ug_ml:
            whole = self.read(name, lambda text: amounts.read_int(text, field=name, low=0, high=1))
            return None if whole is None else whole * product.content_ug
        return self.read(name, lambda text: _ug(text, name, strength_ug_ml=product.strength_ug_ml))


def _ug(text: str, field: str, *, strength_ug_ml: int) -> int:
    ul = 0 if text == "0" else amounts.read_ml_as_ul(text, field=field)
    try:
        return ug_from_ul(ul, ug_ml=strength_ug_ml)
    except ValueError:
        raise RefusedError.of(
            field=field,
            code="not-whole",
            message="That volume holds no whole number of micrograms.",
            mend="Read it again, with fewer decimals.",
        ) from None


def _name(one: Container) -> str:
    return f"seen_{one.own_number}"


def _help(one: Container) -> str:
    if not one.product.strength_ug_ml:
        return "1 if it is there and whole, 0 if it is not."
    full = amounts.show_ml(one.product.volume_ul)
    return f"How many mL are in it: {full} if its seal is whole, 0 if it is empty or not there."
