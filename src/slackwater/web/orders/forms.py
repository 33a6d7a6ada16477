"""The order as it is typed."""

from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from slackwater.actions import patients
from slackwater.actions.orders import Draft, Start
from slackwater.catalogue.loader import load
from slackwater.records.models import Patient
from slackwater.rules.dosing.order import BoosterText
from slackwater.terms import amounts
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route
from slackwater.units import min_from_h, s_from_min
from slackwater.web.orders import planned_fields
from slackwater.web.orders.words import route_choices
from slackwater.web.shared.forms import NumberText, PlainForm

_MOST_MG_PER_KG = 1000
_MOST_MINUTES = int(min_from_h(24))
_CHOOSE = {
    "required": "None was chosen. Choose one.",
    "invalid_choice": "%(value)s is not one of these. Choose one.",
}

# The preview does not wait for these.
_NOT_ASKED_OF_THE_CROWD = {"hard_max", "reason", "start_reason", *planned_fields.NAMES}


class DoseUnit(StrEnum):
    """What the dose is typed in."""

    MG = "mg"
    MG_PER_KG = "mg/kg"


class OrderForm(PlainForm):
    """Reads every part by the one grammar; whether the order may stand is the rules' to say.

    weight_g: what mg/kg is counted with; None when the patient was not weighed
    """

    aliases: ClassVar[dict[str, str]] = {
        "dose_ug": "dose",
        "duration_s": "duration",
        "booster_ug": "booster_amount",
        "booster_earliest_s": "booster_earliest",
        "booster_latest_s": "booster_latest",
        "hard_max_ug": "hard_max",
        "overrides": "reason",
    }

    drug = forms.ChoiceField(
        label="Drug",
        choices=[
            (Drug.RACEMIC.value, "Racemic ketamine"),
            (Drug.ESKETAMINE.value, "Esketamine: the S form alone"),
        ],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    route = forms.ChoiceField(
        label="Route", choices=route_choices(), widget=forms.RadioSelect, error_messages=_CHOOSE
    )
    dose = forms.CharField(label="Dose", required=False, widget=NumberText())
    dose_unit = forms.ChoiceField(
        label="Unit",
        choices=[(DoseUnit.MG.value, "mg"), (DoseUnit.MG_PER_KG.value, "mg per kg")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "No unit was given. Choose mg or mg per kg.",
            "invalid_choice": "%(value)s is not a unit this form takes. Choose mg or mg per kg.",
        },
    )
    duration = forms.CharField(
        label="Over",
        required=False,
        widget=NumberText(),
        help_text="Minutes the drip runs. Write 0 for a push.",
    )
    booster = forms.ChoiceField(
        label="Booster",
        choices=[("none", "None"), ("one", "One, if it is needed")],
        initial="none",
        widget=forms.RadioSelect,
        help_text="Decided now, while everyone is sober. There is never a second one.",
        error_messages=_CHOOSE,
    )
    booster_amount = forms.CharField(label="Booster dose", required=False, widget=NumberText())
    booster_earliest = forms.CharField(
        label="Not before", required=False, widget=NumberText(), help_text="after the first dose began"
    )
    booster_latest = forms.CharField(
        label="Not after", required=False, widget=NumberText(), help_text="after the first dose began"
    )
    hard_max = forms.CharField(
        label="Most in the whole session",
        required=False,
        widget=NumberText(),
        help_text="No room can go over this, whoever asks.",
    )
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Why this order stands although a check speaks against it. It is kept with the order.",
    )
    start = forms.ChoiceField(
        label="The crowd starts from",
        required=False,
        choices=[
            (Start.LEARNED.value, "what earlier sessions of this person taught it"),
            (Start.PUBLISHED.value, "the published crowd instead"),
        ],
        initial=Start.LEARNED.value,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    start_reason = forms.CharField(
        label="Why not from earlier sessions",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It is kept with the order and shown in the room.",
    )
    model = forms.ChoiceField(label="Model", required=False, error_messages=_CHOOSE)
    seed = forms.CharField(
        label="Seed",
        required=False,
        widget=NumberText(whole=True),
        help_text="The same seed draws the same crowd again.",
    )

    def __init__(
        self, *args: Any, models: list[tuple[str, str]], weight_g: int | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.weight_g = weight_g
        field = self.fields["model"]
        if isinstance(field, forms.ChoiceField):
            field.choices = models
        field.initial = models[0][0]
        self.fields |= planned_fields.fields()

    def clean(self) -> dict[str, Any]:
        """Adds dose_ug, duration_s, booster_*, hard_max_ug; each is absent where its text was refused."""
        typed = self.cleaned_data
        typed["dose_ug"] = self._dose_ug()
        typed["duration_s"] = self._seconds("duration") if typed.get("route") == Route.IV else 0
        wants_booster = typed.get("booster") == "one"
        typed["booster_ug"] = self._ug("booster_amount") if wants_booster else None
        typed["booster_earliest_s"] = self._seconds("booster_earliest") if wants_booster else None
        typed["booster_latest_s"] = self._seconds("booster_latest") if wants_booster else None
        typed["hard_max_ug"] = self._ug("hard_max")
        typed["model"] = typed.get("model") or self.fields["model"].initial
        typed["planned"], problems = planned_fields.read(typed)
        self.refuse(problems)
        typed["seed_number"] = self.read("seed", _read_seed) if typed.get("seed") else 1
        return typed

    @property
    def why(self) -> str:
        """The reason as it is kept."""
        return (self.cleaned_data.get("reason") or "").strip()

    def draft(self) -> Draft | None:
        """The order as far as it can be read; None while a part that the crowd needs is missing or wrong."""
        self.is_valid()
        if set(self.errors) - _NOT_ASKED_OF_THE_CROWD:
            return None
        typed = self.cleaned_data
        booster = None
        if typed["booster_ug"] is not None:
            booster = BoosterText(
                cap_ug=typed["booster_ug"],
                earliest_s=typed["booster_earliest_s"],
                latest_s=typed["booster_latest_s"],
            )
        return Draft(
            drug=Drug(typed["drug"]),
            route=Route(typed["route"]),
            dose_ug=typed["dose_ug"],
            duration_s=typed["duration_s"],
            hard_max_ug=typed["hard_max_ug"],
            booster=booster,
            model=typed["model"],
            seed=typed["seed_number"],
            planned=typed["planned"],
            start=Start(typed.get("start") or Start.LEARNED),
            start_reason=typed.get("start_reason") or "",
        )

    def needs(self) -> list[str]:
        """What the crowd still needs to be told, field by field."""
        wanted = [field for field in self if field.name in set(self.errors) - _NOT_ASKED_OF_THE_CROWD]
        return [f"{field.label}: {error}" for field in wanted for error in field.errors]

    @property
    def pairs(self) -> list[tuple[planned_fields.Pair, forms.BoundField, forms.BoundField]]:
        """What it was planned for: each figure with the field of its chance."""
        return [(pair, self[pair.name], self[pair.chance]) for pair in planned_fields.PAIRS]

    @property
    def as_asked(self) -> dict[str, str]:
        """What it was planned for, as the form beside it asks."""
        return planned_fields.as_asked({name: str(self[name].value() or "") for name in planned_fields.NAMES})

    @property
    def is_planned(self) -> bool:
        """Whether anything stands in those fields, or is wrong with them."""
        return any(self[name].value() or self[name].errors for name in planned_fields.NAMES)

    def typed(self) -> list[tuple[str, str]]:
        """What was typed, to be sent again from the page where it is read over."""
        return [(name, value) for name, value in self.data.items() if name in self.fields]

    def _ug(self, name: str) -> int | None:
        return self.read(name, lambda text: amounts.read_mg_as_ug(text, field=name))

    def _seconds(self, name: str) -> int | None:
        return self.read(name, lambda text: _read_seconds(text, field=name))

    def _dose_ug(self) -> int | None:
        unit = self.cleaned_data.get("dose_unit")
        if unit == DoseUnit.MG_PER_KG:
            return self.read("dose", self._read_per_kg)
        return self._ug("dose") if unit == DoseUnit.MG else None

    def _read_per_kg(self, text: str) -> int:
        per_kg = amounts.read_decimal(
            text, field="dose", places=3, low=Decimal("0.001"), high=_MOST_MG_PER_KG, unit="mg/kg"
        )
        if self.weight_g is None:
            raise RefusedError.of(
                field="dose",
                code="no-weight",
                message="The patient was not weighed, so mg per kg can't be counted.",
                mend="Weigh first, or write the dose in mg.",
            )
        # A milligram a kilogram is a microgram a gram.
        return int((per_kg * self.weight_g).to_integral_value())


class VoidForm(PlainForm):
    """Why an order is voided."""

    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stays with the order. Nothing may be given on it any more.",
    )

    @property
    def why(self) -> str:
        return str(self.cleaned_data.get("reason") or "")


def order_form(
    patient: Patient, data: QueryDict | None = None, *, typed_before: QueryDict | None = None
) -> OrderForm:
    """The form for this patient: as sent, or to be filled, with what was typed before where it comes back."""
    weight = patients.current_weight(patient)
    first = {"drug": Drug.RACEMIC.value, "dose_unit": DoseUnit.MG.value, "booster": "none", "seed": "1"}
    return OrderForm(
        data,
        models=[(model.id, model.title) for model in load().order_models],
        weight_g=weight.grams if weight else None,
        initial=first | (typed_before.dict() if typed_before else {}),
    )


def _read_seconds(text: str, *, field: str) -> int:
    minutes = amounts.read_decimal(text, field=field, places=1, low=0, high=_MOST_MINUTES, unit="minutes")
    return round(s_from_min(float(minutes)))


def _read_seed(text: str) -> int:
    return amounts.read_int(text, field="seed", low=0, high=2**31 - 1)
