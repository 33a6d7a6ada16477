"""The threads on which the raw ASGI functions ask the database, so that the event loop never waits for it."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from slackwater.actions.threads import DatabaseThreads

_P = ParamSpec("_P")
_T = TypeVar("_T")

threads = DatabaseThreads("raw", count=4)


async def in_thread(job: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """The result of the job, run beside the event loop."""
    threads.start()
    return await asyncio.wrap_future(threads.submit(job, *args, **kwargs))
