"""What was done in an emergency."""

from django.db import migrations, models

from slackwater.records import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0021_what_is_asked_before_a_course"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="entry",
            name="entry_kind_is_known",
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "opened",
                            "dose",
                            "vitals",
                            "rating",
                            "alertness",
                            "name_call",
                            "listening",
                            "note",
                            "stop",
                            "check",
                            "struck",
                            "left",
                            "speed",
                            "said_no",
                            "asked",
                            "came_in",
                            "went_out",
                            "alarm_seen",
                            "alarm_scored",
                            "rescue_step",
                        ],
                    )
                ),
                name="entry_kind_is_known",
            ),
        ),
        # SQLite makes a table anew to change a constraint, and its triggers are lost with the old one.
        migrations.RunPython(append_only.in_migration, migrations.RunPython.noop),
    ]
