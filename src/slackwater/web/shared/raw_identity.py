"""Who is asking, for the raw ASGI functions: the same sessions, the same checks as Django's own pages."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from slackwater.actions import devices
from slackwater.records.models import DeviceToken, User

_BEARER = "Bearer "


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A person, or a device that a person let in."""

    user: User
    device: DeviceToken | None = None


def by_session(request: ASGIRequest) -> Identity | None:
    """Who is signed in with the request's cookie, or None. Asks the database."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    request.session = SessionStore(key)
    if SESSION_KEY not in request.session:
        return None
    user = get_user(request)
    return Identity(user=user) if isinstance(user, User) and user.is_active else None


def by_token(request: ASGIRequest, *, at: datetime) -> Identity | None:
    """Whose device sends the request's token, or None. Asks the database."""
    authorization = request.headers.get("Authorization", "")
    if not authorization.startswith(_BEARER):
        return None
    device = devices.holder(authorization.removeprefix(_BEARER), at=at)
    return Identity(user=device.issued_by, device=device) if device else None


def has_token(request: ASGIRequest) -> bool:
    """Whether the request comes with a device's token rather than with a cookie."""
    return "Authorization" in request.headers


def is_forged(request: ASGIRequest) -> bool:
    """Whether another site may have sent this: Django's own check of token and origin."""
    check = CsrfViewMiddleware(_nothing)
    check.process_request(request)
    return check.process_view(request, _nothing, (), {}) is not None


def _nothing(_request: HttpRequest) -> HttpResponse:
    """Stands where a view would: the check asks only whether one is exempt."""
    return HttpResponse()
