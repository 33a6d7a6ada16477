"""Addresses of the rules slice."""

from django.urls import path

from slackwater.web.rules import views

app_name = "rules"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("chapter/<slug:slug>/", views.chapter, name="chapter"),
    path("rule/<str:rule>/", views.rule, name="rule"),
]
