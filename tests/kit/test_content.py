"""Content reaches people by kind and language; only plain YAML is read."""

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from coachwork.kit import content
from coachwork.kit.content import locales, reading, values
from coachwork.kit.content.reading import Folder, Unreadable

SHIPPED = Path(str(content.SHIPPED))


def written(root: Path, path: str, text: str) -> None:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


class TestWhatShips:
    def test_career_core_40_is_complete(self) -> None:
        (framework,) = content.load("frameworks")
        assert (framework.slug, framework.version, framework.licence) == (
            "career-core-40",
            1,
            "CC-BY-4.0",
        )
        assert [group.code for group in framework.groups] == [f"G{n}" for n in range(1, 9)]
        assert [len(group.competencies) for group in framework.groups] == [5] * 8
        codes = [one.code for one in framework.competencies]
        assert codes == [f"C{n:02}" for n in range(1, 41)]
        for one in framework.competencies:
            assert [b.code for b in one.behaviours] == [f"{one.code}.{n}" for n in range(1, 6)]
            assert list(one.anchors) == [1, 2, 3, 4, 5]

    def test_others_are_asked_about_three_behaviours_and_never_about_a_self_view(self) -> None:
        (framework,) = content.load("frameworks")
        self_view = {one.code for one in framework.competencies if not one.observable_by_others}
        assert self_view == {"C16", "C20", "C36"}
        for one in framework.competencies:
            asked = [b.eligible_360 for b in one.behaviours]
            first_three = one.observable_by_others
            assert asked == [first_three] * 3 + [False] * 2

    def test_there_are_twelve_role_profiles(self) -> None:
        profiles = content.load("role_profiles")
        assert {one.title for one in profiles} == {
            "Graduate starter",
            "Early professional",
            "Individual contributor",
            "Senior specialist",
            "Project lead",
            "First-time manager",
            "Manager of managers",
            "Senior leader",
            "Career changer",
            "Job seeker",
            "Return-to-work",
            "Freelancer or founder",
        }
        assert all((one.framework, one.version) == ("career-core-40", 1) for one in profiles)

    @pytest.mark.parametrize(
        ("slug", "targets"),
        [
            ("first-time-manager", "C11 3 C12 3 C08 3 C13 3 C15 3 C09 3 C31 3 C17 3 C01 3 C29 3"),
            (
                "individual-contributor",
                "C32 3 C02 3 C07 3 C31 3 C27 3 C26 3 C19 3 C21 3 C25 3 C37 2",
            ),
            ("graduate-starter", "C01 2 C02 2 C03 2 C19 3 C21 3 C32 3 C31 2 C07 2 C25 3 C38 2"),
            ("senior-specialist", "C10 4 C27 4 C30 3 C04 4 C13 3 C26 4 C33 3 C05 3"),
            ("job-seeker", "C36 3 C40 3 C38 3 C37 3 C39 2 C24 3 C02 3"),
        ],
    )
    def test_given_profiles_have_their_targets(self, slug: str, targets: str) -> None:
        profile = next(one for one in content.load("role_profiles") if one.slug == slug)
        assert " ".join(f"{t.competency} {t.level}" for t in profile.targets) == targets

    def test_importance_follows_the_order_in_thirds(self) -> None:
        for profile in content.load("role_profiles"):
            size = len(profile.targets)
            assert [t.importance for t in profile.targets] == [
                3 - (place * 3) // size for place in range(size)
            ], profile.slug

    def test_the_written_profiles_have_eight_to_twelve_targets_from_2_to_4(self) -> None:
        for profile in content.load("role_profiles"):
            # The job seeker's profile is given with seven rows.
            assert (7 if profile.slug == "job-seeker" else 8) <= len(profile.targets) <= 12
            assert {t.level for t in profile.targets} <= {2, 3, 4}

    def test_the_scale_has_five_levels_with_words(self) -> None:
        scale = content.load("scale")
        assert [(one.number, one.word) for one in scale.levels] == [
            (1, "Starting"),
            (2, "Developing"),
            (3, "Dependable"),
            (4, "Strong"),
            (5, "Role model"),
        ]
        assert scale.not_seen_word == "Not seen"

    def test_the_counts_of_everything_else(self) -> None:
        (framework,) = content.load("frameworks")
        assert len(content.load("moments")) == 12
        assert len(content.load("if_thens")) == 30
        assert len(content.load("obstacles")) == 20
        assert len(content.load("goal_frames")) == 5
        assert len({one.competency for one in content.load("gas_examples")}) == 12
        assert [len(one.competencies) for one in content.load("questionnaires")] == [10, 4]
        assert len(content.load("open_questions")) == 4
        assert len({one.pair for one in content.load("vignettes")}) == 6
        assert [one.code for one in content.load("held_words")] == ["slurs", "threats"]
        practices = [one.competency for one in content.load("practices")]
        assert {one.code: practices.count(one.code) for one in framework.competencies} == {
            one.code: 2 for one in framework.competencies
        }

    def test_each_kind_of_moment_is_there(self) -> None:
        assert {one.kind for one in content.load("moments")} == {
            "one_to_one",
            "stand_up",
            "presentation",
            "interview",
            "negotiation",
            "review",
            "networking",
            "deep_work",
            "commute",
            "home",
        }

    def test_if_thens_hang_on_every_moment(self) -> None:
        used = {one.moment for one in content.load("if_thens")}
        assert used == {one.code for one in content.load("moments")}

    @pytest.mark.parametrize("code", [one.code for one in content.load("messages")])
    def test_every_message_can_be_written(self, code: str) -> None:
        message = content.message(code)
        letter = message.letter(message.examples)
        assert not re.search(r"[{}]", letter.subject + letter.body)
        assert "\n" not in letter.subject
        assert all(address.startswith("https://") for _label, address in letter.buttons)

    def test_the_messages_of_the_first_issue_are_there(self) -> None:
        wanted = (
            "email-verification sign-in-code password-reset password-changed invitation "
            "relationship-request-coach relationship-request-mentor relationship-request-partner "
            "relationship-request-manager relationship-request-sponsor relationship-accepted "
            "share-notice share-revoked daily-digest weekly-look-ahead practice-nudge "
            "pause-confirmed deletion-done new-sign-in"
        )
        assert set(wanted.split()) <= {one.code for one in content.load("messages")}

    def test_a_goal_frame_shows_an_example_without_gaps(self) -> None:
        for frame in content.load("goal_frames"):
            assert "[" not in frame.example
            assert frame.example.endswith(".")

    def test_reading_is_done_once(self) -> None:
        assert content.load("practices") is content.load("practices")


