"""Signing in and out."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from slackwater.actions import accounts, boards
from slackwater.actions.demo.people import WAITING
from slackwater.records.models import Role, User
from slackwater.terms.refusal import RefusedError
from slackwater.web.people.forms import SignInForm
from slackwater.web.shared.asking import person, way_on

_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One button of the demonstration's first page."""

    username: str
    name: str
    role_words: str
    look: str


# What each role would want to see first, in the order of the buttons.
_LOOKS = {
    Role.MONITOR: ("the nurse", "Watch a session in progress"),
    Role.PRESCRIBER: ("the prescriber", "Plan a dose and see what it would do"),
    Role.GUIDE: ("the guide", "Hold the room"),
    Role.PATIENT: ("a patient", "See a visit as the patient does"),
    Role.OWNER: ("the owner", "Read and sign the clinical rules"),
    Role.REVIEWER: ("the reviewer", "Look into a report from outside the team"),
}


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        if request.user.is_authenticated:
            return redirect("people:home")
        return _page(request, SignInForm())
    if "door" in request.POST:
        # Outside a demonstration this is refused, and the refusal is the page.
        user = accounts.demo_person(request.POST["door"], at=timezone.now())
        return _enter(request, user, to=_first_look(user))
    form = SignInForm(request.POST)
    if form.is_valid():
        try:
            user = accounts.check_password(**form.cleaned_data, at=timezone.now())
            return _enter(request, user)
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    return _page(request, form, status=422)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    accounts.signed_out(person(request), at=timezone.now())
    logout(request)
    return redirect("people:sign-in")


def _enter(request: HttpRequest, user: User, *, to: str = "") -> HttpResponse:
    login(request, user, backend=_BACKEND)
    onward = way_on(request)
    # Whoever came by the front page asked for nothing in particular.
    if to and onward in {"", reverse("people:home")}:
        onward = to
    return redirect(onward or settings.LOGIN_REDIRECT_URL)


def _first_look(user: User) -> str:
    """Who comes to watch a session is led into the first room in progress, who signs rules to the rules."""
    if user.role == Role.OWNER:
        return reverse("rules:overview")
    if user.role != Role.MONITOR:
        return ""
    room = next(iter(boards.in_progress(user, at=timezone.now())), None)
    return reverse("room:live", args=[room.session.public_id]) if room else ""


def _page(request: HttpRequest, form: SignInForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "next": way_on(request), "demo_doors": _doors()}
    return render(request, "people/sign_in.html", context, status=status)


def _doors() -> list[Door]:
    people = {Role(user.role): user for user in reversed(accounts.demo_sign_ins())}
    doors = [
        Door(username=people[role].username, name=people[role].shown_name, role_words=words, look=look)
        for role, (words, look) in _LOOKS.items()
        if role in people
    ]
    return [*doors, *(_reader(user) for user in accounts.demo_sign_ins() if user.username == WAITING)]


def _reader(user: User) -> Door:
    """Somebody for whom an agreement waits to be told back and signed."""
    return Door(
        username=user.username,
        name=user.shown_name,
        role_words="a patient",
        look="Read and sign an agreement",
    )
