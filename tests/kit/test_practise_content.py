"""What ships for tracks, tools and exercises: how much of it, and that it can be used."""

import pytest

from coachwork.kit import content
from coachwork.kit.content import copywriting
from coachwork.kit.content.track_values import IF_THEN, NOT_NOW, Tool, Track

TRACKS = content.load("tracks")
CASES = content.load("cases")


def test_sixteen_tracks_ship() -> None:
    wanted = (
        "listen-first brief-and-clear difficult-conversations feedback-that-lands "
        "receive-feedback-well assertive-and-kind presence-in-meetings present-with-a-point "
        "coaching-style-of-leading delegating leading-change safe-and-inclusive-team "
        "calm-under-pressure empathy-and-perspective flex-with-change influence-without-authority"
    )
    assert {one.code for one in TRACKS} == set(wanted.split())


@pytest.mark.accepts("T7-06")
@pytest.mark.parametrize("track", TRACKS, ids=lambda one: one.code)
def test_a_stage_is_whole_or_a_rest_and_takes_forty_minutes_at_most(track: Track) -> None:
    assert 6 <= len(track.stages) == track.weeks <= 10
    for stage in track.stages:
        assert stage.idea
        if stage.rest:
            assert stage.minutes == 0
            continue
        assert stage.see is not None
        assert stage.trial is not None
        assert stage.see.good and stage.see.poor and stage.reflect and stage.ask
        assert [one.minutes <= 5 for one in stage.do] == [True] * 3
        asked = stage.trial.minutes + sum(one.minutes for one in stage.do)
        assert asked < stage.minutes <= 40
        assert copywriting.words(stage.idea) <= 200
    assert sum(one.rest for one in track.stages) <= 1


def test_a_track_says_for_whom_it_is_and_when_it_is_not() -> None:
    for track in TRACKS:
        assert track.summary.startswith("For you if ")
        assert track.contraindication_note and track.ally and track.manager_ask
        assert {stage.behaviour for stage in track.stages} <= {*track.behaviours, None}


def test_the_counts_of_the_small_things() -> None:
    assert len(content.load("tools")) == 8
    assert len(content.load("conversation_planners")) == 10
    assert len(content.load("problem_cards")) == 12
    assert len(content.load("feeling_words")) == 60
    assert len({one.group for one in content.load("feeling_words")}) == 8
    assert len(content.load("body_cues")) == 16
    assert len(content.load("observer_sheets")) == 8
    assert len(content.load("team_exercises")) == 6
    questions = content.load("coaching_questions")
    assert [one.kind for one in questions] == ["solution"] * 60 + ["obstacle"] * 30


def test_the_purpose_packs_are_made_of_what_the_specification_says() -> None:
    def some(*ranges: tuple[int, int]) -> set[str]:
        return {f"C{n:02}" for low, high in ranges for n in range(low, high + 1)}

    assert {one.code: set(one.competencies) for one in content.load("purpose_packs")} == {
        "career-advancement": some((36, 40), (10, 10), (17, 17)),
        "adaptability": some((21, 25)),
        "effective-communication": some((1, 5), (8, 9)),
        "problem-solving": some((26, 30), (35, 35)),
        "leadership-and-management": some((11, 15), (31, 34)),
    }


def test_a_pack_has_a_track_for_some_of_its_competencies() -> None:
    trained = {one.code: one.competency for one in TRACKS}
    for pack in content.load("purpose_packs"):
        assert pack.tracks
        if pack.code != "problem-solving":  # no track is about these; listening and allies help
            assert {trained[code] for code in pack.tracks} & set(pack.competencies)


def ways(tool: Tool) -> set[str]:
    """Walk every way through a tool; how each of them ends."""
    codes = [one.code for one in tool.questions]
    ends: set[str] = set()

    def walk(code: str, seen: tuple[str, ...]) -> None:
        assert code not in seen, f"{tool.code} goes round in circles at {code}"
        question = tool.question(code)
        if question is None:
            ends.add(code)
            return
        below = codes[codes.index(code) + 1 :][:1] or [IF_THEN]
        following = [way.next for way in question.options] or [question.next or below[0]]
        for one in following:
            walk(one, (*seen, code))

    walk(codes[0], ())
    return ends


def test_the_talk_with_oneself_has_fourteen_questions_that_branch() -> None:
    (grow,) = (one for one in content.load("tools") if one.code == "grow")
    assert len(grow.questions) == 14
    assert ways(grow) == {IF_THEN, NOT_NOW}
    assert [one.code for one in grow.questions if one.options] == [
        "clarity",
        "worked",
        "appeal",
        "ready",
    ]
    assert list(dict.fromkeys(one.stage for one in grow.questions)) == [
        "goal",
        "reality",
        "options",
        "way",
    ]


@pytest.mark.parametrize("tool", content.load("tools"), ids=lambda one: one.code)
def test_every_way_through_a_tool_ends_with_an_if_then_or_not_now(tool: Tool) -> None:
    assert IF_THEN in ways(tool) <= {IF_THEN, NOT_NOW}


def test_twelve_cases_have_two_stages_and_more_than_one_answer() -> None:
    assert [one.code for one in CASES] == [f"K{n:02}" for n in range(1, 13)]
    for case in CASES:
        assert case.new_facts
        assert len(case.reasonings) >= 2
        assert all(one.weak_spot for one in case.reasonings)
        assert 4 <= len(case.rubric) <= 6
        assert {row.behaviour.partition(".")[0] for row in case.rubric} <= set(case.competencies)
        assert {row.behaviour for row in case.rubric} == set(case.behaviours)


def test_twenty_challenges_at_three_levels_of_risk() -> None:
    risks = [one.risk for one in content.load("challenges")]
    assert {risk: risks.count(risk) for risk in risks} == {"low": 7, "medium": 8, "high": 5}
    for challenge in content.load("challenges"):
        assert challenge.feedback_giver and challenge.stop_rule
        assert bool(challenge.rehearsal) == (challenge.risk == "high")


def test_more_than_sixty_small_practices_take_five_minutes_at_most() -> None:
    """The 60 micro-practices of the specification are among these 80."""
    practices = content.load("practices")
    assert len(practices) >= 60
    assert max(one.minutes for one in practices) <= 5
    assert len({one.title for one in practices}) == len(practices)
