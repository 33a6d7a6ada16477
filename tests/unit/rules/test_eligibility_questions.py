"""Every fact that a criterion asks about is asked once, and an answer comes back as it was given."""

import re
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime

import pytest

from slackwater.catalogue.intake import load_questions, parse_questions
from slackwater.rules.eligibility.dates import LastDay, LastTime
from slackwater.rules.eligibility.gathered import Given, Record, intake_of
from slackwater.rules.eligibility.intake import Intake
from slackwater.rules.eligibility.questions import CHOICES, Kind, parse_value, value_json
from slackwater.rules.fields import Fields
from slackwater.terms.refusal import RefusedError

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
QUESTIONS = [one for section in load_questions().sections for one in section.questions]
# Read from the record, or from the room, and asked of nobody.
FROM_THE_RECORD = {
    "person.age_years",
    "person.sex",
    "person.bmi_tenths",
    "person.teach_back_fails",
    "heart.pressure",
    "medicines.benzodiazepines",
}
ANSWERS = {
    Kind.YES_NO: (True, False),
    Kind.LAST_DAY: (LastDay(has_happened=False), LastDay(has_happened=True, on=date(2026, 1, 5))),
    Kind.LAST_TIME: (LastTime(has_happened=False), LastTime(has_happened=True, at=NOW)),
}


def facts() -> set[str]:
    found = set()
    for subject in fields(Intake):
        part = getattr(Intake(), subject.name)
        if is_dataclass(part):
            found |= {f"{subject.name}.{field.name}" for field in fields(part)}
        else:
            found.add(subject.name)
    return found


def test_every_fact_has_its_question():
    asked = {one.name for one in QUESTIONS} - {
        "person.height_cm",
        "course.review",
        "watch.craving",
        "watch.bladder",
    }
    composed = {name.rpartition(".")[0] if name.count(".") == 2 else name for name in asked}
    assert composed == facts() - FROM_THE_RECORD


def test_with_every_question_answered_no_fact_is_unknown():
    given = {one.name: Given(value=_some_value(one), at=NOW, by_staff=True) for one in QUESTIONS}
    intake = intake_of(given, Record())
    unknown = {
        f"{subject.name}.{field.name}"
        for subject in fields(Intake)
        if is_dataclass(part := getattr(intake, subject.name))
        for field in fields(part)
        if getattr(part, field.name) is None
    }
    assert unknown == FROM_THE_RECORD
    assert intake.is_single_dose is not None


def _some_value(one):
    if one.kind is Kind.NUMBER:
        return one.low
    if one.kind is Kind.SOME:
        return frozenset()
    if one.kind is Kind.ONE:
        return next(iter(CHOICES[one.name].__members__))
    return ANSWERS[one.kind][0]


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.name)
def test_an_answer_comes_back_as_it_was_given(one):
    several = {
        Kind.NUMBER: (one.low, one.high),
        Kind.SOME: (frozenset(), frozenset(CHOICES.get(one.name, ()) and CHOICES[one.name].__members__)),
        Kind.ONE: tuple(CHOICES[one.name].__members__) if one.kind is Kind.ONE else (),
    } | ANSWERS
    for value in (None, *several[one.kind]):
        kept = Fields(value_json(value))
        assert parse_value(one, kept) == value
        kept.done()


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        (Kind.YES_NO, {"yes": "perhaps"}),
        (Kind.YES_NO, {}),
        (Kind.NUMBER, {"number": 10**9}),
        (Kind.SOME, {"some": ["SNEEZING"]}),
        (Kind.ONE, {"one": "SNEEZING"}),
        (Kind.LAST_DAY, {"ever": "no", "on": "2026-01-05"}),
        (Kind.LAST_DAY, {"ever": "yes", "on": "the fifth"}),
        (Kind.LAST_TIME, {"ever": "yes", "at": "2026-01-05T09:00:00"}),
    ],
)
def test_what_is_no_answer_is_refused(kind, sent):
    one = next(one for one in QUESTIONS if one.kind is kind)
    kept = Fields(sent)
    parse_value(one, kept)
    with pytest.raises(RefusedError):
        kept.done()


JARGON = re.compile(
    r"\b(NYHA|decompensated|angina|pulmonary|coronary|arrhythmia|insufficiency|stabiliser|mania)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("one", [one for one in QUESTIONS if one.patient], ids=lambda one: one.name)
def test_what_a_patient_reads_has_no_word_of_the_trade(one):
    told = [one.patient, *(words for _, words in one.plain)]
    assert not [words for words in told if JARGON.search(words)]
    assert all(words[0].isupper() for words in told)


SECTION = '[[sections]]\nname = "x"\ntitle = "X"\n'


@pytest.mark.parametrize(
    "text",
    [
        SECTION + "sensitive = true\nquestions = []",
        SECTION + '[[sections.questions]]\nname = "heart.hazards"\nkind = "yes_no"\nasks = "?"',
        SECTION + '[[sections.questions]]\nname = "a.b"\nkind = "number"\nasks = "?"',
        SECTION + '[[sections.questions]]\nname = "a.b"\nkind = "yes_no"\nasks = "?"\nwhen = "c"',
        SECTION
        + '[[sections.questions]]\nname = "a.b"\nkind = "yes_no"\nasks = "?"\n' * 1
        + '[[sections.questions]]\nname = "a.b"\nkind = "yes_no"\nasks = "?"',
        SECTION + '[[sections.questions]]\nname = "a.b"\nkind = "guess"\nasks = "?"',
        "version = 1",
    ],
)
def test_a_table_that_is_wrong_is_refused(text):
    with pytest.raises(RefusedError):
        parse_questions('version = "1"\n' + text if "version" not in text else text)
