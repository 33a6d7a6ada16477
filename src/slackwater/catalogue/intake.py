"""Reads intake.toml: what is asked before a course and on the day."""

import tomllib
from functools import cache
from importlib import resources

from slackwater.catalogue.fields import Fields
from slackwater.rules.eligibility.questions import CHOICES, Kind, Question, Questions, Section
from slackwater.terms.refusal import RefusedError

_FILE = "intake.toml"
_CHOSEN = (Kind.SOME, Kind.ONE)


@cache
def load_questions() -> Questions:
    """The questions that ship with the package; RefusedError names the key that is wrong."""
    return parse_questions(
        resources.files("slackwater.catalogue").joinpath(_FILE).read_text(encoding="utf-8")
    )


def parse_questions(text: str) -> Questions:
    """Raises RefusedError naming the key that is wrong, a question that stands twice, or a lost choice."""
    try:
        table = Fields(_FILE, tomllib.loads(text))
        version, sections = table.text("version"), tuple(_section(one) for one in table.tables("sections"))
        table.refuse_unread()
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise _refused(str(error)) from None
    names = [one.name for section in sections for one in section.questions]
    for name in names:
        if names.count(name) > 1:
            raise _refused(f"{name} stands there twice")
    return Questions(version=version, sections=sections)


def _section(row: Fields) -> Section:
    found = Section(
        name=row.text("name"),
        title=row.text("title"),
        about=row.text("about", empty=True, default=""),
        is_sensitive=row.flag("sensitive"),
        is_private=row.flag("private"),
        is_of_day=row.flag("of_day"),
        questions=tuple(_question(one) for one in row.tables("questions")),
    )
    row.refuse_unread()
    if found.is_sensitive and not found.about:
        raise _refused(f"{found.name} is sensitive and does not say what it is about")
    return found


def _question(row: Fields) -> Question:
    kind = row.word("kind", Kind)
    found = Question(
        name=row.text("name"),
        kind=kind,
        asks=row.text("asks"),
        patient=row.text("patient", empty=True, default=""),
        when=_when(row.text("when", empty=True, default="")),
        unit=row.text("unit", empty=True, default=""),
        scale=row.whole("scale", default=1),
        low=row.whole("low", default=0),
        high=row.whole("high", default=0),
        plain=tuple(_plain(one) for one in row.texts("plain", optional=True)),
    )
    row.refuse_unread()
    if (kind in _CHOSEN) is not (found.name in CHOICES):
        raise _refused(f"{found.name} has choices without being a list, or is a list without choices")
    wanted = list(CHOICES[found.name].__members__) if found.patient and kind in _CHOSEN else []
    if [name for name, _ in found.plain] != wanted:
        raise _refused(f"{found.name} needs each choice in the patient's words, in order, and no other")
    if (kind is Kind.NUMBER) is not (found.high > found.low):
        raise _refused(f"{found.name} needs low and high, and only a number has them")
    return found


def _plain(text: str) -> tuple[str, str]:
    name, _, words = text.partition(": ")
    return name, words.strip()


def _when(text: str) -> tuple[str, str] | None:
    if not text:
        return None
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise _refused(f"when = {text!r} is not a question and its answer")
    return name, value


def _refused(what: str) -> RefusedError:
    return RefusedError.of(
        field=_FILE, code="catalogue", message=f"{what}.", mend=f"Correct catalogue/{_FILE}."
    )
