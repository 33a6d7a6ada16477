"""What the explanation of RK2 says is what the page that the fit wrote says, and both are about this RK2."""

import re
from pathlib import Path

from slackwater.catalogue.interactions_seen import read_interactions_seen
from slackwater.catalogue.loader import load

DOCS = Path(__file__).parents[2] / "docs"
SAID = (DOCS / "explanation/rk2.md").read_text(encoding="utf-8")
FITTED = (DOCS / "reference/rk2-fit.md").read_text(encoding="utf-8")
# The words of the explanation for each model of the fit's page.
TOLD_AS = {
    "RK1 v1, adjusted having seen them": "rk1, which had seen the rows",
    "RK2, fitted to them": "rk2, fitted to them",
    "**RK2, held out**": "rk2, held out",
}


def rows(page, heading):
    """The cells of the first table under a heading."""
    section = page.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    table = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip().replace("−", "-") for cell in line.strip("|").split("|")] for line in table[2:]]


def test_the_trials_figures_are_those_of_the_fit():
    fitted = {(row[0], row[1]): row[2:] for row in rows(FITTED, "Scores")}
    name, compared = "", 0
    for row in rows(SAID, "The trial: rows it was not fitted to"):
        name = row[0] or name
        if name in TOLD_AS:
            assert row[2:] == fitted[TOLD_AS[name], row[1]], (name, row[1])
            compared += 1
    assert compared == len(fitted) == 12


def test_the_interactions_told_are_those_of_the_fit():
    """Each row told has its published ratio, RK1's and RK2's; two routes may share a row."""
    fitted = [tuple(row[2:5]) for row in rows(FITTED, "Other medicines, by route")]
    assert len(fitted) == sum(seen.is_modelled for seen in read_interactions_seen())
    for row in rows(SAID, "Other medicines"):
        for figures in zip(*(cell.split("; ") for cell in row[1:4]), strict=True):
            assert figures in fitted, row[0]


def test_every_estimate_of_the_fits_page_is_the_catalogues():
    model = {each.name: each for each in load().model("rk2").parameters}
    estimates = rows(FITTED, "Estimates")
    assert len(estimates) == sum(each.rse is not None for each in model.values())
    for name, value, unit, rse, _ in estimates:
        assert (value, unit) == (f"{model[name].value:g}", model[name].unit.value), name
        assert abs(float(rse.removesuffix(" %")) - 100 * (model[name].rse or 0)) <= 0.51, name


def test_the_sum_of_squares_told_is_the_one_that_the_starts_came_down_to():
    costs = re.search(r"came down to \(seed 1\): ([\d., ]+)\.\n", FITTED)
    assert costs
    told = re.search(r"half the sum of squares is ([\d.]+),", SAID)
    assert told
    found = [float(cost) for cost in costs[1].split(", ")]
    assert max(found) - min(found) < 0.01
    assert float(told[1]) == round(found[0], 1)


def test_the_errors_that_the_page_says_go_together_are_those_that_a_crowd_is_drawn_with():
    (together,) = [one for one in load().model("rk2").correlations if len(one.etas) > 2]
    names = [eta.removeprefix("estimate of ") for eta in together.etas]
    told = {tuple(row[0].split(", ")): float(row[1]) for row in rows(FITTED, "Errors that go together")}
    strong = {
        (names[j], names[i]): entry
        for i, row in enumerate(together.matrix)
        for j, entry in enumerate(row[:i])
        if abs(entry) > 0.5
    }
    assert strong == told
