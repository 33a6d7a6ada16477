"""What a line of a ledger says in words, for screens and paper."""

from slackwater.rules.stock.fold import Container
from slackwater.rules.stock.log import (
    Adjusted,
    Counted,
    Disposed,
    Drawn,
    Given,
    Lost,
    NotGiven,
    Opened,
    Received,
    Returned,
    Reversed,
    Said,
    SetAside,
    Wasted,
)
from slackwater.terms.amounts import show_mg, show_ml


def told(said: Said) -> str:
    """The line as a sentence."""
    match said:
        case Received(content_ug=ug):
            return f"Came in sealed, holding {show_mg(ug)}."
        case Drawn(amount_ug=ug, volume_ul=ul, dose=dose):
            volume = f" ({show_ml(ul)})" if ul else ""
            return f"Drawn up for {'the booster' if dose > 1 else 'the dose'}: {show_mg(ug)}{volume}."
        case Given() | NotGiven():
            return _went_in(said)
        case Wasted() | Lost():
            return _gone(said)
        case Adjusted() | Reversed():
            return _righted(said)
        case _:
            return _whole(said)


def _went_in(said: Given | NotGiven) -> str:
    if isinstance(said, NotGiven) and not said.amount_ug:
        return f"The syringe of line {said.draw} was read: nothing was left in it."
    word = "Given" if isinstance(said, Given) else "Not given after all"
    return f"{word}: {show_mg(said.amount_ug)} of what line {said.draw} drew."


def show_change(ug: int) -> str:
    """`+5 mg`, `−5 mg` or `0 mg`."""
    sign = "+" if ug > 0 else "\u2212" if ug < 0 else ""
    return f"{sign}{show_mg(abs(ug))}"


def adds_up(state: Container) -> str:
    """What came in, and what became of every part of it, as one equation."""
    parts = (
        ("given", state.given_ug),
        ("wasted", state.wasted_ug),
        ("lost", state.lost_ug),
        ("sent back", state.returned_ug),
        ("handed over", state.disposed_ug),
        ("drawn up and still open", state.drawn_open_ug),
        ("held", state.held_ug),
    )
    came = f"{show_mg(state.received_ug)} came in"
    if state.adjusted_ug:
        came += f", {show_change(state.adjusted_ug)} put right"
    became = " + ".join(f"{show_mg(ug)} {word}" for word, ug in parts if ug or word == "held")
    return f"{came} = {became}"


def _gone(said: Wasted | Lost) -> str:
    match said:
        case Wasted(draw=0, amount_ug=ug, reason=reason):
            return f"Wasted out of the container: {show_mg(ug)}. {reason}"
        case Wasted(draw=draw, amount_ug=ug, reason=reason):
            return f"Wasted of what line {draw} drew: {show_mg(ug)}. {reason}"
        case Lost(amount_ug=ug, how=how, reason=reason):
            return f"Lost ({how.value}): {show_mg(ug)}. {reason}"


def _righted(said: Adjusted | Reversed) -> str:
    match said:
        case Adjusted(delta_ug=ug, reason=reason):
            return f"Put right by a closed case: {show_change(ug)}. {reason}"
        case Reversed(number=number, reason=reason):
            return f"Line {number} was written by mistake and no longer counts. {reason}"


def _whole(said: Said) -> str:
    match said:
        case Opened():
            return "Opened."
        case Returned(to=to):
            return f"Sent back sealed to {to}."
        case Disposed(to=to, reason=reason):
            return f"Handed over for destruction to {to}. {reason}"
        case SetAside(reason=reason):
            return f"Set aside: nothing is taken from it. {reason}"
        case Counted(seen_ug=ug):
            return f"Counted: {show_mg(ug)} seen in it."
        case _:
            raise TypeError(f"{type(said).__name__} is told elsewhere")
