"""What is typed about a person."""

from typing import Any, ClassVar

from django import forms

from slackwater.actions.accounts import NewPerson
from slackwater.actions.patients import NewPatient
from slackwater.records.models import Role
from slackwater.rules.room.heard import Heard
from slackwater.terms import amounts
from slackwater.terms.sex import Sex
from slackwater.web.shared.forms import DayField, NumberText, PlainForm

_SEXES = [(Sex.FEMALE.value, "Female"), (Sex.MALE.value, "Male"), (Sex.UNKNOWN.value, "Not known")]
# A patient's sign-in belongs to a record, so it is not made here.
_ROLES = [
    (Role.PRESCRIBER.value, "Prescriber: writes orders, sets barriers aside"),
    (Role.MONITOR.value, "Monitor: nurse or sitter, gives doses, watches, confirms leaving"),
    (Role.GUIDE.value, "Guide: holds the room"),
    (Role.OWNER.value, "Clinic owner: keeps this list, sees no record"),
    (Role.REVIEWER.value, "Independent reviewer: from outside the team, reads reports and nothing else"),
]
_WRITE = {"required": "No name was given. Write it."}


class SignInForm(PlainForm):
    """A name and a password."""

    username = forms.CharField(
        label="Name",
        max_length=150,
        error_messages={"required": "No name was given. Write the name you sign in with."},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=1000,
        error_messages={"required": "No password was given. Write it."},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class SignForm(PlainForm):
    """A change of what crowds in new rooms listen to, with its reason."""

    sign = forms.ChoiceField(choices=[(sign.value, sign.label) for sign in Heard], widget=forms.HiddenInput)
    on = forms.ChoiceField(choices=[("0", "off"), ("1", "on")], widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Reason",
        max_length=400,
        help_text="It is kept with your name and shown in every room.",
        error_messages={"required": "No reason was given. Write it in a few words."},
    )


class NewPersonForm(PlainForm):
    """Somebody who is to work here."""

    aliases: ClassVar[dict[str, str]] = {"first_name": "given_name", "last_name": "family_name"}

    given_name = forms.CharField(label="Given name", max_length=80, error_messages=_WRITE)
    family_name = forms.CharField(label="Family name", max_length=80, error_messages=_WRITE)
    role = forms.ChoiceField(
        label="Role",
        choices=_ROLES,
        widget=forms.RadioSelect,
        error_messages={"required": "None was chosen. Choose one."},
    )
    username = forms.CharField(
        label="Name to sign in with",
        max_length=150,
        error_messages=_WRITE,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label="First password",
        strip=False,
        max_length=1000,
        help_text="At least 12 characters. A few words are easier to remember than signs.",
        error_messages={"required": "No password was given. Write one."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def details(self) -> NewPerson:
        return NewPerson(**{**self.cleaned_data, "role": Role(self.cleaned_data["role"])})


class NewPatientForm(PlainForm):
    """Who the patient is. The action says what cannot stand."""

    given_name = forms.CharField(
        label="Given name", required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    family_name = forms.CharField(
        label="Family name", required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    birth_date = DayField(label="Birth date")
    sex = forms.ChoiceField(
        label="Sex",
        choices=_SEXES,
        widget=forms.RadioSelect,
        help_text="As recorded at birth; one of the published models asks for it.",
        error_messages={
            "required": "None was chosen. Choose one, or not known.",
            "invalid_choice": "Choose one of these.",
        },
    )

    def details(self) -> NewPatient:
        return NewPatient(**{**self.cleaned_data, "sex": Sex(self.cleaned_data["sex"])})


class WeightForm(PlainForm):
    """A weighing, now."""

    weight = forms.CharField(
        label="New weight", required=False, widget=NumberText(), help_text="In kg, for example 70.5"
    )

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["grams"] = self.read(
            "weight", lambda text: amounts.read_weight_g(text, field="weight")
        )
        return self.cleaned_data


class MedicineForm(PlainForm):
    """A medicine from the list that the crowd knows, or any other, which it then says it did not check."""

    name = forms.ChoiceField(label="Medicine", required=False)
    other = forms.CharField(
        label="Another medicine (optional)",
        required=False,
        max_length=80,
        help_text="It is kept and shown, and every order says that it was not checked.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, known: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["name"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker what stands two lines up
        field.choices = [("", "Choose, or write another below"), *known]

    def clean(self) -> dict[str, Any]:
        chosen, other = self.cleaned_data.get("name"), (self.cleaned_data.get("other") or "").strip()
        if bool(chosen) == bool(other) and not self.errors:
            words = (
                "Choose one from the list or write one, not both."
                if chosen
                else "Choose a medicine or write its name."
            )
            self.add_error("name", words)
        self.cleaned_data["medicine"] = chosen or other
        return self.cleaned_data
