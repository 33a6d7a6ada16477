"""Addresses of the stock slice."""

from django.urls import path

from slackwater.web.stock import views

app_name = "stock"
urlpatterns = [
    path("", views.cabinet, name="cabinet"),
    path("products/new/", views.new_product, name="new-product"),
    path("receive/", views.receive, name="receive"),
]
