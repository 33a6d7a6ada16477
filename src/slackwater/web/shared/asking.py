"""Who is asking, and where they may be sent next."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from slackwater.records.models import User


def person(request: HttpRequest) -> User:
    """The signed-in person; nobody else gets further."""
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        raise PermissionDenied
    return user


def way_on(request: HttpRequest) -> str:
    """Where the sign-in was asked to lead, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else ""
