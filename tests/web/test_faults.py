"""What a page says when something went wrong."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from tests.clinic import Clinic
from tests.web import pages

from slackwater.actions import boards
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.web.shared import faults


def _problem(code: str) -> RefusedError:
    return RefusedError(Problem(field="dose", code=code, message="It is over the cap.", mend="Order less."))


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (_problem("too-high"), 422, "Nothing was changed. Here is why"),
        (_problem("already-void"), 409, "Something changed before this arrived"),
        (PermissionDenied(), 403, "not yours to open"),
    ],
)
def test_an_error_that_no_view_caught_has_a_page_with_a_way_back(
    error: Exception, status: int, words: str, client: Client, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> list[object]:
        raise error

    monkeypatch.setattr(boards, "in_progress", fails)
    client.force_login(clinic.monitor)
    response = client.get("/")
    assert response.status_code == status
    assert words in pages.text(response)
    if isinstance(error, RefusedError):
        assert "It is over the cap. Order less." in pages.text(response)
    assert pages.soup(response).select_one("main a.button") is not None
    pages.check(response)


def test_a_bug_has_a_page_that_needs_nothing_and_tells_nothing(
    client: Client, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> list[object]:
        raise ZeroDivisionError("a name that must not be shown")

    monkeypatch.setattr(boards, "in_progress", breaks)
    client.force_login(clinic.monitor)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "Something broke on our side" in pages.text(response)
    assert "must not be shown" not in pages.text(response)
    pages.check(response, framed=False)


def test_a_request_that_cannot_be_read_says_so() -> None:
    request = RequestFactory().get("/")
    request.user = type("Nobody", (), {"is_authenticated": False})()
    response = faults.bad_request(request, ValueError())
    assert response.status_code == 400
    assert "could not be read" in pages.text(response)
