"""Invented visits to print: a usual one, and what differs from it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import exp
from zoneinfo import ZoneInfo

from slackwater.reports.forecast import Band, Basis, BasisLine, Forecast, RecoveryTimes
from slackwater.reports.session import (
    CheckLine,
    DoseGiven,
    Leaving,
    LogLine,
    Order,
    Patient,
    Person,
    RatingGiven,
    Seal,
    SessionReport,
    Strike,
    VitalTaken,
)
from slackwater.terms.vitals import Quality, Reading, VitalCode

FIRST_DOSE = datetime(2026, 3, 14, 10, 5, tzinfo=UTC)
NURSE = "Robin Hale, monitor"
GUIDE = "Mina Okafor, guide"
DOCTOR = "Dr Ines Larsson, prescriber"


def at(minute: float) -> datetime:
    return FIRST_DOSE + timedelta(minutes=minute)


def band(scale: float, spread: float, *, until: int = 360) -> Band:
    """A shape with the rise and fall of depth after two injections; no model made it."""

    def wave(minute: float, start: float) -> float:
        since = max(minute - start, 0.0)
        return 9.3 * (1 - exp(-since / 9)) * exp(-((since / 62) ** 2.1))

    times = tuple(float(minute) for minute in range(-30, until + 1))
    middle = [min(wave(minute, 0) + 0.62 * wave(minute, 35), 10) * scale for minute in times]
    rows = [
        tuple(
            min(max(value * (1 + spread * share) + 0.06 * spread * share * value, 0.0), 10.0)
            for value in middle
        )
        for share in (-1.0, -0.42, 0.0, 0.42, 1.0)
    ]
    p05, p25, p50, p75, p95 = rows
    return Band(time_min=times, p05=p05, p25=p25, p50=p50, p75=p75, p95=p95)


_PRESSURES = (
    (-22, 122, 78, 68, 98), (0, 124, 79, 71, 98), (10, 136, 85, 78, 97), (20, 144, 88, 82, 96),
    (30, 147, 90, 84, 96), (40, 151, 93, 86, 95), (50, 148, 92, 85, 96), (60, 146, 90, 84, 96),
    (75, 139, 86, 80, 97), (90, 133, 83, 76, 97), (105, 130, 82, 74, 98), (120, 128, 80, 73, 98),
    (140, 126, 80, 72, 98), (156, 124, 79, 70, 98),
)  # fmt: skip
_RATINGS = ((8, 2), (18, 5), (30, 6), (48, 7), (62, 6), (78, 3), (95, 1), (120, 0))


def taken(minute: float, code: VitalCode, value: float, quality: Quality = Quality.OK) -> VitalTaken:
    return VitalTaken(at=at(minute), reading=Reading(code=code, tenths=round(value * 10), quality=quality))


def vitals() -> tuple[VitalTaken, ...]:
    rows = []
    for minute, sbp, dbp, hr, spo2 in _PRESSURES:
        rows += [taken(minute, VitalCode.SBP, sbp), taken(minute, VitalCode.DBP, dbp)]
        rows += [taken(minute, VitalCode.HR, hr), taken(minute, VitalCode.SPO2, spo2)]
    rows.append(taken(66, VitalCode.HR, 277, Quality.ARTEFACT))
    rows.append(taken(66, VitalCode.SPO2, 0, Quality.DISCONNECTED))
    return tuple(sorted(rows, key=lambda row: row.at))


def line(sequence: int, minute: float, kind: str, text: str, by: str = NURSE, **more: object) -> LogLine:
    values = {"happened_at": at(minute), "recorded_at": at(minute + 0.3), **more}
    return LogLine(sequence=sequence, kind=kind, text=text, by=by, **values)


def log() -> tuple[LogLine, ...]:
    rows = [(-25, "Opened", "Session opened on order 8F2C, Harbour room", GUIDE, {})]
    rows += [
        (m, "Vital signs", f"{s}/{d} mmHg, pulse {h}, SpO₂ {o} %", NURSE, {}) for m, s, d, h, o in _PRESSURES
    ]
    rows += [(m, "Rating", f"{depth} of 10", "the patient", {}) for m, depth in _RATINGS]
    rows += [
        (0, "Dose 1", "Racemic ketamine 35 mg into a muscle (IM)", NURSE, {"is_key": True}),
        (35, "Dose 2", "Racemic ketamine 20 mg into a muscle (IM), the booster", NURSE, {"is_key": True}),
        (24, "Alertness", "MOAA/S 4: answers to a quiet voice", NURSE, {"is_event": True}),
        (41, "Note", "“Warm, very far, safe.” Hand held, as agreed.", GUIDE,
         {"is_event": True, "recorded_at": at(63)}),
        (66, "Vital signs", "pulse 277 (not a true reading), SpO₂ not connected", NURSE, {}),
        (70, "Rating", "9 of 10", NURSE,
         {"struck": Strike(reason="meant for the other room", by=NURSE, at=at(71))}),
        (71, "Struck out", "Entry 20", NURSE, {}),
        (100, "Note", "Music off. Speaks in whole sentences; thirsty.", GUIDE, {"is_event": True}),
        (150, "Check", "Walks heel to toe for 3 m, unaided: yes", NURSE, {"is_event": True}),
        (151, "Check", "Knows person, place, time and situation: yes", NURSE, {"is_event": True}),
        (158, "Check", "A responsible adult is here: yes, sister", NURSE, {"is_event": True}),
        (161, "Left", "Left with their sister, nothing set aside", NURSE, {"is_event": True, "is_key": True}),
    ]  # fmt: skip
    rows.sort(key=lambda row: row[0])
    return tuple(line(number, *row[:4], **row[4]) for number, row in enumerate(rows, start=1))


def basis() -> Basis:
    return Basis(
        model="rk1",
        model_title="RK1 v1, arterial and venous",
        drug="racemic ketamine",
        seed=7,
        subjects=4096,
        crowd_id="c3f19a40b7d2",
        observed="8 ratings",
        ess=912.4,
        sentence="The ratings fit 31 % of the crowd that was drawn first.",
        lines=(
            BasisLine(
                what="Disposition: 3 compartments, arterial",
                source="Kamp 2020, doi 10.1097/ALN.0000000000003577; venous link fitted to Otto 2021",
                grade="published",
            ),
            BasisLine(
                what="S-ketamine at the effect site that gives half the full depth: 121 ng/mL "
                "(95 % interval 0.38-0.66 nmol/mL, n = 17)",
                source="Olofsen 2022, doi 10.1097/ALN.0000000000004176, seen in abstract",
                grade="published",
            ),
            BasisLine(
                what="Steepness of the depth curve: Hill coefficient 6",
                source="Unpublished. A plain Emax outlasts what is seen; 6 gives a typical depth near "
                "7 at the peak of 84 mg nasal and under 1 at 90 min",
                grade="judgement",
            ),
            BasisLine(
                what="Spread of that concentration between people: CV 40 %",
                source="The published interval allows about 55 %, but also holds the error of estimating it",
                grade="judgement",
            ),
            BasisLine(
                what="A rating strays from the depth with SD 1.2; 3 in 100 are slips that say nothing",
                source="No study of repeated ratings in this setting was found",
                grade="judgement",
            ),
            BasisLine(
                what="Outside the crowd: fewer than 1 in 1,000 could have given all the ratings together",
                source="Chi-square 99 % point of the rounded residuals",
                grade="judgement",
            ),
            BasisLine(
                what="Recovered: depth is 1 or less and stays so",
                source="No published depth marks recovery. The two hours (M11) hold whatever this says",
                grade="judgement",
            ),
        ),
    )


def order() -> Order:
    return Order(
        reference="8F2C-11D0",
        dose="racemic ketamine 35 mg into a muscle (IM)",
        booster="20 mg, once, 30 to 60 min after the first dose",
        hard_max="60 mg",
        prescriber="Dr Ines Larsson",
        signed_at=at(-1100),
    )


def leaving() -> Leaving:
    return Leaving(
        left_at=at(161),
        checks=(
            CheckLine(label="Walks heel to toe for 3 m, unaided", passed=True),
            CheckLine(label="Knows person, place, time and situation", passed=True),
            CheckLine(label="Blood pressure is falling", passed=True, detail="151/93, then 124/79"),
            CheckLine(label="A responsible adult is here", passed=True, detail="sister"),
        ),
    )


def usual() -> SessionReport:
    """A finished afternoon: two injections, eight ratings, one late note, one struck rating."""
    return SessionReport(
        clinic="Slack Water House, Göteborg",
        patient=Patient(
            name="Alex Rivera",
            birth_date=date(1992, 2, 3),
            reference="P-0417",
            details="34 years, female, 70.5 kg",
        ),
        room="Harbour",
        opened_at=at(-25),
        zero_at=FIRST_DOSE,
        generated_at=at(170),
        zone=ZoneInfo("Europe/Stockholm"),
        zone_name="Europe/Stockholm",
        order=order(),
        leaving=leaving(),
        basis=basis(),
        seal=Seal(entries=35, head="9c41e0f7" * 8),
        doses=(
            DoseGiven(number=1, drug="racemic ketamine", route="into a muscle (IM)", amount_ug=35_000,
                      given_at=at(0), by=NURSE),
            DoseGiven(number=2, drug="racemic ketamine", route="into a muscle (IM)", amount_ug=20_000,
                      given_at=at(35), by=NURSE),
        ),
        ratings=(
            *(RatingGiven(at=at(minute), depth=depth) for minute, depth in _RATINGS),
            RatingGiven(at=at(70), depth=9, is_struck=True),
        ),
        vitals=vitals(),
        forecast=Forecast(
            now=band(0.72, 0.28),
            prior=band(0.78, 0.75),
            recovery=RecoveryTimes(p10_min=104, p50_min=122, p90_min=148),
        ),
        log=log(),
        people=(
            Person(name="Dr Ines Larsson", role="prescriber"),
            Person(name="Mina Okafor", role="guide"),
            Person(name="Robin Hale", role="monitor"),
            Person(name="Alex Rivera", role="patient"),
        ),
        is_demo=True,
    )  # fmt: skip


def with_note(text: str) -> SessionReport:
    """The usual visit with one more note, saying this."""
    report = usual()
    note = line(len(report.log) + 1, 130, "Note", text, GUIDE, is_event=True)
    return replace(report, log=(*report.log, note))


def infusion(*, minutes: float, stopped_after: float | None = None) -> DoseGiven:
    return DoseGiven(
        number=1,
        drug="racemic ketamine",
        route="into a vein (IV)",
        amount_ug=35_000,
        given_at=at(0),
        by=NURSE,
        duration_min=minutes,
        stopped_after_min=stopped_after,
    )
