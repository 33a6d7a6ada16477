"""Pages for what went wrong, in plain words and with a way back; the statuses come from one table."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from slackwater.terms.refusal import Problem, RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a page says about one status."""

    status: int
    heading: str
    sentence: str


BAD_REQUEST = Fault(
    status=400,
    heading="That request could not be read",
    sentence="Nothing was changed. Go back and try again.",
)
FORBIDDEN = Fault(
    status=403,
    heading="This page is not yours to open",
    sentence="Your sign-in does not allow it. If your work needs it, ask whoever runs the clinic's sign-ins.",
)
EXPIRED = Fault(
    status=403,
    heading="This page had been open too long",
    sentence="Nothing was changed. Go back, load the page again, and send it once more.",
)
MISSING = Fault(
    status=404,
    heading="There is nothing at this address",
    sentence="The address may be mistyped, or what was here is not open to your sign-in.",
)
CONFLICT = Fault(
    status=409,
    heading="Something changed before this arrived",
    sentence="Nothing was done. Look at how things stand now, then decide again.",
)
REFUSED = Fault(
    status=422,
    heading="That can't be done as it stands",
    sentence="Nothing was changed. Here is why, and what to do instead.",
)

# Codes of refusals that are about the state of the record rather than about what was sent.
CONFLICTS = frozenset({"already-signed", "already-void", "voided", "signed", "session-open", "changed"})


def page(request: HttpRequest, fault: Fault, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    context = {
        "status": fault.status,
        "heading": fault.heading,
        "sentence": fault.sentence,
        "problems": problems,
    }
    return render(request, "shared/fault.html", context, status=fault.status)


def refused(request: HttpRequest, refusal: RefusedError) -> HttpResponse:
    """The page for a refusal that no form caught."""
    return page(request, CONFLICT if is_conflict(refusal) else REFUSED, refusal.problems)


def is_conflict(refusal: RefusedError) -> bool:
    """Whether the record has moved on, so that no change to the form would help."""
    return any(problem.code in CONFLICTS for problem in refusal.problems)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django names it
    return page(request, BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django names it
    return page(request, FORBIDDEN)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django names it
    return page(request, MISSING)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django passes it
    return page(request, EXPIRED)


class RefusalMiddleware:
    """Turns a refusal that reached the edge into its page, so that no view has to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, RefusedError):
            return refused(request, error)
        if isinstance(error, PermissionDenied):
            return page(request, FORBIDDEN)
        return None