class TestLanguages:
    def test_what_is_translated_comes_in_that_language(self) -> None:
        (framework,) = content.load("frameworks", "de")
        first = framework.groups[0]
        assert (first.name, first.locale) == ("Kommunikation", "de")
        assert {one.locale for one in first.competencies} == {"de"}
        assert first.competencies[0].behaviours[0].text.startswith("Lässt")
        assert first.competencies[0].anchors[1].startswith("Antwortet")
        assert content.load("scale", "de").levels[2].word == "Verlässlich"
        assert {one.locale for one in content.load("role_profiles", "de")} == {"de"}

    def test_what_is_not_translated_falls_back_and_says_so(self) -> None:
        (source,) = content.load("frameworks")
        (framework,) = content.load("frameworks", "de")
        assert framework.groups[1] == source.groups[1]
        assert framework.groups[1].competencies[0].locale == "en"
        assert {one.locale for one in content.load("moments", "de")} == {"en"}

    def test_a_translation_changes_words_and_nothing_else(self) -> None:
        english = content.load("role_profiles")
        german = content.load("role_profiles", "de")
        assert [one.targets for one in english] == [one.targets for one in german]
        (source,), (framework,) = content.load("frameworks"), content.load("frameworks", "de")
        for one, other in zip(source.competencies, framework.competencies, strict=True):
            assert one.code == other.code
            assert [(b.code, b.eligible_360) for b in one.behaviours] == [
                (b.code, b.eligible_360) for b in other.behaviours
            ]

    @pytest.mark.parametrize("locale", ["de-AT", "de_CH", "DE", "de-x-simple"])
    def test_a_region_gets_the_language(self, locale: str) -> None:
        assert content.load("scale", locale).locale == "de"

    @pytest.mark.parametrize("locale", ["en", "en-GB", "xx", "", "../../etc", "en-de"])
    def test_an_unknown_language_gets_the_source(self, locale: str) -> None:
        assert content.load("scale", locale) is content.load("scale")

    def test_the_library_says_what_is_translated(self) -> None:
        german = content.coverage("de")
        assert german["frameworks"].translated == ("C01", "C02", "C03", "C04", "C05")
        assert len(german["frameworks"].missing) == 35
        assert german["role_profiles"].missing == ()
        assert german["messages"].translated == ()
        assert all(not one.missing for one in content.coverage("en").values())
        assert content.locales_available() == ("en", "de")

    def test_any_kind_can_be_translated(self, tmp_path: Path) -> None:
        shutil.copytree(SHIPPED, tmp_path, dirs_exist_ok=True)
        written(
            tmp_path,
            "locales/fr/messages.yaml",
            "locale: fr\ntranslates: messages\nentries:\n  - code: share-revoked\n"
            "    subject: Rien à faire, {client_name} ne partage plus {item}\n"
            "    body: |\n      Bonjour {name}\n    buttons: {}\n",
        )
        written(
            tmp_path,
            "locales/fr/goal_frames.yaml",
            "locale: fr\ntranslates: goal_frames\nentries:\n  - code: stop-doing\n"
            "    name: Arrêter\n    hint: Quand\n    frame: Quand [ceci], je [cela].\n"
            "    slots:\n      - {name: ceci, question: Quoi ?, example: il parle}\n"
            "      - {name: cela, question: Quoi ?, example: me tais}\n",
        )
        french = {one.code: one for one in content.load("messages", "fr", root=tmp_path)}
        assert french["share-revoked"].subject.startswith("Rien à faire")
        assert french["share-revoked"].examples["client_name"] == "Amira Haddad"
        assert french["share-notice"].locale == "en"
        frames = {one.code: one for one in content.load("goal_frames", "fr", root=tmp_path)}
        assert frames["stop-doing"].example == "Quand il parle, je me tais."
        assert frames["stop-doing"].goal_type == "habit"

    def test_buttons_are_translated_by_their_field(self, tmp_path: Path) -> None:
        shutil.copytree(SHIPPED, tmp_path, dirs_exist_ok=True)
        written(
            tmp_path,
            "locales/fr/messages.yaml",
            "locale: fr\ntranslates: messages\nentries:\n  - code: share-notice\n"
            "    subject: À lire\n    body: Bonjour\n    buttons: {item_url: Lire}\n",
        )
        french = {one.code: one for one in content.load("messages", "fr", root=tmp_path)}
        assert french["share-notice"].buttons == (values.Button("Lire", "item_url"),)

    def test_the_nearest_language_is_looked_at_first(self) -> None:
        assert locales.chain("pt_BR") == ("pt-br", "pt")
        assert locales.chain("en-GB") == ("en-gb",)


