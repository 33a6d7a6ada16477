"""Event tables: reading what was written, and one curve whichever way a table says it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.crowds import people

from slackwater.pharma.crowd import draw
from slackwater.pharma.event_curves import simulate_events
from slackwater.pharma.event_rows import COLUMNS, EventRow, Evid, read_rows, write_rows
from slackwater.pharma.event_tables import events_of, read_event_table, write_event_table
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

READ = (Quantity.KETAMINE_ARTERIAL, Quantity.NORKETAMINE_VENOUS, Quantity.S_KETAMINE_EFFECT, Quantity.DEPTH)
amounts = st.floats(0.0, 1e9, allow_subnormal=False)
rows = st.builds(
    EventRow,
    ID=st.sampled_from(["1", "17", "Ann"]),
    TIME=amounts,
    AMT=amounts,
    RATE=amounts | st.just(-2.0),
    EVID=st.sampled_from(Evid),
    CMT=st.sampled_from(["", "1", "iv", "nasal-device"]),
    II=amounts,
    ADDL=st.integers(0, 1_000_000),
    SS=st.integers(0, 2),
    WT=st.none() | amounts,
    AGE=st.none() | amounts,
)


@given(st.lists(rows, min_size=1, max_size=5))
def test_rows_read_back_as_they_were_to_the_last_digit(written):
    assert list(read_rows(write_rows(written)).rows) == written


@given(st.lists(rows, min_size=1, max_size=5), st.permutations(COLUMNS), st.sampled_from([".", "", "NA"]))
def test_writing_what_was_read_is_the_normal_form_and_stays_it(written, order, nothing):
    """Other orders of columns, lower case, and other signs for nothing lead to one text."""
    normal = write_rows(read_rows(write_rows(written)).rows)
    lines = [
        dict(zip(normal.splitlines()[0].split(","), line.split(","), strict=True))
        for line in normal.splitlines()
    ]
    names = [*order, *(name for name in lines[0] if name not in order)]
    other = "\n".join(
        ",".join(nothing if line[name] == "." else line[name] for name in names) for line in lines[1:]
    )
    assert write_rows(read_rows(f"{','.join(names).lower()}\n{other}\n").rows) == normal


times = st.integers(0, 480).map(lambda minute: minute / 60)
by_vein = st.builds(
    Dose,
    route=st.just(Route.IV),
    amount_mg=st.floats(1, 100),
    at_h=times,
    duration_h=st.sampled_from([0.0, 0.5, 2 / 3]),
)
otherwise = st.builds(
    Dose,
    route=st.sampled_from([route for route in Route if route is not Route.IV]),
    amount_mg=st.floats(1, 100),
    at_h=times,
)
doses = by_vein | otherwise


@settings(deadline=None, max_examples=12)
@given(
    st.lists(doses, min_size=1, max_size=4), st.lists(times, min_size=1, max_size=5, unique=True).map(sorted)
)
def test_a_regimen_gives_the_same_curves_through_a_table(given_doses, observed_h):
    crowd, regimen = draw(people(Drug.RACEMIC), n_subjects=8, seed=3), Regimen(tuple(given_doses))
    table = read_event_table(write_event_table(events_of(regimen, observed_h)))
    found = simulate_events(crowd, table.records["1"], READ)
    curves = crowd.simulate(regimen, np.array(observed_h), READ)
    for quantity in READ:
        np.testing.assert_allclose(found.of(quantity), curves.of(quantity), rtol=1e-10, atol=1e-12)
        np.testing.assert_allclose(found.band(quantity), curves.band(quantity), rtol=1e-10, atol=1e-12)


@settings(deadline=None, max_examples=10)
@given(
    st.sampled_from([6.0, 8.0, 24.0]), st.sampled_from([route.value for route in Route]), st.integers(0, 23)
)
def test_a_steady_state_is_what_ten_days_of_doses_come_to_in_everybody(every_h, cmt, after_h):
    """By SS, and by writing ten days of doses out, which are enough for half-lives of hours."""
    header = f"{','.join(COLUMNS)}\n"
    crowd = draw(people(Drug.RACEMIC), n_subjects=8, seed=4)
    whole = int(240 / every_h)
    by_ss = f"1,0,30,0,1,{cmt},{every_h},9,1\n1,{after_h},0,0,0,.,0,0,0\n"
    by_doses = f"1,0,30,0,1,{cmt},{every_h},{whole + 9},0\n1,{240 + after_h},0,0,0,.,0,0,0\n"
    found, expected = (
        simulate_events(crowd, read_event_table(header + text).records["1"], READ)
        for text in (by_ss, by_doses)
    )
    for quantity in READ[:3]:
        np.testing.assert_allclose(found.of(quantity), expected.of(quantity), rtol=1e-9)


def test_an_observation_before_a_bolus_is_less_than_one_after_it_by_the_bolus():
    text = "ID,TIME,AMT,EVID,CMT\n1,0,20,1,iv\n1,1,0,0,.\n1,1,20,1,iv\n1,1,0,0,.\n"
    crowd = draw(people(Drug.RACEMIC), n_subjects=8, seed=3)
    before, after = simulate_events(crowd, read_event_table(text).records["1"]).of(Quantity.KETAMINE_ARTERIAL)
    at_once = crowd.simulate(Regimen((Dose(route=Route.IV, amount_mg=20.0),)), np.array([0.0, 1.0]))
    np.testing.assert_allclose(after - before, at_once.of(Quantity.KETAMINE_ARTERIAL)[0], rtol=1e-12)
    np.testing.assert_allclose(before, at_once.of(Quantity.KETAMINE_ARTERIAL)[1], rtol=1e-12)


cells = st.sampled_from(
    ["0", "1", "2", "-2", "4", "24", ".", "", "NA", "iv", "oral", "1e3", "1e-9", "12:30", "0,5", '"', "\0"]
)
lines = st.lists(cells | st.text(max_size=6), min_size=1, max_size=10).map(",".join)


@given(st.lists(lines, max_size=6).map("\n".join), st.booleans())
def test_any_text_is_a_table_or_is_refused_with_a_mend(text, has_header):
    written = f"{','.join(COLUMNS)}\n{text}" if has_header else text
    problems = refusals(written)
    assert all(problem.field and problem.message and problem.mend for problem in problems)
    if not problems:
        assert read_event_table(written, {"1": Route.IV}).records


def refusals(text):
    try:
        read_event_table(text, {"1": Route.IV})
    except RefusedError as refused:
        return refused.problems
    return ()
