"""Addresses of the agreements slice."""

from django.urls import path

from slackwater.web.agreements.views import drawing, overview, saying, signing, telling

app_name = "agreements"
urlpatterns = [
    path("", overview.one, name="one"),
    path("log/", overview.log, name="log"),
    path("draw-up/", drawing.draw_up, name="draw-up"),
    path("tell-back/", telling.tell_back, name="tell-back"),
    path("sign/", signing.sign, name="sign"),
    path("no/", saying.no, name="no"),
    path("slept/", saying.slept, name="slept"),
]
