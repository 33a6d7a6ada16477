"""The printed report: the same bytes twice, readable by a screen reader, and nothing interpreted."""

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject
from tests.unit.reports.samples import GUIDE, at, basis, infusion, line, usual, with_note

from slackwater.reports.glyphs import RANGES
from slackwater.reports.session import CheckLine, Leaving, Paper, SessionReport
from slackwater.reports.typeset import file_name, session_pdf

INVISIBLE = re.compile("[\u200b\u2068\u2069\u00ad]")


def opened(report: SessionReport) -> PdfReader:
    return PdfReader(io.BytesIO(session_pdf(report)))


def text_of(report: SessionReport) -> str:
    """All text of all pages, unbroken: line ends are the layout's, not the author's."""
    pages = " ".join(page.extract_text() for page in opened(report).pages)
    return re.sub(r"\s+", " ", INVISIBLE.sub("", pages))


def letters_of(text: str) -> str:
    """Without spaces, as a narrow column may break a line anywhere."""
    return re.sub(r"\s+", "", INVISIBLE.sub("", text))


@pytest.fixture(scope="module")
def usual_text() -> str:
    return text_of(usual())


def test_equal_reports_are_equal_bytes():
    assert session_pdf(usual()) == session_pdf(usual())


def test_the_pdf_carries_the_reports_own_time():
    later = replace(usual(), generated_at=usual().generated_at + timedelta(minutes=1))
    assert session_pdf(later) != session_pdf(usual())
    information = opened(usual()).metadata
    assert information is not None
    assert information.creation_date == usual().generated_at


def test_it_is_tagged_titled_and_marked_as_pdf_ua():
    reader = opened(usual())
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_the_chart_has_words_for_whoever_cannot_see_it():
    tree = opened(usual()).trailer["/Root"]["/StructTreeRoot"]
    assert any("Chart of the visit over time" in words for words in alternative_texts(tree))


def alternative_texts(node: DictionaryObject) -> Iterator[str]:
    """The words standing for pictures, from the tree that a screen reader walks."""
    if "/Alt" in node:
        yield str(node["/Alt"])
    below = node.get("/K", ArrayObject()).get_object()
    for child in below if isinstance(below, ArrayObject) else [below]:
        if isinstance(child.get_object(), DictionaryObject):
            yield from alternative_texts(child.get_object())


def test_only_the_fonts_of_the_typst_wheel_are_in_it():
    names = {
        str(font.get_object()["/BaseFont"])
        for page in opened(usual()).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert names
    assert all("Libertinus" in name or "DejaVuSansMono" in name for name in names)


def test_title_and_file_name_say_nothing_of_who_or_what_for():
    information = opened(usual()).metadata
    assert information is not None
    assert information.title == "Visit record"
    assert information.author is None
    assert information.subject is None
    assert file_name(usual()) == "visit-record-2026-03-14.pdf"


def test_a_usual_visit_is_two_pages():
    assert len(opened(usual()).pages) == 2


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (595.28, 841.89)), (Paper.US_LETTER, (612.0, 792.0))])
def test_the_sheet_is_the_one_asked_for(paper: Paper, size: tuple[float, float]):
    box = opened(replace(usual(), paper=paper)).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(size, abs=0.1)


def test_every_page_says_which_it_is_and_later_pages_whose():
    first, second = (page.extract_text() for page in opened(usual()).pages)
    assert "page 1 of 2" in first
    assert "page 2 of 2" in second
    assert "Alex Rivera, born 3 February 1992" in second


def test_the_whole_log_is_in_it(usual_text: str):
    letters = letters_of(usual_text)
    for entry in usual().log:
        assert letters_of(entry.text) in letters
    assert "35 lines" in usual_text


def test_a_late_entry_shows_both_times(usual_text: str):
    assert "11:46 entered 12:08" in usual_text


def test_a_struck_entry_stays_and_says_why(usual_text: str):
    assert "9 of 10 Struck out at 12:16 by Robin Hale, monitor: meant for the other room" in usual_text


def test_every_number_shows_its_basis(usual_text: str):
    for word in (
        "RK1 v1, arterial and venous (rk1), racemic ketamine",
        "4096 virtual patients, seed 7, crowd c3f19a40b7d2",
        "8 ratings",
        "912 of 4096 effective (22%)",
        "judgement",
        "Estimate, not monitoring",
        "The ratings fit 31 % of the crowd that was drawn first.",
        "1 of 10 by 12:49, 5 of 10 by 13:07, 9 of 10 by 13:33",
        "10.1097/ALN.0000000000003577",
    ):
        assert letters_of(word) in letters_of(usual_text), word


def test_the_order_the_doses_and_the_checks_are_in_it(usual_text: str):
    for word in (
        "20 mg, once, 30 to 60 min after the first dose",
        "Most in all 60 mg",
        "Dr Ines Larsson, 13 March 2026 16:45",
        "Walks heel to toe for 3 m, unaided",
        "151/93, then 124/79",
    ):
        assert word in usual_text


def test_the_seal_is_whole(usual_text: str):
    assert usual().seal.head in letters_of(usual_text)


def test_a_demonstration_says_so_on_every_page_and_a_clinic_never():
    marked = "Demonstration · invented person, invented data"
    assert all(marked in page.extract_text() for page in opened(usual()).pages)
    assert "Demonstration" not in text_of(replace(usual(), is_demo=False))


def test_a_visit_in_progress_says_so_first():
    text = text_of(replace(usual(), leaving=Leaving(left_at=None), generated_at=at(70)))
    assert "In progress. Drawn up at 12:15; what came after is not in it." in text
    assert "10:40 to now" in text


