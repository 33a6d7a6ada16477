"""One page of questions as a form. Every question may be left out, and every answer may be taken back."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from slackwater.rules.eligibility.dates import LastDay, LastTime
from slackwater.rules.eligibility.questions import Kind, Question, Value
from slackwater.web.shared.forms import DayField, NumberText, PlainForm
from slackwater.web.shared.second_person import SecondPersonForm

YES, NO, UNKNOWN, NONE = "yes", "no", "unknown", "none"
_LONGEST_NUMBER = 12


class SectionForm(PlainForm):
    """The questions of one section, for staff or for the patient themselves.

    A question named heart.last_event is the field heart.last_event, and its day heart.last_event-on.
    """

    def __init__(
        self,
        *args: Any,
        questions: tuple[Question, ...],
        is_patient: bool,
        held: Mapping[str, Value],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        self._is_patient = is_patient
        for one in questions:
            self._add(one)
            if one.name in held:
                self.initial.update(_initial(one, held[one.name]))

    @property
    def asked(self) -> list[dict[str, Any]]:
        """Each question with its field, the field of its day or time, and what makes it come up."""
        return [
            {
                "question": one,
                "field": self[one.name],
                "when_field": self[f"{one.name}-when"] if f"{one.name}-when" in self.fields else None,
                "when": "=".join(one.when) if one.when else "",
            }
            for one in self.questions
        ]

    @property
    def values(self) -> dict[str, Value]:
        """What was answered; a question that was left out is not there."""
        found = {one.name: self._value(one) for one in self.questions}
        return {name: value for name, value in found.items() if not isinstance(value, _LeftOut)}

    def clean(self) -> dict[str, Any]:
        for one in self.questions:
            try:
                self._value(one)
            except ValidationError as error:
                self.add_error(one.name, error)
        return self.cleaned_data

    def _add(self, one: Question) -> None:
        label = (one.patient if self._is_patient else "") or one.asks
        if one.kind is Kind.NUMBER:
            self.fields[one.name] = forms.CharField(
                label=f"{label}, in {one.unit}" if one.unit else label,
                required=False,
                max_length=_LONGEST_NUMBER,
                widget=NumberText(whole=one.scale == 1),
                help_text="Leave it empty where it is not known.",
            )
        elif one.kind is Kind.SOME:
            self.fields[one.name] = forms.MultipleChoiceField(
                label=label,
                required=False,
                choices=[*self._listed(one), (NONE, "None of these"), (UNKNOWN, self._not_said)],
                widget=forms.CheckboxSelectMultiple,
            )
        else:
            self.fields[one.name] = forms.ChoiceField(
                label=label, required=False, choices=self._choices(one), widget=forms.RadioSelect
            )
        if one.kind is Kind.LAST_DAY:
            self.fields[f"{one.name}-when"] = _OptionalDay(label="When it was: the day, if known")
        elif one.kind is Kind.LAST_TIME:
            self.fields[f"{one.name}-when"] = forms.DateTimeField(
                label="When it was: the time, if known",
                required=False,
                widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
                error_messages={"invalid": "This is no time. Write day, month, year, hour and minute."},
            )

    @property
    def _not_said(self) -> str:
        return "I don't know, or would rather not say" if self._is_patient else "Not known, or not said"

    def _listed(self, one: Question) -> list[tuple[str, str]]:
        return list(one.plain) if self._is_patient else _capitals(one.choices)

    def _choices(self, one: Question) -> list[tuple[str, str]]:
        if one.kind is Kind.ONE:
            return [*self._listed(one), (UNKNOWN, self._not_said)]
        yes, no = {
            Kind.YES_NO: ("Yes", "No"),
            Kind.LAST_DAY: ("Yes, the last time was", "Never"),
            Kind.LAST_TIME: ("Yes, the last time was", "Not at all"),
        }[one.kind]
        return [(YES, yes), (NO, no), (UNKNOWN, self._not_said)]

    def _value(self, one: Question) -> "Value | _LeftOut":
        typed = self.cleaned_data.get(one.name)
        if not typed:
            # An answer that was there and is emptied is taken back; one that never was is left out.
            return None if self.initial.get(one.name) and one.kind is Kind.NUMBER else _LEFT_OUT
        match one.kind:
            case Kind.NUMBER:
                return _number(str(typed), one)
            case Kind.SOME:
                return _some([str(item) for item in typed])
            case Kind.YES_NO:
                return None if typed == UNKNOWN else typed == YES
            case Kind.ONE:
                return None if typed == UNKNOWN else str(typed)
        return self._last(one, str(typed))

    def _last(self, one: Question, typed: str) -> Value:
        when = self.cleaned_data.get(f"{one.name}-when")
        if typed == UNKNOWN:
            return None
        if typed == NO and when:
            raise ValidationError("There is a time, and it says never. Change one of them.", code="never")
        if one.kind is Kind.LAST_DAY:
            return LastDay(has_happened=typed == YES, on=when if isinstance(when, date) else None)
        return LastTime(has_happened=typed == YES, at=when if isinstance(when, datetime) else None)


class _LeftOut:
    """A question to which nothing was said."""


_LEFT_OUT = _LeftOut()


class _OptionalDay(DayField):
    """A day that may be left empty."""

    def compress(self, data_list: list[str]) -> date | None:
        return super().compress(data_list) if any(data_list) else None


class AsideForm(SecondPersonForm):
    """A reason, and a second clinician where it takes two."""

    reason = forms.CharField(
        label="Why it may go ahead all the same",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class EndForm(PlainForm):
    """Why a course ends."""

    reason = forms.CharField(
        label="Why it ends", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


def _number(text: str, one: Question) -> int:
    try:
        kept = Decimal(text.strip().replace(",", ".")) * one.scale
    except InvalidOperation:
        raise ValidationError("This is no number. Write it in figures.", code="not-a-number") from None
    if kept != kept.to_integral_value() or not one.low <= kept <= one.high:
        low, high = one.low / one.scale, one.high / one.scale
        raise ValidationError(f"This cannot be. Write {low:g} to {high:g}.", code="out-of-range")
    return int(kept)


def _some(chosen: list[str]) -> Value:
    if len(chosen) > 1 and {NONE, UNKNOWN} & set(chosen):
        raise ValidationError("Something is ticked beside none or not known. Take one away.", code="both")
    if chosen == [UNKNOWN]:
        return None
    return frozenset(chosen) - {NONE}


def _initial(one: Question, value: Value) -> dict[str, Any]:  # noqa: PLR0911  one case a kind
    """What the field shows for an answer that was given before."""
    if value is None:
        return {} if one.kind is Kind.NUMBER else {one.name: [UNKNOWN] if one.kind is Kind.SOME else UNKNOWN}
    match value:
        case bool():
            return {one.name: YES if value else NO}
        case int():
            return {one.name: f"{Decimal(value) / one.scale:f}"}
        case str():
            return {one.name: value}
        case frozenset():
            return {one.name: sorted(value) or [NONE]}
        case LastDay():
            return {one.name: YES if value.has_happened else NO, f"{one.name}-when": value.on}
        case LastTime():
            at = timezone.localtime(value.at) if value.at else None
            return {one.name: YES if value.has_happened else NO, f"{one.name}-when": at}


def _capitals(choices: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [(name, words[:1].upper() + words[1:]) for name, words in choices]
