"""What runs beside the requests, from the server's start to its stop."""

import logging

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable

from slackwater.actions import installation, running
from slackwater.web.shared.raw_threads import in_thread, threads

logger = logging.getLogger(__name__)


async def lifespan(receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Answer the server's start and stop."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            try:
                await in_thread(running.start)
            except installation.OtherKindError as error:
                await send({"type": "lifespan.startup.failed", "message": str(error)})
                return
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await in_thread(running.stop)
            threads.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return
