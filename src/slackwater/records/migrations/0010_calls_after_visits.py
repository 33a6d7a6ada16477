"""Calls after visits."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import slackwater.records.models.json
from slackwater.records import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0009_what_was_agreed"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(unique=True)),
                ("kind", models.CharField(max_length=12)),
                ("outcome", models.CharField(max_length=12)),
                ("answers", slackwater.records.models.json.JSONField(default=dict)),
                ("is_recovered", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("happened_at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=160)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="records.session",
                    ),
                ),
            ],
            options={
                "ordering": ["session", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["at_once", "next_day", "week"])),
                        name="call_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["reached", "not_reached", "declined"])),
                        name="call_outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("note"), 1000
                        ),
                        name="call_note_at_most_1000",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("by_name"), 160
                        ),
                        name="call_by_name_at_most_160",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_recovered", False), ("outcome", "reached"), _connector="OR"),
                        name="call_recovered_only_if_reached",
                    ),
                ],
            },
        ),
        migrations.RunPython(append_only.in_migration, migrations.RunPython.noop),
    ]
