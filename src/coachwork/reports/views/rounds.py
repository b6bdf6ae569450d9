"""The report of a feedback round as a file."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coachwork.assessment import queries as assessment
from coachwork.assessment.models import FeedbackRound
from coachwork.evidence import queries as evidence
from coachwork.people.access import Request
from coachwork.reports import actions
from coachwork.reports.views import round_words


@require_POST
@never_cache
def report(request: Request, feedback_round_id: UUID) -> HttpResponse:
    """Download what the page of the report says; a pulse has no such file."""
    row = assessment.feedback_round(actor=request.user, round_id=feedback_round_id)
    if row.state != FeedbackRound.State.RELEASED or row.mode == FeedbackRound.Mode.PULSE:
        raise Http404(_("There is no report to download yet."))
    found = assessment.report(actor=request.user, asked_in=row)
    aim = evidence.aim(actor=request.user, client=row.client)
    importance = {one.competency_id: one.importance for one in aim.targets.all()} if aim else {}
    own = row.client.user_id == request.user.pk
    made = actions.export_report(
        actor=request.user,
        report=found,
        editions=round_words.editions(found, importance=importance, own=own),
        language=get_language() or "en",
        at=now(),
    )
    name = f"coachwork-report-{found.row.created_at:%Y-%m-%d}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
