"""What every template may know of the installation."""

from django.conf import settings
from django.http import HttpRequest

from slackwater.actions.policy import Permission, may
from slackwater.records.models import User


def installation(request: HttpRequest) -> dict[str, object]:
    """Whether this is a demonstration, which cookie the room's script reads, who sees Insight and reports."""
    user = getattr(request, "user", None)
    return {
        "demo": settings.DEMO,
        "csrf_cookie_name": settings.CSRF_COOKIE_NAME,
        "sees_insight": isinstance(user, User) and may(user, Permission.SEE_INSIGHT),
        "reviews_reports": isinstance(user, User) and may(user, Permission.REVIEW_REPORTS),
    }
