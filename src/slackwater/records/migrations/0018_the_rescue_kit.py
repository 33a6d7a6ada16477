"""The rescue kit, each time somebody went through it."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import slackwater.records.models.json
from slackwater.records import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0017_who_is_with_a_patient"),
    ]

    operations = [
        migrations.CreateModel(
            name="KitCheckLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(unique=True)),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=160)),
                ("version", models.CharField(max_length=40)),
                ("found", slackwater.records.models.json.JSONField(default=dict)),
                ("note", models.CharField(blank=True, default="", max_length=400)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("by_name"), 160
                        ),
                        name="kit_check_by_name_at_most_160",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("version"), 40
                        ),
                        name="kit_check_version_at_most_40",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("note"), 400
                        ),
                        name="kit_check_note_at_most_400",
                    ),
                ],
            },
        ),
        migrations.RunPython(append_only.in_migration, migrations.RunPython.noop),
    ]
