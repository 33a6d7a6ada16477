"""Addresses of the people slice."""

from django.urls import path

from slackwater.web.people.views import door, home, patients, signs, staff

app_name = "people"
urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in/", door.sign_in, name="sign-in"),
    path("sign-out/", door.sign_out, name="sign-out"),
    path("people/new/", staff.new, name="new-person"),
    path("people/signs/", signs.index, name="signs"),
    path("patients/", patients.index, name="patients"),
    path("patients/new/", patients.new, name="new-patient"),
    path("patients/<uuid:patient_id>/", patients.one, name="patient"),
    path("patients/<uuid:patient_id>/weigh/", patients.weigh, name="weigh"),
    path("patients/<uuid:patient_id>/medicines/", patients.add_medicine, name="add-medicine"),
    path("patients/<uuid:patient_id>/medicines/end/", patients.end_medicine, name="end-medicine"),
]
