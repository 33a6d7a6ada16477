"""What medicines mean for a dose, what stands, who sets it aside, and what an order makes of it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from tests.clinic import Clinic, deed, takes

from slackwater.actions import interactions, orders, reconciling
from slackwater.actions.interactions import Wish
from slackwater.actions.reconciling import Decision
from slackwater.catalogue.interactions import load_interactions
from slackwater.records.models import AuditEvent, InteractionAside, User
from slackwater.rules.findings import Override, Severity
from slackwater.rules.interactions.findings import DayPlan
from slackwater.rules.interactions.grades import Grade, worst
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

DRAFT = orders.Draft(
    drug=Drug.RACEMIC, route=Route.IV, dose_ug=35_000, duration_s=2400, hard_max_ug=35_000, model="rk1"
)
REASON = "Weighed; pressure every five minutes."


def standing(clinic: Clinic, route: Route = Route.IV) -> list[str]:
    return [one.id for one in interactions.standing(clinic.patient, route=route, at=timezone.now())]


def wish(clinic: Clinic, route: Route = Route.IV, reason: str = REASON) -> Wish:
    """To set the heaviest aside that stands."""
    found = interactions.held(clinic.patient, route=route, at=timezone.now()).found[0]
    return Wish(
        rule=found.rule, medicine=found.medicine.name, sentence=found.sentence, route=route, reason=reason
    )


def set_aside(
    clinic: Clinic, wanted: Wish, *, by: User | None = None, second: User | None = None
) -> InteractionAside:
    return interactions.set_aside(
        clinic.patient, wanted, second=second, by=by or clinic.prescriber, at=timezone.now(), key=uuid4()
    )


def sign(clinic: Clinic, reason: str = "", route: Route = Route.IV) -> list[str]:
    draft = replace(DRAFT, route=route, duration_s=2400 if route is Route.IV else 0)
    signed = orders.sign(draft, clinic.patient, reason=reason, by=clinic.prescriber, at=timezone.now())
    return [f"{one.id} {one.severity.value}" for one in orders.kept_findings(signed)]


def codes(refusal: pytest.ExceptionInfo[RefusedError]) -> set[str]:
    return {problem.code for problem in refusal.value.problems}


@pytest.mark.parametrize("rule", list(load_interactions().rows))
def test_every_row_reaches_a_patients_findings(clinic: Clinic, rule: str) -> None:
    table = load_interactions()
    ingredient = next(one for one in table.ingredients.values() if rule in one.rows)
    takes(clinic.patient, ingredient.name, by=clinic.monitor)
    found = interactions.findings(clinic.patient, route=Route.ORAL, at=timezone.now())
    assert rule in [one.id for one in found]
    row = table.rows[rule]
    said = next(one for one in found if one.id == rule)
    assert (said.source, said.verified) == (row.source, row.verified)
    assert row.action in said.sentence
    is_weighty = row.grade(Route.ORAL).is_weighty
    assert (rule in standing(clinic, Route.ORAL)) is is_weighty


def test_the_worst_of_none_is_not_known() -> None:
    assert worst([]) is Grade.UNKNOWN
    assert worst([Grade.MINOR, Grade.UNKNOWN, Grade.MAJOR]) is Grade.UNKNOWN
    assert worst([Grade.UNKNOWN, Grade.CONTRAINDICATED]) is Grade.CONTRAINDICATED
    assert worst([Grade.NONE, Grade.MODERATE]) is Grade.MODERATE


def test_what_is_not_in_the_catalogue_stands_until_a_prescriber_looked_it_up(clinic: Clinic) -> None:
    takes(clinic.patient, "an unlisted herb", by=clinic.monitor)
    assert standing(clinic) == ["INT-01"]
    set_aside(clinic, wish(clinic))
    assert standing(clinic) == []


def test_a_major_one_takes_two_and_is_kept_with_both(clinic: Clinic) -> None:
    takes(clinic.patient, "methadone", by=clinic.monitor)
    wanted = wish(clinic)
    with pytest.raises(RefusedError) as refusal:
        set_aside(clinic, wanted)
    assert codes(refusal) == {"missing"}
    with pytest.raises(RefusedError) as refusal:
        set_aside(clinic, wanted, second=clinic.prescriber)
    assert codes(refusal) == {"same-person"}
    row = set_aside(clinic, wanted, second=clinic.monitor)
    assert (row.by, row.second, row.reason) == (clinic.prescriber, clinic.monitor, REASON)
    assert standing(clinic) == []
    assert AuditEvent.objects.filter(kind="interaction-set-aside").count() == 1


def test_what_must_never_be_together_nobody_sets_aside(clinic: Clinic) -> None:
    takes(clinic.patient, "cocaine", by=clinic.monitor)
    with pytest.raises(RefusedError) as refusal:
        set_aside(clinic, wish(clinic), second=clinic.monitor)
    assert codes(refusal) == {"no-override"}
    assert standing(clinic) == ["INT-D05"]
    assert not InteractionAside.objects.exists()


@pytest.mark.parametrize(("reason", "code"), [("", "missing"), ("  ", "missing"), ("x" * 401, "too-long")])
def test_without_a_reason_nothing_is_set_aside(clinic: Clinic, reason: str, code: str) -> None:
    takes(clinic.patient, "levothyroxine", by=clinic.monitor)
    with pytest.raises(RefusedError) as refusal:
        set_aside(clinic, wish(clinic, reason=reason))
    assert codes(refusal) == {code}
    assert standing(clinic) == ["INT-D20"]


def test_a_word_counts_only_while_it_reads_the_same(clinic: Clinic) -> None:
    takes(clinic.patient, "lorazepam", by=clinic.monitor)
    wanted = wish(clinic)
    set_aside(clinic, wanted)
    assert standing(clinic) == []
    assert standing(clinic, Route.IM) == ["INT-D01"]
    later = timezone.now() + timedelta(days=31)
    still = interactions.standing(clinic.patient, route=Route.IV, at=later)
    assert [one.id for one in still] == ["INT-02", "INT-D01"]
    takes(clinic.patient, "lorazepam", by=clinic.monitor, last_taken_at=timezone.now())
    assert standing(clinic) == ["INT-D01"]
    with pytest.raises(RefusedError) as refusal:
        set_aside(clinic, wanted)
    assert codes(refusal) == {"changed"}


def test_a_minor_one_needs_no_word(clinic: Clinic) -> None:
    takes(clinic.patient, "sertraline", by=clinic.monitor)
    with pytest.raises(RefusedError) as refusal:
        set_aside(clinic, wish(clinic))
    assert codes(refusal) == {"nothing"}
    assert sign(clinic) == ["INT-D25 note"]


@pytest.mark.parametrize("who", ["monitor", "guide", "patient_user", "owner", "stranger"])
def test_only_a_prescriber_sets_aside(clinic: Clinic, who: str) -> None:
    takes(clinic.patient, "lorazepam", by=clinic.monitor)
    wanted = wish(clinic)
    with pytest.raises(PermissionDenied):
        set_aside(clinic, wanted, by=getattr(clinic, who))
    assert not InteractionAside.objects.exists()


def test_an_order_is_refused_while_something_heavy_stands(clinic: Clinic) -> None:
    takes(clinic.patient, "methadone", "cocaine", by=clinic.monitor)
    with pytest.raises(RefusedError) as refusal:
        sign(clinic, reason=REASON)
    assert codes(refusal) == {"INT-D05", "INT-D09"}


def test_an_order_goes_ahead_once_two_have_settled_it_and_says_so(clinic: Clinic) -> None:
    takes(clinic.patient, "methadone", by=clinic.monitor)
    set_aside(clinic, wish(clinic), second=clinic.monitor)
    assert sign(clinic) == ["INT-D09 note"]
    [finding] = orders.kept_findings(clinic.patient.orders.order_by("-signed_at").first())
    assert "Set aside by Prescriber Test and Monitor Test" in finding.sentence


def test_an_order_asks_for_a_reason_for_a_moderate_one_or_for_a_plan(clinic: Clinic) -> None:
    takes(clinic.patient, "zolpidem", by=clinic.monitor)
    with pytest.raises(RefusedError) as refusal:
        sign(clinic)
    assert codes(refusal) == {"missing"}
    assert sign(clinic, reason=REASON) == ["INT-D01 warn"]
    hold = Decision(name="zolpidem", plan=DayPlan.HOLD)
    reconciling.decide(clinic.patient, hold, deed=deed(clinic.prescriber))
    assert sign(clinic) == ["INT-D01 note"]


def test_an_order_asks_for_a_reason_where_the_list_is_not_verified(clinic: Clinic) -> None:
    takes(clinic.patient, "sertraline", by=clinic.monitor)
    clinic.patient.medicines.create(name="lamotrigine", by=clinic.monitor)
    with pytest.raises(RefusedError) as refusal:
        sign(clinic)
    assert codes(refusal) == {"missing"}
    assert "INT-02 unknown" in sign(clinic, reason=REASON)


def test_by_mouth_it_can_weigh_more_than_by_vein(clinic: Clinic) -> None:
    takes(clinic.patient, "clarithromycin", by=clinic.monitor)
    by = {route: interactions.findings(clinic.patient, route=route, at=timezone.now())[0] for route in Route}
    heavy = {route for route, one in by.items() if one.severity is Severity.STOP}
    assert heavy == {Route.ORAL, Route.LOZENGE, Route.FILM}
    assert {by[route].override for route in heavy} == {Override.PRESCRIBER_AND_SECOND}


def test_an_aside_is_never_changed_and_never_by_one_person_twice(clinic: Clinic) -> None:
    takes(clinic.patient, "lorazepam", by=clinic.monitor)
    row = set_aside(clinic, wish(clinic))
    with pytest.raises(DatabaseError), transaction.atomic():
        InteractionAside.objects.update(reason="another")
    with pytest.raises(IntegrityError), transaction.atomic():
        InteractionAside.objects.create(
            patient=clinic.patient, key=uuid4(), rule="INT-D01", medicine="lorazepam", sentence="S.",
            reason="R.", happened_at=timezone.now(), by=row.by, by_name="A", second=row.by, second_name="A",
        )  # fmt: skip


def test_the_engine_still_takes_what_it_knows_into_account(clinic: Clinic) -> None:
    takes(clinic.patient, "clarithromycin", "sertraline", by=clinic.monitor)
    assert orders.plan(DRAFT, clinic.patient, at=timezone.now()).person.medicines == (
        "clarithromycin",
        "sertraline",
    )
    sign(clinic)
    signed = clinic.patient.orders.order_by("-signed_at").first()
    assert signed.medicines == ["clarithromycin", "sertraline"]
