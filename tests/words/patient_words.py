"""What patients read, as one page that somebody can be given to read."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Comment
from bs4.element import NavigableString, Tag
from django.template.base import Lexer, Token, TokenType

from slackwater.catalogue.agreement_texts import load_agreement_texts
from slackwater.catalogue.intake import load_questions
from slackwater.catalogue.take_home import load_card
from slackwater.rules.incidents.log import Subject
from slackwater.web.incidents import forms as incident_forms
from slackwater.web.shared.forms import PlainForm

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "what-patients-read.md"
_WEB = ROOT / "src" / "slackwater" / "web"
# What stands for a name, a time or an amount that the page fills in.
_FILLED = "…"
# Where a page shows the one thing or the other.
_OTHERWISE = frozenset({"else", "elif", "endif", "empty", "endfor", "include", "extends"})
_INLINE = frozenset({"b", "code", "em", "i", "small", "strong", "time"})
_SPOKEN = ("aria-label", "placeholder", "title")


_ABOUT = (
    "Made from the catalogue and the pages themselves, so that somebody can be given it to read.",
    f"“{_FILLED}” stands for what a page fills in: a name, a time, an amount. Where staff share a page, some",
    "of their words are in it too. Not here: answers to mistakes, a visit's log, and its report.",
)
_FOR_STAFF = re.compile(r"not is_own|is_clinic_staff|starts_over|is_demo")
_TITLE = re.compile(r'^include .* title="([^"]+)"')
_OWN_WORDS = "room/static/room/own-words.js"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is read in one place, sentence by sentence."""

    title: str
    says: tuple[str, ...]


# By what a patient is doing. Where staff share a page, their words are in it too.
SCREENS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Signing in", ("people/sign_in",)),
    ("The first page", ("people/home_patient",)),
    ("What I said yes to", ("agreements/own", "agreements/sign", "agreements/log")),
    (
        "Questions about me",
        ("courses/own", "courses/preview", "courses/section", "courses/answers", "courses/long_view"),
    ),
    (
        "During a visit",
        (
            "room/_dock",
            "room/sheets/rating",
            "room/sheets/own_stop",
            "room/sheets/agreed",
            "room/_charts",
        ),
    ),
    ("The page of the card for the way home", ("room/card",)),
    (
        "Something went wrong",
        ("incidents/tell", "incidents/begun", "incidents/_outside", "incidents/_reader"),
    ),
    ("Coming back to it", ("incidents/mine", "incidents/one")),
    ("My own account", ("incidents/account",)),
    ("At the top and the foot of every page", ("shared/_bar", "shared/base")),
    ("When a page fails, or the network does", ("shared/fault", "500", "room/offline")),
)
FORMS: tuple[tuple[str, tuple[type[PlainForm], ...]], ...] = (
    ("Fields for something that went wrong", (incident_forms.MoreForm,)),
)


def parts() -> Iterator[Part]:
    """Every place, in the order in which a patient comes to it."""
    yield from _agreements()
    yield from _intake()
    yield from (Part(title=one.title, says=one.says) for one in load_card().parts)
    for title, names in SCREENS:
        says = tuple(dict.fromkeys(sentence for name in names for sentence in in_template(_source(name))))
        yield Part(title=title, says=says)
    yield Part(title="At the top of a visit", says=tuple(_own_words()))
    yield Part(title="Something went wrong: what one taps", says=tuple(one.label for one in Subject))
    for title, forms in FORMS:
        yield Part(
            title=title, says=tuple(dict.fromkeys(words for form in forms for words in _of_form(form)))
        )


def render(every: Iterable[Part]) -> str:
    """The page."""
    lines = [
        "# What patients read",
        "",
        *_ABOUT,
        "",
        "How to have it read, and by whom: [Have the words read](../how-to/have-the-words-read.md).",
        "",
    ]
    for part in every:
        lines += [f"## {part.title}", "", *(f"- {_plain(sentence)}" for sentence in part.says), ""]
    return "\n".join(lines)


