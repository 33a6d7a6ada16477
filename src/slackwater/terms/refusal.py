"""How anything is refused: which field, what is wrong with it, and how to mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with what was asked.

    field:   the name of the input, as the person or program gave it
    code:    a stable word for programs, such as "comma"
    message: what is wrong, in one sentence
    mend:    what to write or do instead, in one sentence
    """

    field: str
    code: str
    message: str
    mend: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message} {self.mend}"


class RefusedError(Exception):
    """A request that cannot be carried out, with every problem found in it.

    Nothing has been changed when this is raised.
    """

    def __init__(self, *problems: Problem) -> None:
        if not problems:
            raise ValueError("a refusal names at least one problem")
        super().__init__(*problems)
        self.problems: tuple[Problem, ...] = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)

    @classmethod
    def of(cls, *, field: str, code: str, message: str, mend: str) -> "RefusedError":
        """A refusal with one problem."""
        return cls(Problem(field=field, code=code, message=message, mend=mend))
