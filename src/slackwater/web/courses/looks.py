"""What the pages of a screening show."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from slackwater.actions.eligibility import found, lines
from slackwater.actions.exposure import Visit
from slackwater.actions.policy import Permission, may
from slackwater.catalogue.eligibility import load_eligibility
from slackwater.catalogue.intake import load_questions
from slackwater.records.models import FindingAside, IntakeLine, Patient, Role, User
from slackwater.rules.eligibility.criteria import Action, Criterion, Stage
from slackwater.rules.eligibility.dates import LastDay, LastTime
from slackwater.rules.eligibility.gathered import Given, is_waiting
from slackwater.rules.eligibility.overrides import needs_word
from slackwater.rules.eligibility.questions import Question, Section, Value, comes_up
from slackwater.rules.findings import Finding, Override, Severity
from slackwater.terms.amounts import show_mg
from slackwater.terms.days import day_text
from slackwater.terms.route import Route

_TITLES = {
    Action.EXCLUDE: "No course",
    Action.DEFER: "Not until it is settled",
    Action.CAUTION: "With care, and in writing",
    Action.REFER: "Somebody else looks first",
}
_READ_AT_ONCE = 6
_BODY, _HEART, _NERVES, _MIND = "Rest of the body", "Heart and circulation", "Brain and nerves", "Mind"
_USE, _LIFE, _DAY = "Alcohol, drugs and medicines", "Person and home", "Anaesthetic, fasting, baseline"
_OTHER = "Since the last visit"
_SUBJECTS = {
    "cardiovascular": _HEART, "neurological": _NERVES, "psychiatric": _MIND, "capacity": _MIND,
    "substance": _USE, "medication": _USE, "social": _LIFE, "age": _LIFE, "indication": _LIFE,
    "anaesthetic": _DAY, "fasting": _DAY, "baseline tests": _DAY,
}  # fmt: skip
STAGES = {
    Stage.COURSE: "For a course",
    Stage.ORDER: "For an order",
    Stage.DAY: "Today, before the first dose",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One finding as the page shows it; `mark` names it in an address."""

    finding: Finding
    mark: str
    is_standing: bool
    aside: FindingAside | None
    may_set_aside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Findings that ask for the same; many of them stand in `parts`, by what they are about."""

    title: str
    findings: tuple[Shown, ...]
    parts: tuple["Group", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a section is."""

    section: Section
    answered: int
    asked: int
    waiting: int

    @property
    def words(self) -> str:
        """In words, for a list."""
        if self.waiting:
            return f"{self.waiting} to go through with the patient"
        if self.answered == self.asked:
            return "all answered"
        return f"{self.answered} of {self.asked} answered" if self.answered else "not asked yet"


def mark_of(finding: Finding) -> str:
    """A short name for a finding as it stands; one that changes has another."""
    told = f"{finding.id}\n{finding.severity}\n{finding.sentence}\n{finding.override}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def groups(standing: found.Standing, *, by: User) -> list[Group]:
    """Findings by what they ask for, those that are not known first; notes come last."""
    # What the visits before ask for is no criterion: it is gone on with in writing.
    actions = {one.id: Action.CAUTION for one in standing.found}
    actions |= {row.rule: row.action for row in _criteria()}
    shown = [_shown(one, standing, by=by) for one in standing.found]
    unknown = tuple(one for one in shown if one.finding.severity is Severity.UNKNOWN)
    notes = tuple(one for one in shown if one.finding.severity is Severity.NOTE)
    rest = [one for one in shown if one not in unknown and one not in notes]
    made = [Group(title="Not known", findings=unknown, parts=_by_subject(unknown))]
    made += [
        Group(title=_TITLES[action], findings=tuple(one for one in rest if actions[one.finding.id] is action))
        for action in Action
    ]
    made.append(Group(title="To be aware of", findings=notes))
    return [group for group in made if group.findings]


def _by_subject(unknown: Sequence[Shown]) -> tuple[Group, ...]:
    """A few are read one below the other; of a whole list only the subjects are."""
    if len(unknown) <= _READ_AT_ONCE:
        return ()
    subjects = {row.rule: _SUBJECTS.get(row.domain, _BODY) for row in _criteria()}
    found: dict[str, list[Shown]] = {}
    for one in unknown:
        found.setdefault(subjects.get(one.finding.id, _OTHER), []).append(one)
    return tuple(Group(title=title, findings=tuple(each)) for title, each in found.items())


def sections(patient: Patient, *, by: User, at: datetime) -> list[Progress]:
    """Every section that this person sees, and how far it is."""
    given = lines.given(lines.rows(patient, until=at))
    return [progress(one, given, by=by) for one in load_questions().sections if is_shown(one, by)]


def progress(section: Section, given: dict[str, list[Given]], *, by: User) -> Progress:
    """How far a section is, counted over what is asked at all."""
    held = values_held(section, given)
    asked = [one for one in shown_questions(section, by) if comes_up(one, held)]
    is_patient = by.role == Role.PATIENT
    return Progress(
        section=section,
        asked=len(asked),
        answered=sum(one.name in held for one in asked),
        waiting=0 if is_patient else sum(is_waiting(given.get(one.name, ())) for one in asked),
    )


