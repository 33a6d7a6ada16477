"""What rows mean together: routes, repeats, resets, the order of rows, and what contradicts itself."""

import pytest

from slackwater.pharma.event_rows import Evid
from slackwater.pharma.event_tables import events_of, read_event_table, write_event_table
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

HEADER = "ID,TIME,AMT,RATE,EVID,CMT,II,ADDL,SS"
ROUTES = {"1": Route.IV, "2": Route.IM}


def table(*lines, header=HEADER, routes=ROUTES):
    return read_event_table("\n".join((header, *lines)), routes)


def record(*lines, **options):
    (only,) = table(*lines, **options).records.values()
    return only


def problems(*lines, **options):
    with pytest.raises(RefusedError) as refused:
        table(*lines, **options)
    return [(problem.field, problem.code) for problem in refused.value.problems]


def test_a_rate_makes_an_infusion_of_amt_over_rate_hours():
    regimen = record("1,0,35,52.5,1,1,0,0,0").regimen
    assert regimen == Regimen((Dose(route=Route.IV, amount_mg=35.0, duration_h=35 / 52.5),))


def test_addl_repeats_the_dose_every_ii_hours():
    regimen = record("1,1,20,0,1,2,0.5,3,0").regimen
    assert [dose.at_h for dose in regimen.doses] == [1.0, 1.5, 2.0, 2.5]
    assert {(dose.route, dose.amount_mg) for dose in regimen.doses} == {(Route.IM, 20.0)}


def test_each_id_has_its_own_doses_times_and_covariates():
    found = table(
        "1,0,35,0,1,iv,0,0,0,70", "1,2,.,.,0,.,.,.,.,.", "b,0,20,0,1,IM,0,0,0,55", header=f"{HEADER},WT"
    )
    assert list(found.records) == ["1", "b"]
    assert found.records["1"].observed_h == (2.0,)
    assert [each.weight_kg for each in found.records.values()] == [70.0, 55.0]
    assert found.records["b"].regimen.doses[0].route is Route.IM


def test_a_number_without_a_route_is_never_guessed():
    assert problems("1,0,35,0,1,3,0,0,0") == [("line 2, CMT", "no-route")]
    assert problems("1,0,35,0,1,.,0,0,0") == [("line 2, CMT", "no-route")]
    assert problems("1,0,35,0,1,1,0,0,0", routes={}) == [("line 2, CMT", "no-route")]


def test_the_name_of_a_route_cannot_stand_for_another():
    assert problems("1,0,35,0,1,iv,0,0,0", routes={"iv": Route.IM}) == [("CMT", "ambiguous")]
    assert record("1,0,35,0,1,iv,0,0,0", routes={"iv": Route.IV}).regimen.doses[0].route is Route.IV


