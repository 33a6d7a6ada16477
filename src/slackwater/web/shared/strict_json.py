"""JSON from outside, read so that two parsers cannot disagree about it.

Python's own reader takes NaN, turns 1e999 into infinity, and lets the last of two equal keys win.
"""

import json
import math
import re

from slackwater.terms.refusal import RefusedError

DEEPEST = 32
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)


def read(body: bytes) -> object:
    """The value in the body. Raises RefusedError saying what is wrong with it and how to mend it."""
    if _depth(body) > DEEPEST:
        raise _refused("too-deep", f"It is nested more than {DEEPEST} deep.", "Send it flatter.")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise _refused("not-utf-8", "It is not UTF-8 text.", "Send it as UTF-8.") from None
    try:
        value = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
            parse_float=_finite,
            parse_int=_short,
        )
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise _refused("half-character", "It has half a character in it.", "Write the text again.") from None
    except (ValueError, RecursionError):
        raise _refused("not-json", "It is not JSON.", "Send one JSON object.") from None
    return value


def _depth(body: bytes) -> int:
    deepest = depth = 0
    for byte in _STRING.sub(b"", body):
        if byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"]}":
            depth -= 1
    return deepest


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _refused("twice", "One field stands in it twice.", "Send each field once.")
    return found


def _no_constant(name: str) -> object:
    raise _refused("not-finite", f"{name} is not a number.", "Send a finite number, or leave it out.")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _refused("not-finite", "A number in it is too large.", "Send a finite number.")
    return number


def _short(text: str) -> int:
    if len(text) > 20:
        raise _refused("not-finite", "A number in it is too large.", "Send a smaller number.")
    return int(text)


def _refused(code: str, message: str, mend: str) -> RefusedError:
    return RefusedError.of(field="body", code=code, message=message, mend=mend)
