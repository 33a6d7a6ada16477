"""Addresses of the courses slice."""

from django.urls import path

from slackwater.web.courses.views import asking, overview, settling

app_name = "courses"
urlpatterns = [
    path("", overview.one, name="one"),
    path("answers/", overview.answers, name="answers"),
    path("open/", settling.open_course, name="open"),
    path("end/", settling.end_course, name="end"),
    path("aside/<str:stage>/<str:mark>/", settling.aside, name="aside"),
    path("long-view/", overview.long_view, name="long-view"),
    path("questions/<str:name>/", asking.section, name="section"),
]
