"""Writes the page of what patients read into docs/: python -m tests.words.write"""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slackwater.web.settings.test")
    django.setup()
    from tests.words.patient_words import PAGE, parts, render

    PAGE.write_text(render(parts()), encoding="utf-8")
