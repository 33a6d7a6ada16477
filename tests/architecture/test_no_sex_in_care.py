"""There is no type, field, code, text or template for sexual contact as care, planned or done.

Everything the package is made of is walked: Python, tables, texts, pages, scripts and drawings, and the
models as Django knows them. Where a word for it stands, that place is named below with the reason; a place
that no longer has its words is taken out again.
"""

import enum
import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.db import models
from tests.architecture.care_words import RECORDED_SEX, in_file, words

import slackwater
from slackwater.rules.agreements.log import AgreementKind
from slackwater.rules.agreements.permits import Item, Permit
from slackwater.rules.agreements.wire import parse_said
from slackwater.terms.refusal import RefusedError
from slackwater.terms.zone import Zone
from slackwater.web.agreements import forms as agreement_forms

PACKAGE = Path(slackwater.__path__[0])
WALKED = {".py", ".toml", ".csv", ".html", ".js", ".mjs", ".css", ".typ", ".svg", ".json", ".txt"}
# Compiled or packaged by others, or nothing that a person reads.
NOT_WALKED = {".pyc", ".nbi", ".nbc", ".woff2", ".map", ".md", ".typed"}
OTHERS = ("vendor/",)
ZONES = {"hands", "feet", "shoulders", "hug"}

# Place, what may stand there, and why. A place is a file, or a folder that ends in "/".
ALLOWED = {
    "catalogue/agreements.toml": ({"sexual", "sex"}, "says that it is never part of care; what is not known"),
    "catalogue/duties.csv": ({"sexual", "sex"}, "what the law asks after a report of it"),
    "catalogue/eligibility.csv": (
        {"sexual", "arous", "breast", "sex"}, "history and reasons to wait: E20, E21, E37, E41, E42"),
    "catalogue/intake.toml": ({"sexual", "arous", "breast"}, "questions, each of which can be skipped"),
    "catalogue/eligibility_numbers.csv": ({"sexual"}, "within how long a doctor looked at it: E42"),
    "catalogue/interactions.csv": ({"sexual"}, "why a medicine is taken, and what it changes in a measure"),
    "rules/eligibility/": ({"sexual", "arous", "breast", "sex"}, "history and screening, never an act"),
    "rules/incidents/log.py": ({"sexual"}, "a report of it is an incident"),
}  # fmt: skip


def _files() -> list[Path]:
    return [
        path
        for path in sorted(PACKAGE.rglob("*"))
        if path.is_file()
        and "__pycache__" not in path.parts
        and not any(other in path.as_posix() for other in OTHERS)
    ]


def _place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def _allowed(place: str) -> set[str]:
    return {
        word
        for where, (found, _) in ALLOWED.items()
        if place == where or (where.endswith("/") and place.startswith(where))
        for word in found
    }


def _found() -> dict[str, set[str]]:
    return {_place(path): in_file(path) for path in _files() if path.suffix in WALKED}


def test_every_kind_of_file_in_the_package_is_walked_or_said_not_to_be() -> None:
    assert {path.suffix for path in _files()} - WALKED - NOT_WALKED == set()


def test_no_word_for_it_stands_where_it_has_no_reason() -> None:
    astray = {place: found - _allowed(place) - {RECORDED_SEX} for place, found in _found().items()}
    assert {place: found for place, found in astray.items() if found} == {}


def test_every_place_that_is_allowed_still_has_its_words() -> None:
    found = _found()
    for where, (expected, reason) in ALLOWED.items():
        there = {word for place, seen in found.items() if place.startswith(where) for word in seen}
        assert expected <= there, f"{where} ({reason}) no longer has {expected - there}"


def test_the_word_sex_by_itself_is_only_ever_what_is_recorded_of_a_person() -> None:
    """As a name of a field or a label; never in a sentence outside the places above."""
    sentence = re.compile(
        r"\bsex\b(?! ?[:=,)\"'}|\].]| (as recorded|of|is not known|in which))", re.IGNORECASE
    )
    for path in _files():
        if path.suffix in {".html", ".toml", ".csv", ".js"} and RECORDED_SEX not in _allowed(_place(path)):
            text = re.sub(r"{[{%].*?[%}]}", " ", path.read_text(encoding="utf-8"))
            said = [line.strip() for line in text.splitlines() if sentence.search(line)]
            assert [line for line in said if not line.startswith(("sex", "[sex"))] == [], _place(path)


