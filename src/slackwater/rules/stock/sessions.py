"""What a session drew, gave and wasted: drawn = given + wasted + what is still open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from slackwater.rules.findings import Finding
from slackwater.rules.stock.fold import Container, Draw
from slackwater.rules.stock.limits import StockLimits
from slackwater.terms.amounts import show_mg


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One container under its name."""

    name: str
    state: Container
    is_single_use: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Something of a session that nobody has accounted for yet.

    draw: number of the line that drew it; 0 for what is left in an opened container
    """

    container: str
    draw: int
    amount_ug: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """One session's drug, in whole micrograms."""

    drawn_ug: int
    given_ug: int
    wasted_ug: int
    open: tuple[Open, ...]

    @property
    def open_ug(self) -> int:
        """What was drawn for it and is neither given nor wasted; what stays in vials is not in it."""
        return sum(one.amount_ug for one in self.open if one.draw)

    @property
    def is_closed(self) -> bool:
        """Whether everything is accounted for, the rest in opened single-use containers too."""
        return not self.open


def balance(session: str, containers: Iterable[Held]) -> Balance:
    """What this session drew and what became of it."""
    used = [held for held in containers if any(_of(held, session))]
    draws = [(held.name, draw) for held in used for draw in _of(held, session)]
    left = [Open(container=name, draw=draw.number, amount_ug=draw.open_ug) for name, draw in draws]
    rests = [
        Open(container=one.name, draw=0, amount_ug=one.state.held_ug) for one in used if one.is_single_use
    ]
    return Balance(
        drawn_ug=sum(draw.said.amount_ug for _, draw in draws),
        given_ug=sum(draw.given_ug for _, draw in draws),
        wasted_ug=sum(draw.wasted_ug for _, draw in draws),
        open=tuple(one for one in (*left, *rests) if one.amount_ug),
    )


def sums(found: Balance) -> str:
    """What was drawn for it, and what became of every part of that, as one equation."""
    parts = (("given", found.given_ug), ("wasted", found.wasted_ug), ("still in a syringe", found.open_ug))
    became = " + ".join(f"{show_mg(ug)} {word}" for word, ug in parts if ug or word == "given")
    return f"{show_mg(found.drawn_ug)} drawn = {became}"


def against_closing(found: Balance, *, limits: StockLimits) -> Iterator[Finding]:
    """What keeps a session's part of the ledger open. It never keeps the patient."""
    for one in found.open:
        where = f"drawn from {one.container}" if one.draw else f"left in {one.container}, which is open"
        yield limits.stock_drawn.stop(
            f"{show_mg(one.amount_ug)} {where}: neither given nor wasted in front of a witness."
        )


def _of(held: Held, session: str) -> Iterator[Draw]:
    return (draw for draw in held.state.draws if draw.said.session == session)
