"""What every template may know of the installation."""

from django.conf import settings
from django.http import HttpRequest


def installation(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001  Django's signature
    """Whether this is a demonstration, and which cookie the room's script reads."""
    return {"demo": settings.DEMO, "csrf_cookie_name": settings.CSRF_COOKIE_NAME}