def test_a_crowd_that_nobody_fits_says_so():
    outside = replace(basis(), is_outside=True, sentence="")
    assert "nobody in it fits what was seen" in text_of(replace(usual(), basis=outside))


def test_what_was_not_recorded_and_what_was_set_aside_are_said():
    leaving = Leaving(
        left_at=at(161),
        checks=(
            CheckLine(label="Walks", passed=None),
            CheckLine(label="Oriented", passed=False, detail="place"),
        ),
        set_aside=("R03, pressure not falling. Dr Ines Larsson: usual for them.",),
    )
    text = text_of(replace(usual(), leaving=leaving))
    assert "not recorded Walks" in text
    assert "no Oriented · place" in text
    assert "R03, pressure not falling. Dr Ines Larsson: usual for them." in text


def test_nothing_entered_still_prints_on_one_page():
    bare = replace(
        usual(), doses=(), ratings=(), vitals=(), log=(), people=(), forecast=None,
        leaving=Leaving(left_at=None),
    )  # fmt: skip
    assert len(opened(bare).pages) == 1
    assert "No dose was given." in text_of(bare)
    assert "Nothing was given, so nothing is predicted." in text_of(bare)


def test_a_stopped_infusion_says_about_how_much_went_in():
    text = text_of(replace(usual(), doses=(infusion(minutes=40, stopped_after=22.5),)))
    assert letters_of("stopped after 22 min of 40 min: about 19.7 mg went in") in letters_of(text)
    assert "11:05 to 11:27" in text


def test_two_hundred_lines_run_on_with_the_head_repeated():
    many = tuple(line(number, number * 0.8, "Note", f"quiet, {number} breaths") for number in range(1, 201))
    pages = [re.sub(r"\s+", " ", page.extract_text()) for page in opened(replace(usual(), log=many)).pages]
    with_lines = [page for page in pages if "breaths" in page]
    assert 4 <= len(pages) <= 6
    assert len(with_lines) >= 3
    assert all("h:min Clock What Entry By" in page for page in with_lines)
    assert all(f"quiet, {number} breaths" in " ".join(pages) for number in range(1, 201))


def test_a_note_longer_than_a_page_is_whole():
    words = [f"sentence{number}" for number in range(1500)]
    text = text_of(with_note(" ".join(words)))
    assert [word for word in words if word not in text] == []


HOSTILE = (
    '#import "x": *',
    "*bold* _it_ `code` ~ -- --- ...",
    "<label> @reference $x^2$ #eval(\"1\")",
    "\\u{41} \\ // not a comment /* nor this */",
    "#panic(\"no\") ]] )) }} {{ [[ ((",
    "= Heading",
    "- item + item / term: x",
    "&amp; <script>alert(1)</script> <!-- -->",
    '"quoted" \'single\' {"json": 1}',
    "%PDF-1.7 endobj (paren)",
)  # fmt: skip


def test_markup_in_a_note_is_printed_as_it_was_typed():
    text = letters_of(text_of(with_note("\n".join(HOSTILE))))
    assert [note for note in HOSTILE if letters_of(note) not in text] == []


@pytest.mark.parametrize("note", [HOSTILE[0], HOSTILE[4], HOSTILE[7]])
def test_markup_anywhere_else_is_printed_as_it_was_typed(note: str):
    report = usual()
    hostile = replace(
        report,
        clinic=note,
        room=note,
        patient=replace(report.patient, name=note, reference=note, details=note),
        order=replace(report.order, dose=note, booster=note, prescriber=note, remarks=(note,)),
        leaving=Leaving(left_at=at(161), checks=(CheckLine(label=note, passed=True, detail=note),)),
        basis=replace(report.basis, sentence=note, model_title=note),
    )
    assert letters_of(text_of(hostile)).count(letters_of(note)) >= 11


@pytest.mark.parametrize(
    ("note", "printed"),
    [
        ("🧘‍♀️", "[U+1F9D8 person in lotus position]"),
        ("王小明", "[U+738B][U+5C0F][U+660E]"),
        ("\u202e53 mg\u202c", "[U+202E right-to-left override]53 mg"),
        ("\x00\x1b[31m", "[U+0000][U+001B][31m"),
        ("\ud800", "[U+D800]"),
    ],
)
def test_odd_characters_are_named_and_the_page_is_still_made(note: str, printed: str):
    assert letters_of(printed) in letters_of(text_of(with_note(note)))


def test_hebrew_and_arabic_are_set_in_letters():
    text = unicodedata.normalize("NFKC", text_of(with_note("שלום. مرحبا.")))
    assert set("שלוםمرحبا") <= set(text)


def test_every_character_said_to_be_drawable_is():
    """PDF/UA refuses a character without a glyph, so that the page is made is the proof."""
    everything = [chr(code) for first, last in RANGES for code in range(first, last + 1)]
    lines = tuple(
        line(number, 0, "Note", " ".join(everything[start : start + 200]), GUIDE)
        for number, start in enumerate(range(0, len(everything), 200), start=1)
    )
    assert opened(replace(usual(), log=lines)).pages


def test_a_visit_over_midnight_dates_the_entries_of_the_other_day():
    overnight = replace(usual(), log=(*usual().log, line(36, 14 * 60, "Note", "rang the next day", GUIDE)))
    assert "01:05, 15 March 2026" in text_of(overnight)


def test_moments_need_a_zone():
    with pytest.raises(ValueError, match="time zone"):
        replace(usual(), generated_at=usual().generated_at.replace(tzinfo=None))
