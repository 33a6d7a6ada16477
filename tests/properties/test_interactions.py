"""Whatever is on a list, in whatever order: writing more lightens nothing, and not known is not none."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from slackwater.catalogue.interactions import load_interactions
from slackwater.catalogue.limits import load_limits
from slackwater.rules.findings import Override
from slackwater.rules.interactions.asides import Aside, standing
from slackwater.rules.interactions.findings import DayPlan, Taken, grade_of, interactions
from slackwater.rules.interactions.grades import Grade, weight, worst
from slackwater.terms.route import Route

TABLE = load_interactions()
WITHIN = load_limits().interactions.verified_within
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
names = st.sampled_from([*TABLE.ingredients, "an unlisted herb", "paracetamol"])
routes = st.sampled_from(Route)


@st.composite
def medicine(draw: st.DrawFn) -> Taken:
    name = draw(names)
    hours = draw(st.none() | st.floats(0, 400))
    return Taken(
        name=name,
        label=name.capitalize(),
        last_taken=None if hours is None else NOW - timedelta(hours=hours),
        plan=draw(st.none() | st.sampled_from(DayPlan)),
    )


lists = st.lists(medicine(), max_size=6, unique_by=lambda one: one.name)


@given(listed=lists, route=routes, data=st.data())
def test_the_order_of_a_list_changes_nothing(listed: list[Taken], route: Route, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(listed))
    found = interactions(listed, route=route, at=NOW, table=TABLE)
    assert sorted(one.sentence for one in found) == sorted(
        one.sentence for one in interactions(shuffled, route=route, at=NOW, table=TABLE)
    )


@given(listed=lists, more=medicine(), route=routes)
def test_writing_one_more_takes_no_finding_away(listed: list[Taken], more: Taken, route: Route) -> None:
    if more.name in {one.name for one in listed}:
        return
    before = {one.sentence for one in interactions(listed, route=route, at=NOW, table=TABLE)}
    after = {one.sentence for one in interactions([*listed, more], route=route, at=NOW, table=TABLE)}
    assert before <= after


@given(listed=lists, route=routes)
def test_every_medicine_is_graded_and_what_is_not_known_stands(listed: list[Taken], route: Route) -> None:
    found = interactions(listed, route=route, at=NOW, table=TABLE)
    still = standing(found, (), at=NOW, within=WITHIN)
    for one in listed:
        is_known = TABLE.named(one.name) is not None
        assert (grade_of(one.name, found) is Grade.UNKNOWN) is not is_known
        if not is_known:
            assert one.name in {each.medicine.name for each in still}


@given(listed=lists, route=routes)
def test_no_word_of_anybody_sets_aside_what_nobody_may(listed: list[Taken], route: Route) -> None:
    found = interactions(listed, route=route, at=NOW, table=TABLE)
    words = [
        Aside(
            rule=one.rule,
            medicine=one.medicine.name,
            sentence=one.sentence,
            reason="A reason.",
            by="1",
            second="2",
            at=NOW,
        )
        for one in found
    ]
    still = standing(found, words, at=NOW, within=WITHIN)
    assert list(still) == [one for one in found if not one.is_settled and one.override is Override.NONE]


@given(grades=st.lists(st.sampled_from(Grade), min_size=1))
def test_the_worst_is_as_heavy_as_each(grades: list[Grade]) -> None:
    assert all(weight(worst(grades)) <= weight(grade) for grade in grades)
    assert worst(grades) is worst(list(reversed(grades)))