def in_template(source: str) -> list[str]:
    """What a template says, block by block. Each way that it can go is told."""
    # Which class a page has is told to nobody.
    read = re.sub(
        r"\{% block \w+_class %\}.*?\{% endblock %\}|\{% block theme %\}.*?\{% endblock %\}", "", source
    )
    text = "".join(_told(token) for token in _patients_own(Lexer(read).tokenize()))
    page = BeautifulSoup(text, "html.parser")
    for hidden in page.select("script, style, svg, code.path"):
        hidden.decompose()
    found: list[str] = []
    for element in page.find_all(True):
        found += [str(element[name]) for name in _SPOKEN if element.get(name)]
    found += _blocks(page)
    said = (_closed(one) for one in found)
    return [one for one in said if re.search(r"[A-Za-z]{2}", one)]


def _patients_own(tokens: Iterable[Token]) -> Iterator[Token]:
    """All but what a template keeps for staff."""
    # Of each condition that is open: whether what is read now is hidden, and whether the rest of it is.
    inside: list[tuple[bool, bool]] = []
    for token in tokens:
        name = token.contents.split()[0] if token.token_type is TokenType.BLOCK else ""
        if name == "if":
            hidden = bool(_FOR_STAFF.search(token.contents))
            inside.append((hidden, token.contents.strip() == "if is_own"))
        elif name in {"else", "elif"} and inside:
            inside[-1] = (inside[-1][1], inside[-1][1])
        elif name == "endif" and inside:
            inside.pop()
        if not any(hidden for hidden, _ in inside):
            yield token


def _told(token: Token) -> str:
    kind, contents = token.token_type, token.contents
    if kind is TokenType.TEXT:
        return str(contents)
    if kind is TokenType.VAR:
        return _FILLED
    if kind is TokenType.BLOCK and (title := _TITLE.search(contents)):
        return f"<p>{title[1]}</p>"
    if kind is TokenType.BLOCK:
        return "\x00" if contents.split()[0] in _OTHERWISE else ""
    return ""


def _blocks(page: BeautifulSoup) -> list[str]:
    """Text in the order of the page, what stands in one block together."""
    found: list[str] = []
    last: Tag | None = None
    for node in page.descendants:
        if not isinstance(node, NavigableString) or isinstance(node, Comment):
            continue
        block = next((one for one in node.parents if not _is_inline(one)), None)
        if block is last and found:
            found[-1] += str(node)
        else:
            found.append(str(node))
        last = block
    return [piece for one in found for piece in one.split("\x00")]


def _is_inline(element: Tag) -> bool:
    """Whether it is read as a part of the sentence around it; a link that looks like a button is not."""
    is_link = element.name == "a" and "button" not in element.get_attribute_list("class")
    return is_link or element.name in _INLINE


def _closed(text: str) -> str:
    return " ".join(text.replace("\x00", " ").split())


def _plain(sentence: str) -> str:
    """No mark of Markdown in what is quoted."""
    return re.sub(r"([*_<>`\[\]])", r"\\\1", sentence)


def _source(name: str) -> str:
    return next(_WEB.glob(f"*/templates/{name}.html")).read_text(encoding="utf-8")


def _agreements() -> Iterator[Part]:
    texts = load_agreement_texts()
    for item in texts.items:
        says = (*item.says, item.asks, f"If no: {item.if_no}")
        yield Part(title=f"Before agreeing: {item.title}", says=says)
    yield Part(title="Asked to be told back", says=tuple(one.asks for one in texts.questions))
    yield Part(title="What staff answer to a wish for more", says=tuple(one.says for one in texts.replies))


def _intake() -> Iterator[Part]:
    for section in load_questions().sections:
        asked = [one for one in section.questions if one.patient]
        if asked:
            says = [section.about] if section.about else []
            for one in asked:
                says += [one.patient, *(words for _, words in one.plain)]
            yield Part(title=f"Asked about: {section.title}", says=tuple(says))


def _own_words() -> Iterator[str]:
    """The patient's half of the words that the screen itself puts together."""
    source = (_WEB / _OWN_WORDS).read_text(encoding="utf-8")
    own = source[source.index("const PATIENT") : source.index("export")]
    for text in re.findall(r"`([^`]+)`|\"([^\"]+)\"", re.sub(r"\$\{[^{}?]+\}", _FILLED, own)):
        yield from (piece for piece in re.split(r"\$\{.*?\? \"\" : \"|\"\}", "".join(text)) if piece.strip())


def _of_form(form: type[PlainForm]) -> Iterator[str]:
    for field in form.base_fields.values():
        yield from (str(words) for words in (field.label, field.help_text) if words)
