"""The word for where the effect stands."""

from collections.abc import Iterable

from tests.spec.page import Case, Page, Said, Section

from slackwater.rules.room.phases import DepthNow, phase, sentence


def case(when: str, *says: str, depth: DepthNow | None, is_dosed: bool = True) -> Case:
    def asks() -> Iterable[Said]:
        word = phase(depth, is_dosed=is_dosed).label
        return [Said(rule="", word=word, sentence=sentence(depth, is_dosed=is_dosed))]

    return Case(when=when, asks=asks, says=says)


def at(now: float, earlier: float, peak: float, *says: str) -> Case:
    return case(
        f"depth {now:g} now, {earlier:g} five minutes before, {peak:g} at its height",
        *says,
        depth=DepthNow(now=now, earlier=earlier, peak=peak),
    )


WORDS = (
    case(
        "nothing was given", "Before the first dose", depth=DepthNow(now=0, earlier=0, peak=0), is_dosed=False
    ),
    case("no estimate", "No estimate", depth=None),
    at(float("nan"), 3, 7, "No estimate"),
    at(0, 0, 7, "Onset"),
    at(0.9, 0.2, 7, "Onset"),
    at(0.5, 0.3, 1, "Onset"),
    at(1, 0.5, 7, "Rising"),
    at(6.2, 5.5, 7, "Rising"),
    at(6.3, 5.6, 7, "Holding"),
    at(7, 7, 7, "Holding"),
    at(6.3, 6.8, 7, "Holding"),
    at(6.2, 6.7, 7, "Easing"),
    at(1, 1.4, 7, "Easing"),
    at(0.9, 1.2, 7, "Clear"),
    at(0.4, 0.3, 0.6, "Clear"),
)

PAGE = Page(
    slug="phases",
    title="Phase words",
    intro=(
        "One word for where the effect stands, from the middle of the crowd as it has learned so far."
        " It is a word, never a gate: nothing is allowed or barred by it. Where the words change was"
        " chosen for this system: under 1 of 10 is hardly felt, and from nine tenths of the height on"
        " it holds."
    ),
    sections=(Section(title="The words", cases=WORDS),),
    rows=(),
)
