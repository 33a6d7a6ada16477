"""Addresses of the orders slice."""

from django.urls import path

from slackwater.web.orders import views

app_name = "orders"
urlpatterns = [
    path("patients/<uuid:patient_id>/orders/new/", views.new, name="new"),
    path("patients/<uuid:patient_id>/orders/preview/", views.preview, name="preview"),
    path("patients/<uuid:patient_id>/orders/plan/", views.plan, name="plan"),
    path("patients/<uuid:patient_id>/orders/sign/", views.sign, name="sign"),
    path("orders/<uuid:order_id>/", views.detail, name="detail"),
    path("orders/<uuid:order_id>/void/", views.void, name="void"),
]
