"""Addresses of this room."""

from django.urls import URLPattern, path

from coachwork.accountability import views

app_name = "accountability"
urlpatterns: list[URLPattern] = [
    path("", views.keeping, name="keeping"),
    path("of/<uuid:client_id>/", views.keeping, name="keeping-of"),
    path("check-in/", views.check_in, name="check-in"),
    path("how/", views.plan, name="plan"),
    path("rest/", views.rest, name="rest"),
    path("go-on/", views.go_on, name="go-on"),
    path("commit/", views.commit, name="commit"),
    path("commitment/<uuid:commitment_id>/", views.commitment, name="commitment"),
    path("commitment/<uuid:commitment_id>/settle/", views.settle, name="settle"),
    path("commitment/<uuid:commitment_id>/anew/", views.anew, name="anew"),
    path("commitment/<uuid:commitment_id>/release/", views.release, name="release"),
    path("stuck/", views.stuck, name="stuck"),
    path("ask/", views.ask, name="ask"),
    path("support/<uuid:support_request_id>/", views.support, name="support"),
    path("support/<uuid:support_request_id>/step/", views.support_step, name="support-step"),
    path("flags/dismiss/", views.dismiss, name="dismiss"),
    path("board/", views.board, name="board"),
    path("board/promise/", views.promise, name="promise"),
]
