"""The two ways through the code that README promises a newcomer are there, hop by hop."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
SOURCE = "src/slackwater/"
_HOP = re.compile(r"^\d+\. \[`(?P<shown>[^`]+)`\]\((?P<path>[^)]+)\): (?P<words>.+)$", re.MULTILINE)
# A reader follows at most so many imports by themselves from one hop to the next.
_MOST_BETWEEN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One line of a way: a file or folder, and the names in it that the line points to."""

    shown: str
    path: str
    names: tuple[str, ...]

    @property
    def module(self) -> str:
        return self.path.removeprefix("src/").removesuffix("/").removesuffix(".py").replace("/", ".")


def ways() -> dict[str, list[Hop]]:
    """Each way, by its heading in README."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.split("## Two ways in", 1)[1].split("\n## ", 1)[0]
    _, *parts = re.split(r"^\*\*(.+)\*\*$", section, flags=re.MULTILINE)
    return {name: hops(body) for name, body in zip(parts[::2], parts[1::2], strict=True)}


def hops(body: str) -> list[Hop]:
    return [
        Hop(shown=found["shown"], path=found["path"], names=tuple(re.findall(r"`(\w+)`", found["words"])))
        for found in _HOP.finditer(body)
    ]


WAYS = ways()


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph("slackwater")


def test_readme_promises_two_ways():
    assert list(WAYS) == ["A dose is given", "`slackwater simulate`"]
    assert all(len(way) >= 4 for way in WAYS.values())


@pytest.mark.parametrize("hop", [hop for way in WAYS.values() for hop in way], ids=lambda hop: hop.shown)
def test_each_hop_is_there_and_holds_what_it_names(hop: Hop):
    assert hop.path.startswith(SOURCE)
    assert hop.path.removeprefix(SOURCE) == hop.shown.removesuffix("/")
    path = ROOT / hop.path
    assert path.exists()
    if hop.names:
        assert set(hop.names) <= defined(path), hop.names


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_imports_lead_to_each_hop_from_one_before_it(way: list[Hop], imports: grimp.ImportGraph):
    for index, hop in enumerate(way[1:], 1):
        chains = [chain for before in way[:index] for chain in between(before, hop, imports)]
        assert chains, f"nothing leads to {hop.shown}"
        assert min(len(chain) for chain in chains) - 2 <= _MOST_BETWEEN, f"the way to {hop.shown} is long"


def between(before: Hop, hop: Hop, imports: grimp.ImportGraph) -> list[tuple[str, ...]]:
    """The imports from one hop to the other, either way round: who listens imports what they listen to."""
    ends = ((before.module, hop.module), (hop.module, before.module))
    found = [
        imports.find_shortest_chains(importer=importer, imported=imported, as_packages=True)
        for importer, imported in ends
    ]
    return [chain for chains in found for chain in chains]


def defined(path: Path) -> set[str]:
    """The functions and classes at the top of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
