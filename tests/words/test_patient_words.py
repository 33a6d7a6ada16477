"""The page of what patients read is as the program is, and what it says keeps to a few plain promises."""

import re

import pytest
from tests.words.patient_words import PAGE, SCREENS, in_template, parts, render

EVERY = tuple(parts())
SAID = [(part.title, sentence) for part in EVERY for sentence in part.says]
# Words of the trade, and words that hurry, blame or doubt whoever reads them.
_NEVER = re.compile(
    r"\b(MOAA|systolic|diastolic|percentile|posterior|artefact|infusion|adverse|compliance|non-compliant|"
    r"allegedly|alleged|claims? that|supposed(ly)?|(?<!not )your fault|you must|hurry up|immediately|"
    r"as soon as you can|intimate contact|inappropriate|incident)\b",
    re.IGNORECASE,
)


def test_the_page_is_as_the_program_is():
    assert PAGE.read_text(encoding="utf-8") == render(EVERY), "run: python -m tests.words.write"


def test_it_has_something_from_every_place():
    assert [part.title for part in EVERY if not part.says] == []
    assert {title for title, _ in SCREENS} <= {part.title for part in EVERY}


@pytest.mark.parametrize(
    "sentence",
    [
        "Sexual contact is never part of care, here or anywhere.",
        "This tells the people with you to give you nothing more today.",
        "that is wrong, and it is not your fault, whatever you said, did or felt.",
        "You need not be sure, and you need nothing to show for it.",
        "It is yours. You can take any of it back at any moment, and nobody will ask why.",
        "This program does not tell the team that you wrote; what is done next may let somebody guess.",
    ],
)
def test_what_a_patient_is_promised_is_on_it(sentence: str):
    assert any(sentence in said for _, said in SAID)


def test_nothing_hurries_blames_or_doubts_whoever_reads_it():
    assert [(title, said) for title, said in SAID if _NEVER.search(said)] == []


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("<p>One. <b>Two</b>.</p><p>Three.</p>", ["One. Two.", "Three."]),
        ("{% if is_own %}<p>Mine</p>{% else %}<p>Theirs</p>{% endif %}", ["Mine"]),
        ("{% if a and not is_own %}<p>Theirs</p>{% else %}<p>Mine</p>{% endif %}", ["Mine"]),
        (
            "{% if is_own %}{% if a %}<p>This</p>{% else %}<p>That</p>{% endif %}{% endif %}<p>And</p>",
            ["This", "That", "And"],
        ),
        ('{% include "x.html" with name="stop" title="Stop" %}<p>Words</p>', ["Stop", "Words"]),
        ("<p>{% if a %}This{% else %}That{% endif %}</p>", ["This", "That"]),
        ("<p>Hello {{ name }}</p>{# not this #}{% comment %}{% endcomment %}", ["Hello …"]),
        ('<button aria-label="Close it">✕</button>', ["Close it"]),
        ('<p><a class="button" href="/x">Go</a><a class="button" href="/y">Stay</a></p>', ["Go", "Stay"]),
        ('<p>Read <a href="/x">this</a> first.</p>', ["Read this first."]),
        ("<script>var a = 'no words';</script><p>Words</p>", ["Words"]),
    ],
)
def test_a_template_is_read_as_a_person_would(source: str, says: list[str]):
    assert in_template(source) == says
