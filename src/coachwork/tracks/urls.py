"""Addresses of this room."""

from django.urls import URLPattern, path

from coachwork.tracks.views import enrolments, own, packs, targets, tools, tracks

app_name = "tracks"
urlpatterns: list[URLPattern] = [
    path("", tracks.home, name="home"),
    path("of/<uuid:client_id>/", tracks.home, name="home-of"),
    path("choose/", tracks.choose, name="choose"),
    path("choose/<slug:track>/", tracks.track, name="track"),
    path("offer/<uuid:client_id>/", tracks.offer, name="offer"),
    path("<uuid:enrolment_id>/", enrolments.enrolment, name="enrolment"),
    path("<uuid:enrolment_id>/baseline/", enrolments.baseline, name="baseline"),
    path("<uuid:enrolment_id>/stay/", enrolments.consolidate, name="consolidate"),
    path("<uuid:enrolment_id>/adapt/", enrolments.adapt, name="adapt"),
    path("<uuid:enrolment_id>/behaviour/", targets.new, name="target-new"),
    *(
        path(
            f"<uuid:enrolment_id>/{step}/",
            enrolments.step,
            {"step": step},
            name=f"enrolment-{step}",
        )
        for step in enrolments.STEPS
    ),
    path("notes/<uuid:stage_note_id>/aside/", enrolments.aside, name="note-aside"),
    path("behaviours/<uuid:behaviour_target_id>/", targets.target, name="target"),
    path("behaviours/<uuid:behaviour_target_id>/change/", targets.change, name="target-change"),
    path("behaviours/<uuid:behaviour_target_id>/end/", targets.end, name="target-end"),
    path("chances/<uuid:track_log_id>/undo/", targets.undo, name="log-undo"),
    path("maps/", own.maps, name="maps"),
    path("maps/new/", own.map_form, name="map-new"),
    path("maps/<uuid:trigger_map_id>/", own.map_form, name="map"),
    path("maps/<uuid:trigger_map_id>/delete/", own.map_delete, name="map-delete"),
    path("talks/", own.talks, name="talks"),
    path("talks/new/", own.talk_new, name="talk-new"),
    path("talks/<uuid:talk_id>/", own.talk, name="talk"),
    path("talks/<uuid:talk_id>/change/", own.talk_change, name="talk-change"),
    path("talks/<uuid:talk_id>/delete/", own.talk_delete, name="talk-delete"),
    path("card/", own.card, name="card"),
    path("tools/", tools.tools, name="tools"),
    path("tools/<slug:tool>/", tools.begin, name="tool"),
    path("runs/<uuid:tool_run_id>/", tools.run, name="run"),
    path("runs/<uuid:tool_run_id>/back/", tools.back, name="run-back"),
    path("runs/<uuid:tool_run_id>/end/", tools.end, name="run-end"),
    path("packs/", packs.packs, name="packs"),
    path("packs/<slug:pack>/", packs.choose, name="pack"),
]
