"""What stands against treating a patient, at a stage, as it is known at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from slackwater.actions import exposure, medicines, own_numbers, patients
from slackwater.actions.agreements import lines as agreement_lines
from slackwater.actions.eligibility import lines
from slackwater.actions.eligibility.counting import counted
from slackwater.actions.policy import Permission, may
from slackwater.records.models import AgreementLine, Course, FindingAside, Patient, User
from slackwater.rules.agreements.log import TaughtBack
from slackwater.rules.eligibility.course import course_findings
from slackwater.rules.eligibility.criteria import Stage
from slackwater.rules.eligibility.findings import findings
from slackwater.rules.eligibility.gathered import Given, Record, intake_of
from slackwater.rules.eligibility.intake import Intake
from slackwater.rules.eligibility.overrides import OverrideRecord, lapsed, standing
from slackwater.rules.findings import Finding, Override, Severity
from slackwater.terms.route import Route
from slackwater.terms.sex import Sex

# On the day the room holds the pressure to these rows itself, from the readings that are taken there.
_HELD_BY_THE_ROOM = frozenset({"E07", "E08", "E09"})
_INTERVAL = "D18"
# What a patient told alone; nobody else reads more than that something bars.
_PRIVATE = frozenset({"E37", "E38"})
_ALONE = "Something that the patient may have told alone. A prescriber or a guide sees it and settles it."
_TENTHS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All of it at one stage.

    found:    every finding
    barring:  those that still stand: nothing goes ahead before they are settled or set aside
    aside:    what was set aside for this patient, newest first
    lapsed:   those among them that count for nothing that is found now
    """

    stage: Stage
    found: tuple[Finding, ...]
    barring: tuple[Finding, ...]
    aside: tuple[FindingAside, ...]
    lapsed: tuple[FindingAside, ...]


def of(patient: Patient, *, stage: Stage, route: Route | None, at: datetime) -> Standing:
    """What is found and what of it stands."""
    at = timezone.localtime(at)
    criteria = tuple(
        finding
        for finding in findings(
            facts(patient, at=at), stage=stage, route=route, at=at, limits=own_numbers.limits()
        )
        if not (stage is Stage.DAY and finding.id in _HELD_BY_THE_ROOM)
    )
    rows = list(
        FindingAside.objects.filter(patient=patient, at__lte=at).select_related("prescriber", "second")
    )
    found = (*criteria, *_long_view(patient, stage, at))
    records = {row.pk: record(row) for row in rows}
    gone = {id(one) for one in lapsed(found, list(records.values()), at=at)}
    rows.reverse()
    return Standing(
        stage=stage,
        found=found,
        barring=standing(found, list(records.values()), at=at),
        aside=tuple(rows),
        lapsed=tuple(row for row in rows if id(records[row.pk]) in gone),
    )


def against_order(patient: Patient, *, route: Route, at: datetime) -> tuple[Finding, ...]:
    """What keeps an order from being signed: no course, or a finding that stands."""
    course = course_findings(is_open=open_course(patient) is not None)
    return (*course, *of(patient, stage=Stage.ORDER, route=route, at=at).barring)


def against_dose(patient: Patient, *, route: Route, at: datetime, but: str = "") -> tuple[Finding, ...]:
    """What keeps the first dose from being given today. A booster is held to the room's own rules.

    but: the session that is going on, whose own dose is none of an earlier visit
    """
    soon = {one.id for one in exposure.against_dose(patient, at=at, but=but)}
    standing = of(patient, stage=Stage.DAY, route=route, at=at).barring
    return tuple(one for one in standing if one.id != _INTERVAL or one.id in soon)


def as_shown(finding: Finding, *, by: User) -> Finding:
    """The finding, or only that there is one, where it tells what a patient said alone."""
    if finding.id not in _PRIVATE or may(by, Permission.SEE_PRIVATE_SCREEN):
        return finding
    return replace(finding, sentence=_ALONE)


def facts(patient: Patient, *, at: datetime) -> Intake:
    """What is known of the patient at a moment."""
    answers = counted(lines.given(lines.rows(patient, until=at)))
    return intake_of(answers, _record(patient, answers, at=at))


def open_course(patient: Patient) -> Course | None:
    """The course that goes on, if one does."""
    return Course.objects.filter(patient=patient, end__isnull=True).first()


def record(row: FindingAside) -> OverrideRecord:
    """A row as the rules read it."""
    return OverrideRecord(
        finding=finding_of(row.finding),
        reason=row.reason,
        prescriber=str(row.prescriber_id),
        second=str(row.second_id) if row.second_id else None,
        at=row.at,
    )


def finding_of(kept: dict[str, Any]) -> Finding:
    """A finding as it was kept."""
    severity, override = Severity(kept["severity"]), Override(kept["override"])
    return Finding(**{**kept, "severity": severity, "override": override})


def _long_view(patient: Patient, stage: Stage, at: datetime) -> tuple[Finding, ...]:
    """What the visits before ask for: of an order, and on the day."""
    if stage is Stage.ORDER:
        return exposure.against_order(patient, at=at)
    return exposure.against_dose(patient, at=at) if stage is Stage.DAY else ()


def _record(patient: Patient, answers: dict[str, Given], *, at: datetime) -> Record:
    return Record(
        age_years=patients.age_years(patient, on=at.date()),
        sex=Sex(patient.sex),
        bmi_tenths=_bmi_tenths(patient, answers),
        teach_back_fails=_fails(agreement_lines.rows(patient), at),
        benzodiazepines=medicines.benzodiazepines(patient),
    )


def _bmi_tenths(patient: Patient, answers: dict[str, Given]) -> int | None:
    """Tenths of kg/m2 from the newest weight and the height; None where either is not known."""
    weight, height = patients.current_weight(patient), answers.get("person.height_cm")
    if weight is None or height is None or type(height.value) is not int:
        return None
    # grams over square centimetres, times ten for kg/m2, in tenths.
    return round(weight.grams * _TENTHS * _TENTHS / height.value**2)


def _fails(rows: Iterable[AgreementLine], at: datetime) -> int | None:
    """How many teach-backs in a row were not passed, up to now; None where none was heard."""
    told = [agreement_lines.entry(row).said for row in rows if row.recorded_at <= at]
    heard = [said for said in told if isinstance(said, TaughtBack)]
    if not heard:
        return None
    passed = [place for place, said in enumerate(heard, 1) if said.is_passed]
    return len(heard) - (passed[-1] if passed else 0)
