"""The log of agreements."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import slackwater.records.models.json
from slackwater.records import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0008_what_an_order_is_planned_for"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreementLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("key", models.UUIDField()),
                ("kind", models.CharField(max_length=12)),
                ("payload", slackwater.records.models.json.JSONField()),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=160)),
                ("by_role", models.CharField(max_length=12)),
                ("leaf", models.CharField(max_length=64)),
                ("previous", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreement_lines",
                        to="records.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["patient", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("patient", "number"), name="agreement_number_once"),
                    models.UniqueConstraint(fields=("patient", "key"), name="agreement_key_once"),
                    models.UniqueConstraint(fields=("patient", "previous"), name="agreement_never_forks"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="agreement_number_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "drafted",
                                    "taught_back",
                                    "signed",
                                    "narrowed",
                                    "asked",
                                    "room_opened",
                                    "slept",
                                ],
                            )
                        ),
                        name="agreement_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("by_name"), 160
                        ),
                        name="agreement_by_name_at_most_160",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("leaf"), 64
                        ),
                        name="agreement_leaf_at_most_64",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.GreaterThanOrEqual(
                            django.db.models.functions.text.Length("leaf"), 1
                        ),
                        name="agreement_leaf_is_written",
                    ),
                ],
            },
        ),
        migrations.RunPython(append_only.in_migration, migrations.RunPython.noop),
    ]
