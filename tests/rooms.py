"""A session's log, written in minutes from the first dose, for tests of what it means."""

from datetime import UTC, datetime, timedelta

from slackwater.rules.room.fold import RoomState, fold
from slackwater.rules.room.log import (
    KIND_OF,
    Alertness,
    Baseline,
    Check,
    CheckItem,
    DoseGiven,
    Left,
    LogEntry,
    Note,
    Opened,
    Payload,
    Rating,
    SetAside,
    Stop,
    Struck,
    Vitals,
    VitalSource,
)
from slackwater.rules.room.order import BoosterTerms, OrderTerms
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.terms.sex import Sex
from slackwater.terms.vitals import Quality, Reading, VitalCode

FIRST_DOSE = datetime(2026, 11, 23, 9, tzinfo=UTC)


def minute(at: float) -> datetime:
    """So many minutes after the first dose; negative before it."""
    return FIRST_DOSE + timedelta(minutes=at)


class Room:
    """Writes entries one after another; each call is one entry."""

    def __init__(
        self, *, age: int | None = 34, opened: float = -60, baseline: tuple[int, int] | None = None
    ) -> None:
        self.entries: list[LogEntry] = []
        given = Baseline(sbp=baseline[0] * 10, dbp=baseline[1] * 10) if baseline else None
        self.says(
            opened,
            Opened(
                model="rk1",
                drug=Drug.RACEMIC,
                seed=1,
                subjects=4096,
                weight_g=70_000,
                age_years=age,
                sex=Sex.FEMALE,
                medicines=(),
                order="00000000-0000-0000-0000-000000000001",
                baseline=given,
            ),
        )

    def says(self, at: float, payload: Payload, *, late: float = 0, role: str = "monitor") -> "Room":
        """Any entry, recorded `late` minutes after it happened."""
        self.entries.append(
            LogEntry(
                sequence=len(self.entries) + 1,
                kind=KIND_OF[type(payload)],
                payload=payload,
                happened_at=minute(at),
                recorded_at=minute(at + late),
                by_name="Somebody",
                by_role=role,
            )
        )
        return self

    def dose(
        self, at: float = 0, *, number: int = 1, route: Route = Route.IM, mg: float = 35, over: float = 0,
        drug: Drug = Drug.RACEMIC,
    ) -> "Room":  # fmt: skip
        payload = DoseGiven(
            number=number, drug=drug, route=route, amount_ug=round(mg * 1000), duration_s=round(over * 60)
        )
        return self.says(at, payload)

    def bp(self, at: float, sbp: int, dbp: int, *, late: float = 0) -> "Room":
        return self.vitals(at, sbp=sbp, dbp=dbp, late=late)

    def vitals(
        self,
        at: float,
        *,
        source: VitalSource = VitalSource.HAND,
        quality: Quality = Quality.OK,
        late: float = 0,
        **values: float,
    ) -> "Room":
        return self.says(at, readings(source=source, quality=quality, **values), late=late)

    def alert(self, at: float, moaas: int) -> "Room":
        return self.says(at, Alertness(moaas=moaas))

    def rating(self, at: float, depth: int, *, late: float = 0) -> "Room":
        return self.says(at, Rating(depth=depth), late=late)

    def check(
        self, at: float, item: CheckItem, *, passed: bool = True, detail: str = "", role: str = "monitor"
    ) -> "Room":
        return self.says(at, Check(item=item, passed=passed, detail=detail), role=role)

    def note(self, at: float, text: str = "Music lowered.") -> "Room":
        return self.says(at, Note(text=text))

    def stop(self, at: float) -> "Room":
        return self.says(at, Stop(reason="asked to stop"))

    def struck(self, at: float, sequence: int) -> "Room":
        return self.says(at, Struck(sequence=sequence, reason="wrong patient"))

    def left(self, at: float, *overrides: SetAside) -> "Room":
        return self.says(at, Left(overrides=overrides))

    def state(self) -> RoomState:
        return fold(self.entries)


def readings(
    *, source: VitalSource = VitalSource.HAND, quality: Quality = Quality.OK, **values: float
) -> Vitals:
    """Readings by the codes of the wire: sbp=120, spo2=97.5."""
    return Vitals(
        source=source,
        readings=tuple(
            Reading(code=VitalCode(code), tenths=round(value * 10), quality=quality)
            for code, value in values.items()
        ),
    )


def terms(
    *,
    mg: float = 35,
    route: Route = Route.IM,
    over: float = 0,
    drug: Drug = Drug.RACEMIC,
    booster_mg: float | None = 17.5,
    window: tuple[float, float] = (10, 60),
    hard_max_mg: float = 60,
    signed: bool = True,
    voided: bool = False,
) -> OrderTerms:
    """A signed order with a booster, changed where a test says so."""
    booster = (
        None
        if booster_mg is None
        else BoosterTerms(
            cap_ug=round(booster_mg * 1000),
            earliest=timedelta(minutes=window[0]),
            latest=timedelta(minutes=window[1]),
        )
    )
    return OrderTerms(
        drug=drug,
        route=route,
        dose_ug=round(mg * 1000),
        duration_s=round(over * 60),
        hard_max_ug=round(hard_max_mg * 1000),
        booster=booster,
        signed_at=minute(-120) if signed else None,
        voided_at=minute(-1) if voided else None,
    )
