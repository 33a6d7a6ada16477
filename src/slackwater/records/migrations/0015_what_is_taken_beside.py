"""What is said of medicines, and what is set aside of their interactions."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import slackwater.records.models.json
from slackwater.records import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0014_reports_of_things_that_went_wrong"),
    ]

    operations = [
        migrations.CreateModel(
            name="InteractionAside",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(unique=True)),
                ("rule", models.CharField(max_length=12)),
                ("medicine", models.CharField(max_length=80)),
                ("sentence", models.CharField(max_length=1000)),
                ("reason", models.CharField(max_length=400)),
                ("happened_at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=160)),
                ("second_name", models.CharField(blank=True, max_length=160)),
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
                        related_name="interaction_asides",
                        to="records.patient",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.GreaterThanOrEqual(
                            django.db.models.functions.text.Length("reason"), 1
                        ),
                        name="interaction_aside_reason_is_written",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("medicine"), 80
                        ),
                        name="interaction_aside_medicine_at_most_80",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("sentence"), 1000
                        ),
                        name="interaction_aside_sentence_at_most_1000",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("reason"), 400
                        ),
                        name="interaction_aside_reason_at_most_400",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("by_name"), 160
                        ),
                        name="interaction_aside_by_name_at_most_160",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("second_name"), 160
                        ),
                        name="interaction_aside_second_name_at_most_160",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second__isnull", True),
                            models.Q(("second", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="interaction_aside_by_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MedicineLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(unique=True)),
                ("kind", models.CharField(max_length=8)),
                ("name", models.CharField(blank=True, max_length=80)),
                ("dose", models.CharField(blank=True, max_length=80)),
                ("how_often", models.CharField(blank=True, max_length=80)),
                ("source", models.CharField(blank=True, max_length=8)),
                ("last_taken_at", models.DateTimeField(blank=True, null=True)),
                ("is_held", models.BooleanField(blank=True, null=True)),
                ("plan", models.CharField(blank=True, max_length=4)),
                ("note", models.CharField(blank=True, max_length=400)),
                ("names", slackwater.records.models.json.JSONField(default=list)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
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
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="medicine_lines",
                        to="records.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["told", "asked", "planned", "verified"])),
                        name="medicine_line_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["", "patient", "pharmacy", "bottle"])),
                        name="medicine_line_source_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("plan__in", ["", "take", "hold", "stop"])),
                        name="medicine_line_plan_is_known",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("name"), 80
                        ),
                        name="medicine_line_name_at_most_80",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("dose"), 80
                        ),
                        name="medicine_line_dose_at_most_80",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("how_often"), 80
                        ),
                        name="medicine_line_how_often_at_most_80",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("note"), 400
                        ),
                        name="medicine_line_note_at_most_400",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("by_name"), 160
                        ),
                        name="medicine_line_by_name_at_most_160",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "verified"), models.Q(("name", ""), _negated=True), _connector="OR"
                        ),
                        name="medicine_line_names_its_medicine",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "planned"), _negated=True),
                            models.Q(("plan", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="medicine_line_plans_something",
                    ),
                ],
            },
        ),
        migrations.RunPython(append_only.in_migration, migrations.RunPython.noop),
    ]
