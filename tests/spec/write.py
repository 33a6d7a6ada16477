"""Writes the pages of rules into docs/: python -m tests.spec.write"""

from tests.spec.page import render
from tests.spec.pages import FOLDER, PAGES, by_identifier, index


def main() -> None:
    for page in PAGES:
        (FOLDER / f"{page.slug}.md").write_text(render(page), encoding="utf-8")
    (FOLDER / "by-identifier.md").write_text(by_identifier(), encoding="utf-8")
    (FOLDER / "index.md").write_text(index(), encoding="utf-8")


if __name__ == "__main__":
    main()
