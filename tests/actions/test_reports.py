"""The printed report of a real session, and who may have it."""

import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from pypdf import PdfReader
from tests.clinic import Clinic, clinic
from tests.rooms import Room

from slackwater.actions import audit, report_parts, reports, sessions
from slackwater.actions.policy import DeniedError
from slackwater.catalogue.loader import load
from slackwater.records.models import AuditEvent, Session
from slackwater.rules.room.log import Left, Note, Rating

pytestmark = pytest.mark.django_db(transaction=True)


def text_of(pdf: bytes) -> str:
    pages = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", pages)


def perform(here: Clinic, payload: object) -> None:
    sessions.perform(here.session.public_id, payload, by=here.monitor, at=timezone.now(), key=uuid4())


@pytest.fixture
def dosed(committed: None) -> Clinic:
    here = clinic()
    here.baseline()
    perform(here, here.dose())
    perform(here, Rating(depth=3))
    perform(here, Note(text="#strong[warm] *and* safe"))
    return here


def printed(here: Clinic, **changes: object) -> tuple[str, bytes]:
    asked = {"session_id": here.session.public_id, "by": here.monitor, "at": timezone.now()}
    return reports.session_report(**(asked | changes))


def test_a_session_in_progress_prints_what_its_log_holds(dosed: Clinic):
    name, pdf = printed(dosed)
    text = text_of(pdf)
    assert re.fullmatch(r"visit-record-\d{4}-\d\d-\d\d\.pdf", name)
    for words in (
        "In progress",
        "Robin Synthetic",
        "racemic ketamine 35 mg into a vein (IV) over 40 min",
        "3 of 10",
        "#strong[warm] *and* safe",
        "122/78 mmHg",
        "256 virtual patients, seed 1",
        "1 rating",
        "Estimate, not monitoring",
        "M11",
    ):
        assert words in text, words


def test_that_it_was_printed_is_kept_without_a_name(dosed: Clinic):
    printed(dosed)
    kept = AuditEvent.objects.get(kind=audit.Act.REPORT_PRINTED.value)
    assert (kept.by, kept.subject) == (dosed.monitor, str(dosed.session.public_id))
    assert "Robin" not in str(kept.detail)


def test_a_patient_may_print_their_own_and_nobody_elses(dosed: Clinic):
    assert printed(dosed, by=dosed.patient_user)[1].startswith(b"%PDF")
    for outsider in (dosed.stranger, dosed.owner):
        with pytest.raises(DeniedError):
            printed(dosed, by=outsider)
    assert AuditEvent.objects.filter(kind=audit.Act.REPORT_PRINTED.value).count() == 1


def test_a_session_that_is_not_there_has_no_report(dosed: Clinic):
    with pytest.raises(Session.DoesNotExist):
        printed(dosed, session_id=uuid4())


def test_the_same_log_at_the_same_time_is_the_same_bytes(dosed: Clinic):
    at = timezone.now()
    assert printed(dosed, at=at)[1] == printed(dosed, at=at)[1]


def test_nothing_given_is_printed_without_a_prediction(committed: None):
    text = text_of(printed(clinic())[1])
    assert "Nothing was given, so nothing is predicted." in text
    assert "No dose was given." in text


def test_the_head_of_the_log_is_on_the_paper(dosed: Clinic):
    text = text_of(printed(dosed, at=timezone.now() + timedelta(seconds=1))[1]).replace(" ", "")
    last = dosed.session.entries.order_by("-sequence")[0]
    assert last.leaf in text


def test_the_basis_leaves_out_only_what_the_dose_never_passed(dosed: Clinic):
    text = text_of(printed(dosed)[1])
    assert "rk1: ketamine disposition" in text
    assert "rk1: lozenge" not in text
    assert "rk1: intramuscular" not in text


def test_every_block_said_to_belong_to_a_route_is_one_of_the_models():
    blocks = {block.name for model in load().models.values() for block in model.blocks}
    assert set(report_parts._PASSED_BY) <= blocks


def test_what_was_set_aside_at_signing_is_said_with_its_reason_once(dosed: Clinic):
    order = dosed.order
    order.findings = [{"id": "D01", "sentence": "Above the usual."}, {"id": "D02", "sentence": "Heavy."}]
    order.overrides = [{"id": "D01", "reason": "Third visit."}, {"id": "D02", "reason": "Third visit."}]
    assert report_parts.order(order).remarks == (
        "D01: Above the usual.",
        "D02: Heavy.",
        "Prescriber Test: Third visit.",
    )


@pytest.mark.parametrize(
    ("taken_at", "says"),
    [
        (40, []),
        (44.98, []),
        (45, ["The 40-minute blood pressure was taken 5 min late."]),
        (52, ["The 40-minute blood pressure was taken 12 min late."]),
        (None, ["The 40-minute blood pressure was never taken."]),
    ],
)
def test_a_pressure_that_cannot_be_skipped_is_said_to_be_late_or_never_taken(
    taken_at: float | None, says: list[str]
):
    room = Room().bp(-5, 120, 80).dose(0)
    if taken_at is not None:
        room.bp(taken_at, 120, 80)
    room.says(200, Left())
    assert list(report_parts.leaving(room.state(), room.entries).late) == says


@pytest.mark.parametrize(("left_at", "is_said"), [(39.98, False), (40, True)])
def test_a_pressure_not_yet_due_when_the_patient_left_was_not_missed(left_at: float, is_said: bool):
    room = Room().bp(-5, 120, 80).dose(0).says(left_at, Left())
    assert bool(report_parts.leaving(room.state(), room.entries).late) is is_said
