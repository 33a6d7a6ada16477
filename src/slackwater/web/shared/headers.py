"""Headers that Django does not set by itself."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

CAMERA_FOR_CODES = "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
_OFF = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class PrivateHeaders:
    """Pages are about a patient: nothing between here and the screen keeps a copy, and no sensor is used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", _OFF)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
