"""Courses, and which answers count."""

from collections.abc import Iterable

from tests.rooms import minute
from tests.spec.page import Case, Page, Said, Section, from_findings, rows_of

from slackwater.rules.eligibility.course import COURSE, GONE_THROUGH, course_findings
from slackwater.rules.eligibility.gathered import Given, counting


def opened(when: str, *says: str, is_open: bool) -> Case:
    return Case(when=when, asks=lambda: from_findings(course_findings(is_open=is_open)), says=says)


def said(when: str, *says: str, told: str) -> Case:
    """Answers to one yes-or-no question in order: s, p by staff or patient, then y, n or ? for not known."""
    value = {"y": True, "n": False, "?": None}
    answers = [
        Given(value=value[one[1]], at=minute(place), by_staff=one[0] == "s")
        for place, one in enumerate(told.split())
    ]

    def asks() -> Iterable[Said]:
        found = counting(answers)
        if found is not None:
            word = {True: "yes", False: "no", None: "unknown"}[found.value]  # type: ignore[index]
            yield Said(rule="CRS-02", word=word, sentence=f"What counts is: {word}.")

    return Case(when=when, asks=asks, says=says)


COUNTS = (
    said("nobody was asked", told=""),
    said("only the patient wrote no", told="pn"),
    said("only the patient wrote yes", told="py"),
    said("the patient wrote no and a clinician kept it", "CRS-02 no", told="pn sn"),
    said("the patient wrote no and a clinician found yes", "CRS-02 yes", told="pn sy"),
    said("a clinician found no, and the patient wrote no again", "CRS-02 no", told="sn pn"),
    said("a clinician found no, and the patient wrote yes since", told="sn py"),
    said("a clinician found yes, and the patient wrote no since", told="sy pn"),
    said("the patient took it back, and no clinician has asked since", told="sn p?"),
    said("the patient wrote yes since, then no again", "CRS-02 no", told="sn py pn"),
    said("two clinicians, the later found yes", "CRS-02 yes", told="sn sy"),
    said("a clinician found that it is not known", "CRS-02 unknown", told="sn s?"),
)

PAGE = Page(
    slug="courses",
    title="Courses, and which answers count",
    intro=(
        "A course is opened by a prescriber once nothing stands against it, and what stands is asked again at"
        " every order and on the day. What a patient writes at home is a help and decides nothing alone:"
        " until a clinician has gone through it nobody knows, and not knowing bars. Only the last word of a"
        " clinician counts, and no longer once the patient has said otherwise."
    ),
    sections=(
        Section(
            title="A course",
            cases=(
                opened("an order is signed, and no course is open", "CRS-01 stop", is_open=False),
                opened("an order is signed within a course", is_open=True),
            ),
        ),
        Section(title="Which answer counts", cases=COUNTS, content="Nobody knows."),
    ),
    rows=rows_of((COURSE, GONE_THROUGH)),
)
