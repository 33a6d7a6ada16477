"""Whether a patient has told in their own words what they would agree to.

Each answer is whole, in part, or not there (2, 1 or 0 points), as in UBACC (Jeste 2007). No tool is validated
for agreeing to touch under a dissociative drug (clinical.md 6.5), so the pass mark is the clinic's to set.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from slackwater.rules.agreements.texts import MOST_POINTS, AgreementTexts
from slackwater.terms.refusal import Problem, RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachBack:
    """A teach-back with every question asked. `retell` names those that are worth going over again."""

    points: int
    pass_mark: int
    retell: tuple[str, ...]

    @property
    def is_passed(self) -> bool:
        return self.points >= self.pass_mark


def scored(answers: Mapping[str, int], *, texts: AgreementTexts, pass_mark: int | None) -> TeachBack:
    """The sum, once every question was asked.

    answers: points by the name of the question
    Raises RefusedError naming each question that was not asked, is not one of these or has other points, and
    where the clinic has set no pass mark: a teach-back that broke off is never a low score.
    """
    problems = [*_of_mark(pass_mark, texts), *_of_answers(answers, texts)]
    if problems or pass_mark is None:
        raise RefusedError(*problems)
    return TeachBack(
        points=sum(answers.values()),
        pass_mark=pass_mark,
        retell=tuple(one.name for one in texts.questions if answers[one.name] < MOST_POINTS),
    )


def _of_mark(pass_mark: int | None, texts: AgreementTexts) -> list[Problem]:
    if pass_mark is None:
        message, mend = "The clinic has set no pass mark.", "Ask the clinic's lead to set and sign one."
    elif not 0 < pass_mark <= texts.most_points:
        message = f"{pass_mark} is no mark out of {texts.most_points}."
        mend = f"Set one from 1 to {texts.most_points}."
    else:
        return []
    return [Problem(field="pass_mark", code="pass-mark", message=message, mend=mend)]


def _of_answers(answers: Mapping[str, int], texts: AgreementTexts) -> list[Problem]:
    names = [one.name for one in texts.questions]
    problems = [
        _problem(name, "missing", "This was not asked yet.", "Ask it, or stop here and go on another day.")
        for name in names
        if name not in answers
    ]
    for name, points in answers.items():
        if name not in names:
            problems.append(_problem(name, "unknown", "There is no such question.", "Leave it out."))
        elif isinstance(points, bool) or points not in range(MOST_POINTS + 1):
            problems.append(_problem(name, "points", f"{points} is not 0, 1 or 2.", "Choose one of them."))
    return problems


def _problem(name: str, code: str, message: str, mend: str) -> Problem:
    return Problem(field=f"answers.{name}", code=code, message=message, mend=mend)
