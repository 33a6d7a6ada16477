"""Numbers of screening that a clinic has made stricter for itself."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

from slackwater.records import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0023_who_signed_the_clinical_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnNumber",
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
                ("name", models.CharField(max_length=40)),
                ("value", models.PositiveIntegerField()),
                ("reason", models.CharField(max_length=400)),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("by_name"), 160
                        ),
                        name="own_number_by_name_at_most_160",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("name"), 40
                        ),
                        name="own_number_name_at_most_40",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("reason"), 400
                        ),
                        name="own_number_reason_at_most_400",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.GreaterThanOrEqual(
                            django.db.models.functions.text.Length("name"), 1
                        ),
                        name="own_number_name_is_written",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.GreaterThanOrEqual(
                            django.db.models.functions.text.Length("reason"), 1
                        ),
                        name="own_number_reason_is_written",
                    ),
                ],
            },
        ),
        migrations.RunPython(append_only.in_migration, migrations.RunPython.noop),
    ]
