"""Addresses of the rescue slice."""

from django.urls import path

from slackwater.web.rescue import views

app_name = "rescue"
urlpatterns = [
    path("kit/", views.kit, name="kit"),
]
