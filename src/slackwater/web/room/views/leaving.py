"""Leaving the room: every barrier listed, with what would clear it and who may set it aside."""

import math
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from slackwater.actions import boards, calls, leaving, listening, sessions, windows
from slackwater.actions.boards import Room
from slackwater.actions.forecasts import latest
from slackwater.actions.policy import Permission, may, require
from slackwater.actions.stock import counts, doses
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import User
from slackwater.rules.findings import Finding, beyond_override
from slackwater.rules.recovery.barriers import barriers
from slackwater.terms.refusal import RefusedError
from slackwater.web.room import words
from slackwater.web.room.facts import person as shown_person
from slackwater.web.room.forms import GoneForm, LeaveForm
from slackwater.web.room.views.screen import seen
from slackwater.web.shared.asking import person


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """One barrier as the page shows it: the finding, what clears it, and where a reason may be written."""

    finding: Finding
    clears: str
    reason: BoundField | None


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, session_id: UUID) -> HttpResponse:
    by, room = person(request), boards.room(seen(request, session_id), at=timezone.now())
    found = _barriers(room, at=room.at)
    form = _form(request, found, by=by)
    if request.method == "POST":
        require(by, Permission.CONFIRM_LEAVING, room.session)
        if form.is_valid():
            try:
                sessions.leave_session(session_id, form.set_aside, by=by, at=room.at, key=uuid4())
                return redirect("room:leave", session_id)
            except RefusedError as refusal:
                form.refuse(refusal.problems)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "room/leave.html", _context(room, found, form, by=by), status=status)


@login_required
@require_http_methods(["GET", "POST"])
def gone(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """They go, or have gone, while something bars the way: it is kept how, and nobody is held."""
    by, room = person(request), boards.room(seen(request, session_id), at=timezone.now())
    require(by, Permission.SAY_GONE, room.session)
    form = GoneForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sessions.went_against_advice(session_id, form.how, by=by, at=room.at, key=uuid4())
            return redirect("room:leave", session_id)
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    context = {
        "session": room.session,
        "patient": shown_person(room.session),
        "at": room.at,
        "left": room.state.left,
        "form": form,
        "barriers": () if room.state.left else _barriers(room, at=room.at),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "room/gone.html", context, status=status)


def _form(request: HttpRequest, found: tuple[Finding, ...], *, by: User) -> LeaveForm:
    may_set_aside = may(by, Permission.SET_ASIDE_BARRIER)
    typed = request.POST if request.method == "POST" else None
    return LeaveForm(typed, barriers=found, may_set_aside=may_set_aside)


def _barriers(room: Room, *, at: datetime) -> tuple[Finding, ...]:
    asked = sessions.recovery(room.session, at=at)
    known = leaving.facts(
        room.state, chance=asked.chance if asked else None, is_outside=asked.is_outside if asked else False
    )
    return barriers(known, at=at, limits=load_limits().recovery)


def _context(room: Room, found: tuple[Finding, ...], form: LeaveForm, *, by: User) -> dict[str, object]:
    return {
        "session": room.session,
        "patient": shown_person(room.session),
        "at": room.at,
        "left": room.state.left,
        "form": form,
        "barriers": _shown(found, form),
        "never": " ".join(finding.sentence for finding in beyond_override(found)),
        "calls": calls.of_visit(room.session),
        "may_say_gone": may(by, Permission.SAY_GONE, room.session),
        "may_confirm": may(by, Permission.CONFIRM_LEAVING, room.session),
        "parts": _parts(room),
        "cabinet": doses.of_visit(room.session) if _sees_amounts(by) else None,
        "unheard": listening.sentence(room.state),
        "window": windows.window(room.session, room.state, at=room.at),
    }


def _sees_amounts(by: User) -> bool:
    """Nobody who may be asked to count is told what to expect while a count is due."""
    return may(by, Permission.SEE_STOCK) and not counts.is_blind_for(by, at=timezone.now())


def _parts(room: Room) -> list[tuple[str, int]]:
    """Each part of having recovered, and in how many of 100 like this patient it is back by now."""
    try:
        found = latest.of(room.session).parts_recovered(room.at) if room.state.doses else {}
    except RefusedError:
        # The barrier of the crowd says so already.
        return []
    return [(words.PARTS[part], math.floor(100 * chance)) for part, chance in found.items()]


def _shown(found: tuple[Finding, ...], form: LeaveForm) -> list[Barrier]:
    """Barriers that share a rule share one reason, asked for beside the first of them.

    While a barrier stands that nobody may set aside, no reason for another would help: none is asked for.
    """
    asked = {finding.id for finding in found} if beyond_override(found) else set()
    shown = []
    for finding in found:
        reason = None if finding.id in asked else form.reason_field(finding)
        asked.add(finding.id)
        shown.append(Barrier(finding=finding, clears=words.CLEARS.get(finding.id, ""), reason=reason))
    return shown
