"""A framework is drafted, published and retired; a published one is never edited."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from coachwork.frameworks import actions, queries
from coachwork.frameworks.kinds.harvest import BehaviourDraft, CompetencyDraft
from coachwork.frameworks.models import Competency, Framework
from coachwork.kit.errors import Invalid, Refused
from coachwork.people.access import NotVisible
from coachwork.people.models import Membership, MembershipRole, Organisation
from tests import builders as make

pytestmark = pytest.mark.django_db
FIVE = {level: f"at level {level}" for level in range(1, 6)}


def member(organisation, name, role):
    user = make.user(name)
    Membership.objects.create(
        organisation=organisation, user=user, role=role, created_at=make.NOW, accepted_at=make.NOW
    )
    return user


@pytest.fixture
def organisation():
    return Organisation.objects.create(name="Boats", kind="company", created_at=make.NOW)


@pytest.fixture
def author(organisation):
    return member(organisation, "ada", MembershipRole.AUTHOR)


@pytest.fixture
def draft(author, organisation):
    framework = actions.draft_framework(
        actor=author, organisation=organisation, name="Sailing", at=make.NOW
    )
    for code in ("S1", "S2"):
        actions.write_competency(
            actor=author,
            framework=framework,
            draft=CompetencyDraft(code, f"Skill {code}", anchors=dict(FIVE)),
        )
    role(author, framework, "Skipper", S1=4, S2=3)
    return framework


def role(author, framework, title, **wanted):
    by_code = {one.code: one.pk for one in framework.competencies.all()}
    return actions.write_role(
        actor=author,
        framework=framework,
        title=title,
        summary="",
        targets=[(by_code[code], Decimal(level), 2) for code, level in wanted.items()],
        at=make.NOW,
    )


def test_a_draft_becomes_published_and_its_words_stay(author, draft):
    actions.publish(actor=author, framework=draft, at=make.NOW)
    draft.refresh_from_db()
    assert (draft.status, draft.published_at) == (Framework.Status.PUBLISHED, make.NOW)
    competency = draft.competencies.first()
    refused = (
        lambda: actions.reword_framework(actor=author, framework=draft, name="x", description=""),
        lambda: actions.write_competency(
            actor=author, framework=draft, draft=CompetencyDraft("S9", "x")
        ),
        lambda: actions.remove_competency(actor=author, competency=competency),
        lambda: role(author, draft, "Other", S1=2),
        lambda: actions.remove_role(actor=author, role=draft.roles.get()),
        lambda: actions.delete_draft(actor=author, framework=draft),
    )
    for attempt in refused:
        with pytest.raises(Refused, match="Make a new version"):
            attempt()
    assert draft.competencies.count() == 2


def test_publishing_twice_is_publishing_once(author, draft):
    actions.publish(actor=author, framework=draft, at=make.NOW)
    again = actions.publish(actor=author, framework=draft, at=make.NOW + make.days(1))
    assert again.published_at == make.NOW


def test_an_empty_draft_is_not_published(author, organisation):
    empty = actions.draft_framework(
        actor=author, organisation=organisation, name="Empty", at=make.NOW
    )
    with pytest.raises(Refused, match="no competency"):
        actions.publish(actor=author, framework=empty, at=make.NOW)


def test_a_new_version_carries_everything_and_retires_the_old_one(author, draft):
    actions.publish(actor=author, framework=draft, at=make.NOW)
    second = actions.draft_next_version(actor=author, framework=draft, at=make.NOW)
    assert actions.draft_next_version(actor=author, framework=draft, at=make.NOW) == second
    assert (second.version, second.status) == (2, Framework.Status.DRAFT)
    assert second.roles.get().targets.count() == 2
    assert second.competencies.first().anchors.count() == 5
    actions.remove_competency(actor=author, competency=second.competencies.get(code="S2"))
    new = actions.write_competency(
        actor=author, framework=second, draft=CompetencyDraft("S3", "Skill S3")
    )
    carried = queries.carried(actor=author, old=draft, new=second)
    old_one, new_one = (one.competencies.get(code="S1").pk for one in (draft, second))
    assert carried.same == {old_one: new_one}
    assert carried.new == {new.pk}
    assert carried.gone == {draft.competencies.get(code="S2").pk}
    actions.publish(actor=author, framework=second, at=make.NOW)
    draft.refresh_from_db()
    assert draft.status == Framework.Status.RETIRED
    assert queries.version_after(actor=author, framework=draft) == second
    assert queries.version_before(actor=author, framework=second) == draft
    # The words of the old version are as they were.
    assert draft.competencies.count() == 2
    assert [one.framework for one in queries.roles(actor=author)] == [second]


def test_a_competency_is_rewritten_in_a_draft(author, draft):
    competency = draft.competencies.get(code="S1")
    actions.write_competency(
        actor=author,
        framework=draft,
        competency=competency,
        draft=CompetencyDraft("S1", "Better", behaviours=[BehaviourDraft("S1.1", "Looks up")]),
    )
    fresh = Competency.objects.get(pk=competency.pk)
    assert fresh.name == "Better"
    assert [one.text for one in fresh.behaviours.all()] == ["Looks up"]
    assert fresh.anchors.count() == 0


def test_what_does_not_hold_together_is_refused_at_its_field(author, draft, organisation):
    with pytest.raises(Invalid) as refusal:
        actions.write_competency(actor=author, framework=draft, draft=CompetencyDraft("S1", "x"))
    assert set(refusal.value.fields) == {"code"}
    with pytest.raises(Invalid) as refusal:
        actions.write_competency(
            actor=author, framework=draft, draft=CompetencyDraft("S9", "x", anchors={1: "a"})
        )
    assert set(refusal.value.fields) == {"level_2"}
    with pytest.raises(Invalid) as refusal:
        role(author, draft, "Skipper", S1=2)
    assert set(refusal.value.fields) == {"title"}
    with pytest.raises(Invalid):
        role(author, draft, "Nobody")
    with pytest.raises(Invalid) as refusal:
        actions.draft_framework(
            actor=author, organisation=organisation, name="sailing", at=make.NOW
        )
    assert set(refusal.value.fields) == {"name"}


def test_a_draft_can_be_thrown_away_and_a_published_one_retired(author, draft):
    with pytest.raises(Refused):
        actions.retire(actor=author, framework=draft, at=make.NOW)
    actions.delete_draft(actor=author, framework=draft)
    assert not Framework.objects.filter(slug="sailing").exists()


@pytest.mark.parametrize("kind", ["stranger", "member", "coach"])
def test_nobody_but_authors_writes_a_framework_of_an_organisation(draft, organisation, kind):
    roles = {"member": MembershipRole.MEMBER, "coach": MembershipRole.COACH}
    actor = member(organisation, kind, roles[kind]) if kind in roles else make.user(kind)
    for attempt in (
        lambda: actions.publish(actor=actor, framework=draft, at=make.NOW),
        lambda: actions.draft_next_version(actor=actor, framework=draft, at=make.NOW),
        lambda: actions.retire(actor=actor, framework=draft, at=make.NOW),
        lambda: actions.delete_draft(actor=actor, framework=draft),
        lambda: actions.draft_framework(
            actor=actor, organisation=organisation, name="y", at=make.NOW
        ),
        lambda: queries.writable(actor=actor, framework_id=draft.pk),
    ):
        with pytest.raises((NotVisible, Framework.DoesNotExist)):
            attempt()


def test_only_whoever_runs_the_installation_writes_for_everybody(author):
    with pytest.raises(PermissionDenied):
        actions.draft_framework(actor=author, organisation=None, name="All", at=make.NOW)
    operator = make.user("olga", is_staff=True)
    framework = actions.draft_framework(actor=operator, organisation=None, name="All", at=make.NOW)
    make.competency("A1", within=framework)
    actions.publish(actor=operator, framework=framework, at=make.NOW)
    assert queries.framework(actor=author, framework_id=framework.pk) == framework


def test_what_comes_with_the_installation_is_versioned_with_it():
    operator = make.user("olga", is_staff=True)
    (core,) = actions.load_content(at=make.NOW)
    with pytest.raises(Refused, match="comes with the installation"):
        actions.draft_next_version(actor=operator, framework=core, at=make.NOW)


def test_drafts_and_other_peoples_frameworks_are_not_there(author, draft, organisation):
    outsider = make.user("otto")
    insider = member(organisation, "ines", MembershipRole.MEMBER)
    competency = draft.competencies.first()
    for actor in (outsider, insider):
        with pytest.raises(Framework.DoesNotExist):
            queries.framework(actor=actor, framework_id=draft.pk)
        with pytest.raises(Competency.DoesNotExist):
            queries.competency(actor=actor, competency_id=competency.pk)
        assert queries.roles(actor=actor) == []
        assert queries.frameworks(actor=actor) == []
    actions.publish(actor=author, framework=draft, at=make.NOW)
    assert queries.frameworks(actor=insider) == [draft]
    assert queries.frameworks(actor=outsider) == []
    assert len(queries.roles(actor=insider)) == 1
