"""What every template may know of the installation."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from slackwater.actions import signing
from slackwater.actions.policy import Permission, may
from slackwater.records.models import User


def installation(request: HttpRequest) -> dict[str, object]:
    """Whether this is a demonstration, the cookie of the room's script, who sees what, what is signed."""
    user = getattr(request, "user", None)
    return {
        "demo": settings.DEMO,
        "csrf_cookie_name": settings.CSRF_COOKIE_NAME,
        "sees_insight": isinstance(user, User) and may(user, Permission.SEE_INSIGHT),
        # Asked of the database only by a page that tells how sure a rule is.
        "signatures": SimpleLazyObject(signing.counting),
        "reviews_reports": isinstance(user, User) and may(user, Permission.REVIEW_REPORTS),
    }
