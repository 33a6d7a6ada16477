"""What is asked of a figure, and whether it was met."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A limit of the performance protocol or of the issue that asked for it.

    is_least: the limit is the least that is asked for, and not the most
    is_gate:  the build stops where it is missed
    stretch:  what was hoped for beyond it
    """

    what: str
    found: float
    limit: float
    unit: str
    is_least: bool = False
    is_gate: bool = False
    stretch: float | None = None

    @property
    def is_met(self) -> bool:
        return self.found >= self.limit if self.is_least else self.found <= self.limit

    @property
    def words(self) -> str:
        bound = "at least" if self.is_least else "at most"
        return f"{self.what}: {self.found:.3g} {self.unit}, {bound} {self.limit:g} is asked for"


def as_table(targets: list[Target]) -> str:
    """A Markdown table, for the terminal and for docs/reference/performance.md."""
    lines = ["| target | found | limit | stretch | |", "| --- | --: | --: | --: | --- |"]
    for one in targets:
        sign = "≥" if one.is_least else "≤"
        stretch = "" if one.stretch is None else f"{sign} {one.stretch:g}"
        verdict = ("met" if one.is_met else "missed") + (", a gate" if one.is_gate else "")
        lines.append(
            f"| {one.what} | {one.found:.3g} {one.unit} | {sign} {one.limit:g} | {stretch} | {verdict} |"
        )
    return "\n".join(lines)
