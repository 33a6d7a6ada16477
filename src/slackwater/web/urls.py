"""Every address, by slice."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