class TestMessages:
    def test_a_field_left_out_is_named(self) -> None:
        with pytest.raises(KeyError, match="code"):
            content.message("sign-in-code").letter({"site_name": "Coachwork", "until": "18:00"})

    def test_a_line_break_in_a_name_cannot_become_a_mail_header(self) -> None:
        message = content.message("share-notice")
        evil = {**message.examples, "client_name": "Eve\r\nBcc: all@example.org"}
        assert message.letter(evil).subject == (
            "Read what Eve Bcc: all@example.org has shared with you"
        )

    def test_a_person_without_a_name_is_greeted_all_the_same(self) -> None:
        message = content.message("email-verification")
        letter = message.letter({**message.examples, "name": ""})
        assert letter.body.startswith("Hello,\n\nPlease confirm")

    @given(st.text(min_size=1))
    def test_what_people_type_is_never_read_as_a_field(self, typed: str) -> None:
        assert values.filled("Hello {name}.", {"name": typed}) == f"Hello {typed}."
        assert values.filled("{name}", {"name": "{code}", "code": "secret"}) == "{code}"

    def test_a_message_that_does_not_exist_is_named(self) -> None:
        with pytest.raises(Unreadable, match="no-such-mail"):
            content.message("no-such-mail")


HOSTILE = {
    "a python object": "!!python/object/apply:os.system ['true']",
    "any tag": "name: !secret x",
    "an alias bomb": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
    "an anchor alone": "a: &a x",
    "a merge by alias": "a: &a {x: 1}\nb:\n  <<: *a",
    "the same key twice": "name: one\nname: two",
    "the same key twice further down": "a:\n  b: 1\n  b: 2",
    "the same key as a number and as a word": "1: one\n'1': two",
    "two documents": "a: 1\n---\nb: 2",
    "a key that is a list": "? [a, b]\n: c",
    "nesting without end": "[" * 10_000 + "]" * 10_000,
    "a tab": "a:\n\t- b",
    "a cut-off file": 'name: "Ami',
    "a control character": "name: a\x00b",
    "a date that is none": "day: 2026-13-45",
    "too much of it": "a: " + "x" * 300_000,
}


