"""Movements at the cabinet: opened, wasted, back, away, lost; each asked of the rules while it is locked."""

from uuid import UUID

from django.db import transaction

from slackwater.actions.policy import Permission, require
from slackwater.actions.stock import cases, ledger, stopped
from slackwater.actions.stock.keeping import keep
from slackwater.actions.stock.ledger import Act
from slackwater.records.models import LedgerLine
from slackwater.rules.stock.log import (
    Disposed,
    Lost,
    NotGiven,
    Opened,
    Returned,
    Reversed,
    Said,
    SetAside,
    Wasted,
)

# What is done at the cabinet itself; drawing and giving belong to a session, counting to a count.
AT_THE_CABINET = (Opened, NotGiven, Wasted, Returned, Disposed, Lost, SetAside, Reversed)


@transaction.atomic
def move(container_id: UUID, said: Said, *, act: Act) -> LedgerLine:
    """Write down one movement at the cabinet. The same act again gives the line it wrote.

    A loss opens a case in the same transaction.
    Raises RefusedError naming everything that stands against it; nothing is then changed.
    """
    require(act.by, Permission.HANDLE_STOCK)
    if not isinstance(said, AT_THE_CABINET):
        raise TypeError(f"{type(said).__name__} is not done at the cabinet")
    container = ledger.locked(container_id)
    if row := ledger.kept(container, said, act):
        return row
    before = ledger.state(container)
    session = stopped.session_of(said, before) if isinstance(said, NotGiven) else None
    row = keep(container, said, act, session=session)
    if isinstance(said, Lost):
        cases.lost(container, said, before_ug=before.held_ug, act=act)
    return row
