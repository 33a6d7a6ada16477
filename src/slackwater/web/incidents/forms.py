"""What is told of something that went wrong, and what a reviewer writes. Nothing of it is forced."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from slackwater.actions.incidents.lines import Deed
from slackwater.actions.incidents.telling import More
from slackwater.records.models import Session, User
from slackwater.rules.incidents.duties import Duty
from slackwater.rules.incidents.log import DutyDone, Outcome, Subject, Wrote
from slackwater.rules.incidents.wire import LONGEST_NAMES, LONGEST_WORDS
from slackwater.terms.refusal import RefusedError
from slackwater.web.shared.forms import PlainForm

_MOST_VISITS = 40
_TOO_LONG = {"max_length": "This is too long: at most %(limit_value)d characters. Send it in parts."}


class KeyedForm(PlainForm):
    """A form that carries a key, so that a button that is pressed twice is one line."""

    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = str(uuid4())

    def deed(self, by: User | None) -> Deed:
        """Who does it now; a key that is none is as none given."""
        try:
            key = UUID(self.data.get(self.add_prefix("key"), ""))
        except ValueError:
            key = uuid4()
        return Deed(by=by, at=timezone.now(), key=key)


class MoreForm(KeyedForm):
    """More of what went wrong. Every part may be left out."""

    words = forms.CharField(
        label="In your own words (optional)",
        required=False,
        max_length=LONGEST_WORDS,
        error_messages=_TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="As much or as little as you want. You can add more later.",
    )
    people = forms.MultipleChoiceField()
    others = forms.CharField(
        label="Somebody else, in your words (optional)", required=False, max_length=LONGEST_NAMES,
        error_messages=_TOO_LONG,
    )  # fmt: skip
    session = forms.ChoiceField()

    def __init__(self, *args: Any, people: QuerySet[User], visits: QuerySet[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"] = _several(
            people,
            label="Who was it? (optional)",
            help_text="Whoever you tick cannot see this, now or later.",
        )
        choices = [(str(one.public_id), _visit(one)) for one in visits[:_MOST_VISITS]]
        if choices:
            self.fields["session"] = forms.ChoiceField(
                label="During which visit? (optional)",
                required=False,
                choices=[("", "I don't know, or it was at no visit"), *choices],
            )
        else:
            del self.fields["session"]

    @property
    def more(self) -> More:
        given = self.cleaned_data
        session = given.get("session") or ""
        return More(
            words=given["words"],
            people=tuple(int(one) for one in given["people"]),
            others=given["others"],
            session=UUID(session) if session else None,
        )


class NameForm(KeyedForm):
    """The reviewer names somebody more."""

    people = forms.MultipleChoiceField()
    others = forms.CharField(
        label="Somebody else (optional)", required=False, max_length=LONGEST_NAMES, error_messages=_TOO_LONG
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"] = _several(people, label="Who")

    @property
    def named(self) -> tuple[tuple[int, ...], str]:
        return tuple(int(one) for one in self.cleaned_data["people"]), self.cleaned_data["others"]


class WordsForm(KeyedForm):
    """Words alone: a reviewer's note, a part of an account, why something is opened again."""

    words = forms.CharField(
        label="In your words",
        required=False,
        max_length=LONGEST_WORDS,
        error_messages=_TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WriteForm(WordsForm):
    """The reviewer writes to whoever told it, or for themselves."""

    to = forms.ChoiceField(
        label="For whom",
        choices=[("teller", "Whoever told it: they read this"), ("note", "A note: only reviewers read this")],
        widget=forms.RadioSelect,
        error_messages={"required": "Nobody was chosen. Choose who reads it."},
    )

    @property
    def said(self) -> Wrote:
        return Wrote(words=self.cleaned_data["words"], is_to_teller=self.cleaned_data["to"] == "teller")


class DutyForm(WordsForm):
    """What became of one duty."""

    duty = forms.ChoiceField()

    def __init__(self, *args: Any, duties: tuple[Duty, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = "What was done, by whom and when; or why it does not apply"
        self.fields["duty"] = forms.ChoiceField(
            label="Duty",
            widget=forms.RadioSelect,
            choices=[(one.name, one.duty) for one in duties],
            error_messages={"required": "No duty was chosen. Choose one."},
        )

    @property
    def done(self) -> DutyDone:
        return DutyDone(duty=self.cleaned_data["duty"], words=self.cleaned_data["words"])


class EndForm(WordsForm):
    """How a report ends."""

    outcome = forms.ChoiceField(
        label="How it ends",
        choices=[(one.value, one.label) for one in Outcome],
        widget=forms.RadioSelect,
        error_messages={"required": "None was chosen. Choose how it ends."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = "What whoever told it will read"

    @property
    def how(self) -> Outcome:
        return Outcome(self.cleaned_data["outcome"])


class CodeForm(KeyedForm):
    """The code by which somebody who is not signed in comes back."""

    code = forms.CharField(
        label="Your code",
        max_length=60,
        error_messages={"required": "No code was given. Write it, with or without spaces."},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


def subject(value: str) -> Subject:
    """What was tapped. RefusedError where it is none of those on the page."""
    if value not in [one.value for one in Subject]:
        raise RefusedError.of(
            field="subject", code="unknown", message="Nothing was chosen.", mend="Tap one of these."
        )
    return Subject(value)


def _several(people: QuerySet[User], *, label: str, help_text: str = "") -> forms.MultipleChoiceField:
    """A box for each of these people."""
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(str(one.pk), f"{one.shown_name}, {one.get_role_display().lower()}") for one in people],
    )


def _visit(session: Session) -> str:
    opened = timezone.localtime(session.opened_at)
    return f"{opened:%-d %B %Y, %H:%M}, {session.room}"
