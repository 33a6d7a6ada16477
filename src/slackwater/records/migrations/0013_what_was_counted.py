"""Counts of the cabinet, and cases about differences."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

from slackwater.records import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0012_what_the_cabinet_holds"),
    ]

    operations = [
        migrations.CreateModel(
            name="StockCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(unique=True)),
                ("purpose", models.CharField(max_length=12)),
                ("day", models.DateField()),
                ("place", models.PositiveSmallIntegerField()),
                ("happened_at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=160)),
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
                "ordering": ["-day", "purpose", "place"],
            },
        ),
        migrations.CreateModel(
            name="CaseLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case", models.UUIDField()),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=8)),
                ("expected_ug", models.PositiveIntegerField(blank=True, null=True)),
                ("seen_ug", models.PositiveIntegerField(blank=True, null=True)),
                ("words", models.CharField(blank=True, default="", max_length=1000)),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=160)),
                ("second_name", models.CharField(blank=True, default="", max_length=160)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "container",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_lines",
                        to="records.container",
                    ),
                ),
            ],
            options={
                "ordering": ["case", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="case_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "closed")), fields=("case",), name="case_closed_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["opened", "lost", "seen", "noted", "closed"])),
                        name="case_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("words"), 1000
                        ),
                        name="case_words_at_most_1000",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("by_name"), 160
                        ),
                        name="case_by_name_at_most_160",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("second_name"), 160
                        ),
                        name="case_second_name_at_most_160",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "closed"), _negated=True),
                            ("second__isnull", False),
                            _connector="OR",
                        ),
                        name="case_closed_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second__isnull", True),
                            models.Q(("second", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="case_second_is_another",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="stockcount",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["opening", "closing", "weekly", "inventory"])),
                name="count_purpose_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockcount",
            constraint=models.CheckConstraint(
                condition=models.Q(("place__in", [1, 2])), name="count_first_or_second"
            ),
        ),
        migrations.AddConstraint(
            model_name="stockcount",
            constraint=models.UniqueConstraint(fields=("purpose", "day", "place"), name="count_place_once"),
        ),
        migrations.AddConstraint(
            model_name="stockcount",
            constraint=models.UniqueConstraint(fields=("purpose", "day", "by"), name="count_by_two_people"),
        ),
        migrations.AddConstraint(
            model_name="stockcount",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length("note"), 400
                ),
                name="count_note_at_most_400",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockcount",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length("by_name"), 160
                ),
                name="count_by_name_at_most_160",
            ),
        ),
        migrations.RunPython(append_only.in_migration, migrations.RunPython.noop),
    ]
