"""Addresses of this room."""

from django.urls import path

from coachwork.frameworks.views import authoring, finding, importing, reading

app_name = "frameworks"
urlpatterns = [
    path("", reading.frameworks, name="frameworks"),
    path("search/", finding.search, name="search"),
    path("roles/", reading.roles, name="roles"),
    path("roles/<uuid:role_id>/", reading.role, name="role"),
    path("roles/<uuid:role_id>/remove/", authoring.remove_role, name="role-remove"),
    path("competencies/<uuid:competency_id>/", reading.competency, name="competency"),
    path(
        "competencies/<uuid:competency_id>/remove/",
        authoring.remove_competency,
        name="competency-remove",
    ),
    path("concepts/<int:concept_id>/", reading.concept, name="concept"),
    path("concepts/<int:concept_id>/adopt/", reading.adopt, name="adopt"),
    path("new/", authoring.new, name="new"),
    path("import/", importing.bring, name="import"),
    path("import/<uuid:run_id>/", importing.run, name="import-run"),
    path("<uuid:framework_id>/", reading.framework, name="framework"),
    path("<uuid:framework_id>/edit/", authoring.edit, name="edit"),
    path("<uuid:framework_id>/publish/", authoring.publish, name="publish"),
    path("<uuid:framework_id>/retire/", authoring.retire, name="retire"),
    path("<uuid:framework_id>/next/", authoring.next_version, name="next-version"),
    path("<uuid:framework_id>/delete/", authoring.delete, name="delete"),
    path("<uuid:framework_id>/competency/", authoring.competency, name="competency-new"),
    path(
        "<uuid:framework_id>/competency/<uuid:competency_id>/",
        authoring.competency,
        name="competency-edit",
    ),
    path("<uuid:framework_id>/role/", authoring.role, name="role-new"),
    path("<uuid:framework_id>/role/<uuid:role_id>/", authoring.role, name="role-edit"),
]
