"""Django's own commands, such as `python -m slackwater.cli.manage migrate`."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run Django's command line, on the demonstration unless told otherwise."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slackwater.web.settings.demo")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
