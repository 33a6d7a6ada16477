"""The fields in which a second person confirms; `shared/_second_person.html` shows them."""

from django import forms

from slackwater.actions.second_person import NAME_FIELD, PASSWORD_FIELD
from slackwater.web.shared.forms import PlainForm


class SecondPersonForm(PlainForm):
    """A form that two people fill in. The password is never put back into the page.

    Both boxes may come empty here: `actions.second_person.confirm` says what is missing.
    """

    second_username = forms.CharField(
        label="Name the second person signs in with",
        max_length=150,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    second_password = forms.CharField(
        label="Their password",
        strip=False,
        max_length=1000,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def second(self) -> tuple[str, str]:
        """Name and password as typed, for `confirm`."""
        return str(self.cleaned_data[NAME_FIELD]), str(self.cleaned_data[PASSWORD_FIELD])
