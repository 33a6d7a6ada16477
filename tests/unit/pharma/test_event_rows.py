"""Cells of an event table: what is read, and what is refused with its line, its column and a mend."""

import pytest

from slackwater.pharma.event_rows import COLUMNS, EventRow, Evid, read_rows, write_rows
from slackwater.terms.refusal import RefusedError

HEADER = ",".join(COLUMNS)


def rows(*lines, header=HEADER):
    read = read_rows("\n".join((header, *lines)))
    assert read.problems == ()
    return read.rows


def problems(*lines, header=HEADER):
    found = read_rows("\n".join((header, *lines))).problems
    return [(problem.field, problem.code) for problem in found]


def refused(*lines, header=HEADER):
    with pytest.raises(RefusedError) as refusal:
        read_rows("\n".join((header, *lines)))
    return [(problem.field, problem.code) for problem in refusal.value.problems]


def test_a_row_is_read_by_its_columns_in_any_order_and_case():
    (row,) = rows("iv,1,35,0.5,7,52.5", header="cmt,Evid,AMT,time,id,rate")
    assert row == EventRow(ID="7", TIME=0.5, AMT=35.0, RATE=52.5, EVID=Evid.DOSE, CMT="iv")
    assert row.line == 2


@pytest.mark.parametrize("nothing", [".", "", "NA"])
def test_a_missing_cell_is_nothing(nothing):
    (row,) = rows(f"1,0,{nothing},{nothing},0,{nothing},{nothing},{nothing},{nothing}")
    assert row == EventRow(ID="1", TIME=0.0, EVID=Evid.OBSERVATION)


@pytest.mark.parametrize(
    ("written", "mg"), [("35", 35), ("35.", 35), (".5", 0.5), ("3.5000E+01", 35), ("1e-04", 1e-4), ("+2", 2)]
)
def test_numbers_are_read_as_other_tools_write_them(written, mg):
    (row,) = rows(f"1.0000E+00,0,{written},0,1,1.0,0,0,0")
    assert row == EventRow(ID="1", TIME=0.0, AMT=mg, EVID=Evid.DOSE, CMT="1")


@pytest.mark.parametrize("written", ["10:30", "2026-01-02", "1/2/2026", "08:15:00"])
def test_a_clock_time_is_refused_with_hours_to_write(written):
    (problem,) = read_rows(f"{HEADER}\n1,{written},35,0,1,iv,0,0,0").problems
    assert (problem.field, problem.code) == ("line 2, TIME", "clock")
    assert problem.mend.startswith("Write hours from the first row")


@pytest.mark.parametrize(
    ("column", "written", "code"),
    [
        ("TIME", "-0.5", "out-of-range"),
        ("TIME", ".", "missing"),
        ("AMT", "-1", "out-of-range"),
        ("AMT", "35 mg", "unit"),
        ("AMT", '"0,5"', "comma"),
        ("AMT", "nan", "not-a-number"),
        ("AMT", "1e999", "not-a-number"),
        ("AMT", "1e10", "out-of-range"),
        ("RATE", "-1", "modelled-rate"),
        ("RATE", "-3", "out-of-range"),
        ("EVID", "5", "not-whole"),
        ("EVID", "0.5", "not-whole"),
        ("EVID", "", "missing"),
        ("ADDL", "1.5", "not-whole"),
        ("ADDL", "-1", "out-of-range"),
        ("SS", "3", "not-whole"),
        ("ID", "", "missing"),
    ],
)
def test_a_bad_cell_is_refused_by_line_and_column(column, written, code):
    good = "1,0,35,0,1,iv,0,0,0"
    cells = [written if name == column else cell for name, cell in zip(COLUMNS, good.split(","), strict=True)]
    assert problems(good, ",".join(cells)) == [(f"line 3, {column}", code)]


