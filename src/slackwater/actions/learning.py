"""Lets a crowd learn while an order is still being written, because its first answer would wait for that."""

import logging
import threading
from datetime import datetime

from django.db import DatabaseError, connections

from slackwater.actions import orders, previews
from slackwater.actions.forecasts.forecaster import forecaster
from slackwater.actions.orders import Draft
from slackwater.catalogue.loader import load
from slackwater.records.models import Patient
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

logger = logging.getLogger(__name__)


def begin(patient: Patient, *, at: datetime) -> None:
    """Start learning in a thread of its own, where a server runs; the page itself waits for nothing."""
    if forecaster.is_working:
        thread = threading.Thread(target=_apart, args=(patient, at), name="learning", daemon=True)
        thread.start()


def learn(patient: Patient, *, at: datetime) -> None:
    """Draw the crowd that a new order for this patient most likely asks, and keep it where it is asked for.

    Raises RefusedError where no crowd can be drawn, as for a patient who was not weighed.
    """
    # A crowd does not hang on dose and route; these stand for whatever will be written.
    likely = Draft(
        drug=Drug.RACEMIC, route=Route.IV, dose_ug=1, hard_max_ug=None, model=load().default_model.id
    )
    plan = orders.plan(likely, patient, at=at)
    if plan.earlier:
        previews.crowd_of(plan)


def _apart(patient: Patient, at: datetime) -> None:
    try:
        learn(patient, at=at)
    except (RefusedError, DatabaseError) as error:
        # Whoever asks for the order's preview is told, or asks again; this only wanted to be quick.
        logger.info("no crowd learned beforehand: %s", type(error).__name__)
    finally:
        connections.close_all()
