"""Which play a demonstration's room follows."""

import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_append_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="script",
            field=models.CharField(blank=True, default="", max_length=20),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("script", ""), ("is_demo", True), _connector="OR"),
                name="session_scripted_only_in_demo",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length("script"), 20
                ),
                name="session_script_at_most_20",
            ),
        ),
    ]
