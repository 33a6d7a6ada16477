"""Every address, by slice."""

from django.urls import include, path

urlpatterns = [
    path("", include("slackwater.web.people.urls")),
    path("", include("slackwater.web.orders.urls")),
    path("patients/<uuid:patient_id>/agreement/", include("slackwater.web.agreements.urls")),
    path("patients/<uuid:patient_id>/reconciliation/", include("slackwater.web.medicines.urls")),
    path("patients/<uuid:patient_id>/screening/", include("slackwater.web.courses.urls")),
    path("insight/", include("slackwater.web.insight.urls")),
    path("", include("slackwater.web.incidents.urls")),
    path("rescue/", include("slackwater.web.rescue.urls")),
    path("rules/", include("slackwater.web.rules.urls")),
    path("cabinet/", include("slackwater.web.stock.urls")),
    path("room/", include("slackwater.web.room.urls")),
]

handler400 = "slackwater.web.shared.faults.bad_request"
handler403 = "slackwater.web.shared.faults.forbidden"
handler404 = "slackwater.web.shared.faults.missing"
