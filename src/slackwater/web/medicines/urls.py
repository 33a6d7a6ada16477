"""Addresses of the medicines slice."""

from django.urls import path

from slackwater.web.medicines import views

app_name = "medicines"
urlpatterns = [
    path("", views.one, name="one"),
    path("tell/", views.tell, name="tell"),
    path("ask/", views.ask, name="ask"),
    path("decide/", views.decide, name="decide"),
    path("end/", views.end, name="end"),
    path("verify/", views.verify, name="verify"),
    path("set-aside/", views.set_aside, name="set-aside"),
]
