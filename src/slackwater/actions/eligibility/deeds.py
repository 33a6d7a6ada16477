"""Answering, setting aside, opening a course and ending it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from slackwater.actions import audit
from slackwater.actions.eligibility import found, lines
from slackwater.actions.policy import Permission, require
from slackwater.catalogue.intake import load_questions
from slackwater.records.models import Course, CourseEnd, FindingAside, IntakeLine, Patient, Role, User
from slackwater.records.models.courses import REASON_LENGTH
from slackwater.rules.eligibility.criteria import Stage
from slackwater.rules.eligibility.overrides import OverrideRecord
from slackwater.rules.eligibility.questions import Value
from slackwater.rules.findings import Finding, Override
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.route import Route

_BY_PRESCRIBERS = frozenset({"D19"})


@transaction.atomic
def answer(
    patient: Patient, section: str, values: Mapping[str, Value], *, by: User, at: datetime, key: UUID
) -> IntakeLine:
    """Keep the answers to a section. What was answered before stays; the last word counts.

    Raises RefusedError for a question that is not in this section, or that is not this person's to answer.
    """
    require(by, Permission.KEEP_INTAKE, patient)
    shown = load_questions().section(section)
    if shown is None:
        raise _refused("section", "unknown", "There is no such section.", "Go back to the list.")
    is_patient = by.role == Role.PATIENT.value
    theirs = {one.name for one in shown.questions if one.patient or not is_patient}
    if set(values) - theirs:
        raise _refused("answers", "not-theirs", "This question is not on this page.", "Load the page again.")
    if not values:
        raise _refused("answers", "missing", "Nothing was answered.", "Answer one, or go on without.")
    return lines.add(lines.locked(patient), section, values, by=by, at=at, key=key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A finding to be set aside at a stage, and why.

    prescriber, second: the second where it takes two; both have shown who they are
    """

    finding: Finding
    stage: Stage
    reason: str
    prescriber: User
    second: User | None = None


@transaction.atomic
def set_aside(patient: Patient, aside: Aside, *, at: datetime, key: UUID) -> FindingAside:
    """Set one finding aside as it stands, with a reason that is kept.

    Raises RefusedError naming what is missing: nobody may, no reason, no second, the same person twice.
    """
    by, second, finding = aside.prescriber, aside.second, aside.finding
    require(by, Permission.SET_ASIDE_FINDING, patient)
    if second is not None:
        require(second, second_for(finding), patient)
    if row := FindingAside.objects.filter(key=key).first():
        return row
    reason = aside.reason.strip()
    if len(reason) > REASON_LENGTH:
        raise _refused(
            "reason", "too-long", "This reason is too long.", f"At most {REASON_LENGTH} characters."
        )
    # The record itself says what is wrong with it.
    OverrideRecord(
        finding=finding,
        reason=reason,
        prescriber=str(by.pk),
        second=str(second.pk) if second else None,
        at=at,
    )
    row = FindingAside.objects.create(
        patient=patient,
        key=key,
        stage=aside.stage.value,
        finding=asdict(finding),
        reason=reason,
        prescriber=by,
        second=second if finding.override is Override.PRESCRIBER_AND_SECOND else None,
        at=at,
    )
    audit.keep(audit.Act.FINDING_SET_ASIDE, by=by, at=at, subject=patient.public_id, finding=finding.id)
    return row


def second_for(finding: Finding) -> Permission:
    """What the second person must be allowed to do; past a course's limits they are a prescriber too."""
    return Permission.SET_ASIDE_FINDING if finding.id in _BY_PRESCRIBERS else Permission.SECOND_FINDING


@transaction.atomic
def open_course(patient: Patient, *, by: User, at: datetime) -> Course:
    """Open a course. Raises RefusedError with everything that stands against it."""
    require(by, Permission.OPEN_COURSE, patient)
    patient = lines.locked(patient)
    if found.open_course(patient) is not None:
        raise _refused("course", "open", "A course is open already.", "End that one first.")
    now = found.of(patient, stage=Stage.COURSE, route=None, at=at)
    if now.barring:
        raise RefusedError(*(_barred(one) for one in now.barring))
    last = Course.objects.filter(patient=patient).order_by("-number").first()
    course = Course.objects.create(
        patient=patient,
        number=last.number + 1 if last else 1,
        findings=[asdict(one) for one in now.found],
        opened_at=at,
        opened_by=by,
    )
    audit.keep(audit.Act.COURSE_OPENED, by=by, at=at, subject=course.public_id)
    return course


@transaction.atomic
def end_course(patient: Patient, *, reason: str, by: User, at: datetime) -> CourseEnd:
    """End the course that goes on. Orders are no longer signed until another is opened."""
    require(by, Permission.OPEN_COURSE, patient)
    patient = lines.locked(patient)
    course = found.open_course(patient)
    if course is None:
        raise _refused("course", "none", "No course is open.", "Nothing is left to do.")
    if not reason.strip() or len(reason.strip()) > REASON_LENGTH:
        raise _refused(
            "reason", "missing", "No reason was given, or it is too long.", "Say why in a few sentences."
        )
    end = CourseEnd.objects.create(course=course, reason=reason.strip(), at=at, by=by)
    audit.keep(audit.Act.COURSE_ENDED, by=by, at=at, subject=course.public_id)
    return end


def order_problems(patient: Patient, *, route: Route, at: datetime) -> list[Problem]:
    """What keeps an order from being signed, as a refusal tells it."""
    return [_barred(one) for one in found.against_order(patient, route=route, at=at)]


def _barred(finding: Finding) -> Problem:
    return Problem(
        field="screening",
        code=finding.id,
        message=finding.sentence,
        mend=f"Settle it under Screening; {finding.override.label}.",
    )


def _refused(field: str, code: str, message: str, mend: str) -> RefusedError:
    return RefusedError.of(field=field, code=code, message=message, mend=mend)
