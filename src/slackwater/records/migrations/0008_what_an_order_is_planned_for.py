"""What an order was planned for, and whether its crowd starts afresh."""

import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

from slackwater.records import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0007_what_crowds_hear"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="ceiling_mmhg",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="ceiling_permille",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="closing_permille",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="closing_s",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="fresh_reason",
            field=models.CharField(blank=True, default="", max_length=400),
        ),
        migrations.AddField(
            model_name="order",
            name="too_deep_permille",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="too_deep_tenths",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="wish_permille",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="wish_tenths",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("wish_permille__isnull", True), ("wish_tenths__isnull", True)),
                    models.Q(
                        ("wish_permille__gte", 1),
                        ("wish_permille__isnull", False),
                        ("wish_permille__lte", 999),
                        ("wish_tenths__gte", 1),
                        ("wish_tenths__isnull", False),
                        ("wish_tenths__lte", 99),
                    ),
                    _connector="OR",
                ),
                name="order_wish_whole_or_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("too_deep_permille__isnull", True), ("too_deep_tenths__isnull", True)),
                    models.Q(
                        ("too_deep_permille__gte", 1),
                        ("too_deep_permille__isnull", False),
                        ("too_deep_permille__lte", 999),
                        ("too_deep_tenths__gte", 1),
                        ("too_deep_tenths__isnull", False),
                        ("too_deep_tenths__lte", 99),
                    ),
                    _connector="OR",
                ),
                name="order_too_deep_whole_or_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ceiling_mmhg__isnull", True), ("ceiling_permille__isnull", True)),
                    models.Q(
                        ("ceiling_mmhg__gte", 60),
                        ("ceiling_mmhg__isnull", False),
                        ("ceiling_mmhg__lte", 260),
                        ("ceiling_permille__gte", 1),
                        ("ceiling_permille__isnull", False),
                        ("ceiling_permille__lte", 999),
                    ),
                    _connector="OR",
                ),
                name="order_ceiling_whole_or_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closing_permille__isnull", True), ("closing_s__isnull", True)),
                    models.Q(
                        ("closing_permille__gte", 1),
                        ("closing_permille__isnull", False),
                        ("closing_permille__lte", 999),
                        ("closing_s__gte", 60),
                        ("closing_s__isnull", False),
                        ("closing_s__lte", 86400),
                    ),
                    _connector="OR",
                ),
                name="order_closing_whole_or_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length("fresh_reason"), 400
                ),
                name="order_fresh_reason_at_most_400",
            ),
        ),
        # SQLite makes a table anew to add a constraint, and its triggers are lost with the old one.
        migrations.RunPython(append_only.in_migration, migrations.RunPython.noop),
    ]
