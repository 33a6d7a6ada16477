"""What stands against a movement. Nothing here can be set aside by anybody: care waits for no cabinet, but
what is written of a controlled drug is right or it is not written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from slackwater.rules.findings import Finding
from slackwater.rules.stock.fold import Container, LedgerError, Place, fold
from slackwater.rules.stock.limits import StockLimits
from slackwater.rules.stock.log import (
    WITNESSED,
    Adjusted,
    Counted,
    Disposed,
    Drawn,
    Given,
    Line,
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
from slackwater.rules.stock.product import Product
from slackwater.terms.amounts import show_mg, show_ml
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

_REVERSIBLE = (Received, Opened, Drawn, Wasted, Lost)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a movement is judged by besides the container's own ledger.

    day:        the clinic's own calendar day of `happened_at`
    witness:    who else saw it; empty where nobody did
    open_for:   how long an opened container may be used; None where the clinic has set no limit
    drug, route: as ordered; None where nothing is drawn for an order
    elsewhere:  whether this same dose was drawn, in part, from another liquid container
    """

    product: Product
    expiry: date
    happened_at: datetime
    now: datetime
    day: date
    by: str
    witness: str = ""
    open_for: timedelta | None = None
    drug: Drug | None = None
    route: Route | None = None
    elsewhere: bool = False


def against(said: Said, lines: Sequence[Line], facts: Facts, *, limits: StockLimits) -> Iterator[Finding]:
    """Every reason why this movement cannot stand in this ledger; none means that it can."""
    state = fold(lines)
    yield from _times(said, lines, facts, limits)
    least = 0 if isinstance(said, NotGiven) else 1
    if isinstance(said, Drawn | Given | NotGiven | Wasted | Lost) and said.amount_ug < least:
        yield limits.stock_held.stop("An amount is more than nothing.")
    if isinstance(said, WITNESSED):
        yield from _witness(facts, limits)
    if isinstance(said, Received) == bool(lines):
        yield limits.stock_not_here.stop(
            "This container came in before: its number is taken."
            if lines
            else "Nothing is known of this container: it was never received."
        )
        return
    yield from _own(said, state, lines, facts, limits)


def _own(
    said: Said, state: Container, lines: Sequence[Line], facts: Facts, limits: StockLimits
) -> Iterator[Finding]:
    match said:
        case Received(content_ug=ug) if ug != facts.product.content_ug:
            yield limits.stock_held.stop(
                f"The label says {show_mg(facts.product.content_ug)}; a container holds no other amount."
            )
        case Opened():
            yield from _usable(state, facts, limits)
            if state.is_opened:
                yield limits.stock_not_here.stop("It was opened before.")
        case Drawn():
            yield from _draw(said, state, facts, limits)
        case Wasted(draw=0) | Lost():
            yield from _here(state, limits)
            yield from _enough(said.amount_ug, state, limits)
        case Given() | NotGiven() | Wasted():
            yield from _of_draw(said, state, facts, limits)
        case Adjusted(delta_ug=ug):
            yield from _enough(-ug, state, limits)
            if state.held_ug + ug > facts.product.content_ug:
                yield limits.stock_held.stop(
                    f"That is more than its label says: {show_mg(facts.product.content_ug)}."
                )
        case Reversed():
            yield from _reversal(said, state, lines, facts, limits)
        case _:
            yield from _leaving(said, state, limits)


def _leaving(said: Said, state: Container, limits: StockLimits) -> Iterator[Finding]:
    if isinstance(said, Returned | Disposed | SetAside):
        yield from _here(state, limits)
        if state.place is Place.SET_ASIDE and isinstance(said, SetAside):
            yield limits.stock_not_here.stop("It is set aside already.")
    if isinstance(said, Returned) and state.is_opened:
        yield limits.stock_return.stop(
            "It is open. Only a sealed container goes back; what is left in this one is wasted in front of"
            " a witness, or handed over for destruction."
        )
    if isinstance(said, Returned | Disposed) and state.drawn_open_ug:
        yield limits.stock_drawn.stop(
            f"{show_mg(state.drawn_open_ug)} drawn from it are neither given nor wasted."
        )


def _times(said: Said, lines: Sequence[Line], facts: Facts, limits: StockLimits) -> Iterator[Finding]:
    if facts.happened_at > facts.now:
        yield limits.stock_times.stop("It is said to have happened later than now.")
    # What becomes of a syringe changes nothing that a count of the cabinet has seen.
    is_of_syringe = isinstance(said, Given | NotGiven) or (isinstance(said, Wasted) and said.draw > 0)
    counted = fold(lines).last_count_at
    if counted is not None and facts.happened_at <= counted and not is_of_syringe:
        yield limits.stock_times.stop(
            "It is said to have happened before the last count. What a count has passed is put right by a"
            " case, in the open."
        )
    if lines and facts.happened_at < lines[0].happened_at:
        yield limits.stock_times.stop("It is said to have happened before the container came in.")


def _witness(facts: Facts, limits: StockLimits) -> Iterator[Finding]:
    if not facts.witness:
        yield limits.stock_witness.stop("Nobody else has seen it: this takes a witness.")
    elif facts.witness == facts.by:
        yield limits.stock_witness.stop("The witness is the same person: this takes two.")


