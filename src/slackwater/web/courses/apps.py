"""The courses slice as Django sees it."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Pages only; the models are in slackwater.records."""

    name = "slackwater.web.courses"
    label = "courses"
