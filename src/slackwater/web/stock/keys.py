"""The key a page carries, so that a button that is pressed twice is one act."""

from uuid import UUID, uuid4

from django.http import HttpRequest


def key_of(request: HttpRequest) -> UUID:
    """The page's key, or a new one where it has none that can be read."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()