def test_every_fault_of_every_row_is_told_at_once():
    assert problems("1,x,35,0,1,iv,0,0,0", "1,0,y,-1,1,iv,0,0,0", "1,0,35,0,1,iv,0,0") == [
        ("line 2, TIME", "not-a-number"),
        ("line 3, AMT", "not-a-number"),
        ("line 3, RATE", "modelled-rate"),
        ("line 4, the row", "cells"),
    ]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("ID,TIME,AMT", [("EVID", "missing-column"), ("CMT", "missing-column")]),
        (f"{HEADER},TIME", [("TIME", "twice")]),
        (f"{HEADER},DUR", [("DUR", "not-supported")]),
        (f"{HEADER},ALAG", [("ALAG", "not-supported")]),
        (f"{HEADER},DATE", [("DATE", "not-supported")]),
        (HEADER.replace(",", ";"), [("events", "separator")]),
        (HEADER.replace(",", "\t"), [("events", "separator")]),
    ],
)
def test_a_header_that_would_mislead_is_refused(header, expected):
    assert refused("1,0,35,0,1,iv,0,0,0", header=header) == expected


@pytest.mark.parametrize("stem", ["F", "ALAG", "LAG", "TLAG", "D", "DUR", "R", "S"])
def test_what_would_mislead_is_refused_with_a_compartments_number_too(stem):
    for name in (f"{stem}1", f"{stem.lower()}12"):
        assert refused("1,0,35,0,1,iv,0,0,0,1", header=f"{HEADER},{name}") == [
            (name.upper(), "not-supported")
        ]


def test_letters_that_only_mislead_with_a_number_are_named_as_not_read():
    header = f"{HEADER},D,R,S,OCC1,SEX"
    assert read_rows(f"{header}\n1,0,35,0,1,iv,0,0,0,1,1,1,1,1\n").not_read == ("D", "R", "S", "OCC1", "SEX")


@pytest.mark.parametrize("lines", [(), ("#1,0,35,0,1,iv,0,0,0",)])
def test_a_table_without_rows_is_refused(lines):
    assert refused(*lines) == [("events", "empty")]


def test_a_byte_order_mark_is_no_part_of_the_first_columns_name():
    assert rows("1,0,35,0,1,iv,0,0,0", header=f"\ufeff{HEADER}") == rows("1,0,35,0,1,iv,0,0,0")


def test_comments_are_left_out_and_counted():
    text = f'# 5\' "a, "b\n\n#\n{HEADER}\n1,0,35,0,1,iv,0,0,0\n#1,0,70,0,1,iv,0,0,0\n1,x,0,0,0,.,0,0,0\n'
    read = read_rows(text)
    assert [(row.line, row.AMT) for row in read.rows] == [(5, 35.0)]
    assert [problem.field for problem in read.problems] == ["line 7, TIME"]
    unmarked = read_rows(f"\ufeff{text}".replace("\n", "\r\n"))
    assert unmarked == read


def test_a_line_within_quotation_marks_is_no_comment():
    found = rows('1,0,35,0,1,iv,0,0,0,"first', '# second"', "1,1,0,0,0,.,0,0,0,.", header=f"{HEADER},NOTE")
    assert [(row.line, row.AMT) for row in found] == [(3, 35.0), (4, 0.0)]


def test_an_id_that_would_begin_a_comment_is_not_written():
    (row,) = rows('"#1",0,35,0,1,iv,0,0,0')
    with pytest.raises(RefusedError, match=r"ID: .* ID #1 would begin one\. Write an ID without #"):
        write_rows([row])


def test_columns_without_a_meaning_here_are_named():
    assert read_rows(f"{HEADER},DV,MDV,WT\n1,0,0,0,0,.,0,0,0,3.2,0,70\n").not_read == ("DV", "MDV")


def test_a_row_that_is_marked_to_be_left_out_is_refused():
    assert problems("C,1,0,35,0,1,iv,0,0,0", header=f"C,{HEADER}") == [("line 2, C", "left-out")]
    assert rows(".,1,0,35,0,1,iv,0,0,0", header=f"C,{HEADER}")


def test_the_normal_form_has_the_nine_columns_and_covariates_where_there_are_any():
    assert write_rows([EventRow(ID="1", TIME=0.5, EVID=Evid.DOSE, AMT=35.0, RATE=52.5, CMT="iv")]) == (
        f"{HEADER}\n1,0.5,35,52.5,1,iv,0,0,0\n"
    )
    assert write_rows([EventRow(ID="1", TIME=1e-05, EVID=Evid.OBSERVATION, WT=70.5)]) == (
        f"{HEADER},WT\n1,0.00001,0,0,0,.,0,0,0,70.5\n"
    )
