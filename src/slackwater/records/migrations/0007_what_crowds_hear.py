"""Answers to the name, what a room's crowd listens to, and what a clinic has decided about that."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

from slackwater.records import append_only

_KINDS = [
    "opened", "dose", "vitals", "rating", "alertness", "name_call", "listening", "note", "stop", "check",
    "struck", "left", "speed",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0006_marks"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignDefault",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sign", models.CharField(max_length=12)),
                ("is_on", models.BooleanField()),
                ("reason", models.CharField(max_length=400)),
                ("at", models.DateTimeField()),
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
                "ordering": ["pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="entry",
            name="entry_kind_is_known",
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", _KINDS)), name="entry_kind_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="signdefault",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sign__in", ["rating", "alertness", "answers", "systolic", "diastolic", "heart_rate"])
                ),
                name="signdefault_sign_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="signdefault",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.GreaterThanOrEqual(
                    django.db.models.functions.text.Length("reason"), 1
                ),
                name="signdefault_reason_is_written",
            ),
        ),
        migrations.AddConstraint(
            model_name="signdefault",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length("reason"), 400
                ),
                name="signdefault_reason_at_most_400",
            ),
        ),
        # SQLite makes a table anew to change a constraint, and its triggers are lost with the old one.
        migrations.RunPython(append_only.in_migration, migrations.RunPython.noop),
    ]
