"""What is typed when something is done with one container; a form for each kind of movement."""

from typing import Any, ClassVar

from django import forms

from slackwater.actions.stock.reading import Book, Written
from slackwater.actions.stock.stopped import StoppedDraw, stopped_draws
from slackwater.rules.stock.log import (
    Disposed,
    Drawn,
    Loss,
    Lost,
    MovementKind,
    NotGiven,
    Opened,
    Received,
    Returned,
    Reversed,
    Said,
    SetAside,
    Wasted,
)
from slackwater.rules.stock.told import told
from slackwater.rules.stock.wire import LONGEST_REASON
from slackwater.terms import amounts
from slackwater.web.shared.forms import NumberText, PlainForm
from slackwater.web.shared.second_person import SecondPersonForm

_MAY_BE_TAKEN_BACK = (Received, Opened, Drawn, Wasted, Lost)
_AMOUNT = "How much, in mg"


def _text(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_REASON, help_text=help_text)


class Movement(PlainForm):
    """One movement. `said` is what the ledger is asked to keep, once the form is valid."""

    title: ClassVar[str]
    words: ClassVar[str]
    button: ClassVar[str]
    takes_two: ClassVar[bool] = False

    read_ug = staticmethod(amounts.read_mg_as_ug)

    said: Said
    amount_ug: int

    def __init__(self, *args: Any, book: Book, is_blind: bool, **kwargs: Any) -> None:
        self.book, self.is_blind = book, is_blind
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if "amount" in found:
            self.amount_ug = self.read("amount", lambda text: self.read_ug(text, field="amount")) or 0
        if not self.errors:
            self.said = self._said()
        return found

    def _said(self) -> Said:
        raise NotImplementedError


class WitnessedMovement(Movement, SecondPersonForm):
    """A movement that somebody else has seen."""

    takes_two = True


class OpenForm(Movement):
    title = "Open it"
    words = "Its seal is broken now. Drawing up in the room opens it too; this is for one opened before."
    button = "It is open"

    def _said(self) -> Said:
        return Opened()


class WasteForm(WitnessedMovement):
    title = "Waste"
    words = "What is left is destroyed in front of somebody who sees it."
    button = "It is wasted"

    draw = forms.TypedChoiceField(label="Out of what", coerce=int, widget=forms.RadioSelect)
    amount = forms.CharField(label=_AMOUNT, widget=NumberText())
    reason = _text("Why")
    field_order = ("draw", "amount", "reason", "second_username", "second_password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = self.book.held.state
        left = "" if self.is_blind else f": {amounts.show_mg(state.held_ug)} by its ledger"
        choices = [("0", f"The container itself{left}")]
        choices += [
            (str(one.number), f"The syringe of line {one.number}: {amounts.show_mg(one.open_ug)} are left")
            for one in state.draws
            if one.open_ug
        ]
        self.fields["draw"].choices = choices  # type: ignore[attr-defined]  # stubs type every field as Field

    def _said(self) -> Said:
        return Wasted(
            draw=self.cleaned_data["draw"], amount_ug=self.amount_ug, reason=self.cleaned_data["reason"]
        )


class StoppedForm(WitnessedMovement):
    title = "An infusion was stopped"
    words = (
        "What is left in the syringe was written as given and never went in. Two people read the syringe."
        " What they write is in the syringe again, and is wasted like any rest."
    )
    button = "That much is left"
    read_ug = staticmethod(amounts.read_rest_as_ug)

    draw = forms.TypedChoiceField(label="Which syringe", coerce=int, widget=forms.RadioSelect)
    amount = forms.CharField(
        label="How much is left in it, in mg", help_text="0 where it is empty.", widget=NumberText()
    )
    field_order = ("draw", "amount", "second_username", "second_password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["draw"].choices = [  # type: ignore[attr-defined]  # as above
            (str(one.draw.number), self._words(one)) for one in stopped_draws(self.book.held.state)
        ]

    def _said(self) -> Said:
        return NotGiven(draw=self.cleaned_data["draw"], amount_ug=self.amount_ug)

    def _words(self, one: StoppedDraw) -> str:
        """The pump's time, to the milligram, helps to read the syringe. It is not what is written."""
        told = f"The syringe of line {one.draw.number}"
        return f"{told}: about {amounts.show_mg(round(one.left_ug, -3))} by the time it was stopped"


class ReturnForm(WitnessedMovement):
    title = "Send back"
    words = "Only a sealed container goes back to whoever supplied it, with all that is in it."
    button = "It is sent back"

    to = _text("To whom")
    field_order = ("to", "second_username", "second_password")

    def _said(self) -> Said:
        return Returned(to=self.cleaned_data["to"])


class HandOverForm(WitnessedMovement):
    title = "Hand over for destruction"
    words = "Expired, recalled or doubted: it leaves the cabinet with all that is in it."
    button = "It is handed over"

    to = _text("To whom")
    reason = _text("Why")
    field_order = ("to", "reason", "second_username", "second_password")

    def _said(self) -> Said:
        return Disposed(to=self.cleaned_data["to"], reason=self.cleaned_data["reason"])


class LossForm(WitnessedMovement):
    title = "Write down a loss"
    words = (
        "Something is gone that was neither given nor wasted. Writing it down is right, whoever it happened"
        " to. A case is opened, and the owner closes it with somebody else."
    )
    button = "Write it down"

    how = forms.ChoiceField(
        label="What happened",
        choices=[(one.value, one.label) for one in Loss],
        widget=forms.RadioSelect,
    )
    amount = forms.CharField(label=_AMOUNT, widget=NumberText())
    reason = _text("In your words")
    field_order = ("how", "amount", "reason", "second_username", "second_password")

    def _said(self) -> Said:
        return Lost(
            amount_ug=self.amount_ug, how=Loss(self.cleaned_data["how"]), reason=self.cleaned_data["reason"]
        )


class SetAsideForm(Movement):
    title = "Set aside"
    words = "Recalled or doubted: it stays in the cabinet, is counted, and nothing is drawn from it any more."
    button = "Set it aside"

    reason = _text("Why")

    def _said(self) -> Said:
        return SetAside(reason=self.cleaned_data["reason"])


class TakeBackForm(WitnessedMovement):
    title = "A line was written by mistake"
    words = "The line stays where it is, and a new one says that it does not count."
    button = "Take it back"

    number = forms.TypedChoiceField(label="Which line", coerce=int, widget=forms.RadioSelect)
    reason = _text("Why")
    field_order = ("number", "reason", "second_username", "second_password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (str(one.line.number), f"Line {one.line.number}: {self._words(one)}")
            for one in self.book.written
            if isinstance(one.line.said, _MAY_BE_TAKEN_BACK) and not one.is_struck
        ]
        self.fields["number"].choices = choices  # type: ignore[attr-defined]  # as above

    def _said(self) -> Said:
        return Reversed(number=self.cleaned_data["number"], reason=self.cleaned_data["reason"])

    def _words(self, one: Written) -> str:
        """The line's sentence; only its kind while amounts are not shown."""
        return MovementKind(one.row.kind).label if self.is_blind else told(one.line.said)


MOVEMENTS: dict[str, type[Movement]] = {
    "open": OpenForm,
    "stopped": StoppedForm,
    "waste": WasteForm,
    "send-back": ReturnForm,
    "hand-over": HandOverForm,
    "loss": LossForm,
    "set-aside": SetAsideForm,
    "take-back": TakeBackForm,
}
