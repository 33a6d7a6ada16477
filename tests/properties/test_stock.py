"""No sequence of movements makes drug or loses it, whatever is tried, and what is refused changes nothing.

A second bookkeeping, written apart from the fold: a bag of micrograms in each place, moved from one to
another and never made.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from slackwater.catalogue.limits import load_limits
from slackwater.rules.stock.against import Facts, against
from slackwater.rules.stock.fold import Container, fold
from slackwater.rules.stock.log import (
    KIND_OF,
    WITNESSED,
    Adjusted,
    Counted,
    Disposed,
    Drawn,
    Given,
    Line,
    Loss,
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
from slackwater.rules.stock.product import Form, Product
from slackwater.rules.stock.sessions import Held, balance
from slackwater.rules.stock.wire import parse_said, said_json
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

LIMITS = load_limits().stock
START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
CONTENT = 100_000
VIAL = Product(
    name="Vial",
    drug=Drug.RACEMIC,
    form=Form.VIAL,
    content_ug=CONTENT,
    strength_ug_ml=50_000,
    volume_ul=2000,
    is_single_use=False,
)
# Small multiples meet each other's edges far more often than any amount does.
amounts = st.sampled_from([0, 1, 10_000, 10_001, 50_000, 99_999, CONTENT, CONTENT + 1])
numbers = st.integers(0, 14)
words = st.just("reason")


def _draw(ug: int, session: str) -> Drawn:
    return Drawn(amount_ug=ug, volume_ul=VIAL.volume_of(ug), session=session, patient=session, dose=1)


movements: st.SearchStrategy[Said] = st.one_of(
    st.just(Opened()),
    st.builds(_draw, amounts, st.sampled_from(["a", "b"])),
    st.builds(Given, draw=numbers, amount_ug=amounts),
    st.builds(NotGiven, draw=numbers, amount_ug=amounts),
    st.builds(Wasted, draw=numbers, amount_ug=amounts, reason=words),
    st.builds(Returned, to=words),
    st.builds(Disposed, to=words, reason=words),
    st.builds(Lost, amount_ug=amounts, how=st.sampled_from(Loss), reason=words),
    st.builds(SetAside, reason=words),
    st.builds(Counted, count=words, seen_ug=amounts),
    st.builds(Adjusted, delta_ug=st.sampled_from([-1, 1, -CONTENT, 10_000]), case=words, reason=words),
    st.builds(Reversed, number=numbers, reason=words),
)


def _facts(at: datetime, *, witness: str = "user:2") -> Facts:
    return Facts(
        product=VIAL,
        expiry=date(2030, 1, 1),
        happened_at=at,
        now=at,
        day=at.date(),
        by="user:1",
        witness=witness,
        drug=Drug.RACEMIC,
        route=Route.IM,
    )


def _line(number: int, said: Said) -> Line:
    at = START + timedelta(minutes=number)
    return Line(number=number, happened_at=at, recorded_at=at, by="user:1", witness="user:2", said=said)


def written(tried: list[Said]) -> list[Line]:
    """The ledger that comes of trying all these, keeping those against which nothing stands."""
    lines: list[Line] = [_line(1, Received(content_ug=CONTENT))]
    for said in tried:
        line = _line(len(lines) + 1, said)
        if not list(against(said, lines, _facts(line.happened_at), limits=LIMITS)):
            lines.append(line)
    return lines


# From which bag each movement takes, and into which; what goes with the whole container says so.
_WAYS: dict[type, tuple[str, str]] = {
    Received: ("outside", "vial"),
    Adjusted: ("outside", "vial"),
    Drawn: ("vial", "syringe"),
    Given: ("syringe", "patient"),
    NotGiven: ("patient", "syringe"),
    Wasted: ("syringe", "gone"),
    Lost: ("vial", "gone"),
    Returned: ("vial", "gone"),
    Disposed: ("vial", "gone"),
}


def bags(lines: list[Line]) -> dict[str, int]:
    """Where each microgram is, by another bookkeeping: every movement takes from one bag for another."""
    found = {"outside": 0, "vial": 0, "syringe": 0, "patient": 0, "gone": 0}
    undone = {line.said.number for line in lines if isinstance(line.said, Reversed)}
    for said in (line.said for line in lines if line.number not in undone):
        if type(said) not in _WAYS:
            continue
        source, target = _WAYS[type(said)]
        if isinstance(said, Wasted) and said.draw == 0:
            source = "vial"
        names = ("amount_ug", "content_ug", "delta_ug")
        ug = next((getattr(said, name) for name in names if hasattr(said, name)), found["vial"])
        found[source] -= ug
        found[target] += ug
    return found


def out_of(state: Container) -> int:
    return state.wasted_ug + state.lost_ug + state.returned_ug + state.disposed_ug


@settings(max_examples=400, deadline=None)
@given(st.lists(movements, max_size=14))
@example([_draw(1, "a"), Adjusted(delta_ug=1, case="c", reason="r"), Reversed(number=2, reason="r")])
def test_no_sequence_makes_drug_or_loses_it(tried: list[Said]) -> None:
    lines = written(tried)
    state, found = fold(lines), bags(lines)
    assert sum(found.values()) == 0
    assert (found["vial"], found["syringe"], found["patient"], found["gone"]) == (
        state.held_ug,
        state.drawn_open_ug,
        state.given_ug,
        out_of(state),
    )
    assert all(found[name] >= 0 for name in ("vial", "syringe", "patient", "gone"))
    assert state.held_ug <= CONTENT
    assert state.unaccounted_ug == 0


@settings(max_examples=200, deadline=None)
@given(st.lists(movements, max_size=14))
def test_what_a_session_drew_is_given_wasted_or_open(tried: list[Said]) -> None:
    held = [Held(name="vial", state=fold(written(tried)), is_single_use=False)]
    for session in ("a", "b"):
        found = balance(session, held)
        assert found.drawn_ug == found.given_ug + found.wasted_ug + found.open_ug
        assert found.is_closed == (found.open_ug == 0)


@settings(max_examples=200, deadline=None)
@given(st.lists(movements, max_size=10), movements)
def test_without_a_witness_nothing_leaves_but_into_a_patient(tried: list[Said], said: Said) -> None:
    lines = written(tried)
    at = START + timedelta(hours=1)
    for witness in ("", "user:1"):
        found = list(against(said, lines, _facts(at, witness=witness), limits=LIMITS))
        if isinstance(said, WITNESSED):
            assert "C05" in {finding.id for finding in found}


@given(movements)
def test_what_is_written_is_read_back(said: Said) -> None:
    is_empty = getattr(said, "amount_ug", 1) == 0 and not isinstance(said, NotGiven)
    is_of_nothing = isinstance(said, Given | NotGiven) and said.draw == 0
    if not (is_empty or is_of_nothing or (isinstance(said, Reversed) and said.number == 0)):
        assert parse_said(KIND_OF[type(said)], said_json(said)) == said


def test_ten_tenths_of_a_millilitre_leave_nothing() -> None:
    """The sum that floats get wrong: ten times 0.1 mL out of 1 mL."""
    one_ml = replace(VIAL, content_ug=50_000, volume_ul=1000)
    lines = [_line(1, Received(content_ug=50_000))]
    for _ in range(10):
        said = Drawn(amount_ug=5_000, volume_ul=100, session="a", patient="a", dose=1)
        line = _line(len(lines) + 1, said)
        assert not list(
            against(said, lines, replace(_facts(line.happened_at), product=one_ml), limits=LIMITS)
        )
        lines.append(line)
    assert fold(lines).held_ug == 0
