"""What is typed and ticked when something is agreed."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from slackwater.actions.agreements.deeds import Proposal, offered_zones, person_of
from slackwater.records.models import User
from slackwater.rules.agreements.permits import Item, Permit, Permits, Purpose, Recording, touch
from slackwater.rules.agreements.texts import AgreementTexts, ItemText
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route
from slackwater.web.shared import agreed as names
from slackwater.web.shared.forms import DayField, PlainForm

_LONGEST_STOP = 80
_POINTS = [("2", "All of it"), ("1", "Part of it"), ("0", "Not there")]


class ProposalForm(PlainForm):
    """What is to be agreed. Every box starts empty: it starts at no."""

    aliases = {"touch": "permits", "agreement": "permits"}  # noqa: RUF012  as PlainForm has it

    permits = forms.MultipleChoiceField(
        label="What would be a yes", required=False, widget=forms.CheckboxSelectMultiple
    )
    stop_word = forms.CharField(
        label="The word that stops everything",
        required=False,
        max_length=_LONGEST_STOP,
        help_text="The patient chooses it. Needed where touch is agreed.",
    )
    stop_sign = forms.CharField(
        label="The sign that stops everything",
        required=False,
        max_length=_LONGEST_STOP,
        help_text="Something easy with one hand, such as a flat hand held up.",
    )
    expires_on = DayField(
        label="Until when it holds at most", help_text="It can be taken back at any moment."
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices = choices(people)
        # What cannot be agreed is refused by name below, not by a list that anybody could send past.
        self.fields["permits"] = forms.Field(
            label="What would be a yes", required=False, widget=forms.SelectMultiple
        )

    @property
    def ticked(self) -> frozenset[str]:
        """The boxes that were ticked, so that a refused form comes back as it was sent."""
        return frozenset(self["permits"].value() or ()) if self.is_bound else frozenset()

    def clean(self) -> dict[str, Any]:
        try:
            self.cleaned_data["permits"] = names.permits_of(self.ticked, field="permits")
        except RefusedError as refusal:
            self.refuse(refusal.problems)
        return self.cleaned_data

    @property
    def proposal(self) -> Proposal:
        """What was filled in. It holds until the end of the day that was written."""
        given = self.cleaned_data
        ends = datetime.combine(given["expires_on"], time(23, 59), tzinfo=timezone.get_current_timezone())
        return Proposal(
            permits=given["permits"],
            expires_at=ends,
            stop_word=given["stop_word"],
            stop_sign=given["stop_sign"],
        )


def choices(people: list[User]) -> dict[Item, list[Permit]]:
    """Everything that can be a yes, by item; touch is on the figures."""
    here = [person_of(user) for user in people]
    return {
        Item.TREATMENT: [Permit(item=Item.TREATMENT)],
        Item.OFF_LABEL: [Permit(item=Item.OFF_LABEL)],
        Item.ROUTE: [Permit(item=Item.ROUTE, of=route.value) for route in Route],
        Item.BOOSTER: [Permit(item=Item.BOOSTER)],
        Item.TOUCH: [touch(zone, person) for person in here for zone in offered_zones()],
        Item.RECORDING: [Permit(item=Item.RECORDING, of=one.value) for one in Recording],
        Item.PRESENCE: [Permit(item=Item.PRESENCE, person=person) for person in here],
        Item.PARTNER_CONTACT: [Permit(item=Item.PARTNER_CONTACT)],
        Item.DATA_USE: [Permit(item=Item.DATA_USE, of=one.value) for one in Purpose],
    }


def boxes(text: ItemText, form: ProposalForm, people: list[User], before: Permits) -> list[dict[str, Any]]:
    """The boxes of one item. Only a form that was sent is ticked; `was` tells what was a yes before."""
    called = names.called(people)
    return [
        {
            "value": names.value(permit),
            "words": names.words(permit, called),
            "checked": names.value(permit) in form.ticked,
            "was": permit in before,
        }
        for permit in choices(people)[text.item]
        if text.item is not Item.TOUCH
    ]


class TellBackForm(PlainForm):
    """Points for each question, and that the stop word and the stop sign were practised."""

    is_rehearsed = forms.BooleanField(
        label="We practised the stop word and the stop sign until they felt easy, and stopped each time.",
        required=False,
    )

    def __init__(self, *args: Any, texts: AgreementTexts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = texts.questions
        for question in texts.questions:
            self.fields[f"answers.{question.name}"] = forms.TypedChoiceField(
                label=question.asks,
                choices=_POINTS,
                coerce=int,
                required=False,
                empty_value=None,
                widget=forms.RadioSelect,
            )

    @property
    def asked(self) -> list[tuple[forms.BoundField, str]]:
        """Each question with what a whole answer holds."""
        return [(self[f"answers.{one.name}"], one.full) for one in self.questions]

    @property
    def answers(self) -> dict[str, int]:
        """Points by the name of the question; what was not asked is not there."""
        given = {one.name: self.cleaned_data[f"answers.{one.name}"] for one in self.questions}
        return {name: points for name, points in given.items() if points is not None}


class SignForm(PlainForm):
    """A signature: one's own password, again."""

    aliases = {"username": "password"}  # noqa: RUF012  as PlainForm has it

    password = forms.CharField(
        label="Your password, again",
        strip=False,
        required=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