def _draw(said: Drawn, state: Container, facts: Facts, limits: StockLimits) -> Iterator[Finding]:
    product = facts.product
    yield from _usable(state, facts, limits)
    yield from _enough(said.amount_ug, state, limits)
    if facts.drug is None or facts.route is None or not product.serves(facts.drug, facts.route):
        yield limits.stock_order.stop(f"{product.name} is not what was ordered, or not for that route.")
    if product.is_single_use and state.patients - {said.patient}:
        yield limits.stock_one_patient.stop(
            "It was used for another patient. One container serves one patient."
        )
    if said.volume_ul != product.volume_of(said.amount_ug):
        yield limits.stock_volume.stop(
            f"{show_mg(said.amount_ug)} are {show_ml(product.volume_of(said.amount_ug))} of this strength,"
            f" and {show_ml(said.volume_ul)} were written. One of the two is wrong."
        )
    if not product.form.is_liquid and said.amount_ug != product.content_ug:
        yield limits.stock_whole.stop(
            f"A {product.form.label} is given whole: {show_mg(product.content_ug)}."
        )
    if facts.elsewhere and product.form.is_liquid:
        yield limits.stock_one_vial.stop(
            "Some of this dose was drawn from another container. One dose comes out of one container."
        )


def _usable(state: Container, facts: Facts, limits: StockLimits) -> Iterator[Finding]:
    yield from _here(state, limits)
    if state.place is Place.SET_ASIDE:
        yield limits.stock_not_here.stop("It is set aside: nothing is taken from it.")
    if facts.day >= facts.expiry:
        yield limits.stock_expiry.stop(
            f"It has expired: {facts.expiry.isoformat()} stands on it, and it is used only before that day."
        )
    open_for = facts.happened_at - state.opened_at if state.opened_at else None
    if open_for is not None and facts.open_for is not None and open_for > facts.open_for:
        yield limits.stock_open_long.stop("It has been open for longer than this clinic allows.")


def _here(state: Container, limits: StockLimits) -> Iterator[Finding]:
    if state.place not in (Place.HERE, Place.SET_ASIDE):
        yield limits.stock_not_here.stop(f"It is not here: {state.place.label}.")


def _enough(ug: int, state: Container, limits: StockLimits) -> Iterator[Finding]:
    if ug > state.held_ug:
        yield limits.stock_held.stop(
            f"Less is left in it than the {show_mg(ug)} that were to leave it. Its page says how much."
        )


def _of_draw(
    said: Given | NotGiven | Wasted, state: Container, facts: Facts, limits: StockLimits
) -> Iterator[Finding]:
    draw = state.draw(said.draw)
    if draw is None:
        yield limits.stock_drawn.stop("Nothing was drawn by that line.")
    elif facts.happened_at < draw.at:
        yield limits.stock_times.stop("It is said to have happened before it was drawn.")
    elif isinstance(said, NotGiven) and said.amount_ug > draw.given_ug:
        yield limits.stock_drawn.stop(
            f"{show_mg(draw.given_ug)} of it were written as given, and {show_mg(said.amount_ug)} were to be"
            " taken off that."
        )
    elif not isinstance(said, NotGiven) and said.amount_ug > draw.open_ug:
        yield limits.stock_drawn.stop(
            f"{show_mg(draw.open_ug)} of it are left in the syringe, and {show_mg(said.amount_ug)} were"
            " written."
        )


def _reversal(
    said: Reversed, state: Container, lines: Sequence[Line], facts: Facts, limits: StockLimits
) -> Iterator[Finding]:
    line = next((one for one in lines if one.number == said.number), None)
    if line is None or not isinstance(line.said, _REVERSIBLE):
        yield limits.stock_reversal.stop(
            "That line cannot be taken back: only a receipt, an opening, a draw, waste or a loss can."
        )
        return
    if any(isinstance(one.said, Reversed) and one.said.number == said.number for one in lines):
        yield limits.stock_reversal.stop("That line was taken back before.")
        return
    if state.last_count_at is not None and any(
        isinstance(one.said, Counted) and one.number > said.number for one in lines
    ):
        yield limits.stock_reversal.stop(
            "It was counted since. What a count has passed is put right by a case, in the open."
        )
        return
    left = _without(line, lines)
    if left is None:
        yield limits.stock_reversal.stop("Later lines rest on it. Take those back first.")
    elif left.held_ug > facts.product.content_ug:
        yield limits.stock_held.stop(
            "It was put right since. Without that line it would hold more than its label says:"
            f" {show_mg(facts.product.content_ug)}. Put that right by a case, in the open."
        )


def _without(line: Line, lines: Sequence[Line]) -> Container | None:
    """What the rest makes without this line; None where the rest could not have happened so."""
    try:
        left = fold([one for one in lines if one.number != line.number])
    except LedgerError:
        return None
    is_rested_on = (isinstance(line.said, Received) and left.n_lines) or (
        isinstance(line.said, Opened) and left.draws
    )
    return None if is_rested_on else left
