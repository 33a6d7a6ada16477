"""`slackwater add-person`: somebody who signs in to this machine's clinic, the first owner above all."""

import os
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import typer

from slackwater.cli.options import takes


class Role(StrEnum):
    """What a person comes for; the same words as the records keep, which cannot be loaded for a help text."""

    OWNER = "owner"
    PRESCRIBER = "prescriber"
    GUIDE = "guide"
    MONITOR = "monitor"
    PATIENT = "patient"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPersonOptions:
    """What `slackwater add-person` was asked, as it was written."""

    username: Annotated[str, typer.Argument(help="The name to sign in with.")]
    role: Annotated[Role, typer.Option(help="What this person may do.")]
    given_name: Annotated[str, typer.Option(help="As colleagues say it.")]
    family_name: Annotated[str, typer.Option(help="As it stands on a record.")]
    password: Annotated[
        str,
        typer.Option(
            help="Asked for, unseen, where it is left out.",
            prompt=True,
            hide_input=True,
            confirmation_prompt=True,
        ),
    ]


@takes(AddPersonOptions)
def add_person(options: AddPersonOptions) -> None:
    """Add somebody who signs in to this machine's clinic.

    It works on the clinic that SECRET_KEY, ALLOWED_HOSTS and DATABASE_URL name, as `slackwater serve` does.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "slackwater.web.settings.clinic"
    from slackwater.cli.serving import prepare_database

    prepare_database()
    from django.utils import timezone

    from slackwater.actions import accounts
    from slackwater.records.models import Role as Kept

    person = accounts.NewPerson(
        username=options.username,
        given_name=options.given_name,
        family_name=options.family_name,
        role=Kept(options.role.value),
        password=options.password,
    )
    added = accounts.add_person(person, by=None, at=timezone.now())
    print(f"{added.username} may now sign in as {Kept(added.role).label.lower()}.")
