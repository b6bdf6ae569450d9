"""Make a role profile of an occupation: O*NET's ratings, mapped openly to levels and importance."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from coachwork.frameworks.actions import indexing
from coachwork.frameworks.models import Concept, Framework, RoleProfile, RoleTarget
from coachwork.frameworks.queries import occupations
from coachwork.kit.errors import Refused
from coachwork.people import access
from coachwork.people.models import User

AFTER_SHIPPED = 1000


@transaction.atomic
def adopt_occupation(*, actor: User, concept: Concept, at: datetime) -> RoleProfile:
    """The role profile of an occupation; the same one for everybody who asks again."""
    access.require_account(actor)
    occupation = occupations.rated_occupation(concept)
    if occupation is None:
        raise Refused(_no_ratings(concept))
    framework = occupations.newest_framework()
    if framework is None:
        raise Refused(_("The O*NET database is not here yet, or came without ratings of skills."))
    role, made = RoleProfile.objects.get_or_create(
        framework=framework,
        slug=_slug(occupation),
        organisation=None,
        defaults={
            "title": occupation.name,
            "summary": occupation.description,
            "source": RoleProfile.Source.ONET,
            "uri": occupation.uri,
            "attribution": framework.attribution,
            "position": AFTER_SHIPPED,
            "valid_from": at.date(),
        },
    )
    if made:
        _set_targets(role, framework, occupations.chosen(occupation))
        indexing.index_framework(framework)
    return role


def _no_ratings(concept: Concept) -> str:
    """Say that nothing can be made of it, and what could be looked at instead."""
    near = [one.name for one in occupations.neighbours(concept)]
    sentence = _("O*NET has no ratings for “%(name)s”, so no role can be made of it.")
    if near:
        sentence += " " + _("Close to it: %(names)s.")
    return sentence % {"name": concept.name, "names": "; ".join(near)}


def _set_targets(
    role: RoleProfile, framework: Framework, rated: Sequence[occupations.Rated]
) -> None:
    by_code = {one.code: one for one in framework.competencies.all()}
    RoleTarget.objects.bulk_create(
        RoleTarget(
            role=role,
            competency=by_code[one.element],
            level=one.target_level,
            importance=one.target_importance,
            position=position,
        )
        for position, one in enumerate(rated)
        if one.element in by_code
    )


def _slug(occupation: Concept) -> str:
    code = slugify(occupation.uri.replace(".", "-"))
    return f"{slugify(occupation.name)[: 119 - len(code)]}-{code}"
