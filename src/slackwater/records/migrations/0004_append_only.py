"""What is only ever added, kept so by the database itself."""

from django.db import migrations

from slackwater.records import append_only


class Migration(migrations.Migration):
    dependencies = [("records", "0003_sessions")]

    operations = [migrations.RunPython(append_only.in_migration, migrations.RunPython.noop)]
