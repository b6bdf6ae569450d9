"""The content lint: what ships has no problem, and each rule can fail."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from coachwork.kit import content
from coachwork.kit.content import anchors, copywriting, linter, rules, shelves
from coachwork.kit.content.linter import validator

SHIPPED = Path(str(content.SHIPPED))
V1 = "frameworks/career-core-40/v1"
Breaking = Callable[..., list[str]]


def test_the_shipped_content_has_no_problems() -> None:
    assert content.problems() == []


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("schemas/*.json")), ids=lambda p: p.name)
def test_each_schema_is_a_schema_and_is_used(path: Path) -> None:
    name = path.name.removesuffix(".schema.json")
    validator(name).check_schema(validator(name).schema)
    used = {shelf.schema for shelf in shelves.SHELVES} | {"translation"}
    used |= set(shelves.STORIES.values())
    assert name in used


@pytest.fixture
def breaking(tmp_path: Path) -> Breaking:
    """Change one thing in a copy of the content, and hear what the linter says."""
    root = tmp_path / "content"
    shutil.copytree(SHIPPED, root)

    def change(path: str, old: str = "", new: str = "", *, times: int = 1) -> list[str]:
        place = root / path
        text = place.read_text(encoding="utf-8") if place.exists() else ""
        assert old in text, f"{old!r} is not in {path}: mend this test"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text.replace(old, new, times) if old else text + new, encoding="utf-8")
        return content.problems(root)

    return change


FRENCH = "locale: fr\ntranslates: {0}\nentries:\n{1}"
COMMUNICATION = f"{V1}/1-communication.yaml"
GERMAN = "locales/de/career-core-40-v1-communication.yaml"
LISTEN = "plan_templates/listen-and-be-brief.yaml"
JOB_SEEKER = "role_profiles/job-seeker.yaml"
RHYTHM = "messages/rhythm.yaml"

# The file, the old text ("" adds at the end), the new text; then what the linter must say.
BROKEN = {
    "YAML that cannot be read": (
        "obstacles.yaml", "entries:", "entries: [", "obstacles.yaml: not valid YAML",
    ),
    "a file that nothing reads": ("moments.yml", "", "a: 1", "no kind of content reads this"),
    "a file in a deeper folder": ("moments/x/y.yaml", "", "a: 1", "no kind of content reads this"),
    "a field nobody knows": (
        "scale.yaml", "    word: Starting", "    word: Starting\n    colour: red", "colour",
    ),
    "a field left out": (JOB_SEEKER, "title: Job seeker\n", "", "missing: 'title'"),
    "a target of level 5": (
        JOB_SEEKER, "C36, level: 3", "C36, level: 5", "C36 > level: 5 is more than 4",
    ),
    "a target of level 1": (
        JOB_SEEKER, "C36, level: 3", "C36, level: 1", "C36 > level: 1 is less than 2",
    ),
    "too few targets": (
        JOB_SEEKER, "  - {competency: C02, level: 3, importance: 1}\n", "", "targets",
    ),
    "a missing anchor": (
        COMMUNICATION,
        "      3: Says the main point and the request early, in most everyday talks.\n", "",
        "C02 > anchors: missing: '3'",
    ),
    "a source file in another language": ("scale.yaml", "locale: en", "locale: de", "locale"),
    "yes read as a truth value": (
        "moments/typical.yaml", "name: One-to-one talk", "name: yes", "one-to-one > name",
    ),
    "a first step of ten minutes": (
        "practices/1-communication.yaml", "minutes: 1", "minutes: 10", "10 is more than 5",
    ),
    "a then without a doer": (
        "if_thens/3-leading.yaml", "then: I thank them", "then: thank them", "thanks-before-answer",
    ),
    "a moment of an unknown kind": (
        "moments/typical.yaml", "kind: commute", "kind: swim", "way-to-work > kind",
    ),
    "a framework in the wrong folder": (
        f"{V1}/framework.yaml", "version: 1", "version: 2", "lies in another folder",
    ),
    "a group without its framework": (
        "frameworks/other/v1/1-x.yaml", "",
        (SHIPPED / V1 / "1-communication.yaml").read_text(encoding="utf-8"),
        "no framework.yaml beside it",
    ),
    "a competency code that comes twice": (
        COMMUNICATION, "code: C02\n", "code: C01\n", "C01 comes 2 times",
    ),
    "a behaviour code that comes twice": (
        COMMUNICATION, "code: C01.2\n", "code: C01.1\n", "C01.1 comes 2 times",
    ),
    "a slug that comes twice": (
        JOB_SEEKER, "slug: job-seeker", "slug: senior-leader", "senior-leader comes 2 times",
    ),
    "a message code that comes twice in two files": (
        RHYTHM, "code: daily-digest", "code: share-notice", "first in messages/rhythm.yaml",
    ),
    "a translation that comes twice": (
        GERMAN, "code: C02\n", "code: C01\n", "C01 comes 2 times",
    ),
    "a behaviour under another competency": (
        COMMUNICATION, "code: C01.2\n", "code: C09.9\n", "C09.9 stands under C01",
    ),
    "a practice under another competency": (
        "practices/1-communication.yaml", "behaviour: C01.1", "behaviour: C02.1",
        "C02.1 stands under C01",
    ),
    "an unknown competency in a profile": (
        JOB_SEEKER, "C36, level", "C99, level", "job-seeker: there is no C99 in career-core-40/v1",
    ),
    "an unknown competency in a moment": (
        "moments/typical.yaml", "[C01, C08", "[C77, C08", "one-to-one: there is no C77",
    ),
    "an unknown behaviour in a practice": (
        "practices/1-communication.yaml", "behaviour: C01.1", "behaviour: C01.8",
        "there is no C01.8",
    ),
    "an unknown moment": (
        "if_thens/3-leading.yaml", "moment: review", "moment: siesta", "there is no moment siesta",
    ),
    "an unknown framework": (
        "practices/1-communication.yaml", "career-core-40/v1", "career-core-40/v9",
        "there is no framework career-core-40/v9",
    ),
    "an unknown framework version in a profile": (
        JOB_SEEKER, "version: 1", "version: 3", "there is no framework career-core-40/v3",
    ),
    "a behaviour that is a trait": (
        COMMUNICATION, "States the main point first", "Is confident in meetings",
        "C02.1: \"confident\" describes a trait",
    ),
    "an anchor that is too short": (
        COMMUNICATION,
        "3: Says the main point and the request early, in most everyday talks.",
        "3: Says the main point early.", "C02: level 3: 5 words, not 6 to 22",
    ),
    "others asked about a self-view": (
        f"{V1}/4-emotional-intelligence.yaml", "observable_by_others: true",
        "observable_by_others: false", "C17: others cannot see it",
    ),
    "too few behaviours to ask others": (
        COMMUNICATION, "eligible_360: true", "eligible_360: false", "C01: fewer than three",
    ),
    "importance that rises": (
        JOB_SEEKER, "C02, level: 3, importance: 1", "C02, level: 3, importance: 3",
        "importance rises",
    ),
    "a competency twice in a profile": (JOB_SEEKER, "C40, level", "C36, level", "C36 comes twice"),
    "a placeholder that is not declared": (
        RHYTHM, "Hello {name},", "Hello {nickname},", "{nickname} is used but not declared",
    ),
    "a placeholder that is not used": (
        RHYTHM, "Hello {name},", "Hello,", "{name} is declared but not used",
    ),
    "a button whose field is not declared": (
        RHYTHM, "field: today_url}", "field: now_url}", "{now_url} is used but not declared",
    ),
    "a brace left open": (RHYTHM, "Is it too much?", "Is it { too much?", "has a brace"),
    "a nudge that cannot be paused": (
        RHYTHM,
        "      - {label: Pause all reminders, field: pause_url}\n", "",
        "daily-digest: a nudge needs a button to pause",
    ),
    "a subject that shouts": (
        RHYTHM, "subject: See your step for today", "subject: See your step now!", "shouts",
    ),
    "a mail of more than 90 words": (
        RHYTHM, "Is it too much?", "Word. " * 91, "daily-digest: body has",
    ),
    "a subject that is too long": (
        RHYTHM, "subject: See your step", f"subject: {'See ' * 12}your step", "not 2 to 12",
    ),
    "a gap that is not declared": (
        "goal_frames.yaml", "In [situation], I will", "In [place], I will",
        "real-situation: [place] is used but not declared",
    ),
    "a gap that is not used": (
        "goal_frames.yaml", "In [situation], I will", "I will",
        "real-situation: [situation] is declared but not used",
    ),
    "two rungs that say the same": (
        "gas_examples.yaml",
        "I have got back in touch with two people.",
        "I have helped three people with something they needed.",
        "ladder-c38: two rungs say the same",
    ),
    "a competency without practices": (
        "practices/1-communication.yaml",
        "  - code: C01.p2\n    competency: C01\n    behaviour: C01.2",
        "  - code: C02.p3\n    competency: C02\n    behaviour: C02.2",
        "C01: fewer than two practices",
    ),
    "a phrase that Coachwork never uses": (
        "obstacles.yaml", "What happens just before", "Everyone else can do it. What happens",
        "obstacles.yaml: entries > habit > prompt: says \"everyone else\"",
    ),
    "a banned phrase in a translation": (
        "locales/de/scale.yaml", "rubric: Nicht versucht", "rubric: Garantiert versucht",
        'not_seen > rubric: says "garantiert"',
    ),
    "a sentence that needs two breaths": (
        JOB_SEEKER, "The search itself is", "The search " + "and so on " * 10 + "itself is",
        "a sentence of",
    ),
    "a translation in the wrong folder": (
        GERMAN, "locale: de", "locale: fr", "says it is in fr, and lies in another folder",
    ),
    "a translation into the source language": (
        "locales/en/scale.yaml", "",
        FRENCH.format("scale", "  - {code: '1', word: A, behaviour: B, rubric: C}\n").replace(
            "locale: fr", "locale: en"
        ),
        "en is the source language",
    ),
    "a translation of nothing": (
        "locales/fr/x.yaml", "", FRENCH.format("poems", "  - {code: a, name: b}\n"),
        "nothing called poems",
    ),
    "a translation of an unknown entry": (
        GERMAN, "- code: C05", "- code: C55", "there is no C55 in career-core-40/v1",
    ),
    "a translation with a text left out": (
        GERMAN, "    name: Gute Fragen stellen\n", "", "C05: name is not translated",
    ),
    "a translation with a behaviour left out": (
        GERMAN, "      C01.4: Bemerkt, was ungesagt bleibt, und fragt danach\n", "",
        "C01: behaviours C01.4 is not translated",
    ),
    "a translation of something that is no text": (
        "locales/de/scale.yaml", "    word: Stark\n", "    word: Stark\n    colour: rot\n",
        "colour is not a text of the source",
    ),
    "a translated anchor that is too short": (
        GERMAN,
        "5: Stellt Fragen, die andere aufgreifen und in ihren eigenen Besprechungen verwenden.",
        "5: Fragt gut.", "C05: level 5: 2 words",
    ),
    "two translated anchors that are the same": (
        GERMAN,
        "1: Sagt an oder stellt Fragen, in denen die Antwort schon steckt.",
        "1: Stellt einfache Sachfragen, auf Anstoß hin oder mit einer Liste zur Hand.",
        "C05: two levels have the same anchor",
    ),
    "a translated mail that loses a field": (
        "locales/fr/messages.yaml", "",
        FRENCH.format(
            "messages",
            "  - code: share-revoked\n    subject: Rien à faire, {client_name}\n"
            "    body: 'Bonjour {name}, {client_name} ne partage plus {item} avec vous.'\n",
        ),
        "share-revoked: {item} is in only one of the two languages",
    ),
    "a questionnaire about what others cannot see": (
        "questionnaires/career-core.yaml", "[C01, C02,", "[C99, C02,",
        "C99: its first behaviours are not for others to judge",
    ),
    "a questionnaire that is too short": (
        "questionnaires/career-core.yaml", "C06, C07, C08, C17, C19, C22, C29, C32]", "C06]",
        "the core asks 9 questions",
    ),
    "a questionnaire for people who lead that is too long": (
        "questionnaires/career-core.yaml", "[C02, C07]", "[C02]",
        "the form for people who lead asks 39 questions",
    ),
    "a vignette without its pair": (
        "vignettes.yaml", "code: calm-hard\n    pair: calm", "code: calm-hard\n    pair: storm",
        "storm: a pair is two scenes of two levels",
    ),
    "a question whose answers say the same": (
        "knowledge/2-delegating.yaml", "a: \"What the result should be, and what it is for\"",
        "a: \"Each step in the right order\"", "two answers that say the same",
    ),
    "a word that is held twice": (
        "held_words.yaml", "kill you, kill", "kill you now, kill you, kill",
        "kill you now: is held already",
    ),
    "a blueprint for an unknown moment": (
        "blueprints/1-doing.yaml", "moments: [stand-up, review]", "moments: [siesta]",
        "say-one-thing: there is no moment siesta",
    ),
    "a blueprint for an unknown competency": (
        "blueprints/1-doing.yaml", "[C02, C37]", "[C02, C77]", "say-one-thing: there is no C77",
    ),
    "a kind with one blueprint": (
        "blueprints/2-learning-with-others.yaml", "kind: support", "kind: mentor",
        "fewer than two of the kind support",
    ),
    "a template with an unknown item": (
        LISTEN, "use: hear-yourself", "use: hear-nobody", "items: there is no hear-nobody",
    ),
    "a template with an unknown if-then": (
        LISTEN, "[wait-two-breaths,", "[wait-for-ever,", "if_thens: there is no wait-for-ever",
    ),
    "a template with an unknown obstacle": (
        LISTEN, "obstacles: [habit,", "obstacles: [rain,", "obstacles: there is no rain",
    ),
    "a template for an unknown competency": (
        LISTEN, "competencies: [C01,", "competencies: [C88,", "there is no C88",
    ),
    "an item after the last week": (
        LISTEN, "use: then-and-now, week: 12", "use: then-and-now, week: 13",
        "then-and-now lies after week 12",
    ),
    "an item that comes back without an end": (
        LISTEN, "week: 1, until: 12}", "week: 1}", "five-lines-on-friday needs a last week",
    ),
    "an item that ends before it begins": (
        LISTEN, "week: 4, until: 10", "week: 4, until: 3", "ends in week 3",
    ),
    "a review after the last week": (
        LISTEN, "review_weeks: [4, 8, 12]", "review_weeks: [4, 8, 14]", "the reviews are not",
    ),
    "a week that holds too much": (
        LISTEN, "use: watch-one-person, week: 2", "use: watch-one-person, week: 2, minutes: 200",
        "week 2 asks for",
    ),
    "a template without room for the reserve": (
        "plan_templates/career-change-in-16-weeks.yaml", "hours_per_week: 4", "hours_per_week: 2.5",
        "leaves no room for the reserve weeks",
    ),
    "a template that asks for hours it does not use": (
        LISTEN, "hours_per_week: 1.5", "hours_per_week: 6", "uses few of them",
    ),
    "a template without anything to learn": (
        LISTEN, "use: watch-one-person", "use: somebody-who-did-it", "nothing to learn in it",
    ),
    "a template that does not train what it says": (
        LISTEN, "[C01, C02, C05]", "[C01, C02, C25]", "nothing in it trains C25",
    ),
    "a stage that asks for more than its minutes": (
        "tracks/listen-first.yaml", "minutes: 30\n", "minutes: 12\n", "and says 12",
    ),
    "a track with a week too many": (
        "tracks/listen-first.yaml", "weeks: 8", "weeks: 9", "9 weeks and 8 stages",
    ),
    "a stage of more than 40 minutes": (
        "tracks/listen-first.yaml", "minutes: 30\n", "minutes: 45\n", "45 is more than 40",
    ),
    "a stage without asking": (
        "tracks/delegating.yaml", "  ask: ", "  asked: ", "missing: 'ask'",
    ),
    "a card for an unknown track": (
        "problem_cards.yaml", "- delegating\n", "- handing-over\n", "there is no handing-over",
    ),
    "a case with an unknown behaviour": (
        "cases/k06-the-client-churn-puzzle.yaml",
        "- behaviour: C26.1", "- behaviour: C26.8", "there is no C26.8",
    ),
    "a question of a tool that nothing leads to": (
        "tools/grow.yaml", "next: holding", "next: better", "nothing leads to holding",
    ),
    "a tool that leads nowhere": (
        "tools/grow.yaml", "next: borrow", "next: away", "appeal leads to away, which is not",
    ),
    "a tool that goes round in circles": (
        "tools/grow.yaml", "on the day.\n    next: if_then", "on the day.\n    next: smaller",
        "from smaller there is no way",
    ),
    "an obstacle asked for first": (
        "coaching_questions.yaml", "kind: solution", "kind: obstacle", "stands after a question",
    ),
    "a high risk that is not rehearsed": (
        "challenges.yaml", "risk: medium", "risk: high", "missing: 'rehearsal'",
    ),
    "a translated frame with another gap": (
        "locales/fr/frames.yaml", "",
        FRENCH.format(
            "goal_frames",
            "  - code: stop-doing\n    name: Arrêter\n    hint: Quand\n    frame: 'Je [fais].'\n"
            "    slots: [{name: dis, question: Quoi ?, example: rien}]\n",
        ),
        "stop-doing: [fais] is used but not declared",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_the_linter_hears(breaking: Breaking, path: str, old: str, new: str, said: str) -> None:
    found = breaking(path, old, new)
    assert any(said in problem for problem in found), found


SAMPLE_OF = {
    "frameworks_lie_in_their_folder": "a framework in the wrong folder",
    "codes_come_once": "a competency code that comes twice",
    "codes_fit_together": "a behaviour under another competency",
    "codes_are_known": "an unknown competency in a profile",
    "behaviours_can_be_seen": "a behaviour that is a trait",
    "anchors_hold": "an anchor that is too short",
    "profiles_are_in_order": "importance that rises",
    "messages_say_what_they_use": "a placeholder that is not declared",
    "frames_have_their_slots": "a gap that is not declared",
    "rungs_differ": "two rungs that say the same",
    "each_competency_has_practices": "a competency without practices",
    "raters_are_asked_what_they_can_see": "a questionnaire that is too short",
    "vignettes_come_in_pairs": "a vignette without its pair",
    "knowledge_can_be_checked": "a question whose answers say the same",
    "held_words_come_once": "a word that is held twice",
    "blueprints_know_their_moments": "a blueprint for an unknown moment",
    "blueprints_are_of_all_kinds": "a kind with one blueprint",
    "templates_refer_to_what_is_there": "a template with an unknown item",
    "templates_lie_within_their_weeks": "an item after the last week",
    "templates_can_be_carried": "a week that holds too much",
    "templates_are_a_good_mix": "a template that does not train what it says",
    "tracks_fit_into_their_weeks": "a stage that asks for more than its minutes",
    "practise_refers_to_what_is_there": "a case with an unknown behaviour",
    "tools_lead_to_an_end": "a question of a tool that nothing leads to",
    "questions_look_for_what_works_first": "an obstacle asked for first",
    "texts_have_their_length": "a mail of more than 90 words",
    "copy_is_kind": "a phrase that Coachwork never uses",
    "translations_lie_in_their_folder": "a translation in the wrong folder",
    "translations_have_a_source": "a translation of nothing",
    "translations_are_whole": "a translation with a text left out",
    "translations_keep_the_gaps": "a translated mail that loses a field",
    "translated_anchors_hold": "a translated anchor that is too short",
}


@pytest.mark.parametrize("rule", linter.RULES, ids=lambda rule: rule.__name__)
def test_each_rule_can_fail_by_itself(
    rule: rules.Rule, breaking: Breaking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new rule needs its sample: without one nobody knows whether it ever says anything."""
    monkeypatch.setattr(linter, "RULES", (rule,))
    path, old, new, said = BROKEN[SAMPLE_OF[rule.__name__]]
    assert any(said in problem for problem in breaking(path, old, new))


