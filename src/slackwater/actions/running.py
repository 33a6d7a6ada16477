"""What a worker runs beside its requests, started and stopped in order."""

from django.conf import settings
from django.utils import timezone

from slackwater.actions import installation, other_workers
from slackwater.actions.demo import rooms
from slackwater.actions.demo.driver import driver
from slackwater.actions.demo.past import past
from slackwater.actions.entries.writer import writer
from slackwater.actions.forecasts.forecaster import forecaster
from slackwater.actions.marks.marker import marker
from slackwater.actions.warmth import warm_up


def start() -> None:
    """Start everything. Raises OtherKindError before anything runs if the database is not ours."""
    installation.claim()
    writer.start()
    other_workers.listener.start()
    forecaster.start()
    if settings.DEMO:
        rooms.set_up(wall=timezone.now())
        driver.start()
        past.start()
    marker.start()
    warm_up()


def stop() -> None:
    """Stop in the opposite order; what is queued is written first."""
    past.stop()
    driver.stop()
    marker.stop()
    forecaster.stop()
    other_workers.listener.stop()
    writer.stop()
