"""What is ticked and typed when rules are signed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from slackwater.actions.signing import ReadRule
from slackwater.records.models.signing import REASON_LENGTH
from slackwater.rules.sign_off import Signed
from slackwater.web.shared.forms import NumberText, PlainForm

_MOST_DIGITS = 6


class SignForm(PlainForm):
    """The rules of one chapter that somebody ticked, each with the text that was shown."""

    def __init__(self, *args: Any, rules: Sequence[Signed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rules"] = forms.MultipleChoiceField(
            choices=[(value_of(one), one.signable.rule) for one in rules],
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": "No rule was ticked. Tick each rule that you have read and accept as it stands.",
                "invalid_choice": "A rule has changed since this page was shown. Read and tick it again.",
            },
        )

    @property
    def chosen(self) -> list[ReadRule]:
        """The ticked rules, once they are known to be among those shown."""
        pairs = (value.split(" ", 1) for value in self.cleaned_data["rules"])
        return [ReadRule(rule=rule, digest=digest) for rule, digest in pairs]

    @property
    def ticked(self) -> frozenset[str]:
        """What was ticked, so that a refusal loses no tick."""
        data = self.data
        return frozenset(data.getlist("rules")) if isinstance(data, QueryDict) else frozenset()


class BackForm(PlainForm):
    """Why a signature is taken back."""

    reason = forms.CharField(
        label="Why it no longer holds",
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "No reason was given. Say in a sentence why the signature no longer holds.",
        },
    )


def value_of(one: Signed) -> str:
    """What a tick sends: the rule, and which text of it was shown."""
    return f"{one.signable.rule} {one.signable.digest}"


class NumberForm(PlainForm):
    """A stricter number for one row of a rule, and why."""

    value = forms.CharField(
        label="Your clinic's number",
        widget=NumberText(whole=True),
        error_messages={"required": "No number was written. Write the number that your clinic wants."},
    )
    reason = forms.CharField(
        label="Why",
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "No reason was given. Say in a sentence why your clinic wants this number.",
            "max_length": f"The reason is too long. Keep it to {REASON_LENGTH} characters.",
        },
    )

    def clean_value(self) -> int:
        """A whole number; whether it can stand here is for the rule to say."""
        text = str(self.cleaned_data["value"]).strip()
        if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
            raise forms.ValidationError("This is not a whole number. Write it in digits, without a unit.")
        return int(text)