def test_no_model_has_a_name_a_field_or_a_choice_for_it() -> None:
    seen = 0
    for model in apps.get_models():
        for field in model._meta.get_fields():
            seen += 1
            names = [model.__name__, field.name]
            if isinstance(field, models.Field):
                names += [str(part) for choice in field.flatchoices for part in choice]
                names += [str(field.verbose_name), str(field.help_text)]
            assert {one for name in names for one in words(name)} <= {RECORDED_SEX}, (model, field)
        for constraint in model._meta.constraints:
            told = str(constraint.deconstruct())
            assert words(told) <= {RECORDED_SEX}, (model, constraint.name)
    assert seen > 100


def test_no_closed_set_of_words_has_one_for_it_but_where_it_is_history_or_a_report() -> None:
    allowed = {"slackwater.rules.eligibility", "slackwater.rules.incidents"}
    seen = 0
    for name in _modules():
        for one in vars(importlib.import_module(name)).values():
            if isinstance(one, type) and issubclass(one, enum.Enum) and one.__module__ == name:
                seen += 1
                told = {word for member in one for word in words(f"{member.name} {member.value}")}
                if not any(name.startswith(part) for part in allowed):
                    assert told <= {RECORDED_SEX}, one
    assert seen > 40


def _modules() -> list[str]:
    pure = ("terms", "rules", "proofs", "catalogue", "reports", "records")
    return [
        found.name
        for part in pure
        for found in pkgutil.walk_packages([str(PACKAGE / part)], f"slackwater.{part}.")
        if ".migrations" not in found.name
    ]


def test_the_zones_are_these_four_and_no_other_in_code_settings_tables_and_drawing(settings) -> None:
    assert {zone.value for zone in Zone} == ZONES
    assert set(settings.TOUCH_ZONES) <= ZONES
    drawing = (PACKAGE / "web/shared/templates/shared/figure").glob("*.html")
    drawn = set(re.findall(r'zone == "(\w+)"', "".join(path.read_text(encoding="utf-8") for path in drawing)))
    assert drawn <= ZONES
    assert drawn, "the drawing names its zones"
    for script in (PACKAGE / "web").rglob("*.js"):
        # The room's scripts are told what is agreed; they hold no list of their own.
        assert "vendor" in script.parts or "shoulders" not in script.read_text(encoding="utf-8"), script


@pytest.mark.parametrize("zone", ["chest", "back", "neck", "face", "belly", "hand", "HANDS", "", "other"])
def test_no_other_zone_can_be_a_yes_by_any_path(zone: str) -> None:
    with pytest.raises(ValueError, match="touch"):
        Permit(item=Item.TOUCH, of=zone, person="user:1")
    drafted = {
        "permits": [{"item": "touch", "of": zone, "person": "user:1"}],
        "texts": "1",
        "expires_at": "2027-01-01T00:00:00.000Z",
        "stop_word": "red",
        "stop_sign": "hand up",
    }

    with pytest.raises(RefusedError) as refused:
        parse_said(AgreementKind.DRAFTED, drafted)
    assert any(problem.field.startswith("payload.permits") for problem in refused.value.problems)


def test_nothing_that_is_typed_freely_becomes_a_yes() -> None:
    """The only free texts of an agreement are the stop word, the stop sign and a password."""
    typed = {
        name
        for form in vars(agreement_forms).values()
        if isinstance(form, type)
        and issubclass(form, forms.Form)
        and form.__module__ == agreement_forms.__name__
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField)
    }
    assert typed == {"stop_word", "stop_sign", "password"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("class SexualTouch:\n    pass\n", {"sexual"}),
        ("kiss_on_cheek = 1\n", {"kiss"}),
        ('ZONES = ["hands", "Inner thighs"]\n', {"thigh"}),
        ('def plan(*, genitalTouch):\n    """Docs say sexual."""\n', {"genital"}),
        ('"""A module about sexual health."""\n# erotic\nx = 1\n', set()),
    ],
)
def test_the_walker_finds_what_is_planted(text: str, found: set[str], tmp_path: Path) -> None:
    path = tmp_path / "planted.py"
    path.write_text(text, encoding="utf-8")
    assert in_file(path) == found
    page = tmp_path / "planted.html"
    page.write_text(f"<p>{text}</p>", encoding="utf-8")
    assert in_file(page) >= found
