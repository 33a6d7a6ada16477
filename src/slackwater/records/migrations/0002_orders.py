"""What a prescriber ordered."""

import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import slackwater.records.models.json


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("drug", models.CharField(max_length=12)),
                ("route", models.CharField(max_length=16)),
                ("dose_ug", models.PositiveIntegerField()),
                ("duration_s", models.PositiveIntegerField(default=0)),
                ("booster_ug", models.PositiveIntegerField(blank=True, null=True)),
                ("booster_earliest_s", models.PositiveIntegerField(blank=True, null=True)),
                ("booster_latest_s", models.PositiveIntegerField(blank=True, null=True)),
                ("hard_max_ug", models.PositiveIntegerField()),
                ("weight_g", models.PositiveIntegerField()),
                ("age_years", models.PositiveSmallIntegerField()),
                ("sex", models.CharField(max_length=8)),
                ("medicines", slackwater.records.models.json.JSONField(default=list)),
                ("model", models.CharField(max_length=40)),
                ("seed", models.PositiveIntegerField(default=1)),
                ("subjects", models.PositiveIntegerField(default=4096)),
                ("findings", slackwater.records.models.json.JSONField(default=list)),
                ("overrides", slackwater.records.models.json.JSONField(default=list)),
                ("signed_at", models.DateTimeField()),
                ("version_hash", models.CharField(max_length=64)),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("void_reason", models.CharField(blank=True, max_length=400)),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="records.patient",
                    ),
                ),
                (
                    "prescriber",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "voided_by",
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
                "ordering": ["-signed_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("drug__in", ["racemic", "esketamine"])),
                        name="order_drug_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "route__in",
                                ["iv", "im", "nasal-device", "nasal-solution", "lozenge", "film", "oral"],
                            )
                        ),
                        name="order_route_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("dose_ug__gte", 1), ("dose_ug__lte", 2000000000)),
                        name="order_dose_ug_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hard_max_ug__gte", 1), ("hard_max_ug__lte", 2000000000)),
                        name="order_hard_max_ug_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("duration_s__gte", 0), ("duration_s__lte", 86400)),
                        name="order_duration_s_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight_g__gte", 20000), ("weight_g__lte", 300000)),
                        name="order_weight_g_in_range",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("void_reason"), 400
                        ),
                        name="order_void_reason_at_most_400",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("dose_ug__lte", models.F("hard_max_ug"))),
                        name="order_dose_within_hard_max",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("booster_earliest_s__isnull", True),
                                ("booster_latest_s__isnull", True),
                                ("booster_ug__isnull", True),
                            ),
                            models.Q(
                                ("booster_earliest_s__isnull", False),
                                ("booster_latest_s__gte", models.F("booster_earliest_s")),
                                ("booster_latest_s__isnull", False),
                                ("booster_ug__gte", 1),
                                ("booster_ug__isnull", False),
                                (
                                    "hard_max_ug__gte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("dose_ug"), "+", models.F("booster_ug")
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="order_booster_whole_and_within_hard_max",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(("voided_at__isnull", False), ("voided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="order_voided_by_somebody_at_some_time",
                    ),
                ],
            },
        ),
    ]
