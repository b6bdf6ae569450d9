"""What Coachwork never says, in any language it ships in, and how long a sentence may get."""

import re
from collections.abc import Iterator

LONGEST_SENTENCE = 25

# Guilt, fear, comparison, pressure and promises: see "Appendix G" of the specification.
_BANNED: dict[str, dict[str, str]] = {
    "en": {
        "don't lose": r"\bdo(?:n't| not) lose\b",
        "streak": r"\bstreaks?\b",
        "you missed": r"\byou(?:'ve| have)? missed\b",
        "still haven't": r"\bstill (?:haven't|have not|hasn't|has not|didn't|did not)\b",
        "only X left": r"\bonly [\w{}%()]+(?: \w+){0,2} left\b",
        "everyone else": r"\b(?:everyone|everybody) else\b",
        "are you committed": r"\bare you (?:really |truly )?committed\b",
        "unlock your potential": r"\bunlock(?:s|ing)? (?:your|their) (?:full |true )?potential\b",
        "guaranteed": r"\bguarantee(?:s|d)?\b",
        "fallen behind": r"\b(?:you're|you are|you have|you've|fall(?:ing|en)?) behind\b",
        "shaming 'no' button": r"\bno,? thanks?,? (?:you,? )?i\b|\bno,? i (?:don't|do not) want\b",
        "countdown": (
            r"\bcountdown\b|(?<!no )\bhurry\b|\blast chance\b|\bact now\b|\btime is running out\b"
        ),
        "percent promise": (
            r"\b\d+(?:[.,]\d+)?\s?(?:%|per ?cent)\s+"
            r"(?:better|faster|more|higher|greater|stronger|happier|improvement|increase|success)"
            r"|\b(?:improve|increase|boost|raise|grow|double)\w*\b[^.!?]{0,40}\bby "
            r"\d+(?:[.,]\d+)?\s?(?:%|per ?cent)"
        ),
        "shame": r"\b(?:shame on|be ashamed|disappointed in you|let (?:us|me) down)\b",
    },
    "de": {
        "nicht verlieren": r"\bverlier(?:e|en sie)? (?:deine|ihre|nicht)\b",
        "Serie": r"\b(?:serie nicht|deine serie|ihre serie)\b",
        "du hast verpasst": r"\b(?:hast|haben sie)\b[^.!?]{0,40}\bverpasst\b",
        "immer noch nicht": r"\bimmer noch (?:nicht|kein)",
        "nur noch X": r"\bnur noch [\w{}]+\b[^.!?]{0,20}\bübrig\b",
        "alle anderen": r"\balle anderen\b",
        "Potenzial entfalten": r"\bpoten[zt]ial\b[^.!?]{0,15}\b(?:entfalt|ausschöpf|freisetz)",
        "garantiert": r"\bgarantier(?:t|en)\b",
    },
}
BANNED = {
    language: {name: re.compile(pattern, re.IGNORECASE) for name, pattern in patterns.items()}
    for language, patterns in _BANNED.items()
}
_WORD = re.compile(r"[\w{}'\u2019-]*\w[\w{}'\u2019-]*")
_SENTENCE_END = re.compile(r"(?<=[.!?:])[\"”')\]]*\s+|\n\s*\n")


def banned(text: str, locale: str = "en") -> Iterator[str]:
    """The name of each banned pattern that the text contains; English is looked for always."""
    plain = " ".join(text.replace("\u2019", "'").replace("\u00a0", " ").split())
    languages = dict.fromkeys(["en", locale.split("-")[0]])
    for language in languages:
        for name, pattern in BANNED.get(language, {}).items():
            if pattern.search(plain):
                yield name


def words(text: str) -> int:
    """How many words a person reads; a placeholder counts as one."""
    return len(_WORD.findall(text))


def longest_sentence(text: str) -> int:
    """The number of words in the longest sentence."""
    return max((words(sentence) for sentence in _SENTENCE_END.split(text)), default=0)
