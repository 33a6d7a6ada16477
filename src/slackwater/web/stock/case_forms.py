"""What is typed in a case about a difference."""

from typing import Any, ClassVar

from django import forms

from slackwater.actions.stock.cases import Case
from slackwater.rules.stock.told import show_change
from slackwater.web.shared.forms import PlainForm
from slackwater.web.shared.second_person import SecondPersonForm

_LONGEST = 1000


class NoteForm(PlainForm):
    """What somebody knows about it."""

    aliases: ClassVar[dict[str, str]] = {"words": "note_words"}

    note_words = forms.CharField(
        label="What do you know about it?", max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )


class CloseForm(SecondPersonForm):
    """What was found, and by how much the ledger is put right: only as some count has seen it."""

    delta_ug = forms.TypedChoiceField(label="The ledger", coerce=int, widget=forms.RadioSelect)
    words = forms.CharField(
        label="What was found", max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("delta_ug", "words", "second_username", "second_password")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (str(ug), f"Put it right by {show_change(ug)}, as it was counted" if ug else "Leave it as it is")
            for ug in case.deltas
        ]
        self.fields["delta_ug"].choices = choices  # type: ignore[attr-defined]  # stubs type it as Field
