"""`slackwater simulate --events` and `--as-events`: tables in, tables out, and what is refused."""

import csv
import io
import json

import numpy as np
import pyarrow.parquet as pq
import pytest

INFUSION = "iv 35 mg over 40 min"
TWO_PEOPLE = """id,time,amt,rate,evid,cmt,dv,wt
1,0,35,52.5,1,1,.,70
1,0.5,0,0,0,.,140,70
1,1,0,0,0,.,90,70
2,0,30,0,1,2,.,55
2,0.75,0,0,0,.,.,55
"""
ROUTES = ("--cmt", "1=iv", "--cmt", "2=im")


@pytest.fixture
def table(tmp_path):
    def write(text):
        path = tmp_path / "table.csv"
        path.write_text(text, encoding="utf-8")
        return "--events", str(path)

    return write


def series_of(document, analyte, site):
    return next(one for one in document["series"] if (one["analyte"], one["site"]) == (analyte, site))


def test_each_id_is_a_block_that_is_read_at_its_own_rows(cli, table):
    ran = cli("simulate", *table(TWO_PEOPLE), *ROUTES, "--subjects", "64", "--format", "json")
    first, second = json.loads(ran.text)["events"]
    assert [(each["id"], each["time_h"]) for each in (first, second)] == [("1", [0.5, 1.0]), ("2", [0.75])]
    for one in (*first["series"], *second["series"]):
        assert all(
            low <= mid <= high for low, mid, high in zip(one["p05"], one["p50"], one["p95"], strict=True)
        )


