"""Addresses of this room."""

from django.urls import URLPattern

app_name = "projects"
urlpatterns: list[URLPattern] = []