GOOD_ANCHORS = {
    "1": "Answers before the other person has finished speaking.",
    "2": "Listens while things are calm and drifts off when busy.",
    "3": "Restates what was said before replying in most talks.",
    "4": "Keeps listening when criticised, rushed or told something unwelcome.",
    "5": "Helps colleagues listen better to each other in meetings.",
}


def test_good_anchors_have_no_problem() -> None:
    assert list(anchors.anchor_problems(GOOD_ANCHORS)) == []


@pytest.mark.parametrize(
    ("level", "text", "said"),
    [
        ("1", "Answers at once.", "level 1: 3 words"),
        ("2", "Listens " + "and listens " * 11, "level 2: 23 words"),
        ("3", "Seems confident and relaxed in most everyday talks.", '"confident" describes'),
        ("3", "Shows a positive way of being in everyday talks.", '"positive" describes'),
        ("4", "Always keeps listening, whatever happens in the room.", '"Always" is an absolute'),
        ("4", "Never interrupts people while they are still talking.", '"Never" is an absolute'),
        ("3", "Keeps eye contact while the other person is talking.", '"eye contact" depends'),
        ("3", "Speaks loudly enough for people to hear the point.", '"loudly" depends'),
        ("3", "Is good at listening to what other people say.", "does not start with"),
        ("3", "The person restates what was said before replying.", "does not start with"),
        ("5", "Listens with great skill, whatever the topic may be.", "level 5: does not say"),
        ("4", GOOD_ANCHORS["3"], "two levels have the same anchor"),
        ("4", " ", "no anchor for level 4"),
    ],
)
def test_an_anchor_is_something_you_could_film(level: str, text: str, said: str) -> None:
    found = list(anchors.anchor_problems({**GOOD_ANCHORS, level: text}))
    assert any(said in problem for problem in found), found


def test_the_words_of_the_scale_are_not_absolutes() -> None:
    assert list(anchors.wording("Nearly always restates what was said before replying.")) == []
    assert anchors.starts_with_a_verb("Usually restates what was said")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Listens", "has 1 words"),
        ("Good listening in meetings", "does not start with"),
        ("Never interrupts", "absolute"),
        ("Smiles at people", "culture"),
    ],
)
def test_a_behaviour_is_something_you_could_see(text: str, said: str) -> None:
    assert any(said in problem for problem in anchors.behaviour_problems(text))


def test_a_word_limit_counts_words_as_a_reader_does() -> None:
    assert copywriting.words("Don't worry: {name} has a one-to-one at 10:00.") == 9
    assert copywriting.words("... - /") == 0
    assert copywriting.longest_sentence("One two. One two three? One") == 3


def test_each_limit_of_length_is_about_a_field_that_exists() -> None:
    known = {(shelf.kind, text) for shelf in shelves.SHELVES for text in shelf.texts}
    assert set(rules.LENGTHS) <= known
