"""Who is asking, about whom, once or again, and where they may be sent next."""

from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from slackwater.actions import patients
from slackwater.actions.policy import Permission, require
from slackwater.records.models import Patient, User


def person(request: HttpRequest) -> User:
    """The signed-in person; nobody else gets further."""
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        raise PermissionDenied
    return user


def patient_for(request: HttpRequest, patient_id: UUID, permission: Permission) -> Patient:
    """The patient, for somebody who may do this; a stranger's record is as one that is not.

    Permission is asked before anything is read, because a refused form shows the record again.
    """
    by = person(request)
    require(by, permission)
    try:
        return patients.one_seen_by(by, patient_id)
    except Patient.DoesNotExist:
        raise Http404 from None


def key_of(request: HttpRequest) -> UUID:
    """The key that the page carries, so that a button pressed twice is one act; else a new one."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def way_on(request: HttpRequest) -> str:
    """Where the sign-in was asked to lead, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else ""
