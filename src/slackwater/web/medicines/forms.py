"""What is typed about medicines."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from slackwater.actions.interactions import Wish
from slackwater.actions.reconciling import Answer, Decision, Source, Told
from slackwater.rules.interactions.findings import DayPlan
from slackwater.terms.route import Route
from slackwater.web.shared.forms import DayField, PlainForm
from slackwater.web.shared.second_person import SecondPersonForm

_LATEST = time(23, 59)


class When(StrEnum):
    """The day on which a medicine was last taken."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    EARLIER = "earlier"
    NOT_KNOWN = "not-known"


_WHEN = [
    (When.TODAY.value, "Today"),
    (When.YESTERDAY.value, "Yesterday"),
    (When.EARLIER.value, "Earlier"),
    (When.NOT_KNOWN.value, "Nobody knows"),
]


class _MaybeDay(DayField):
    """A day that may be left out."""

    def clean(self, value: Any) -> Any:
        return super().clean(value) if any(str(part or "").strip() for part in value or []) else None


class LastTakenForm(PlainForm):
    """When a medicine was last taken, or that nobody knows. Without a time the latest of that day counts."""

    aliases: ClassVar[dict[str, str]] = {"taken_on": "when", "is_held": "held", "medicine": "words"}

    when = forms.ChoiceField(
        label="Last taken",
        choices=_WHEN,
        widget=forms.RadioSelect,
        error_messages={"required": "None was chosen. Choose one; that nobody knows is an answer too."},
    )
    clock = forms.CharField(
        label="At what time (optional)",
        required=False,
        max_length=5,
        help_text="Such as 07:30. Left empty, the latest time of that day counts.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    day = _MaybeDay(label="If earlier, on what day")

    def clean(self) -> dict[str, Any]:
        clock = (self.cleaned_data.get("clock") or "").strip()
        try:
            at = time.fromisoformat(clock) if clock else None
        except ValueError:
            self.add_error("clock", "This is no time. Write hours and minutes, such as 07:30.")
            return self.cleaned_data
        if "when" in self.cleaned_data and "day" in self.cleaned_data:
            self.cleaned_data["moment"] = self._moment(When(self.cleaned_data["when"]), at)
        return self.cleaned_data

    def _moment(self, when: When, at: time | None) -> datetime | None:
        now, day = timezone.localtime(), self.cleaned_data["day"]
        if when is When.NOT_KNOWN:
            return None
        if when is When.EARLIER:
            if day is None:
                self.add_error("day", "No day was given. Write it, or choose that nobody knows.")
                return None
            return _local(datetime.combine(day, at or _LATEST))
        if when is When.TODAY and at is None:
            return now
        day = now.date() if when is When.TODAY else now.date() - timedelta(days=1)
        return _local(datetime.combine(day, at or _LATEST))


class ToldForm(LastTakenForm):
    """How one medicine is taken, and who says so."""

    words = forms.CharField(
        label="Medicine",
        required=False,
        max_length=80,
        help_text="Its active substance. Begin to write and choose; what is not in the list is kept and is"
        " not known.",
        widget=forms.TextInput(
            attrs={"list": "ingredients", "autocomplete": "off", "autocapitalize": "none"}
        ),
    )
    dose = forms.CharField(label="Dose", required=False, max_length=80, help_text="As it is taken: 50 mg")
    how_often = forms.CharField(label="How often", required=False, max_length=80)
    source = forms.ChoiceField(
        label="Who says so",
        choices=[(one.value, one.label) for one in Source],
        required=False,
        widget=forms.RadioSelect,
    )
    field_order = ("words", "dose", "how_often", "source", "when", "clock", "day")

    @property
    def told(self) -> Told:
        given = self.cleaned_data
        return Told(
            words=given["words"],
            dose=given["dose"],
            how_often=given["how_often"],
            source=Source(given["source"]) if given["source"] else None,
            last_taken_at=given["moment"],
        )


class AnswerForm(LastTakenForm):
    """What the patient says today; whether it was left out is asked where it was to be."""

    name = forms.CharField(max_length=80, widget=forms.HiddenInput)
    held = forms.ChoiceField(
        label="Was it left out, as planned?",
        choices=[("yes", "Yes, left out"), ("no", "No, it was taken")],
        required=False,
        widget=forms.RadioSelect,
    )

    @property
    def answer(self) -> Answer:
        given = self.cleaned_data
        is_held = {"yes": True, "no": False}.get(given["held"])
        return Answer(name=given["name"], last_taken_at=given["moment"], is_held=is_held)


class DecisionForm(PlainForm):
    """What is done with one medicine on the day."""

    name = forms.CharField(max_length=80, widget=forms.HiddenInput)
    plan = forms.ChoiceField(
        label="On the day of a dose",
        choices=[(one.value, one.label) for one in DayPlan],
        widget=forms.RadioSelect,
        error_messages={"required": "None was chosen. Choose one."},
    )
    note = forms.CharField(
        label="Why, or with whom it was spoken about (optional)", required=False, max_length=400
    )

    @property
    def decision(self) -> Decision:
        given = self.cleaned_data
        return Decision(name=given["name"], plan=DayPlan(given["plan"]), note=given["note"])


class AsideForm(SecondPersonForm):
    """A reason, and a second person where the grade asks for one."""

    aliases: ClassVar[dict[str, str]] = {"finding": "reason"}

    rule = forms.CharField(max_length=12, widget=forms.HiddenInput)
    medicine = forms.CharField(max_length=80, widget=forms.HiddenInput)
    sentence = forms.CharField(max_length=1000, strip=False, widget=forms.HiddenInput)
    route = forms.ChoiceField(choices=[(one.value, one.label) for one in Route], widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=400,
        help_text="What was weighed, and what is done instead, such as how often pressure is taken.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def wish(self) -> Wish:
        given = self.cleaned_data
        return Wish(
            rule=given["rule"],
            medicine=given["medicine"],
            sentence=given["sentence"],
            route=Route(given["route"]),
            reason=given["reason"],
        )


def _local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=timezone.get_current_timezone())
