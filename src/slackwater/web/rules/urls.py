"""Addresses of the rules slice."""

from django.urls import path

from slackwater.web.rules import numbers, views

app_name = "rules"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("chapter/<slug:slug>/", views.chapter, name="chapter"),
    path("number/<str:name>/", numbers.number, name="number"),
    path("rule/<str:rule>/", views.rule, name="rule"),
]
