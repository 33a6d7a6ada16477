"""Over which days the ledger is wanted."""

from typing import Any

from django import forms

from slackwater.actions.stock.exporting import Period
from slackwater.web.shared.forms import DayField, PlainForm


class PeriodForm(PlainForm):
    """Two days, both included, and the kind of file."""

    first = DayField(label="First day")
    last = DayField(label="Last day")
    form = forms.ChoiceField(
        label="As what",
        choices=[("pdf", "A PDF: to print or to hand in"), ("csv", "A table: CSV, one line a row")],
        widget=forms.RadioSelect,
    )

    period: Period

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not self.errors:
            self.period = Period(first=found["first"], last=found["last"])
        return found
