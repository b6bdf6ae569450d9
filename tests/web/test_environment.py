"""What the surroundings say about the instance."""

from pathlib import Path

from coachwork.web import environment


def test_a_language_is_offered_once_its_catalogue_is_compiled(tmp_path: Path) -> None:
    assert environment.languages(tmp_path, "en") == [("en", "English")]
    for name in ("de", "pt_BR", "fr"):
        (tmp_path / name / "LC_MESSAGES").mkdir(parents=True)
        (tmp_path / name / "LC_MESSAGES" / "django.po").touch()
    assert environment.languages(tmp_path, "en") == [("en", "English")]
    for name in ("de", "pt_BR"):
        (tmp_path / name / "LC_MESSAGES" / "django.mo").touch()
    assert environment.languages(tmp_path, "en") == [
        ("en", "English"),
        ("de", "Deutsch"),
        ("pt-br", "Português brasileiro"),
    ]
