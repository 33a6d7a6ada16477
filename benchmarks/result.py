"""One measured comparison, and how it is written down."""

import json
import os
import platform
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.target import Target

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """ratio is peer over ours, from interleaved runs; None where there is no peer to run beside."""

    name: str
    workload: str
    ours_s: float
    peer: str | None
    peer_s: float | None
    ratio: float | None
    targets: tuple[Target, ...] = ()


def against(name: str, workload: str, ours_s: float, peer: str, peer_s: float, *asked: Target) -> Result:
    ratio = peer_s / ours_s
    return Result(
        name=name, workload=workload, ours_s=ours_s, peer=peer, peer_s=peer_s, ratio=ratio, targets=asked
    )


def alone(name: str, workload: str, ours_s: float, *asked: Target) -> Result:
    return Result(
        name=name, workload=workload, ours_s=ours_s, peer=None, peer_s=None, ratio=None, targets=asked
    )


def machine() -> str:
    """The machine in words, for the page."""
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return f"{os.cpu_count()} cores of {model}, Python {platform.python_version()}, {platform.system()}"


def write(results: list[Result]) -> Path:
    path = HERE / "results.json"
    path.write_text(json.dumps([asdict(one) for one in results], indent=2) + "\n", encoding="utf-8")
    return path


def as_table(results: list[Result]) -> str:
    """A Markdown table, for the terminal and for docs/reference/performance.md."""
    lines = ["| what | workload | ours | peer | peer's | ratio |", "| --- | --- | --: | --- | --: | --: |"]
    for one in results:
        peer_s = "" if one.peer_s is None else seconds(one.peer_s)
        ratio = "" if one.ratio is None else f"{one.ratio:,.0f}x"
        lines.append(
            f"| {one.name} | {one.workload} | {seconds(one.ours_s)} | {one.peer or ''} | {peer_s} | {ratio} |"
        )
    return "\n".join(lines)


def seconds(value: float) -> str:
    return f"{value:,.1f} s" if value >= 1 else f"{value * 1000:,.1f} ms"
