"""What is typed where a session begins and ends."""

from typing import Any

from django import forms

from slackwater.actions.sessions import LONGEST_ROOM
from slackwater.rules.findings import Finding, Override
from slackwater.rules.room.log import SetAside
from slackwater.terms import amounts
from slackwater.terms.vitals import Reading, VitalCode
from slackwater.web.room.words import ALERTNESS, RANGES, SHORT_SIGNS
from slackwater.web.shared.forms import NumberText, PlainForm

_BASELINE = (VitalCode.SBP, VitalCode.DBP, VitalCode.HR, VitalCode.SPO2)
_LONGEST_REASON = 500


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


_PREFIX = "aside-"


def _name(barrier: Finding) -> str:
    return f"{_PREFIX}{barrier.id}"
