"""What is typed while somebody goes through the rescue kit."""

from typing import Any

from django import forms

from slackwater.records.models.rescue import KIT_NOTE_LENGTH
from slackwater.rules.rescue.kit import Found, Kit, KitItem
from slackwater.web.shared.forms import PlainForm


class KitForm(PlainForm):
    """One question a thing. Nothing is chosen beforehand: each is looked at."""

    note = forms.CharField(
        label="What was filled up or exchanged, and what is on its way (optional)",
        max_length=KIT_NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, kit: Kit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kit = kit
        for item in kit.items:
            self.fields[item.key] = _field(item)
        self.order_fields([*(item.key for item in kit.items), "note"])

    @property
    def items(self) -> list[forms.BoundField]:
        """The things, as they stand in the list."""
        return [self[item.key] for item in self.kit.items]

    @property
    def found(self) -> dict[str, Found]:
        """What was found, once it is known to be whole."""
        return {item.key: Found(self.cleaned_data[item.key]) for item in self.kit.items}


def _field(item: KitItem) -> forms.ChoiceField:
    choices = [(Found.HERE.value, "Here and in order"), (Found.MISSING.value, "Missing, or not in order")]
    if item.only_if:
        choices.append((Found.NOT_USED.value, f"Not needed: {item.only_if}"))
    return forms.ChoiceField(
        label=item.label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": f"{item.label}: not looked at. Say what you found."},
    )
