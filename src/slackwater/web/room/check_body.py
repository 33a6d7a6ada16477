"""What the room's sheet sends of a dose's check, read strictly. Amounts come as they were typed."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from slackwater.actions.dose_checks.keeping import MOST_PARTS, Read, ReadPart
from slackwater.actions.dose_checks.scanning import Scan
from slackwater.rules.dosing.double_check import Identifier, Pump
from slackwater.rules.fields import Fields
from slackwater.terms.amounts import read_mg_as_ug, read_ml_as_ul
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.route import Route
from slackwater.web.shared import strict_json

_LONGEST_CODE = 200
_MOST_OWN = 9_999_999
_LONGEST_NUMBER = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckBody:
    """A whole check, with the second person's name and password as typed."""

    key: UUID
    read: Read
    second: tuple[str, str]


def scan(request: HttpRequest) -> Scan:
    """What was scanned. Raises RefusedError naming every field that is wrong."""
    given = Fields(strict_json.read(request.body), at="scan")
    number, amount = given.integer("number", low=1, high=2), _text(given, "amount")
    code, own = _code(given), _own(given)
    given.done()
    return Scan(number=number, code=code, own=own, amount_ug=_ug(amount, "amount"))


def check(request: HttpRequest) -> CheckBody:
    """What the two have read. Raises RefusedError naming every field that is wrong."""
    given = Fields(strict_json.read(request.body), at="check")
    key = given.text("key", longest=36)
    number, route = given.integer("number", low=1, high=2), given.choice("route", Route)
    identifiers = frozenset(given.choices("identifiers", Identifier))
    amount, again = _text(given, "amount"), _text(given, "amount_again")
    pump = (_text(given, "pump_volume"), _text(given, "pump_rate"))
    parts = [
        (one, _code(one), _own(one), _text(one, "volume"))
        for one in (given.within(value, "part") for value in given.items("parts", most=MOST_PARTS))
    ]
    for one, *_ in parts:
        one.close()
    second = (_text(given, "second_username", longest=150), _text(given, "second_password", longest=1000))
    given.done()
    amount_ug = _ug(amount, "amount")
    read = Read(
        number=number,
        route=route,
        amount_ug=amount_ug,
        typed_again_ug=_ug(again, "amount") if again else None,
        identifiers=identifiers,
        parts=tuple(
            ReadPart(
                scan=Scan(number=number, code=code, own=own, amount_ug=amount_ug),
                volume_ul=read_ml_as_ul(volume, field="volume") if volume else 0,
            )
            for _, code, own, volume in parts
        ),
        pump=_pump(*pump),
    )
    return CheckBody(key=_key(key), read=read, second=second)


def _text(given: Fields, name: str, *, longest: int = _LONGEST_NUMBER) -> str:
    return given.text(name, longest=longest, empty=True) if given.has(name) else ""


def _code(given: Fields) -> str:
    return given.text("code", longest=_LONGEST_CODE)


def _own(given: Fields) -> int | None:
    return given.integer("own", low=1, high=_MOST_OWN) if given.has("own") else None


def _ug(text: str, field: str) -> int:
    return read_mg_as_ug(text, field=field)


def _pump(volume: str, rate: str) -> Pump | None:
    if not volume and not rate:
        return None
    return Pump(volume_ul=read_ml_as_ul(volume, field="pump"), ul_per_h=read_ml_as_ul(rate, field="pump"))


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise RefusedError(
            Problem(field="key", code="not-an-id", message="This is not an identifier.", mend="Send a UUID.")
        ) from None
