"""Makes the pseudo-language known to Django, where the settings offer it."""

from typing import Any

from django.utils.translation import trans_real

from coachwork.kit.pseudo import pseudo

LOCALE = "ar-xb"


class PseudoTranslation(trans_real.DjangoTranslation):
    """Every marked string, said in the pseudo-language; nothing is looked up."""

    def __init__(self) -> None:
        super().__init__("en")
        self._DjangoTranslation__to_language = LOCALE

    # A message with a context arrives as context, separator, words.
    def gettext(self, message: str) -> str:
        return pseudo(message.split(trans_real.CONTEXT_SEPARATOR)[-1])

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self.gettext(singular if number == 1 else plural)

    def to_language(self) -> str:
        return LOCALE


def register() -> None:
    """Let `ar-xb` be activated like any other language."""
    known: dict[str, Any] = vars(trans_real)["_translations"]
    known.setdefault(LOCALE, PseudoTranslation())
