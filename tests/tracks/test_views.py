"""Pages of tracks and of what one writes beside them."""

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client as Browser
from django.urls import reverse

from coachwork.kit import content
from coachwork.people import actions as people
from coachwork.people.models import Membership, Organisation, Relation
from coachwork.tracks import actions
from coachwork.tracks.models import Enrolment, Talk, ToolRun, TrackLog, TriggerMap
from tests import builders as make
from tests.planting import plant_everything
from tests.rules.test_doors import addresses, filled
from tests.tracks.stage import TODAY, home, log, started, target

pytestmark = pytest.mark.django_db
SECRET = "amethyst-otter"


@pytest.fixture
def amira(time_machine):
    time_machine.move_to(make.NOW, tick=False)
    home()
    return make.client()


@pytest.fixture
def hers(amira):
    made = Browser()
    made.force_login(amira.user)
    return made


def text(answer):
    return answer.content.decode()


@pytest.mark.accepts("T7-03")
def test_the_third_track_asks_to_pause_one_and_then_begins(hers, amira):
    first = started(amira)
    started(amira, "brief-and-clear")
    address = reverse("tracks:track", args=["delegating"])
    answer = hers.post(address)
    assert answer.status_code == 409
    assert "Pause this one" in text(answer) and "Listen first" in text(answer)
    made = hers.post(reverse("tracks:enrolment-pause", args=[first.pk]), {"then": address})
    assert f'action="{address}"' in text(made)
    assert hers.post(address).status_code == 302
    assert Enrolment.objects.get(code="delegating").state == "started"


def test_a_next_address_of_elsewhere_is_not_followed(hers, amira):
    found = started(amira)
    address = reverse("tracks:enrolment-pause", args=[found.pk])
    answer = hers.post(address, {"then": "https://example.org/tracks/"})
    assert answer.status_code == 302 and answer.url == reverse("tracks:enrolment", args=[found.pk])


def test_from_a_problem_to_a_week_to_a_logged_chance(hers, amira):
    page = text(hers.get(reverse("tracks:choose") + "?problem=freeze-in-meetings"))
    assert page.index("Presence in meetings") < page.index("Delegating")
    hers.post(reverse("tracks:track", args=["listen-first"]))
    found = Enrolment.objects.get()
    week = text(hers.get(reverse("tracks:enrolment", args=[found.pk])))
    for word in ("Let people finish", "The idea", "See it", "Try it", "Ask", "Reflect"):
        assert word in week
    hers.post(reverse("tracks:baseline", args=[found.pk]), {"line_0": "Monday, with Linh"})
    hers.post(
        reverse("tracks:target-new", args=[found.pk]),
        {"to_act": "wait", "situations": "the weekly meeting\nthe phone"},
    )
    one = found.targets.get()
    address = reverse("tracks:target", args=[one.pk])
    assert "One tap after a chance" in text(hers.get(address))
    entry = "0190a6f0-0000-7000-8000-000000000001"
    said = {"chance": "did", "on": TODAY.isoformat(), "entry": entry}
    hers.post(address, said)
    hers.post(address, said)
    assert TrackLog.objects.count() == 1
    late = hers.post(address, {**said, "on": (TODAY - timedelta(days=20)).isoformat(),
                               "line": "kept words"})  # fmt: skip
    assert late.status_code == 422 and "kept words" in text(late) and "14 days" in text(late)
    hers.post(reverse("tracks:enrolment-next", args=[found.pk]), {"week": "1"})
    found.refresh_from_db()
    assert found.stage == 2 and "Monday, with Linh" in found.baseline


@pytest.mark.accepts("T7-02")
def test_the_page_says_x_of_5_chances_from_five_on(hers, amira):
    one = target(amira, started(amira))
    for n in range(4):
        log(amira, one, "did", on=TODAY - timedelta(days=n))
        log(amira, one, "none")
    address = reverse("tracks:target", args=[one.pk])
    assert "chances." not in text(hers.get(address)).split("<p>")[-1]
    assert " of 4 chances" not in text(hers.get(address))
    log(amira, one, "not")
    assert "Done in 4 of 5 chances." in text(hers.get(address))


