"""The pages of rules, in reading order, and the page that finds a rule by its identifier."""

from pathlib import Path

from tests.spec import (
    agreements,
    alarms,
    alerts,
    booster,
    calls,
    courses,
    dose_check,
    due,
    eligibility_asking,
    eligibility_body,
    eligibility_day,
    eligibility_mind,
    exposure,
    first_dose,
    incidents,
    interactions,
    leaving,
    orders,
    phases,
    planning,
    presence,
    readiness,
    readings,
    rescue,
    sign_off,
    stock,
    window,
)
from tests.spec.page import DESIGN, Page

from slackwater.rules.basis import Basis

FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "rules"
PAGES = tuple(
    module.PAGE
    for module in (
        courses,
        eligibility_asking,
        eligibility_body,
        eligibility_mind,
        eligibility_day,
        interactions,
        exposure,
        orders,
        planning,
        presence,
        rescue,
        readiness,
        first_dose,
        dose_check,
        booster,
        readings,
        alerts,
        alarms,
        due,
        phases,
        leaving,
        window,
        calls,
        agreements,
        stock,
        incidents,
        sign_off,
    )
)


def index() -> str:
    """The page that lists the others."""
    entries = "\n".join([page.slug for page in PAGES] + ["by-identifier"])
    return f"""# The clinical rules

Each page is a table of what is so and what the rule then says. The tables are run as tests, and these
pages are printed from them, so a page cannot say other than what the program does.

An identifier such as M11 is that of the row the rule rests on, and is never used for anything else. A
**stop** bars the act; **unknown** bars it too, because what is not known is never taken as safe; a **warn**
needs a look or a written reason; a **note** explains. A star marks what a prescriber may set aside with a
reason that is kept, a dagger (†) what takes a prescriber and a second clinician.

In the tables of sources {DESIGN} marks a number that was chosen for this system because no published one was
found. It is not evidence. Every threshold here, with or without a source, needs a clinical lead's signature
before use, given on *Clinical rules*; [Signing rules](signing.md) has what it changes.

```{{toctree}}
:maxdepth: 1

{entries}
```
"""


def by_identifier() -> str:
    """Where each rule is tried, and in how many rows."""
    lines = [
        f"| {rule} | {'; '.join(row.what for row in rows)} | {_tried(rule)} |"
        for rule, rows in sorted(rows_by_rule().items())
    ]
    return "\n".join(
        [
            "# Rules by identifier",
            "",
            "Where each rule is tried. The number counts the rows of the page in which it speaks.",
            "",
            "| Rule | What it holds | Tried in |",
            "| --- | --- | --- |",
            *lines,
            "",
        ]
    )


def rows_by_rule() -> dict[str, list[Basis]]:
    """Every row of every page under its rule, each once."""
    found: dict[str, list[Basis]] = {}
    for page in PAGES:
        for row in page.rows:
            rows = found.setdefault(row.rule, [])
            if row.what not in {one.what for one in rows}:
                rows.append(row)
    return found


def spoken_in(page: Page, rule: str) -> int:
    """In how many rows of a page a rule speaks; that it is asked at all is not yet a word of its own."""
    spoken = (
        {said.split()[0] for said in case.says if said and " asked" not in said} for _, case in page.cases
    )
    return sum(rule in rules for rules in spoken)


def _tried(rule: str) -> str:
    # A row about readings marks them and gives no finding, so it speaks under the reading's own name.
    if rule.startswith("READ-"):
        return f"[{readings.PAGE.title}]({readings.PAGE.slug}.md)"
    counts = ((page, spoken_in(page, rule)) for page in PAGES)
    return ", ".join(f"[{page.title}]({page.slug}.md) {count}" for page, count in counts if count)
