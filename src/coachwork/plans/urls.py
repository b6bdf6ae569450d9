"""Addresses of this room."""

from django.urls import URLPattern, path

from coachwork.plans.views import (
    changes,
    dialogue,
    goals,
    if_thens,
    items,
    plan,
    practised,
    proposals,
    sheets,
    templates,
    timeline,
    times,
)

app_name = "plans"
urlpatterns: list[URLPattern] = [
    path("", plan.plan, name="plan"),
    path("of/<uuid:client_id>/", plan.plan, name="plan-of"),
    path("print/", sheets.sheet, name="sheet"),
    path("print/of/<uuid:client_id>/", sheets.sheet, name="sheet-of"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("timeline/of/<uuid:client_id>/", timeline.timeline, name="timeline-of"),
    path("story/", plan.story, name="story"),
    path("story/of/<uuid:client_id>/", plan.story, name="story-of"),
    path("settings/", plan.settings, name="settings"),
    path("reserve/", plan.reserve, name="reserve"),
    path("review/", plan.review, name="review"),
    path("close/", plan.close, name="close"),
    path("times/", times.times, name="times"),
    path("times/usual/", times.usual, name="times-usual"),
    # proposed changes
    path("changes/", changes.changes, name="changes"),
    path("changes/accept/", changes.accept, name="change-accept"),
    path("changes/refuse/", changes.refuse, name="change-refuse"),
    path("proposals/new/", proposals.propose, name="propose"),
    path("proposals/<uuid:proposal_id>/", proposals.proposal, name="proposal"),
    path("proposals/<uuid:proposal_id>/refuse/", proposals.refuse, name="proposal-refuse"),
    path("proposals/<uuid:proposal_id>/undo/", proposals.take_back, name="proposal-undo"),
    # goals
    path("goals/new/", dialogue.new, name="goal-new"),
    *(
        path(
            f"goals/<uuid:goal_id>/write/{step}/",
            dialogue.step,
            {"step": step},
            name=f"goal-{step}",
        )
        for step in dialogue.KINDS
    ),
    path("goals/<uuid:goal_id>/write/start/", dialogue.start, name="goal-start"),
    path("goals/<uuid:goal_id>/hints/", dialogue.show_hints, name="goal-hints"),
    path("goals/<uuid:goal_id>/compose/", dialogue.compose, name="goal-compose"),
    path("goals/<uuid:goal_id>/", goals.goal, name="goal"),
    path("goals/<uuid:goal_id>/versions/", goals.versions, name="goal-versions"),
    path("goals/<uuid:goal_id>/reword/", goals.reword, name="goal-reword"),
    path("goals/<uuid:goal_id>/rung/", goals.reach, name="goal-reach"),
    path("goals/<uuid:goal_id>/weight/", goals.weigh, name="goal-weigh"),
    path("goals/<uuid:goal_id>/pause/", goals.pause, name="goal-pause"),
    path("goals/<uuid:goal_id>/close/", goals.close, name="goal-close"),
    path("goals/<uuid:goal_id>/let-go/", goals.drop, name="goal-let-go"),
    path("goals/<uuid:goal_id>/reopen/", goals.reopen, name="goal-reopen"),
    path("goals/<uuid:goal_id>/take-up/", goals.take_up, name="goal-take-up"),
    path("goals/<uuid:goal_id>/agree/", goals.agree, name="goal-agree"),
    path("goals/<uuid:goal_id>/readers/", goals.readers, name="goal-readers"),
    path("goals/offer/<uuid:client_id>/", goals.offer, name="offer"),
    # if-then plans
    path("goals/<uuid:goal_id>/if-then/", if_thens.new, name="if-then-new"),
    path("if-thens/<uuid:if_then_id>/", if_thens.edit, name="if-then"),
    path("if-thens/<uuid:if_then_id>/rehearse/", if_thens.rehearse, name="if-then-rehearse"),
    path("if-thens/<uuid:if_then_id>/start/", if_thens.start, name="if-then-start"),
    path("if-thens/<uuid:if_then_id>/end/", if_thens.end, name="if-then-end"),
    path("if-thens/<uuid:if_then_id>/log/", practised.if_then, name="if-then-log"),
    # items
    path("templates/", templates.templates, name="templates"),
    path("templates/of/<uuid:client_id>/", templates.templates, name="templates-of"),
    path("templates/<slug:code>/", templates.template, name="template"),
    path("templates/<slug:code>/of/<uuid:client_id>/", templates.template, name="template-of"),
    path("suggestions/", items.suggestions, name="suggestions"),
    path("goals/<uuid:goal_id>/suggestions/", items.take, name="suggestion-take"),
    path("items/new/", items.new, name="item-new"),
    path("items/new/of/<uuid:client_id>/", items.new, name="item-new-of"),
    path("items/<uuid:plan_item_id>/", items.edit, name="item"),
    path("items/<uuid:plan_item_id>/move/", items.move, name="item-move"),
    path("items/<uuid:plan_item_id>/let-go/", items.let_go, name="item-let-go"),
    path("items/<uuid:plan_item_id>/log/", practised.item, name="item-log"),
    *(
        path(f"items/<uuid:plan_item_id>/{step}/", items.step, {"step": step}, name=f"item-{step}")
        for step in items.SIMPLE
    ),
]