@pytest.mark.accepts("T7-08")
def test_after_three_weeks_of_pause_one_line_and_the_same_week(hers, amira, time_machine):
    found = started(amira)
    target(amira, found, to_act="wait two breaths")
    hers.post(reverse("tracks:enrolment-next", args=[found.pk]), {"week": "1"})
    hers.post(reverse("tracks:enrolment-pause", args=[found.pk]))
    time_machine.move_to(make.NOW + timedelta(weeks=3), tick=False)
    hers.force_login(amira.user)
    address = reverse("tracks:enrolment", args=[found.pk])
    recap = "You were in week 2, “Say it back”. What you practised: wait two breaths"
    assert text(hers.get(address)).count(recap) == 1
    back = text(hers.post(reverse("tracks:enrolment-resume", args=[found.pk]), follow=True))
    assert back.count(recap) == 1
    found.refresh_from_db()
    assert (found.state, found.stage) == ("started", 2)
    said = re.sub(r"<[^>]*>", " ", back.split('id="messages"')[1].split("<main")[0])
    for word in ("miss", "overdue", "behind", "days", "weeks ago"):
        assert word not in said.lower()
    assert TrackLog.objects.count() == 0  # nothing was counted meanwhile


@pytest.mark.accepts("T7-07")
def test_a_talk_with_oneself_goes_on_where_it_was_and_ends(hers, amira):
    begin = reverse("tracks:tool", args=["grow"])
    address = hers.post(begin).url
    hers.post(address, {"question": "topic", "said": "My Mondays"})
    assert hers.post(address, {"question": "clarity", "said": "7"}).status_code == 422
    hers.post(address, {"question": "clarity", "said": "0"})
    assert hers.post(begin).url == address
    page = text(hers.get(address))
    assert "Suppose it has gone well enough" in page and "My Mondays" in page
    ToolRun.objects.update(here="if_then")
    end = address + "end/"
    half = hers.post(end, {"go": "if_then", "if_text": "the door closes", "then_text": ""})
    assert half.status_code == 422 and "the door closes" in text(half)
    hers.post(end, {"go": "if_then", "if_text": "the door closes", "then_text": "breathe out"})
    assert "If the door closes, then I breathe out" in text(hers.get(address))


def test_a_talk_is_planned_printed_and_noted_afterwards(hers, amira):
    page = text(hers.get(reverse("tracks:talk-new") + "?planner=say-no"))
    assert "Say no to a request" in page and "First sentences" in page
    address = reverse("tracks:talk-new")
    refused = hers.post(address, {"planner": "say-no", "with_whom": "Linh", "aim": ""})
    assert refused.status_code == 422 and "Linh" in text(refused)
    answer = hers.post(
        address, {"planner": "say-no", "with_whom": "Linh", "aim": "Early and clear"}
    )
    assert "data-print" in text(hers.get(answer.url))
    hers.post(answer.url, {"after_note": "She had known"})
    assert Talk.objects.get().after_note == "She had known"


def test_a_coach_with_a_record_of_their_own_cannot_rewrite_a_talk_that_they_may_read(hers, amira):
    carl = make.helper(amira, "carl", Relation.COACH)
    people.open_record(actor=carl, name="Carl", at=make.NOW)
    words = {"with_whom": "Linh", "aim": "Early and clear"}
    kept = actions.keep_talk(actor=amira.user, client=amira, words=words, at=make.NOW)
    Talk.objects.update(visibility="V1")
    his = Browser()
    his.force_login(carl)
    address = reverse("tracks:talk-change", args=[kept.pk])
    assert his.post(address, {**words, "aim": "Another"}).status_code == 403
    kept.refresh_from_db()
    assert kept.aim == "Early and clear" and kept.client == amira


def test_the_style_card_has_five_values_at_most(hers, amira):
    address = reverse("tracks:card")
    six = {"how_i_work": "In the morning", "values": "a\nb\nc\nd\ne\nf"}
    assert hers.post(address, six).status_code == 422
    hers.post(address, {**six, "values": "a\nb"})
    hers.post(address, {**six, "values": "b\na"})
    assert "In the morning" in text(hers.get(address))


