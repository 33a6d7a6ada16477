"""What is asked of every page, whatever it is about."""

import re

from bs4 import BeautifulSoup
from django.http import HttpResponse

_SCRIPT_ATTRIBUTE = re.compile(r"^on[a-z]+$")


def soup(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def text(response: HttpResponse) -> str:
    """What a person reads, with the spaces of the source closed up."""
    return " ".join(soup(response).get_text(" ").split())


def faults(response: HttpResponse) -> dict[str, str]:
    """The summary at the top: field to words, keyed by what each link leads to."""
    links = soup(response).select("#faults a")
    return {link["href"].removeprefix("#id_"): link.get_text() for link in links}


def value(response: HttpResponse, name: str) -> str:
    """What a field holds on the page, chosen or typed."""
    page = soup(response)
    chosen = page.select_one(f'input[name="{name}"][checked]')
    if chosen is not None:
        return str(chosen["value"])
    field = page.select_one(f'[name="{name}"]')
    assert field is not None, f"no field {name}"
    if field.name == "textarea":
        return field.get_text().strip()
    if field.name == "select":
        option = field.select_one("option[selected]")
        return str(option["value"]) if option else ""
    return str(field.get("value", ""))


def check(response: HttpResponse, *, framed: bool = True) -> None:
    """A neutral title, one heading, landmarks, labelled fields; nothing inline, nothing from outside."""
    page = soup(response)
    assert page.title is not None
    assert page.title.get_text() == "Slackwater"
    assert len(page.select("h1")) == 1
    assert page.select_one("main#main") is not None
    if framed:
        assert page.select_one("a.skip[href='#main']") is not None
    assert page.html is not None
    assert page.html["lang"] == "en"
    for element in page.find_all(True):
        assert "style" not in element.attrs, element
        assert not any(_SCRIPT_ATTRIBUTE.match(name) for name in element.attrs), element
    assert not page.select("style")
    for script in page.select("script"):
        assert script.get("src") or script.get("type") == "application/json", script
    for address in [*page.select("[src]"), *page.select("link[href]")]:
        assert str(address.get("src") or address.get("href")).startswith("/"), address
    for field in page.select("input:not([type=hidden]), select, textarea"):
        named = (
            field.get("aria-label")
            or page.select_one(f'label[for="{field.get("id")}"]')
            or field.find_parent("label")
        )
        assert named, field
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "no-store" in response.headers["Cache-Control"]
