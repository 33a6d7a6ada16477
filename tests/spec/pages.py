"""The pages of rules, in reading order."""

from pathlib import Path

from tests.spec import alerts, booster, due, first_dose, leaving, orders, phases, readings

FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "rules"
PAGES = tuple(module.PAGE for module in (orders, first_dose, booster, readings, alerts, due, phases, leaving))


def index() -> str:
    """The page that lists the others."""
    entries = "\n".join(page.slug for page in PAGES)
    return f"""# The clinical rules

Each page is a table of what is so and what the rule then says. The tables are run as tests, and these
pages are printed from them, so a page cannot say other than what the program does.

An identifier such as M11 is that of the row the rule rests on, and is never used for anything else. A
**stop** bars the act; **unknown** bars it too, because what is not known is never taken as safe; a **warn**
needs a look or a written reason; a **note** explains. A star marks what a prescriber may set aside with a
reason that is kept.

In the tables of sources ◇ marks a number that was chosen for this system because no published one was found.
It is not evidence. Every threshold here, with or without a source, needs a clinical lead's signature before
use.

```{{toctree}}
:maxdepth: 1

{entries}
```
"""
