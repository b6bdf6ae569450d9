"""Goals, the plan by week, if-then plans, suggestions, and how it all came about."""

from coachwork.plans.queries.capacity import week_times
from coachwork.plans.queries.changes import Change, change, changes
from coachwork.plans.queries.goals import Offer, focus, goal, goals, offers, versions
from coachwork.plans.queries.if_thens import if_then, if_thens
from coachwork.plans.queries.outlook import Outlook, outlook
from coachwork.plans.queries.plan import (
    Lack,
    PlanView,
    Week,
    item,
    items_of,
    others,
    plan,
    plan_of,
    week,
)
from coachwork.plans.queries.proposals import (
    ShownProposal,
    ShownStep,
    proposal,
    proposals,
    shown,
)
from coachwork.plans.queries.schedule import laying, standings
from coachwork.plans.queries.sheet import Sheet, sheet
from coachwork.plans.queries.story import PAGE as STORY_PAGE
from coachwork.plans.queries.story import story
from coachwork.plans.queries.suggestions import Suggestion, suggestion, suggestions
from coachwork.plans.queries.templates import (
    Offered,
    Preview,
    Row,
    template,
    templates,
)
from coachwork.plans.queries.timeline import Lying, Timeline, timeline

__all__ = [
    "STORY_PAGE",
    "Change",
    "Lack",
    "Lying",
    "Offer",
    "Offered",
    "Outlook",
    "PlanView",
    "Preview",
    "Row",
    "Sheet",
    "ShownProposal",
    "ShownStep",
    "Suggestion",
    "Timeline",
    "Week",
    "change",
    "changes",
    "focus",
    "goal",
    "goals",
    "if_then",
    "if_thens",
    "item",
    "items_of",
    "laying",
    "offers",
    "others",
    "outlook",
    "plan",
    "plan_of",
    "proposal",
    "proposals",
    "sheet",
    "shown",
    "standings",
    "story",
    "suggestion",
    "suggestions",
    "template",
    "templates",
    "timeline",
    "versions",
    "week",
    "week_times",
]
