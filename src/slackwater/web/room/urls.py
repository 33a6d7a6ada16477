"""Addresses of the room slice."""

from django.urls import path

from slackwater.web.room import signals
from slackwater.web.room.views import (
    calls,
    card,
    devices,
    dose_case,
    dose_check,
    leaving,
    offline,
    opening,
    ready,
    screen,
    visit,
)

app_name = "room"
urlpatterns = [
    path("offline/", offline.offline, name="offline"),
    path("worker.js", offline.worker, name="worker"),
    path("dose-cases/<uuid:case>/", dose_case.dose_case, name="dose-case"),
    path("open/<uuid:order_id>/", opening.open_room, name="open"),
    path("alarms.json", signals.elsewhere, name="alarms"),
    path("<uuid:session_id>/", screen.live, name="live"),
    path("open/<uuid:order_id>/ready/", ready.of_order, name="ready-order"),
    path("<uuid:session_id>/ready/", ready.of_session, name="ready"),
    path("<uuid:session_id>/watch/", screen.watch, name="watch"),
    path("<uuid:session_id>/state.json", screen.state, name="state"),
    path("<uuid:session_id>/forecast.json", screen.forecast, name="forecast"),
    path("<uuid:session_id>/booster.json", screen.booster, name="booster"),
    path("<uuid:session_id>/scan.json", dose_check.scan, name="scan"),
    path("<uuid:session_id>/dose-check.json", dose_check.check, name="dose-check"),
    path("<uuid:session_id>/leave/", leaving.leave, name="leave"),
    path("<uuid:session_id>/leave/anyway/", leaving.gone, name="gone"),
    path("<uuid:session_id>/calls/<str:kind>/", calls.call, name="call"),
    path("<uuid:session_id>/card/", card.card, name="card"),
    path("<uuid:session_id>/card.pdf", card.card_pdf, name="card-pdf"),
    path("<uuid:session_id>/devices/", devices.overview, name="devices"),
    path("<uuid:session_id>/devices/<uuid:device>/back/", devices.take_back, name="device-back"),
    path("<uuid:session_id>/start-over/", visit.start_over, name="start-over"),
    path("<uuid:session_id>/report/", visit.report, name="report"),
]
