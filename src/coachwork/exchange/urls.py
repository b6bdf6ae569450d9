"""Addresses of this room."""

from django.urls import path

from coachwork.exchange import views

app_name = "exchange"
urlpatterns = [
    path("", views.record, name="record"),
    path("search/", views.search, name="search"),
    path("export/", views.export, name="export"),
    path("erase/", views.erase, name="erase"),
]
