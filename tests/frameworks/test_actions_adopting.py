"""An occupation becomes a role to aim for: openly mapped, and the same for everybody."""

from decimal import Decimal

import pytest

from coachwork.frameworks import actions, queries
from coachwork.frameworks.models import Concept, Rating, RoleProfile
from coachwork.kit.errors import Refused
from tests import builders as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(catalogues):
    return make.user("amira")


def adopt(actor, name, source="onet"):
    concept = Concept.objects.get(source=source, name=name, kind="occupation")
    return actions.adopt_occupation(actor=actor, concept=concept, at=make.NOW)


def test_the_most_important_elements_become_targets(actor):
    role = adopt(actor, "Lighthouse Keepers")
    assert role.title == "Lighthouse Keepers"
    assert role.source == RoleProfile.Source.ONET
    assert "modified" in role.attribution
    targets = list(role.targets.select_related("competency").order_by("position"))
    assert 8 <= len(targets) <= 12
    importances = [target.importance for target in targets]
    assert importances == sorted(importances, reverse=True)
    for target in targets:
        rating = Rating.objects.get(
            occupation__uri="99-1011.00", element__uri=target.competency.code
        )
        mapped = 1 + rating.level * 4 / 7
        assert abs(target.level - mapped) <= Decimal("0.25")
        assert target.level <= Decimal("4.5")
        assert not rating.suppressed
        assert not rating.not_relevant


def test_suppressed_and_not_relevant_ratings_are_left_out(actor):
    keeper, pilot = adopt(actor, "Lighthouse Keepers"), adopt(actor, "Harbour Pilots")
    assert "2.A.1.b" not in codes(keeper)
    assert "2.A.1.c" not in codes(pilot)


def codes(role):
    return set(role.targets.values_list("competency__code", flat=True))


def test_adopting_again_gives_the_same_role_to_everybody(actor):
    first = adopt(actor, "Lighthouse Keepers")
    assert adopt(make.user("bo"), "Lighthouse Keepers") == first
    assert first in queries.roles(actor=make.user("cy"))
    hits = queries.search(actor=actor, text="lighthouse keepers", kinds=["role"])
    assert [hit.key for hit in hits] == [first.pk]


def test_an_occupation_of_esco_takes_the_ratings_of_its_closest_match(actor):
    # The crosswalk's close match comes before the exact one in the file; the exact one counts.
    role = adopt(actor, "bridge engineer", source="esco")
    assert role.title == "Bridge Builders"
    # An exact match without ratings is passed over.
    assert adopt(actor, "village teacher", source="esco").title == "Village Teachers"


def test_without_ratings_there_is_no_role_but_a_hint(actor):
    with pytest.raises(Refused, match=r"no ratings.*Close to it: Village Teachers; Lighthouse"):
        adopt(actor, "Teachers, All Other")
    with pytest.raises(Refused, match="no ratings"):
        adopt(actor, "clockmaker", source="esco")
    with pytest.raises(Refused, match="no ratings"):
        actions.adopt_occupation(
            actor=actor, concept=Concept.objects.get(uri="2.A.1.a"), at=make.NOW
        )


def test_a_catalogue_without_a_framework_makes_no_role(bring, tmp_path):
    from coachwork.frameworks.models import Framework

    bring("onet", "onet_29_3_text")
    Framework.objects.update(status=Framework.Status.RETIRED)
    with pytest.raises(Refused, match="not here yet"):
        adopt(make.user("amira"), "Lighthouse Keepers")


def test_the_figures_behind_a_role_are_there_to_be_shown(actor):
    role = adopt(actor, "Lighthouse Keepers")
    behind = queries.ratings_behind(actor=actor, role=role)
    for target in role.targets.select_related("competency"):
        assert behind[target.competency.code].target_level == target.level


def test_the_portrait_of_an_occupation_shows_what_a_role_would_ask(actor):
    concept = Concept.objects.get(source="esco", name="bridge engineer")
    portrait = queries.concept(actor=actor, concept_id=concept.pk)
    assert portrait.rated.name == "Bridge Builders"
    role = adopt(actor, "bridge engineer", source="esco")
    assert {one.element for one in portrait.targets} == codes(role)
    assert "bridge designer" in portrait.others
    assert portrait.groups["essential"]
    assert any("European Commission" in notice for notice in portrait.attributions)
