"""What is typed where a session begins and ends."""

from typing import Any

from django import forms

from slackwater.actions.calls import Said
from slackwater.actions.devices import LONGEST_NAME
from slackwater.actions.dose_checks.cases import LONGEST_WORDS
from slackwater.actions.sessions import LONGEST_ROOM
from slackwater.records.models.calls import NOTE_LENGTH
from slackwater.rules.findings import Finding, Override
from slackwater.rules.recovery.calls import CallKind, Outcome, Question, asked
from slackwater.rules.room.departure import AgainstAdvice, Offered, WithWhom
from slackwater.rules.room.log import SetAside
from slackwater.terms import amounts
from slackwater.terms.vitals import Reading, VitalCode
from slackwater.web.room.words import ALERTNESS, RANGES, SHORT_SIGNS
from slackwater.web.shared.forms import NumberText, PlainForm
from slackwater.web.shared.second_person import SecondPersonForm

_BASELINE = (VitalCode.SBP, VitalCode.DBP, VitalCode.HR, VitalCode.SPO2)
_LONGEST_REASON = 500
_LONGEST_TOLD = 1000


class OpenForm(PlainForm):
    """The room, who is in it, and how they are before any drug."""

    room = forms.CharField(
        label="Room",
        max_length=LONGEST_ROOM,
        error_messages={"required": "No room was named. Write its name."},
    )
    is_patient = forms.BooleanField(
        label="I asked the name and the birth date, and it is this patient.",
        error_messages={"required": "The patient was not confirmed. Ask the name and the birth date."},
    )
    is_weight = forms.BooleanField(
        label="The weight on the order is today's.",
        error_messages={
            "required": "The weight was not confirmed. Weigh again; if it has changed, sign a new order."
        },
    )
    is_consent = forms.BooleanField(
        label="I asked again today, sober: it is still a yes, as agreed.",
        help_text="Without it the room opens, and nothing can be given in it.",
        required=False,
    )
    moaas = forms.TypedChoiceField(
        label="How awake? (MOAA/S)",
        choices=[(score, f"{score}, {word.lower()}: {means}") for score, word, means in ALERTNESS],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Alertness was not given. Choose one."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in _BASELINE:
            self.fields[code.value] = forms.CharField(
                label=SHORT_SIGNS[code], required=False, widget=NumberText(whole=True)
            )

    def clean(self) -> dict[str, Any]:
        found = [reading for code in _BASELINE if (reading := self._reading(code))]
        self.cleaned_data["readings"] = tuple(found)
        return self.cleaned_data

    def _reading(self, code: VitalCode) -> Reading | None:
        """A baseline is asked for in full: a dose is not given without it (P07)."""
        low, high = RANGES[code.value]["low"], RANGES[code.value]["high"]
        value = self.read(
            code.value, lambda text: amounts.read_int(text, field=code.value, low=low, high=high)
        )
        return None if value is None else Reading(code=code, tenths=value * 10)


class LeaveForm(PlainForm):
    """A reason for each barrier that a prescriber sets aside, and that somebody confirms the leaving."""

    confirm = forms.BooleanField(
        label="I have seen the patient, and they are leaving now with their escort.",
        error_messages={"required": "The leaving was not confirmed. Tick the box when the patient goes."},
    )

    def __init__(self, *args: Any, barriers: tuple[Finding, ...], may_set_aside: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for barrier in barriers:
            if may_set_aside and barrier.override is Override.PRESCRIBER:
                self.fields[_name(barrier)] = forms.CharField(
                    label=f"Set {barrier.id} aside because (optional)",
                    required=False,
                    max_length=_LONGEST_REASON,
                )

    def reason_field(self, barrier: Finding) -> forms.BoundField | None:
        """Where the reason for setting this barrier aside is written, if it may be."""
        name = _name(barrier)
        return self[name] if name in self.fields else None

    @property
    def set_aside(self) -> tuple[SetAside, ...]:
        """Every barrier that a reason was written for."""
        reasons = {
            name.removeprefix(_PREFIX): text.strip()
            for name, text in self.cleaned_data.items()
            if name.startswith(_PREFIX) and text.strip()
        }
        return tuple(SetAside(barrier=barrier, reason=reason) for barrier, reason in reasons.items())


class GoneForm(PlainForm):
    """How somebody went who could not be advised to."""

    told = forms.CharField(
        label="What was said to them of what could happen, in your words",
        max_length=_LONGEST_TOLD,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "It is not said what they were told. Write it in a few words."},
    )
    offered = forms.MultipleChoiceField(
        label="What was offered",
        choices=[(one.value, one.label) for one in Offered],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "It is not said what they were offered. Tick it; offer it now, if it was not."
        },
    )
    with_whom = forms.ChoiceField(
        label="Who went with them",
        choices=[(one.value, one.label) for one in WithWhom],
        widget=forms.RadioSelect,
        error_messages={"required": "It is not said who went with them. Choose one."},
    )
    informed = forms.CharField(
        label="Who was told: the prescriber, or who is on call",
        max_length=_LONGEST_TOLD,
        error_messages={
            "required": "Nobody is named who was told. Tell the prescriber now, and write the name."
        },
    )
    said = forms.CharField(
        label="What they said, in their words (optional)",
        required=False,
        max_length=_LONGEST_TOLD,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def how(self) -> AgainstAdvice:
        """What was filled in."""
        given = self.cleaned_data
        return AgainstAdvice(
            told=given["told"],
            offered=tuple(Offered(one) for one in given["offered"]),
            with_whom=WithWhom(given["with_whom"]),
            informed=given["informed"],
            said=given["said"],
        )


class DoseCaseForm(SecondPersonForm):
    """What two people found about a dose that nobody checked. What is missing, the action says."""

    words = forms.CharField(
        label="What you looked at, and what it showed",
        required=False,
        max_length=LONGEST_WORDS,
        help_text="The vial and its ledger, the syringe, the pump, whom you asked; and what is done so that"
        " it does not happen again.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CallForm(PlainForm):
    """What became of a try at a call."""

    outcome = forms.ChoiceField(
        label="What became of it",
        choices=[(one.value, one.label) for one in Outcome],
        widget=forms.RadioSelect,
        error_messages={"required": "It is not said what became of it. Choose one."},
    )
    is_recovered = forms.BooleanField(
        label="I have spoken with them, and in my judgement they have recovered.", required=False
    )
    note = forms.CharField(
        label="Anything else (optional)",
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, kind: CallKind, may_say_recovered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.questions = kind, asked(kind)
        for question in self.questions:
            self.fields[question.value] = forms.ChoiceField(
                label=question.words, choices=_ANSWERS, required=False, widget=forms.RadioSelect
            )
        if not may_say_recovered or Question.CLEAR not in self.questions:
            del self.fields["is_recovered"]

    @property
    def asked(self) -> list[forms.BoundField]:
        """The questions, in the order in which they are asked."""
        return [self[question.value] for question in self.questions]

    @property
    def said(self) -> Said:
        """What was filled in; a question that was left alone was not asked."""
        given = self.cleaned_data
        return Said(
            kind=self.kind,
            outcome=Outcome(given["outcome"]),
            answers={one: given[one.value] == _YES for one in self.questions if given[one.value]},
            is_recovered=bool(given.get("is_recovered")),
            note=given["note"],
        )


_YES = "yes"
_ANSWERS = [("", "Not asked"), (_YES, "Yes"), ("no", "No")]
_PREFIX = "aside-"


def _name(barrier: Finding) -> str:
    return f"{_PREFIX}{barrier.id}"


class DeviceForm(PlainForm):
    """What a device that is let in is called."""

    name = forms.CharField(
        label="What the log calls it",
        help_text="Its place and kind: Bedside monitor.",
        max_length=LONGEST_NAME,
        error_messages={
            "required": "The device was not named. Write, for example, Bedside monitor.",
            "max_length": f"The name is too long. Keep it to {LONGEST_NAME} characters.",
        },
    )
