"""Writing a movement down, once the rules have nothing against it."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from slackwater.actions.policy import Permission, require
from slackwater.actions.stock import ledger
from slackwater.actions.stock.ledger import Act
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Container, LedgerLine, Session
from slackwater.rules.findings import Finding, barring
from slackwater.rules.stock.against import Facts, against
from slackwater.rules.stock.log import Said
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.route import Route


def keep(
    container: Container,
    said: Said,
    act: Act,
    *,
    session: Session | None = None,
    elsewhere: bool = False,
) -> LedgerLine:
    """Add a movement to a locked container unless a rule stands against it; RefusedError names each."""
    _require_witness(act)
    refuse(findings(container, said, act, session=session, elsewhere=elsewhere))
    return ledger.add(container, said, act, session=session)


def findings(
    container: Container,
    said: Said,
    act: Act,
    *,
    session: Session | None = None,
    elsewhere: bool = False,
) -> list[Finding]:
    """What stands against a movement as things are now; nothing is locked and nothing written."""
    order = session.order if session else None
    facts = Facts(
        product=ledger.product_of(container.product),
        expiry=container.expiry,
        happened_at=act.moment,
        now=act.at,
        day=timezone.localdate(act.moment),
        by=ledger.person(act.by.pk),
        witness=ledger.person(act.second.pk) if act.second else "",
        open_for=open_for(),
        drug=Drug(order.drug) if order else None,
        route=Route(order.route) if order else None,
        elsewhere=elsewhere,
    )
    return list(against(said, ledger.lines(container), facts, limits=load_limits().stock))


def open_for() -> timedelta | None:
    """How long this clinic lets an opened container be used; None where it has set no limit."""
    hours = settings.STOCK_OPEN_HOURS
    return None if hours is None else timedelta(hours=hours)


def refuse(against_it: Iterable[Finding]) -> None:
    """Raise RefusedError with every finding that bars; none means that it may be."""
    if found := barring(against_it):
        raise RefusedError(*map(_problem, found))


def _require_witness(act: Act) -> None:
    if act.second is not None:
        require(act.second, Permission.WITNESS_STOCK)


def _problem(finding: Finding) -> Problem:
    return Problem(
        field=_FIELDS.get(finding.id, "movement"),
        code=finding.id,
        message=finding.sentence,
        mend=_MENDS.get(finding.id, "Nothing was written. Look at the container and its ledger again."),
    )


_FIELDS = {
    "STK-01": "amount",
    "STK-09": "volume",
    "STK-10": "amount",
    "STK-12": "amount",
    "C05": "second_username",
    "STK-07": "happened_at",
}
_MENDS = {
    "S01": "Use up or send back what is stocked, retire that product, then stock the other strength.",
    "S05": "Keep it in another place, under another list.",
    "C05": "Ask somebody else who is here to write their own name and password.",
    "STK-01": "Read the amount again; if less is there than the ledger says, count it.",
    "STK-02": "Take a sealed one, and waste what is left in this one in front of a witness.",
    "STK-03": "Take another, and hand this one over for destruction.",
    "STK-04": "Take a sealed one, and waste what is left in this one in front of a witness.",
    "STK-05": "Look for it by its number, or scan it again.",
    "STK-06": "Waste what is left, or hand it over for destruction.",
    "STK-07": "Write the time at which it was done; after a count, open a case instead.",
    "STK-08": "Ask somebody else to count.",
    "STK-09": "Read the syringe again, and write both.",
    "STK-10": "Take whole ones.",
    "STK-11": "Put it back sealed, and scan the one that was ordered.",
    "STK-12": "Look at the line that drew it, and read the syringe again.",
    "STK-13": "See to each of these first. Nobody who was treated has to wait for it.",
    "STK-14": "Ask somebody else to look at it with you.",
    "STK-15": "Waste the first part in front of a witness and draw the whole dose from one, or draw less.",
}