@pytest.mark.accepts("T7-05")
@pytest.mark.slow
def test_no_address_export_or_search_of_others_has_a_word_of_a_trigger_map(amira, hers):
    rows = plant_everything(amira)
    kept = actions.keep_map(
        actor=amira.user, client=amira, at=make.NOW, words={"situation": f"{SECRET} pelican-lamp"}
    )
    rows = {**rows, TriggerMap: kept}
    organisation = Organisation.objects.create(name="Org", kind="company", created_at=make.NOW)
    admin = make.user("admin", is_staff=True, is_superuser=True)
    Membership.objects.create(
        organisation=organisation, user=admin, role="admin", created_at=make.NOW,
        accepted_at=make.NOW,
    )  # fmt: skip
    carl = make.helper(amira, "carl", Relation.COACH)
    for other in (carl, admin):
        theirs = Browser()
        theirs.force_login(other)
        for _name, path in addresses():
            address = filled(path, amira, rows, organisation)
            for answer in (theirs.get(address), theirs.get(address, {"q": SECRET})):
                if not answer.streaming and "text" in answer.get("Content-Type", ""):
                    assert "pelican-lamp" not in text(answer), address
    answer = hers.post(reverse("exchange:export"))
    body = b"".join(answer) if answer.streaming else answer.content
    files = zipfile.ZipFile(io.BytesIO(body))
    assert SECRET in "".join(files.read(name).decode() for name in files.namelist())


@pytest.mark.accepts("T7-09")
def test_the_footer_leads_to_neutral_help_and_the_operator_is_told(hers, settings, monkeypatch):
    from coachwork.cli import check

    monkeypatch.delenv("COACHWORK_CRISIS_LINES", raising=False)
    page = text(hers.get(reverse("tracks:home")))
    assert "/help/#crisis" in page.split("<footer")[1]
    assert "findahelpline.com" in text(hers.get("/help/"))
    assert any("COACHWORK_CRISIS_LINES" in one for one in check.help_warnings())
    monkeypatch.setenv("COACHWORK_CRISIS_LINES", "Line|116 123")
    assert check.help_warnings() == []


@pytest.mark.accepts("T7-04")
def test_the_hard_moment_needs_no_sign_in_and_holds_nothing_about_anybody(hers, amira):
    nobody = Browser()
    answer = nobody.get("/hard-moment/")
    assert answer.status_code == 200 and "1. Name it" in text(answer)
    assert text(hers.get("/hard-moment/")) == text(answer)
    assert "csrf" not in text(answer) and " name=" not in text(answer).split("<body")[1]
    worker = nobody.get("/hard-moment/worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert 'href="/hard-moment/"' in text(hers.get(reverse("tracks:home")))


@pytest.mark.accepts("T7-06")
def test_each_stage_fits_into_forty_minutes_and_has_all_its_parts_or_rests():
    tracks = content.load("tracks")
    assert len(tracks) == 16
    for track in tracks:
        assert 6 <= len(track.stages) <= 10
        for stage in track.stages:
            where = f"{track.code}: {stage.name}"
            assert stage.idea and len(stage.idea.split()) <= 200, where
            if stage.rest:
                continue
            parts = stage.trial.minutes + sum(one.minutes for one in stage.do)
            assert parts <= stage.minutes <= 40, where
            assert stage.see.good and stage.see.poor and stage.trial.text, where
            assert len(stage.do) == 3 and stage.reflect and stage.ask, where


@pytest.mark.accepts("T7-01")
def test_each_competency_has_its_behaviours_and_five_anchors_one_could_film():
    [framework] = [one for one in content.load("frameworks") if one.slug == "career-core-40"]
    assert len(framework.competencies) == 40
    for one in framework.competencies:
        assert 4 <= len(one.behaviours) <= 6, one.code
        assert sorted(one.anchors) == [1, 2, 3, 4, 5], one.code
        assert len(set(one.anchors.values())) == 5, one.code
    assert [one for one in content.problems() if one.startswith("frameworks/")] == []


INFERS = (
    "deepface", "facenet", "fer", "opencv", "cv2", "mediapipe", "librosa", "vader", "textblob",
    "transformers", "getusermedia", "mediarecorder", "webkitspeechrecognition", "emotion_",
    "sentiment", "rekognition", "affectiva",
)  # fmt: skip


@pytest.mark.accepts("T7-11")
def test_nothing_here_infers_an_emotion_from_image_sound_or_text():
    """Neither a library that could, nor a door to camera or microphone, nor a word of it."""
    sought = re.compile(r"(?<![a-z])(" + "|".join(INFERS) + r")(?![a-z])")
    files = [one for kind in ("py", "js", "html") for one in Path("src").rglob(f"*.{kind}")]
    files += [Path("pyproject.toml"), *Path().glob("requirements*")]
    assert len(files) > 300
    found = {
        str(one): hit[0]
        for one in files
        if (hit := sought.search(one.read_text(encoding="utf-8").lower()))
    }
    assert found == {}
