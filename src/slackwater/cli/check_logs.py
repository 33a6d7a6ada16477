"""`slackwater check-logs`: whether every log is the one that was written."""

import os

import typer

_CLINIC = "slackwater.web.settings.clinic"


def check_logs() -> None:
    """Check every session's log, patient's agreements and container's ledger against their chains of hashes.

    Exits with 1 if any does not hold. A tail that was cut off shows only against a printed report: compare
    the number of entries and the last hash with those on the paper.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = os.environ.get("DJANGO_SETTINGS_MODULE") or _CLINIC
    from slackwater.cli.serving import prepare_database

    prepare_database()
    from slackwater.actions import log
    from slackwater.actions.agreements import lines
    from slackwater.actions.stock import ledger
    from slackwater.records.models import Container, Patient, Session

    broken = 0
    for session in Session.objects.order_by("opened_at").iterator():
        verdict = log.check(session)
        broken += not verdict.holds
        print(f"{session.public_id}  {verdict.head[:16]}  {verdict.sentence}")
    for patient in Patient.objects.filter(agreement_lines__number=1).order_by("pk").iterator():
        verdict = lines.check(patient)
        broken += not verdict.holds
        print(f"agreements of {patient.public_id}  {verdict.head[:16]}  {verdict.sentence}")
    for container in Container.objects.select_related("product").iterator():
        verdict = ledger.check(container)
        broken += not verdict.holds
        print(f"ledger of {container.public_id}  {verdict.head[:16]}  {verdict.sentence}")
    if broken:
        raise typer.Exit(1)
