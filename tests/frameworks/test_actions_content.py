"""The content that ships is brought in once, stays as published, and speaks its translations."""

import pytest
from django.utils import translation

from coachwork.frameworks import actions
from coachwork.frameworks.models import Anchor, Behaviour, Competency, Framework, RoleProfile
from coachwork.kit.errors import Refused
from tests import builders as make

pytestmark = pytest.mark.django_db


def test_career_core_40_is_complete_with_its_twelve_role_profiles():
    (core,) = actions.load_content(at=make.NOW)
    assert core.status == Framework.Status.PUBLISHED
    counts = [model.objects.count() for model in (Competency, Behaviour, Anchor, RoleProfile)]
    assert counts == [40, 200, 200, 12]
    for role in RoleProfile.objects.all():
        levels = [target.level for target in role.targets.all()]
        assert 7 <= len(levels) <= 12, role
        assert all(2 <= level <= 4 for level in levels), role


def test_loading_again_changes_nothing():
    actions.load_content(at=make.NOW)
    before = list(Competency.objects.values_list("pk", "translations"))
    actions.load_content(at=make.NOW + make.days(30))
    assert list(Competency.objects.values_list("pk", "translations")) == before


def test_a_published_version_whose_files_changed_is_refused_loudly():
    (core,) = actions.load_content(at=make.NOW)
    Framework.objects.filter(pk=core.pk).update(digest="of other files")
    with pytest.raises(Refused, match="new version"):
        actions.load_content(at=make.NOW)


def test_a_translated_competency_speaks_and_the_others_fall_back():
    actions.load_content(at=make.NOW)
    listening, framing = (Competency.objects.get(code=code) for code in ("C01", "C26"))
    with translation.override("de"):
        assert listening.speaks()
        assert listening.worded("name") != listening.name
        assert not framing.speaks()
        assert framing.worded("name") == framing.name
