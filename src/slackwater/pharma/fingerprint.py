"""A short name for a set of inputs, the same on every machine."""

import hashlib
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from enum import Enum

_BYTES = 8


def fingerprint(*inputs: object) -> str:
    """Sixteen hexadecimal digits that change when any value inside the inputs changes.

    Records are read field by field in the order they are declared; sets and mappings in sorted order, since
    their own order differs from run to run. Raises TypeError for anything whose text may not be stable.
    """
    digest = hashlib.blake2b(digest_size=_BYTES)
    for part in _parts(inputs):
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return digest.hexdigest()


def _parts(value: object) -> Iterable[str]:
    if is_dataclass(value) and not isinstance(value, type):
        yield type(value).__name__
        for item in fields(value):
            yield item.name
            yield from _parts(getattr(value, item.name))
    elif isinstance(value, Enum):
        yield f"{type(value).__name__}.{value.name}"
    elif value is None or isinstance(value, str | bool | int | float):
        # repr of a float is the shortest text that reads back as the same float.
        yield f"{type(value).__name__} {value!r}"
    elif isinstance(value, tuple | list):
        yield f"{len(value)} in order"
        for member in value:
            yield from _parts(member)
    elif isinstance(value, dict | frozenset | set):
        members = value.items() if isinstance(value, dict) else value
        yield f"{len(value)} in any order"
        yield from sorted(fingerprint(member) for member in members)
    else:
        raise TypeError(f"{type(value).__name__} has no stable text")
