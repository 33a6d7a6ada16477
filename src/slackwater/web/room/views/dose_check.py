"""The check of a dose by two people: what a scanned vial is, and keeping what both have read."""

from dataclasses import asdict
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from slackwater.actions import second_person
from slackwater.actions.dose_checks import keeping, scanning, wanted
from slackwater.actions.policy import Permission, require
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.web.room import check_body, check_json
from slackwater.web.room.views.screen import seen
from slackwater.web.shared.asking import person


@login_required
@require_POST
def scan(request: HttpRequest, session_id: UUID) -> JsonResponse:
    by, session = person(request), seen(request, session_id)
    require(by, Permission.GIVE_DOSE, session)
    try:
        asked = check_body.scan(request)
        order = wanted.as_ordered(session, asked.number)
        if order is None:
            raise RefusedError(_NO_DOSE)
        found = scanning.look(session, asked, order, by=by, at=timezone.now())
    except RefusedError as refusal:
        return _refused(refusal)
    return JsonResponse(check_json.seen_json(found))


@login_required
@require_POST
@sensitive_variables("body")
def check(request: HttpRequest, session_id: UUID) -> JsonResponse:
    by, session, at = person(request), seen(request, session_id), timezone.now()
    require(by, Permission.GIVE_DOSE, session)
    try:
        body = check_body.check(request)
        second = second_person.confirm(
            *body.second, by=by, permission=Permission.CHECK_DOSE, at=at, subject=session.public_id
        )
        row = keeping.keep(session, body.read, by=by, second=second, at=at, key=body.key)
    except RefusedError as refusal:
        return _refused(refusal)
    return JsonResponse(check_json.check_json(row))


def _refused(refusal: RefusedError) -> JsonResponse:
    return JsonResponse({"problems": [asdict(problem) for problem in refusal.problems]}, status=422)


_NO_DOSE = Problem(
    field="number",
    code="ROOM-13",
    message="The order holds no such dose.",
    mend="Give nothing. The prescriber signs another order.",
)
