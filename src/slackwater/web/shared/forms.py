"""Forms that keep what was typed, and say what is wrong beside the field that is wrong."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, ClassVar, TypeVar

from django import forms

from slackwater.terms import amounts
from slackwater.terms.days import MONTHS
from slackwater.terms.refusal import Problem, RefusedError

_T = TypeVar("_T")


class NumberText(forms.TextInput):
    """A text box with a number pad. type=number would drop "0,5" in silence and step a dose on a scroll."""

    def __init__(self, *, whole: bool = False) -> None:
        mode = "numeric" if whole else "decimal"
        super().__init__(attrs={"inputmode": mode, "autocomplete": "off", "spellcheck": "false"})


class DayInput(forms.MultiWidget):
    """Day, month and year apart, the month in letters: 03/04 is two different days in two countries."""

    template_name = "shared/_day.html"
    use_fieldset = True

    def __init__(self) -> None:
        months = [("", "Month"), *((str(number), name) for number, name in enumerate(MONTHS, 1))]
        super().__init__(
            widgets={
                "day": forms.TextInput(
                    attrs={"inputmode": "numeric", "aria-label": "Day", "placeholder": "Day", "maxlength": 2}
                ),
                "month": forms.Select(choices=months, attrs={"aria-label": "Month"}),
                "year": forms.TextInput(
                    attrs={
                        "inputmode": "numeric",
                        "aria-label": "Year",
                        "placeholder": "Year",
                        "maxlength": 4,
                    }
                ),
            }
        )

    def decompress(self, value: date | None) -> list[str | None]:
        return [str(value.day), str(value.month), str(value.year)] if value else [None, None, None]


class DayField(forms.MultiValueField):
    """A day of the calendar from three boxes."""

    def __init__(self, *, label: str, help_text: str = "") -> None:
        parts = (
            forms.CharField(required=False),
            forms.CharField(required=False),
            forms.CharField(required=False),
        )
        super().__init__(
            parts,
            widget=DayInput(),
            label=label,
            help_text=help_text,
            require_all_fields=False,
            required=False,
        )

    def compress(self, data_list: list[str]) -> date | None:
        day, month, year = [*data_list, "", "", ""][:3]
        if not (day or month or year):
            raise forms.ValidationError("No day was given. Write day, month and year.", code="missing")
        try:
            return date(
                amounts.read_int(year, field="year", low=1000, high=9999),
                amounts.read_int(month, field="month", low=1, high=12),
                amounts.read_int(day.removeprefix("0"), field="day", low=1, high=31),
            )
        except RefusedError as refusal:
            first = refusal.problems[0]
            raise forms.ValidationError(
                f"The {first.field}: {first.message} {first.mend}", code=first.code
            ) from None
        except ValueError:
            raise forms.ValidationError(
                "There is no such day in that month. Check the day.", code="no-day"
            ) from None

    def clean(self, value: Any) -> Any:
        # The base class skips compress for empty boxes, and then nobody is told.
        return self.compress([str(part or "").strip() for part in value or []])


class PlainForm(forms.Form):
    """A form whose faults are read in order at its top and again at each field.

    `aliases` leads from a name used by the code below the form to the field that holds it.
    """

    aliases: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # No "Dose:" with a colon, and no star: what may be left out says "(optional)" in its label.
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Put each problem at its field; one whose field the form lacks goes to the top."""
        for problem in problems:
            name = self.aliases.get(problem.field, problem.field)
            words = forms.ValidationError(f"{problem.message} {problem.mend}".strip(), code=problem.code)
            self.add_error(name if name in self.fields else None, words)

    def read(self, name: str, reader: Callable[[str], _T]) -> _T | None:
        """What `reader` makes of the text typed in a field, or None with its refusal at that field."""
        try:
            return reader(str(self.cleaned_data.get(name) or "").strip())
        except RefusedError as refusal:
            self.refuse(
                Problem(field=name, code=p.code, message=p.message, mend=p.mend) for p in refusal.problems
            )
            return None
