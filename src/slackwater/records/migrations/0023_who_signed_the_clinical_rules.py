"""What the clinic's lead said of each clinical rule."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

from slackwater.records import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0022_what_was_done_in_an_emergency"),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=160)),
                ("rule", models.CharField(max_length=24)),
                ("text", models.TextField()),
                ("accepts", models.BooleanField()),
                ("reason", models.CharField(blank=True, default="", max_length=400)),
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
                    models.UniqueConstraint(fields=("key", "rule"), name="rule_signature_once"),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("by_name"), 160
                        ),
                        name="rule_signature_by_name_at_most_160",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("rule"), 24
                        ),
                        name="rule_signature_rule_at_most_24",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("reason"), 400
                        ),
                        name="rule_signature_reason_at_most_400",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepts", True), ("reason", "")),
                            models.Q(("accepts", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="rule_signature_taken_back_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.RunPython(append_only.in_migration, migrations.RunPython.noop),
    ]
