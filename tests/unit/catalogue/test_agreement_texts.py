"""What a patient reads before agreeing: whole, plain, kind, and no more certain than the evidence."""

import csv
import re
from pathlib import Path

import pytest

from slackwater.catalogue.agreement_texts import load_agreement_texts, parse_agreement_texts
from slackwater.rules.agreements.permits import Item
from slackwater.terms.refusal import RefusedError

EVIDENCE = Path(__file__).parents[4] / "shared" / "evidence"
FILE = Path(__file__).parents[3] / "src" / "slackwater" / "catalogue" / "agreements.toml"
TEXTS = load_agreement_texts()
READ = {
    **{
        f"{one.item.value} {place}": text
        for one in TEXTS.items
        for place, text in enumerate((*one.says, one.asks, one.if_no))
    },
    **{one.name: one.asks for one in TEXTS.questions},
    **{one.name: one.says for one in TEXTS.replies},
}
# Words of the trade, of hurry, of blame, and those that people use so as not to say a thing.
NOT_SAID = re.compile(
    r"\b(dissociat\w+|bioavailab\w+|pharmaco\w+|adverse|contraindicat\w+|efficacy|off-label|psychotomimetic"
    r"|quickly|hurry|simply|obviously|of course|relax|unfortunately|compliance|non-compliant|should have"
    r"|victim|allegation|private parts|intimate areas?|inappropriate|unwanted contact|acting out)\b",
    re.IGNORECASE,
)


def sentences(text: str) -> list[list[str]]:
    return [re.findall(r"[\w'’-]+", part) for part in re.split(r"[.?!:;]\s*", text) if part.strip()]


def test_every_item_has_its_words_and_its_no():
    assert [one.item for one in TEXTS.items] == list(Item)
    assert all(one.if_no.startswith("Then ") for one in TEXTS.items)


@pytest.mark.parametrize("name", READ)
def test_it_can_be_read_by_somebody_who_is_tired_and_afraid(name: str):
    lengths = [len(words) for words in sentences(READ[name])]
    assert max(lengths) <= 32
    assert sum(lengths) / len(lengths) <= 18
    assert NOT_SAID.findall(READ[name]) == []


def test_nothing_is_promised_for_sex():
    unknown = next(one for one in TEXTS.items if one.item is Item.OFF_LABEL)
    assert unknown.says[0].startswith("We do not know whether ketamine helps sexual problems.")
    assert "E41" in unknown.rests_on


def test_that_there_is_no_sexual_contact_is_said_where_touch_is_agreed():
    touch = next(one for one in TEXTS.items if one.item is Item.TOUCH)
    assert any(said.startswith("Sexual contact is never part of care") for said in touch.says)


def test_one_changed_word_is_another_text():
    changed = parse_agreement_texts(FILE.read_text(encoding="utf-8").replace("Serious harm", "Grave harm"))
    assert changed.fingerprint != TEXTS.fingerprint
    # What staff judge answers by is not what the patient signed.
    judged = parse_agreement_texts(
        FILE.read_text(encoding="utf-8").replace("Two or more: blood", "Two: blood")
    )
    assert judged.fingerprint == TEXTS.fingerprint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('item = "data_use"', 'item = "lap_sitting"'),
        ('item = "data_use"', 'item = "recording"'),
        ('name = "again"', 'name = "more"'),
        ('title = "Recording"', 'titel = "Recording"'),
        ('asks = "May this be recorded?"', 'asks = ""'),
        ("version =", "version"),
    ],
)
def test_a_file_that_is_not_whole_is_refused_by_name(old: str, new: str):
    whole = FILE.read_text(encoding="utf-8")
    assert old in whole
    with pytest.raises(RefusedError) as caught:
        parse_agreement_texts(whole.replace(old, new))
    assert "agreements.toml" in caught.value.problems[0].field


@pytest.mark.shared_data
@pytest.mark.skipif(not EVIDENCE.exists(), reason="../shared/evidence is not here")
@pytest.mark.parametrize("item", TEXTS.items, ids=[one.item.value for one in TEXTS.items])
def test_what_it_rests_on_is_there_and_gives_its_figures(item):
    told = {}
    for name in ("claims", "monitoring", "eligibility"):
        with (EVIDENCE / f"{name}.csv").open(encoding="utf-8") as rows:
            told |= {row["id"]: " ".join(row.values()) for row in csv.DictReader(rows)}
    assert set(item.rests_on) <= set(told)
    evidence = " ".join(told[one] for one in item.rests_on)
    for figure in re.findall(r"\d+", " ".join(item.says)):
        assert figure in evidence
