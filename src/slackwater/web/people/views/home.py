"""The first page, by role."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from slackwater.actions import accounts, boards, calls, kit, windows
from slackwater.actions.dose_checks import cases
from slackwater.actions.patients import own_record, seen_by
from slackwater.actions.policy import Permission, may
from slackwater.actions.stock import counts
from slackwater.records.models import Role, Session
from slackwater.rules.room import phases
from slackwater.web.shared.asking import person

# How many finished sessions the first page shows; all are on the patients' own pages.
_FINISHED_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A room in progress with the word and the sentence of its phase."""

    room: boards.Room
    word: str
    sentence: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    by = person(request)
    if may(by, Permission.REVIEW_REPORTS):
        return redirect("incidents:reports")
    if by.role != Role.PATIENT and not may(by, Permission.SEE_PATIENTS):
        people = accounts.people_seen_by(by)
        has_reviewer = any(one.role == Role.REVIEWER for one in people)
        context = {"here": "home", "people": people, "has_reviewer": has_reviewer}
        return render(request, "people/home_owner.html", context)
    live = [_live(room) for room in boards.in_progress(by, at=timezone.now())]
    context = {"here": "home", "live": live}
    if by.role == Role.PATIENT:
        visits = list(boards.finished(by))
        context |= {
            "finished": [boards.Visit(session=one) for one in visits],
            "windows": _open_windows(visits),
            "own_record": own_record(by),
        }
        return render(request, "people/home_patient.html", context)
    context |= {
        "finished": [boards.Visit(session=one) for one in boards.finished(by)[:_FINISHED_SHOWN]],
        "calls": calls.due(by, at=timezone.now()),
        "dose_cases": cases.open_for(by),
        "kit": kit.findings(at=timezone.now()) if may(by, Permission.SEE_KIT) else (),
        "may_see_stock": may(by, Permission.SEE_STOCK),
        "stock_due": counts.due(at=timezone.now()) if may(by, Permission.SEE_STOCK) else (),
        "orders": boards.orders_ready(by),
        "patients": seen_by(by)[:8],
        "may_add": may(by, Permission.REGISTER_PATIENT),
    }
    return render(request, "people/home.html", context)


def _open_windows(visits: list[Session]) -> list[windows.Window]:
    """Of the newest visit, the window that is still open, if it is."""
    if not visits:
        return []
    over = boards.room(visits[0], at=timezone.now())
    found = windows.window(over.session, over.state, at=over.at)
    return [found] if found.is_open and (found.not_before is None or over.at < found.not_before) else []


def _live(room: boards.Room) -> Live:
    depth = boards.depth_now(room)
    is_dosed = room.elapsed_s is not None
    stopped = room.words if room.state.stopped else ""
    return Live(
        room=room,
        word=stopped or phases.phase(depth, is_dosed=is_dosed).label,
        sentence=phases.sentence(depth, is_dosed=is_dosed),
    )