class TestHostileFiles:
    @pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
    def test_anything_but_plain_yaml_is_refused(self, text: str) -> None:
        with pytest.raises(Unreadable):
            reading.parsed(text)

    @pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
    def test_it_is_refused_without_libyaml_too(self, text: str) -> None:
        with pytest.raises(Unreadable):
            reading.parsed(text, loader=reading.plain(yaml.SafeLoader))

    def test_both_readers_read_the_same(self) -> None:
        text = (SHIPPED / "messages" / "account.yaml").read_text(encoding="utf-8")
        slow = reading.parsed(text, loader=reading.plain(yaml.SafeLoader))
        assert reading.parsed(text) == slow

    def test_the_refusal_names_the_file_and_the_line(self, tmp_path: Path) -> None:
        written(tmp_path, "obstacles.yaml", "locale: en\nname: one\nname: two\n")
        with pytest.raises(Unreadable, match=r"^obstacles.yaml: line 3: 'name' comes twice$"):
            reading.page(tmp_path, "obstacles.yaml")

    def test_a_file_that_is_not_text_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "scale.yaml").write_bytes(b"locale: \xff\xfe")
        with pytest.raises(Unreadable, match=r"scale\.yaml: cannot be read"):
            reading.page(tmp_path, "scale.yaml")

    @given(st.text(max_size=200))
    def test_no_text_brings_the_reader_down(self, text: str) -> None:
        try:
            reading.parsed(text)
        except Unreadable as refusal:
            assert str(refusal)

    def test_plain_yaml_is_read(self) -> None:
        assert reading.parsed("anchors:\n  1: one\nlist: [a, 2, true]") == {
            "anchors": {"1": "one"},
            "list": ["a", 2, True],
        }

    @pytest.mark.parametrize(
        ("path", "text"),
        [
            ("obstacles.yaml", "- just a list"),
            ("obstacles.yaml", "locale: en"),
            ("obstacles.yaml", "locale: en\nentries:\n  - {code: x}"),
            ("obstacles.yaml", "locale: en\nentries: [a]"),
            ("obstacles.yaml", "nothing"),
        ],
    )
    def test_a_file_of_the_wrong_shape_is_named(self, tmp_path: Path, path: str, text: str) -> None:
        written(tmp_path, path, text)
        with pytest.raises(Unreadable, match="obstacles"):
            content.load("obstacles", root=tmp_path)

    def test_a_kind_that_does_not_exist_is_named(self) -> None:
        with pytest.raises(Unreadable, match="horoscopes"):
            content.load(cast(Any, "horoscopes"))


class TestWhereItLies:
    def test_content_is_read_from_inside_a_wheel(self, tmp_path: Path) -> None:
        wheel = tmp_path / "coachwork.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            for path in sorted(SHIPPED.rglob("*.yaml")):
                archive.write(path, f"coachwork/content/{path.relative_to(SHIPPED).as_posix()}")
        inside = cast(Folder, zipfile.Path(wheel, "coachwork/content/"))
        assert content.load("frameworks", "de", root=inside) == content.load("frameworks", "de")
        assert content.load("messages", root=inside) == content.load("messages")
        assert content.problems(inside) == []

    def test_the_command_prints_problems_and_fails(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "coachwork.kit.content"],
            capture_output=True,
            text=True,
            check=False,
            cwd=SHIPPED.parents[1],
        )
        assert (done.returncode, done.stdout) == (0, "The content holds.\n")

    def test_the_command_fails_when_there_is_a_problem(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        from coachwork.kit.content import __main__ as command

        monkeypatch.setattr(content, "problems", lambda: ["scale.yaml: something is wrong"])
        assert command.main() == 1
        assert "scale.yaml: something is wrong" in capsys.readouterr().out
