"""Who may do what with whose things: the whole policy about records, in one table.

The table is the matrix of the product spec, foundations 0.3. A cell says what one relation may do
with one kind of thing:

    O        owns: reads and writes every row, whatever its class
    w        writes together with the others
    r        reads: the client every row that is not the coach's own, the coach rows of the pair
             (class V1), and everybody else named so what is released (class V4)
    c        reads and writes the rows that this very person wrote (class V2)
    s        reads only rows that the client shared with this very person
    frozen   reads only the text of a shared row as it was when the client released it
    own      reads and writes only rows that this person wrote
    p        proposes: what it writes counts only when the client accepts it
    assign, release, sign      the named act
    offer    puts a goal on the table and reads back no more than whether it was taken up
    n        counts of at least five people, computed by jobs; never a row
    ""       nothing, and it answers as if the thing did not exist
"""

from enum import StrEnum, auto

from coachwork.people.models import Relation, Thing


class Verb(StrEnum):
    READ = auto()
    WRITE = auto()
    PROPOSE = auto()
    OFFER = auto()
    ASSIGN = auto()
    RELEASE = auto()
    SIGN = auto()
    COUNT = auto()


COLUMNS = (
    Relation.CLIENT,
    Relation.COACH,
    Relation.MENTOR,
    Relation.GIVER,
    Relation.PARTNER,
    Relation.MANAGER,
    Relation.SPONSOR,
    Relation.ADMIN,
)

# fmt: off
TABLE: dict[Thing, tuple[str, ...]] = {
    # thing               client  coach        mentor  giver  partner manager  sponsor  admin
    # What the spec leaves open: that there is a record; who is near it (a helper reads the one
    # relationship they are part of); what was shared; the steps of the story.
    Thing.RECORD:        ("O",    "r",         "r",    "",    "r",    "r",     "r",     ""),
    Thing.RELATIONSHIPS: ("O",    "",          "",     "",    "",     "",      "",      ""),
    Thing.SHARES:        ("O",    "",          "",     "",    "",     "",      "",      ""),
    Thing.EVENTS:        ("O",    "r",         "",     "",    "",     "",      "",      ""),
    # Self-assessment, agreed levels and gaps; a 360 round; its report, and pulses.
    Thing.ASSESSMENT:    ("O",    "r p",       "s",    "",    "",     "",      "",      "n"),
    Thing.ROUND:         ("O",    "r release", "",     "own", "",     "own",   "",      "n"),
    # What raters said, before it is pooled: theirs alone, and no export or search of the client's.
    Thing.REPLIES:       ("",     "",          "",     "own", "",     "own",   "",      "n"),
    # A comment held for slurs or threats (T1.6): its words alone go to the coach, who decides; the
    # client reads no more than that one was kept back, and without a coach nobody reads it.
    Thing.HELD:          ("",     "r release", "",     "",    "",     "",      "",      ""),
    Thing.REPORT:        ("r",    "r",         "s",    "",    "",     "",      "",      ""),
    # Who pays or leads may offer a goal (T2-06), and reads nothing by it.
    Thing.GOALS:         ("O", "r p offer", "s",    "",    "s",    "s offer", "frozen offer", "n"),
    # Plan, if-thens and moments; attempts and practice transcripts.
    Thing.PLAN:          ("O",    "r p",       "s",    "",    "s",    "",      "",      ""),
    Thing.ATTEMPTS:      ("O",    "assign s",  "",     "own", "s",    "",      "",      "n"),
    Thing.FEEDBACK:      ("O",    "r",         "s",    "own", "",     "own",   "",      ""),
    # To a manager or a sponsor the client shares the charter; posts on a board are no client's row.
    Thing.PROJECTS:      ("O",    "r p",       "s",    "own", "s",    "s",     "s",     ""),
    Thing.LEARNING:      ("O",    "s p",       "s",    "",    "",     "",      "",      "n"),
    # Contacts are never for a coach; trigger maps and moods only one by one.
    Thing.CONTACTS:      ("O",    "",          "",     "",    "",     "",      "",      ""),
    Thing.MOODS:         ("O",    "s",         "",     "",    "",     "",      "",      ""),
    # "If agreed": the coach reads the check-ins that the client opened to the pair.
    Thing.CHECK_INS:     ("O",    "r",         "",     "",    "s",    "",      "",      ""),
    Thing.JOURNAL:       ("O",    "s",         "s",    "",    "",     "",      "",      ""),
    # What the journal holds is nobody's but the client's; others get extracts, line by line.
    Thing.ENTRIES:       ("O",    "",          "",     "",    "",     "",      "",      ""),
    Thing.SESSION:       ("r w",  "r w",       "",     "",    "",     "",      "",      ""),
    # "Per agreement": a note stays class V2 until its coach opens it to the pair.
    Thing.COACH_NOTES:   ("r",    "c",         "",     "",    "",     "",      "",      ""),
    # One signs what one can read: parties get the agreement as a share.
    Thing.AGREEMENT:     ("r sign", "r sign",  "own",  "",    "own",  "s sign", "s sign", ""),
    Thing.ENGAGEMENT:    ("r w",  "r w",       "",     "",    "",     "",      "r",     "r"),
}
# fmt: on

VERBS: dict[str, set[Verb]] = {
    "O": {Verb.READ, Verb.WRITE, Verb.PROPOSE, Verb.ASSIGN},
    "w": {Verb.READ, Verb.WRITE},
    "r": {Verb.READ},
    "c": {Verb.READ, Verb.WRITE},
    "s": {Verb.READ},
    "frozen": {Verb.READ},
    "own": {Verb.READ, Verb.WRITE},
    "p": {Verb.PROPOSE},
    "offer": {Verb.OFFER},
    "assign": {Verb.ASSIGN},
    "release": {Verb.RELEASE},
    "sign": {Verb.SIGN},
    "n": {Verb.COUNT},
}


def codes(thing: Thing, relation: Relation) -> tuple[str, ...]:
    """The codes in one cell of the table."""
    return tuple(TABLE[thing][COLUMNS.index(relation)].split())


def allows(thing: Thing, relation: Relation, verb: Verb) -> bool:
    """Whether the cell lets this relation do this, to at least some rows."""
    return any(verb in VERBS[code] for code in codes(thing, relation))


def shareable(thing: Thing, relation: Relation) -> bool:
    """Whether the client can share such a thing with somebody who is this to them."""
    return bool({"s", "r", "frozen"} & set(codes(thing, relation))) and relation in SHARED_WITH


# Sharing is with helpers; the client needs no share and counts have no reader.
SHARED_WITH = (
    Relation.COACH,
    Relation.MENTOR,
    Relation.PARTNER,
    Relation.MANAGER,
    Relation.SPONSOR,
)
