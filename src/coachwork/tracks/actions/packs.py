"""Choose a purpose pack: its competencies become what one looks at, to be changed freely."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.evidence import actions as evidence
from coachwork.evidence.models import Aim
from coachwork.kit.errors import Invalid
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User
from coachwork.tracks.models import shelf

LEVEL = 3  # the level that most plans aim for; the client changes it


@transaction.atomic
def choose_pack(*, actor: User, client: Client, code: str, at: datetime) -> Aim:
    """Make the pack the client's aim; assessment, plans, practice and projects go by that."""
    access.require(actor, Verb.WRITE, Thing.ASSESSMENT, client)
    pack = shelf.pack(code)
    if pack is None:
        raise Invalid({"code": _("There is no such pack.")})
    known = shelf.competencies(pack.competencies)
    targets = [evidence.Target(known[one], LEVEL) for one in pack.competencies if one in known]
    if not targets:
        raise Invalid({"code": _("The competencies of this pack are not installed here.")})
    return evidence.set_aim(
        actor=actor, client=client, kind=Aim.Kind.EXPLORE, title=pack.title, targets=targets, at=at
    )
