"""What is done in an emergency, step by step, in words of ours."""

from dataclasses import dataclass

# Names that no step has: a run begins and ends under them.
_TAKEN = frozenset({"begun", "ended"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that is done."""

    key: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """One list of steps.

    conditions: the alarms from which it opens
    rests_on:   the rows of the evidence behind it
    verified:   how sure we are, with the word "design" where something was chosen here
    """

    key: str
    title: str
    conditions: tuple[str, ...]
    rests_on: tuple[str, ...]
    verified: str
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        keys = [step.key for step in self.steps]
        if not keys or len(set(keys)) < len(keys) or _TAKEN & set(keys):
            raise ValueError(f"{self.key} has no steps, one twice, or a name that is taken")
