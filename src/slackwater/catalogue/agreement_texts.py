"""Reads agreements.toml: what patients read before they agree, and what staff answer."""

import tomllib
from functools import cache
from importlib import resources

from slackwater.catalogue.fields import Fields
from slackwater.rules.agreements.permits import Item
from slackwater.rules.agreements.texts import AgreementTexts, ItemText, Question, Reply
from slackwater.terms.refusal import RefusedError

_FILE = "agreements.toml"


@cache
def load_agreement_texts() -> AgreementTexts:
    """The words that ship with the package; RefusedError names the key that is wrong."""
    return parse_agreement_texts(
        resources.files("slackwater.catalogue").joinpath(_FILE).read_text(encoding="utf-8")
    )


def parse_agreement_texts(text: str) -> AgreementTexts:
    """Raises RefusedError naming the key that is wrong."""
    try:
        table = Fields(_FILE, tomllib.loads(text))
        texts = AgreementTexts(
            version=table.text("version"),
            verified=table.text("verified"),
            items=tuple(_item(one) for one in table.tables("items")),
            questions=tuple(_question(one) for one in table.tables("questions")),
            replies=tuple(_reply(one) for one in table.tables("replies")),
        )
        table.refuse_unread()
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise RefusedError.of(
            field=_FILE, code="catalogue", message=f"{error}.", mend=f"Correct catalogue/{_FILE}."
        ) from None
    return texts


def _item(row: Fields) -> ItemText:
    found = ItemText(
        item=row.word("item", Item),
        title=row.text("title"),
        says=row.texts("says"),
        asks=row.text("asks"),
        if_no=row.text("if_no"),
        rests_on=(*row.texts("claims"), *row.texts("rows")),
    )
    row.refuse_unread()
    return found


def _question(row: Fields) -> Question:
    found = Question(
        name=row.text("name"), item=row.word("item", Item), asks=row.text("asks"), full=row.text("full")
    )
    row.refuse_unread()
    return found


def _reply(row: Fields) -> Reply:
    found = Reply(name=row.text("name"), says=row.text("says"))
    row.refuse_unread()
    return found
