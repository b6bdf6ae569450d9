"""Addresses of this room."""

from django.urls import path

from coachwork.exchange import views

app_name = "exchange"
urlpatterns = [
    path("", views.record, name="record"),
    path("search/", views.search, name="search"),
    path("export/", views.export, name="export"),
    path("plan/", views.plan, name="plan"),
    path("plan/of/<uuid:client_id>/", views.plan, name="plan-of"),
    path("erase/", views.erase, name="erase"),
]
