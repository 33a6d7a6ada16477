"""Addresses of the insight slice."""

from django.urls import path

from slackwater.web.insight import views

app_name = "insight"
urlpatterns = [
    path("", views.insight, name="insight"),
    path("marks.csv", views.marks_csv, name="csv"),
]