def values_held(section: Section, given: dict[str, list[Given]]) -> dict[str, Value]:
    """What a form begins with: the last word on each question, also the patient's own where staff asks."""
    return {one.name: given[one.name][-1].value for one in section.questions if one.name in given}


def shown_questions(section: Section, by: User) -> tuple[Question, ...]:
    """The questions that this person answers."""
    if by.role == Role.PATIENT:
        return tuple(one for one in section.questions if one.patient)
    return section.questions


def is_shown(section: Section, by: User) -> bool:
    """Whether this person sees a section at all."""
    if by.role == Role.PATIENT:
        return any(one.patient for one in section.questions)
    return not section.is_private or may(by, Permission.SEE_PRIVATE_SCREEN)


def finding_at(patient: Patient, stage: Stage, mark: str, *, at: datetime) -> Finding | None:
    """The finding that an address names, if it still stands."""
    standing = found.of(patient, stage=stage, route=route_of(patient), at=at)
    return next((one for one in standing.barring if mark_of(one) == mark), None)


def route_of(patient: Patient) -> Route | None:
    """The route of the order that waits or was given last; None before the first."""
    order = patient.orders.filter(voided_at=None).order_by("-signed_at").first()
    return Route(order.route) if order else None


def saving(row: IntakeLine, *, by: User) -> dict[str, Any]:
    """One saving in words."""
    questions = load_questions()
    section = questions.section(row.section)
    is_patient = by.role == Role.PATIENT
    told = [(questions.question(name), value) for name, value in lines.parse(row.payload).items()]
    return {
        "at": row.at,
        "by": row.by_name,
        "section": section.title if section else row.section,
        "answers": [
            ((one.patient if is_patient else "") or one.asks, words(one, value, is_plain=is_patient))
            for one, value in told
            if one.patient or not is_patient
        ],
    }


def words(one: Question, value: Value, *, is_plain: bool = False) -> str:  # noqa: PLR0911  one case a kind
    """An answer in words."""
    names = dict(one.plain if is_plain else one.choices)
    match value:
        case None:
            return "not known, or not said"
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value / one.scale:g} {one.unit}".strip()
        case str():
            return names[value]
        case frozenset():
            return ", ".join(names[each] for each in sorted(value)) or "none of these"
        case LastDay():
            return _last(value.has_happened, day_text(value.on) if value.on else "")
        case LastTime():
            at = f"{timezone.localtime(value.at):%-d %B %Y, %H:%M}" if value.at else ""
            return _last(value.has_happened, at)


# What the long view shows over time besides doses.
_WATCHED = (
    "watch.craving", "watch.bladder", "organs.bpic_ss", "liver.alt", "liver.ast", "liver.alp", "liver.ggt",
    "course.review",
)  # fmt: skip


def watched(patient: Patient, *, by: User) -> list[dict[str, Any]]:
    """Every answer to what is watched, newest first."""
    questions = load_questions()
    return [
        {"at": row.at, "by": row.by_name, "asks": questions.question(name).asks,
         "said": words(questions.question(name), value)}
        for row in reversed(lines.rows(patient))
        for name, value in lines.parse(row.payload).items()
        if name in _WATCHED and by.role != Role.PATIENT
    ]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Stem:
    """One visit on the plot: a stem as tall as what was given."""

    x: str
    y: str
    words: str


def over_time(visits: Sequence[Visit]) -> dict[str, Any]:
    """The visits as stems over time, for a drawing 640 wide and 200 high; empty before the first."""
    if not visits:
        return {}
    first, last = visits[0].first_at, visits[-1].first_at
    span = max((last - first).total_seconds(), 1.0)
    most = max(one.amount_ug for one in visits)
    return {
        "stems": [
            Stem(
                x=f"{40 + 580 * (one.first_at - first).total_seconds() / span:.1f}",
                y=f"{170 - 140 * one.amount_ug / most:.1f}",
                words=f"{timezone.localtime(one.first_at):%-d %B %Y}: {show_mg(one.amount_ug)}",
            )
            for one in visits
        ],
        "first": timezone.localtime(first),
        "last": timezone.localtime(last),
        "most": show_mg(most),
    }


def _last(has_happened: bool, when: str) -> str:  # noqa: FBT001  the two halves of one answer
    if not has_happened:
        return "never"
    return f"yes, last {when}" if when else "yes, nobody knows when"


def _shown(finding: Finding, standing: found.Standing, *, by: User) -> Shown:
    is_standing = finding in standing.barring
    aside = None if is_standing or not needs_word(finding) else _aside(finding, standing.aside)
    return Shown(
        finding=found.as_shown(finding, by=by),
        mark=mark_of(finding),
        is_standing=is_standing,
        aside=aside,
        may_set_aside=(
            is_standing and finding.override is not Override.NONE and may(by, Permission.SET_ASIDE_FINDING)
        ),
    )


def _aside(finding: Finding, rows: Iterable[FindingAside]) -> FindingAside | None:
    return next((row for row in rows if mark_of(found.finding_of(row.finding)) == mark_of(finding)), None)


def _criteria() -> list[Criterion]:
    criteria = load_eligibility().criteria
    return [getattr(criteria, name) for name in criteria.__dataclass_fields__]
