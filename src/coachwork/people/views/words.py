"""Words for what the logs only name: acts of the security log, steps of a story."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coachwork.people.models import AuditEntry, User

VERBS = {
    "account.created": gettext_lazy("The account was made"),
    "account.changed": gettext_lazy("Something about the account was changed"),
    "sign_in": gettext_lazy("Signed in"),
    "sign_in.burst": gettext_lazy("Many wrong passwords: sign-in was paused"),
    "sign_out": gettext_lazy("Signed out"),
    "sessions.ended": gettext_lazy("Signed out on other devices"),
    "password.changed": gettext_lazy("Password changed"),
    "email.changed": gettext_lazy("E-mail address changed"),
    "email.confirmed": gettext_lazy("E-mail address confirmed"),
    "email.removed": gettext_lazy("E-mail address removed"),
    "second_step.added": gettext_lazy("Authenticator app added"),
    "second_step.removed": gettext_lazy("Authenticator app removed"),
    "second_step.codes": gettext_lazy("New recovery codes made"),
    "passkey.added": gettext_lazy("Passkey added"),
    "passkey.removed": gettext_lazy("Passkey removed"),
    "token.created": gettext_lazy("Key for a program made"),
    "token.revoked": gettext_lazy("Key for a program revoked"),
    "record.opened": gettext_lazy("Record opened"),
    "record.started": gettext_lazy("Record started for somebody"),
    "record.claimed": gettext_lazy("Record taken over by its person"),
    "record.joined": gettext_lazy("A started record was linked to this one"),
    "record.dropped": gettext_lazy("A started record was deleted"),
    "record.starting_class": gettext_lazy("What new items start as was changed"),
    "record.exported": gettext_lazy("Record downloaded"),
    "record.erased": gettext_lazy("Record erased"),
    "relationship.proposed": gettext_lazy("Somebody was asked to help"),
    "relationship.accepted": gettext_lazy("A helper said yes"),
    "relationship.consented": gettext_lazy("A helper was let in"),
    "relationship.declined": gettext_lazy("A request to help was turned down"),
    "relationship.ended": gettext_lazy("A helper's access ended"),
    "invitation.revoked": gettext_lazy("An invitation was taken back"),
    "share.made": gettext_lazy("An item was shared"),
    "share.revoked": gettext_lazy("A share was taken back"),
    "item.widened": gettext_lazy("An item was opened to more people"),
    "item.narrowed": gettext_lazy("An item was kept to fewer people"),
    "comment.harmless": gettext_lazy("A held comment was let into a report"),
    "comment.fair": gettext_lazy("A held comment was let into a report"),
    "comment.slur": gettext_lazy("A held comment was kept out of a report: an insult"),
    "comment.threat": gettext_lazy("A held comment was kept out of a report: a threat"),
    "access.refused": gettext_lazy("Somebody without access asked for this record"),
}

STEPS = {
    "record.opened": gettext_lazy("Opened the record"),
    "record.claimed": gettext_lazy("Took over the record"),
    "relationship.opened": gettext_lazy("Let a helper in"),
    "relationship.accepted": gettext_lazy("A helper said yes"),
    "knowledge_check.finished": gettext_lazy("Finished a knowledge check"),
    "assessment.submitted": gettext_lazy("Finished a self-assessment"),
    "evidence.added": gettext_lazy("Added evidence"),
    "level.agreed": gettext_lazy("Agreed a level"),
    "gap.decided": gettext_lazy("Decided about a gap"),
    "aim.set": gettext_lazy("Set an aim"),
    "goal.drafted": gettext_lazy("Drafted a goal"),
    "goal.agreed": gettext_lazy("Agreed a goal"),
    "goal.activated": gettext_lazy("Started a goal"),
    "goal.met": gettext_lazy("Reached a goal"),
    "if_then.written": gettext_lazy("Wrote an if-then"),
    "if_then.put_off": gettext_lazy("Moved an if-then to next week"),
    "plan.versioned": gettext_lazy("Changed the plan"),
    "track.offered": gettext_lazy("Was offered a track"),
    "track.started": gettext_lazy("Began a track"),
    "track.paused": gettext_lazy("Paused a track"),
    "track.resumed": gettext_lazy("Came back to a track"),
    "track.consolidating": gettext_lazy("Finished the weeks of a track"),
    "track.done": gettext_lazy("Finished a track"),
    "track.stopped": gettext_lazy("Stopped a track"),
    "practice.logged": gettext_lazy("Logged practice"),
    "share.made": gettext_lazy("Shared an item"),
}


def entry(reader: User, one: AuditEntry) -> dict[str, Any]:
    """One act of the security log, as the person reads it."""
    theirs = one.actor is not None and one.actor != reader.pk
    by = _("By somebody else.") if theirs else ""
    return {"at": one.at, "title": str(VERBS.get(one.verb, one.verb)), "text": by, "icon": "lock"}


def step(kind: str) -> str:
    """One step of a person's story; a kind without words of its own is called a step."""
    return str(STEPS.get(kind, _("Took a step"))) if kind else ""