def test_a_table_and_the_same_doses_in_words_give_the_same_numbers(cli, table):
    words = ("--weight", "70", "--subjects", "64", "--format", "json")
    written = json.loads(cli("simulate", INFUSION, *words, "--until", "1h", "--step", "30min").text)
    lines = "ID,TIME,AMT,RATE,EVID,CMT\n1,0,35,52.5,1,iv\n1,0,0,0,0,.\n1,0.5,0,0,0,.\n1,1,0,0,0,.\n"
    (block,) = json.loads(cli("simulate", *table(lines), *words).text)["events"]
    assert block["crowd_id"] == written["crowd_id"]
    for one in written["series"]:
        found = series_of(block, one["analyte"], one["site"])
        np.testing.assert_allclose(found["p50"], one["p50"], rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(found["p95"], one["p95"], rtol=1e-9, atol=1e-12)


def test_what_was_exported_gives_the_same_bytes_when_it_is_simulated(cli, tmp_path):
    out = str(tmp_path / "out.csv")
    words = ("--subjects", "64", "--format", "json")
    doses = (INFUSION, "im 20 mg at 30 min", "lozenge 100 mg at 45 min")
    written = cli(
        "simulate",
        *doses,
        "--weight",
        "82.5",
        "--age",
        "40",
        "--until",
        "2h",
        *words,
        *ROUTES,
        "--as-events",
        out,
    )
    (block,) = json.loads(cli("simulate", "--events", out, *ROUTES, *words).text)["events"]
    document = json.loads(written.text)
    assert block["crowd_id"] == document["crowd_id"]
    expected = next(
        one for one in document["series"] if one["analyte"] == "ketamine" and one["site"] == "venous"
    )
    np.testing.assert_allclose(series_of(block, "ketamine", "venous")["p50"], expected["p50"], rtol=1e-9)


def test_an_export_names_numbers_where_they_were_given_and_routes_where_not(cli, tmp_path):
    out = tmp_path / "out.csv"
    words = ("--weight", "70", "--typical", "--until", "1h", "--step", "1h", "--cmt", "1=iv")
    cli("simulate", INFUSION, "im 20 mg at 30 min", *words, "--as-events", str(out))
    assert out.read_text(encoding="utf-8") == (
        "ID,TIME,AMT,RATE,EVID,CMT,II,ADDL,SS,WT\n"
        "1,0,35,52.5,1,1,0,0,0,70\n"
        "1,0,0,0,0,.,0,0,0,70\n"
        "1,0.5,20,0,1,im,0,0,0,70\n"
        "1,1,0,0,0,.,0,0,0,70\n"
    )


def test_csv_and_parquet_hold_the_same_rows(cli, table, tmp_path):
    words = ("simulate", *table(TWO_PEOPLE), *ROUTES, "--typical")
    rows = list(csv.DictReader(io.StringIO(cli(*words, "--format", "csv").text)))
    out = tmp_path / "out.parquet"
    cli(*words, "--format", "parquet", "--output", str(out))
    found = pq.read_table(out).to_pylist()
    assert list(found[0]) == [
        "id",
        "time_h",
        "analyte",
        "site",
        "unit",
        "p05",
        "p50",
        "p95",
        "model",
        "crowd_id",
    ]
    assert [{name: str(value) for name, value in row.items()} for row in found] == rows


def test_the_screen_shows_each_id_and_names_the_columns_that_were_not_read(cli, table):
    ran = cli("simulate", *table(TWO_PEOPLE), *ROUTES, "--typical")
    assert ran.code == 0
    for words in ("ID 1", "ID 2", "norketamine venous, ng/mL", "depth, 0-10", "no meaning here: DV"):
        assert words in ran.text


def test_a_model_of_arterial_blood_alone_shows_that(cli, table):
    lines = "ID,TIME,AMT,RATE,EVID,CMT,WT\n1,0,20,30,1,iv,70\n1,0.5,0,0,0,.,70\n"
    ran = cli("simulate", *table(lines), "--model", "simons-2022", "--typical")
    assert "s-ketamine arterial, ng/mL" in ran.text


def test_a_steady_state_repeats_itself_after_its_interval(cli, table):
    lines = "ID,TIME,AMT,EVID,CMT,II,ADDL,SS\n1,0,100,1,oral,8,1,1\n1,3,0,0,.,0,0,0\n1,11,0,0,.,0,0,0\n"
    ran = cli("simulate", *table(lines), "--weight", "70", "--subjects", "64", "--format", "json")
    (block,) = json.loads(ran.text)["events"]
    for one in block["series"]:
        assert one["p50"][0] == pytest.approx(one["p50"][1], rel=1e-9)


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        (TWO_PEOPLE, ("--cmt", "1=iv"), ["line 5, CMT: CMT 2 stands for no route that was named."]),
        (TWO_PEOPLE, ("--cmt", "1"), ["cmt: “1” is no number and route. Write it like this: 1=iv."]),
        (TWO_PEOPLE, (*ROUTES, "--cmt", "1=im"), ["cmt: CMT 1 is given twice."]),
        (TWO_PEOPLE, ("--cmt", "1=vein"), ["cmt: “vein” is not a route known here."]),
        (TWO_PEOPLE, (*ROUTES, "--until", "3h"), ["until: An event table has its own doses and times."]),
        (TWO_PEOPLE, (*ROUTES, INFUSION), ["doses: An event table has its own doses and times."]),
        (TWO_PEOPLE, (*ROUTES, "--plot", "x.svg"), ["plot: An event table has its own doses and times."]),
        (TWO_PEOPLE, (*ROUTES, "--causes"), ["causes: Causes are split for one person's doses,"]),
        (TWO_PEOPLE.replace(",55", ",5"), ROUTES, ["ID 2, weight: 5 kg is not a weight the engine can use."]),
        (TWO_PEOPLE.replace("wt", "kg"), ROUTES, ["ID 1, weight: It has no WT", "ID 2, weight: "]),
        (TWO_PEOPLE.replace("30,0", "0.03,0"), ROUTES, ["ID 2, dose: ", "30 mg"]),
        (TWO_PEOPLE.replace("0.75", "12:45"), ROUTES, ["line 6, TIME: “12:45” is a clock time or a date."]),
        ("ID,TIME,AMT,EVID,CMT,WT\n1,0,35,1,iv,70\n", (), ["ID 1: It has no observation."]),
    ],
)  # fmt: skip
def test_what_cannot_be_simulated_is_refused_with_its_place(cli, table, text, words, told):
    ran = cli("simulate", *table(text), *words)
    assert (ran.code, ran.out) == (2, b"")
    for sentence in told:
        assert sentence in ran.err


def test_a_model_that_lacks_a_route_of_the_table_is_named_with_the_id(cli, table):
    ran = cli("simulate", *table(TWO_PEOPLE), *ROUTES, "--model", "perez-ruixo-2021")
    assert (ran.code, "ID 2, route: The model perez-ruixo-2021 has no im route." in ran.err) == (2, True)


def test_a_table_that_is_not_there_is_refused(cli):
    ran = cli("simulate", "--events", "nowhere.csv")
    assert (ran.code, ran.err.startswith("events: nowhere.csv:")) == (2, True)
