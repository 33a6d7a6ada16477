"""Products, containers and their ledgers."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import slackwater.records.models.json
from slackwater.records import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0011_what_is_said_in_a_room"),
    ]

    operations = [
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("drug", models.CharField(max_length=12)),
                ("form", models.CharField(max_length=8)),
                ("content_ug", models.PositiveIntegerField()),
                ("strength_ug_ml", models.PositiveIntegerField(default=0)),
                ("volume_ul", models.PositiveIntegerField(default=0)),
                ("is_single_use", models.BooleanField(default=True)),
                ("gtin", models.CharField(blank=True, default="", max_length=14)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Container",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("own_number", models.PositiveIntegerField(unique=True)),
                ("lot", models.CharField(max_length=40)),
                ("serial", models.CharField(blank=True, default="", max_length=40)),
                ("expiry", models.DateField()),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="containers",
                        to="records.product",
                    ),
                ),
            ],
            options={
                "ordering": ["own_number"],
            },
        ),
        migrations.CreateModel(
            name="ProductRetired",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retired",
                        to="records.product",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LedgerLine",
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
                ("witness_name", models.CharField(blank=True, default="", max_length=160)),
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
                    "container",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="records.container",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_lines",
                        to="records.session",
                    ),
                ),
                (
                    "witness",
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
                "ordering": ["container", "number"],
                "indexes": [models.Index(fields=["happened_at"], name="ledger_happened_at")],
                "constraints": [
                    models.UniqueConstraint(fields=("container", "number"), name="ledger_number_once"),
                    models.UniqueConstraint(fields=("container", "key"), name="ledger_key_once"),
                    models.UniqueConstraint(fields=("container", "previous"), name="ledger_never_forks"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="ledger_number_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "kind__in",
                                    ["wasted", "returned", "disposed", "lost", "adjusted", "reversed"],
                                ),
                                _negated=True,
                            ),
                            ("witness__isnull", False),
                            _connector="OR",
                        ),
                        name="ledger_seen_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("witness__isnull", True),
                            models.Q(("witness", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="ledger_witness_is_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "received",
                                    "opened",
                                    "drawn",
                                    "given",
                                    "not_given",
                                    "wasted",
                                    "returned",
                                    "disposed",
                                    "lost",
                                    "set_aside",
                                    "counted",
                                    "adjusted",
                                    "reversed",
                                ],
                            )
                        ),
                        name="ledger_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("by_name"), 160
                        ),
                        name="ledger_by_name_at_most_160",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("witness_name"), 160
                        ),
                        name="ledger_witness_name_at_most_160",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("leaf"), 64
                        ),
                        name="ledger_leaf_at_most_64",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.GreaterThanOrEqual(
                            django.db.models.functions.text.Length("leaf"), 1
                        ),
                        name="ledger_leaf_is_written",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.GreaterThanOrEqual(
                    django.db.models.functions.text.Length("name"), 1
                ),
                name="product_name_is_written",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length("name"), 80
                ),
                name="product_name_at_most_80",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length("gtin"), 14
                ),
                name="product_gtin_at_most_14",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("drug__in", ["racemic", "esketamine"])), name="product_drug_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ["vial", "device", "lozenge"])), name="product_form_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("content_ug__gte", 1), ("content_ug__lte", 2000000000)),
                name="product_content_ug_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(
                condition=models.Q(("gtin", ""), _negated=True), fields=("gtin",), name="product_gtin_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="container",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.GreaterThanOrEqual(
                    django.db.models.functions.text.Length("lot"), 1
                ),
                name="container_lot_is_written",
            ),
        ),
        migrations.AddConstraint(
            model_name="container",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length("lot"), 40
                ),
                name="container_lot_at_most_40",
            ),
        ),
        migrations.AddConstraint(
            model_name="container",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length("serial"), 40
                ),
                name="container_serial_at_most_40",
            ),
        ),
        migrations.AddConstraint(
            model_name="container",
            constraint=models.UniqueConstraint(
                condition=models.Q(("serial", ""), _negated=True),
                fields=("product", "serial"),
                name="container_serial_once",
            ),
        ),
        migrations.RunPython(append_only.in_migration, migrations.RunPython.noop),
    ]
