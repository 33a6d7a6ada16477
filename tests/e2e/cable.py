"""A cable between browser and server that can go dead without telling either end, as a bedside network does.

A browser's own offline switch refuses new requests but lets an open stream go on, so silence needs this.
"""

import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_LOOK_S = 0.05
_PIECE = 65536


class Cable:
    """Carries bytes both ways; while dead it carries none and closes nothing."""

    def __init__(self, port: int) -> None:
        self._to = ("127.0.0.1", port)
        self._is_dead = threading.Event()
        self._is_over = threading.Event()
        self._door = socket.create_server(("127.0.0.1", 0))
        self._pairs: dict[socket.socket, socket.socket] = {}
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._door, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._carry, name="cable", daemon=True)

    @property
    def address(self) -> str:
        """Where the browser plugs in."""
        return f"http://127.0.0.1:{self._door.getsockname()[1]}"

    @contextmanager
    def dead(self) -> Iterator[None]:
        """Nothing comes through; what was sent meanwhile arrives afterwards, late."""
        self._is_dead.set()
        try:
            yield
        finally:
            self._is_dead.clear()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._is_over.set()
        self._thread.join()
        for end in [*self._pairs, self._door]:
            end.close()
        self._selector.close()

    def _carry(self) -> None:
        while not self._is_over.is_set():
            if self._is_dead.is_set():
                self._is_over.wait(_LOOK_S)
                continue
            for key, _ in self._selector.select(_LOOK_S):
                end = key.fileobj
                assert isinstance(end, socket.socket)
                if end is self._door:
                    self._plug_in()
                elif end in self._pairs:
                    self._pass_on(end)

    def _plug_in(self) -> None:
        near, far = self._door.accept()[0], socket.create_connection(self._to)
        for one, other in ((near, far), (far, near)):
            self._pairs[one] = other
            self._selector.register(one, selectors.EVENT_READ)

    def _pass_on(self, end: socket.socket) -> None:
        other = self._pairs[end]
        try:
            piece = end.recv(_PIECE)
            other.sendall(piece)
        except OSError:
            piece = b""
        if not piece:
            self._unplug(end, other)

    def _unplug(self, *ends: socket.socket) -> None:
        for end in ends:
            del self._pairs[end]
            self._selector.unregister(end)
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