def test_the_model_says_how_long_a_swallowed_dose_goes_in_and_nobody_else():
    assert record("1,0,100,-2,1,oral,0,0,0").regimen == record("1,0,100,0,1,oral,0,0,0").regimen
    assert problems("1,0,100,50,1,oral,0,0,0") == [("line 2, RATE", "duration-route")]
    assert problems("1,0,100,-2,1,iv,0,0,0") == [("line 2, RATE", "modelled-duration")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1,0,35,0,0,iv,0,0,0", ("line 2, AMT", "not-a-dose")),
        ("1,0,0,0,3,.,0,2,0", ("line 2, ADDL", "not-a-dose")),
        ("1,0,0,0,2,-1,0,0,0", ("line 2, CMT", "off")),
        ("1,0,0,0,1,iv,0,0,0", ("line 2, AMT", "no-amount")),
        ("1,0,35,0,1,iv,0,3,0", ("line 2, II", "no-interval")),
        ("1,0,35,0,1,iv,0,0,1", ("line 2, II", "no-interval")),
        ("1,0,35,0,1,iv,1,20000,0", ("line 2, ADDL", "too-many")),
        ("1,0,0,10,1,iv,6,0,1", ("line 2, II", "endless")),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(line, expected):
    assert problems(line) == [expected]


def test_cells_that_cannot_be_read_are_told_with_rows_that_contradict_themselves():
    assert problems("1,08:30,35,0,1,iv,0,0,0", "1,1,35,0,1,3,0,0,0") == [
        ("line 2, TIME", "clock"),
        ("line 3, CMT", "no-route"),
    ]


def test_one_fewer_than_too_many_doses_are_taken():
    assert len(record("1,0,35,0,1,iv,1,19999,0").regimen.doses) == 20_000


def test_rows_that_contradict_their_neighbours_are_refused_together():
    lines = ("1,5,35,0,1,iv,0,0,0,70", "1,4,0,0,0,.,0,0,0,71", "2,0,0,0,0,.,0,0,0,60", "1,9,0,0,0,.,0,0,0,70")
    assert problems(*lines, header=f"{HEADER},WT") == [
        ("line 3, TIME", "order"),
        ("line 5, ID", "apart"),
        ("line 3, WT", "changes"),
    ]


def episodes(*lines):
    return [([dose.at_h for dose in one.doses], one.observed_h) for one in record(*lines).episodes]


def test_an_observation_before_a_dose_of_its_time_does_not_see_it():
    lines = ("1,0,35,0,1,iv,0,0,0", "1,4,0,0,0,.,0,0,0", "1,4,35,0,1,iv,0,0,0", "1,4,0,0,0,.,0,0,0")
    assert episodes(*lines) == [([0.0], (4.0,)), ([0.0, 4.0], (4.0,))]


def test_a_scheduled_dose_comes_before_every_row_of_its_time():
    assert episodes("1,0,35,0,1,iv,4,1,0", "1,4,0,0,0,.,0,0,0") == [([0.0, 4.0], (4.0,))]


def test_a_reset_forgets_what_was_given_and_what_was_still_to_come():
    lines = ("1,0,35,0,1,iv,4,5,0", "1,3,0,0,2,.,0,0,0", "1,6,0,0,3,.,0,0,0", "1,9,0,0,0,.,0,0,0")
    assert episodes(*lines)[-1] == ([], (9.0,))
    assert episodes(*lines[:2], "1,6,20,0,4,im,0,0,0", lines[3])[-1] == ([6.0], (9.0,))


def test_one_regimen_is_refused_where_it_cannot_say_the_table():
    for lines in (
        ("1,0,35,0,1,iv,0,0,0", "1,1,0,0,0,.,0,0,0", "1,2,20,0,4,iv,0,0,0"),
        ("1,0,35,0,1,iv,4,0,1", "1,1,0,0,0,.,0,0,0"),
    ):
        with pytest.raises(RefusedError, match="no single regimen"):
            _ = record(*lines).regimen


def test_a_regimen_that_was_written_reads_back_with_its_times():
    regimen = Regimen(
        (
            Dose(route=Route.IV, amount_mg=35.0, duration_h=0.5),
            Dose(route=Route.LOZENGE, amount_mg=100.0, at_h=0.25),
            Dose(route=Route.IM, amount_mg=20.0, at_h=0.25),
        )
    )
    rows = events_of(regimen, (0.0, 0.25, 1.0), id="7", compartments={Route.IV: "1", Route.IM: "2"})
    text = write_event_table(rows)
    assert text.splitlines()[1:5] == [
        "7,0,35,70,1,1,0,0,0",
        "7,0,0,0,0,.,0,0,0",
        "7,0.25,100,-2,1,lozenge,0,0,0",
        "7,0.25,20,0,1,2,0,0,0",
    ]
    found = read_event_table(text, ROUTES).records["7"]
    assert (found.regimen, found.observed_h) == (regimen, (0.0, 0.25, 1.0))
    assert [row.EVID for row in rows].count(Evid.DOSE) == 3
