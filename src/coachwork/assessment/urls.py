"""Addresses of this room."""

from django.urls import path

from coachwork.assessment.views import (
    asking,
    debrief,
    holding,
    knowledge,
    pulses,
    ratings,
    reports,
    rounds,
    self_assessments,
)

app_name = "assessment"
urlpatterns = [
    path("", self_assessments.start, name="start"),
    path("history/", self_assessments.history, name="history"),
    path("of/<uuid:client_id>/", self_assessments.history, name="history-of"),
    path(
        "of/<uuid:client_id>/<uuid:assessment_id>/mirror/",
        self_assessments.mirror,
        name="mirror-of",
    ),
    path("<uuid:assessment_id>/", self_assessments.resume, name="resume"),
    path("<uuid:assessment_id>/<int:position>/", self_assessments.rate, name="rate"),
    path("<uuid:assessment_id>/ask/", asking.ask, name="ask"),
    path("<uuid:assessment_id>/ask/<uuid:question_id>/", asking.question, name="question"),
    path("<uuid:assessment_id>/enough/<int:position>/", asking.enough, name="enough"),
    path("<uuid:assessment_id>/review/", self_assessments.review, name="review"),
    path("<uuid:assessment_id>/mirror/", self_assessments.mirror, name="mirror"),
    path("<uuid:assessment_id>/discard/", self_assessments.discard, name="discard"),
    path(
        "of/<uuid:client_id>/knowledge/<uuid:knowledge_check_id>/", knowledge.check, name="check-of"
    ),
    path("knowledge/", knowledge.checks, name="checks"),
    path("knowledge/<uuid:knowledge_check_id>/", knowledge.check, name="check"),
    path("knowledge/<uuid:knowledge_check_id>/discard/", knowledge.discard, name="check-discard"),
    path("others/", rounds.rounds, name="rounds"),
    path("others/begin/", rounds.begin, name="round-begin"),
    path("others/coached/", debrief.standings, name="rounds-coached"),
    path("others/pulse/", pulses.begin, name="pulse"),
    path("of/<uuid:client_id>/others/", rounds.rounds, name="rounds-of"),
    path("others/<uuid:feedback_round_id>/", rounds.feedback_round, name="round"),
    path("others/<uuid:feedback_round_id>/questions/", rounds.questions, name="round-questions"),
    path("others/<uuid:feedback_round_id>/preview/", rounds.preview, name="round-preview"),
    path("others/<uuid:feedback_round_id>/step/", rounds.step, name="round-step"),
    path(
        "others/<uuid:feedback_round_id>/<uuid:nomination_id>/drop/", rounds.drop, name="round-drop"
    ),
    path(
        "others/<uuid:feedback_round_id>/<uuid:nomination_id>/address/",
        rounds.readdress,
        name="round-address",
    ),
    path("others/<uuid:feedback_round_id>/report/", reports.report, name="report"),
    path("others/<uuid:feedback_round_id>/reading/", debrief.read, name="round-reading"),
    path("others/<uuid:feedback_round_id>/hold/", debrief.hold, name="round-hold"),
    path("others/<uuid:feedback_round_id>/held/", holding.held, name="round-held"),
    path("others/<uuid:feedback_round_id>/note/", debrief.write_note, name="round-note"),
    path("others/<uuid:feedback_round_id>/thanks/", reports.thank, name="round-thank"),
    path("asked/<str:token>/", ratings.rater, name="rater"),
    path("answers/<uuid:rater_reply_id>/scenes/", ratings.scenes, name="rater-scenes"),
    path("answers/<uuid:rater_reply_id>/<int:position>/", ratings.screen, name="rater-screen"),
    path("answers/<uuid:rater_reply_id>/pulse/", pulses.answer, name="rater-pulse"),
    path("answers/<uuid:rater_reply_id>/words/", ratings.words, name="rater-words"),
    path("answers/<uuid:rater_reply_id>/review/", ratings.review, name="rater-review"),
    path("answers/<uuid:rater_reply_id>/done/", ratings.done, name="rater-done"),
    path("answers/<uuid:rater_reply_id>/take-back/", ratings.take_back, name="rater-take-back"),
]
