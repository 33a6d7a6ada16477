"""How the forecasts of finished sessions fared."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

from slackwater.records import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0005_demo_script"),
    ]

    operations = [
        migrations.CreateModel(
            name="Marking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("engine", models.CharField(max_length=16)),
                ("log_version", models.PositiveIntegerField()),
                ("marked_at", models.DateTimeField()),
                ("model", models.CharField(max_length=100)),
                ("route", models.CharField(max_length=16)),
                ("crowd_id", models.CharField(max_length=16)),
                ("seen_back_after_h", models.FloatField(blank=True, null=True)),
                ("seen_back_by_h", models.FloatField(blank=True, null=True)),
                ("prior_back_p10_h", models.FloatField(blank=True, null=True)),
                ("prior_back_p50_h", models.FloatField(blank=True, null=True)),
                ("prior_back_p90_h", models.FloatField(blank=True, null=True)),
                ("third_back_p10_h", models.FloatField(blank=True, null=True)),
                ("third_back_p50_h", models.FloatField(blank=True, null=True)),
                ("third_back_p90_h", models.FloatField(blank=True, null=True)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="markings",
                        to="records.session",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ForecastMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("quantity", models.CharField(max_length=16)),
                ("at_h", models.FloatField()),
                ("lead_h", models.FloatField()),
                ("n_before", models.PositiveIntegerField()),
                ("value", models.FloatField()),
                ("low", models.FloatField()),
                ("middle", models.FloatField()),
                ("high", models.FloatField()),
                ("pit_low", models.FloatField()),
                ("pit_high", models.FloatField()),
                ("own_pit_low", models.FloatField()),
                ("own_pit_high", models.FloatField()),
                ("own_factor", models.FloatField()),
                ("factor", models.FloatField()),
                ("is_claimed", models.BooleanField()),
                (
                    "marking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="records.marking",
                    ),
                ),
            ],
            options={
                "ordering": ["marking", "number"],
            },
        ),
        migrations.AddConstraint(
            model_name="marking",
            constraint=models.UniqueConstraint(
                fields=("session", "engine", "log_version"), name="marking_once_for_each_log_and_engine"
            ),
        ),
        migrations.AddConstraint(
            model_name="marking",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.GreaterThanOrEqual(
                    django.db.models.functions.text.Length("engine"), 1
                ),
                name="marking_engine_is_written",
            ),
        ),
        migrations.AddConstraint(
            model_name="marking",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.GreaterThanOrEqual(
                    django.db.models.functions.text.Length("model"), 1
                ),
                name="marking_model_is_written",
            ),
        ),
        migrations.AddConstraint(
            model_name="marking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("seen_back_after_h__isnull", True), ("seen_back_by_h__isnull", True)),
                    models.Q(
                        ("seen_back_after_h__isnull", False),
                        ("seen_back_by_h__gte", models.F("seen_back_after_h")),
                        ("seen_back_by_h__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="marking_seen_back_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="forecastmark",
            constraint=models.UniqueConstraint(fields=("marking", "number"), name="mark_numbered_once"),
        ),
        migrations.AddConstraint(
            model_name="forecastmark",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__in", ["depth", "systolic_rise", "diastolic_rise"])),
                name="mark_quantity_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="forecastmark",
            constraint=models.CheckConstraint(
                condition=models.Q(("low__lte", models.F("middle")), ("middle__lte", models.F("high"))),
                name="mark_band_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="forecastmark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("pit_high__lte", 1.0), ("pit_low__gte", 0.0), ("pit_low__lte", models.F("pit_high"))
                ),
                name="mark_place_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="forecastmark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("own_pit_high__lte", 1.0),
                    ("own_pit_low__gte", 0.0),
                    ("own_pit_low__lte", models.F("own_pit_high")),
                ),
                name="mark_own_place_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="forecastmark",
            constraint=models.CheckConstraint(
                condition=models.Q(("factor__gte", 1), ("factor__lte", 3)), name="mark_factor_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="forecastmark",
            constraint=models.CheckConstraint(
                condition=models.Q(("own_factor__gte", 0.0)), name="mark_own_factor_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="forecastmark",
            constraint=models.CheckConstraint(
                condition=models.Q(("at_h__gte", 0.0), ("lead_h__gte", 0.0)), name="mark_after_the_dose"
            ),
        ),
        migrations.RunPython(append_only.in_migration, migrations.RunPython.noop),
    ]
