"""Compiles a kernel, and keeps the machine code for the next process.

Numba keeps it by the source of the function alone. After an upgrade in place a kernel whose own file did not
change would go on running the old code of the kernels that it calls. Here machine code is kept in a folder
named after the sources of all kernels and the versions of what compiles them; a new one removes the others.
"""

import contextlib
import hashlib
import os
import pickle
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, cast

import llvmlite
import numba
import numpy as np
from numba import config
from numba.core.caching import NullCache
from numba.core.ccallback import CFunc
from numba.core.compiler import CompileResult
from numba.core.runtime.nrt import rtsys
from numba.core.serialize import dumps
from numba.core.sigutils import normalize_signature
from numba.misc.appdirs import AppDirs

if TYPE_CHECKING:
    from numba.core.codegen import CPUCodegen
    from numba.core.cpu import CPUContext
    from numba.core.typing.templates import Signature

SOURCES: Final = Path(__file__).parent
_NAMED_BY: Final = 16

_Kernel = TypeVar("_Kernel", bound=Callable[..., object])


def kernel(function: _Kernel) -> _Kernel:
    """Compiled at the first call with each kind of arguments, without the interpreter's lock."""
    compiled = numba.njit(nogil=True)(function)
    _keep(compiled, function)
    return cast("_Kernel", compiled)


def callback(function: Callable[..., object], signature: "Signature") -> "CFunc[Callable[..., object]]":
    """Compiled at once for this signature, to be called by its address."""
    made = CFunc(function, normalize_signature(signature), locals={}, options={})
    _keep(made, function)
    made.compile()
    return made


def _keep(made: object, function: Callable[..., object]) -> None:
    if _IS_KEPT:
        # What Numba's own `cache=True` sets.
        setattr(made, "_cache", _Kept(function))  # noqa: B010


def digest() -> str:
    """Of the sources of all kernels as they are now, and of what compiles them."""
    versions = numba.__version__, llvmlite.__version__, np.__version__, sys.version
    found = hashlib.sha256(repr(versions).encode())
    for path in sorted(SOURCES.rglob("*.py")):
        text = path.read_bytes()
        found.update(f"{path.relative_to(SOURCES).as_posix()} {len(text)}\n".encode())
        found.update(text)
    return found.hexdigest()


def _place() -> Path | None:
    """Where Numba was told to keep things, else beside the sources, else in the user's cache.

    None where nothing can be written, and where there is no source to go by.
    """
    if not any(SOURCES.glob("*.py")):
        return None
    own = f"slackwater-{hashlib.sha256(str(SOURCES).encode()).hexdigest()[:_NAMED_BY]}"
    told = [Path(config.CACHE_DIR) / own] if config.CACHE_DIR else []  # type: ignore[attr-defined]  # as below
    user = Path(AppDirs(appname="slackwater", appauthor=False).user_cache_dir) / own
    for base in (*told, SOURCES / "__pycache__" / "kernels", user):
        with contextlib.suppress(OSError):
            base.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=base).close()
            found: Path = base
            return found
    return None


# Read before any kernel is, so that what is loaded is not older than what it is called by.
_DIGEST: Final = digest()
_PLACE: Final = _place()
_IS_KEPT: Final = _PLACE is not None and not config.DISABLE_JIT  # type: ignore[attr-defined]
FOLDER: Final = (_PLACE or SOURCES) / _DIGEST[:_NAMED_BY]


class _Kept(NullCache):
    """Machine code of one kernel, a file for each kind of arguments and each kind of processor."""

    def __init__(self, function: Callable[..., object]) -> None:
        self._name = f"{function.__module__.rpartition('.')[2]}.{function.__qualname__}"

    @property
    def cache_path(self) -> str:
        return str(FOLDER)

    def load_overload(self, sig: "Signature", target_context: "CPUContext") -> CompileResult | None:
        # All that machine code asks for; whatever compiles loads the rest, for which nobody need wait here.
        rtsys.initialize(target_context)
        try:
            kept = self._path(sig, target_context.codegen()).read_bytes()
            # Written by `save_overload`, in a folder as safe as this file.
            given = pickle.loads(kept)  # noqa: S301
        except (OSError, EOFError, pickle.UnpicklingError):
            # Not there, or cut short by a machine that stopped.
            return None
        made: CompileResult = CompileResult._rebuild(target_context, *given)  # noqa: SLF001  # as Numba's does
        return made

    def save_overload(self, sig: "Signature", data: CompileResult) -> None:
        """Keeps nothing that holds an address, that changed while in use, or that there is no room for."""
        is_bound = data.library.has_dynamic_globals  # type: ignore[attr-defined]  # a tuple of names made later
        if is_bound or digest() != _DIGEST:
            return
        with contextlib.suppress(OSError):
            _begin()
            path = self._path(sig, data.codegen)
            room = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
            room.write_bytes(dumps(data._reduce()))  # noqa: SLF001  # as Numba's does
            # At once, so that another process reads all of it or nothing.
            room.replace(path)

    def _path(self, sig: "Signature", codegen: "CPUCodegen") -> Path:
        kind = hashlib.sha256(repr((sig, codegen.magic_tuple())).encode()).hexdigest()[:_NAMED_BY]
        return FOLDER / f"{self._name}-{kind}.kept"


def _begin() -> None:
    """The folder, and no other beside it: those hold what other sources gave."""
    if FOLDER.exists():
        return
    for other in FOLDER.parent.iterdir():
        # Another process may have begun it meanwhile.
        if other != FOLDER:
            shutil.rmtree(other, ignore_errors=True)
    FOLDER.mkdir(exist_ok=True)
