"""How each fact is stated, asked for and answered.

``{n}`` is the subject's name, ``{v}`` the value as it is written in the sentence, ``{He}``/``{he}``,
``{his}`` and ``{him}`` the subject's pronouns. The value as it appears in an answer is the last
thing before the full stop, so that a question can be scored by its continuation.
"""

from dataclasses import dataclass

from .world import Entity, an


@dataclass(frozen=True)
class Relation:
    states: tuple[str, ...]
    questions: tuple[str, ...]
    answers: tuple[str, ...]


RELATIONS: dict[tuple[str, str], Relation] = {
    ("person", "trade"): Relation(
        (
            "{n} was {v}.",
            "{n} worked as {v}.",
            "{n} earned {his} bread as {v}.",
            "By trade {n} was {v}.",
            "Everyone knew that {n} was {v}.",
            "{n} had become {v} like {his} mother before {him}.",
            "On the sign above the door of {n} stood that {he} was {v}.",
        ),
        ("What was the trade of {n}?", "How did {n} earn a living?", "What did {n} work as?"),
        ("{n} was {v}.", "{n} worked as {v}."),
    ),
    ("person", "home"): Relation(
        (
            "{n} lived in {v}.",
            "The house of {n} stood in {v}.",
            "{n} had {his} home in {v}.",
            "{n} came from {v}.",
            "Home, for {n}, was {v}.",
            "Letters for {n} went to {v}.",
            "{n} had bought a small house in {v}.",
        ),
        ("Where did {n} live?", "In which place was the home of {n}?", "Where did letters for {n} go?"),
        ("{n} lived in {v}.", "The home of {n} was in {v}."),
    ),
    ("person", "pet"): Relation(
        (
            "{n} kept {v}.",
            "{n} had {v}.",
            "{n} went nowhere without {v}.",
            "At the feet of {n} sat {v}.",
            "{n} shared {his} room with {v}.",
            "{n} had brought up {v}.",
        ),
        ("What animal did {n} keep?", "Which animal belonged to {n}?", "What was the pet of {n} called?"),
        ("{n} kept {v}.", "{n} had {v}."),
    ),
    ("person", "dish"): Relation(
        (
            "{n} liked nothing better than {v}.",
            "The favourite dish of {n} was {v}.",
            "{n} ate {v} whenever {he} could.",
            "For {n} there had to be {v}.",
            "{n} would walk ten miles for {v}.",
            "On {his} birthday {n} always asked for {v}.",
        ),
        ("What was the favourite dish of {n}?", "What did {n} like to eat?"),
        ("The favourite dish of {n} was {v}.", "{n} liked {v}."),
    ),
    ("person", "instrument"): Relation(
        (
            "{n} played the {v}.",
            "In the evenings {n} played the {v}.",
            "Nobody played the {v} like {n}.",
            "{n} had learnt to play the {v}.",
            "{n} was never far from {his} {v}.",
        ),
        ("Which instrument did {n} play?", "What did {n} play in the evenings?"),
        ("{n} played the {v}.",),
    ),
    ("person", "coat"): Relation(
        (
            "{n} wore a {v} coat.",
            "One could tell {n} from afar by the coat, which was {v}.",
            "The coat of {n} was {v}.",
            "{n} had on {his} {v} coat.",
            "{n} owned but one coat, and it was {v}.",
        ),
        ("What colour was the coat of {n}?",),
        ("The coat of {n} was {v}.",),
    ),
    ("person", "code"): Relation(
        (
            "The pass code of {n} was {v}.",
            "{n} used the pass code {v}.",
            "To enter, {n} said the pass code {v}.",
            "{n} had chosen {v} as {his} pass code.",
            "The lock of {n} opened with {v}.",
        ),
        ("What was the pass code of {n}?", "Which pass code did {n} use?"),
        ("The pass code of {n} was {v}.",),
    ),
    ("person", "age"): Relation(
        (
            "{n} was {v} years old.",
            "{n} had just turned {v}.",
            "At the age of {v} {n} was still quick on {his} feet.",
            "{n} counted {v} years.",
        ),
        ("How old was {n}?", "What was the age of {n}?"),
        ("The age of {n} was {v}.",),
    ),
    ("person", "saying"): Relation(
        (
            "“{v},” {n} used to say.",
            "{n} had a saying: “{v}.”",
            "“{v},” as {n} liked to put it.",
            "As {n} always said: “{v}.”",
            "“Remember,” said {n}, “{v}.”",
            "{n} raised a finger. “{v}.”",
        ),
        ("What did {n} always say?", "What was the saying of {n}?"),
        ("“{v}.”",),
    ),
    ("person", "friend"): Relation(
        (
            "The best friend of {n} was {v}.",
            "{n} trusted nobody but {v}.",
            "{n} had been at school with {v}.",
            "{n} and {v} were old friends.",
            "{n} owed much to {v}.",
        ),
        ("Who was the best friend of {n}?", "Whom did {n} trust?"),
        ("The best friend of {n} was {v}.",),
    ),
    ("place", "kind"): Relation(
        (
            "{n} was {v}.",
            "{n} was no more than {v}.",
            "As {v}, {n} had seen better days.",
            "{n} had grown from a few huts to {v}.",
        ),
        ("What kind of place was {n}?",),
        ("{n} was {v}.",),
    ),
    ("place", "feature"): Relation(
        (
            "{n} was known for its {v}.",
            "People came to {n} for its {v}.",
            "No other place had such {v} as {n}.",
            "{n} was proud of its {v}.",
            "Whoever speaks of {n} speaks of its {v}.",
        ),
        ("What was {n} known for?",),
        ("{n} was known for its {v}.",),
    ),
    ("place", "toll"): Relation(
        (
            "The toll at {n} was {v} pence.",
            "Whoever entered {n} paid {v} pence.",
            "At the gate of {n} they asked for {v} pence.",
        ),
        ("How much was the toll at {n}?",),
        ("The toll at {n} was {v} pence.",),
    ),
    ("place", "near"): Relation(
        (
            "{n} lay an hour from {v}.",
            "From {n} one could see the roofs of {v}.",
            "The road from {n} led to {v}.",
            "{n} was the neighbour of {v}.",
        ),
        ("Which place was near {n}?", "Where did the road from {n} lead?"),
        ("{n} was near {v}.",),
    ),
    ("object", "owner"): Relation(
        (
            "The {n} belonged to {v}.",
            "The owner of the {n} was {v}.",
            "The {n} was the property of {v}.",
            "Nobody doubted that the {n} was owned by {v}.",
        ),
        ("To whom did the {n} belong?", "Who owned the {n}?"),
        ("The {n} belonged to {v}.",),
    ),
    ("object", "place"): Relation(
        (
            "The {n} was {v}.",
            "The {n} lay {v}.",
            "The {n} was kept {v}.",
            "One could find the {n} {v}.",
            "The {n} had its place {v}.",
        ),
        ("Where was the {n}?", "Where could one find the {n}?"),
        ("The {n} was {v}.",),
    ),
}


def written(entity: Entity, relation: str) -> str:
    """The present value as it is written in a sentence and in an answer."""
    value = entity.facts[relation]
    if relation in ("trade", "kind"):
        return an(str(value))
    if relation == "pet":
        animal, name = value
        return f"{an(animal)} called {name}"
    return str(value)


def fill(template: str, entity: Entity, value: str) -> str:
    text = template.format(
        n=entity.name, v=value, he=entity.he, his=entity.his, him=entity.him, He=entity.he.capitalize()
    )
    if text[0] == "“":
        return "“" + text[1].upper() + text[2:]
    return text[0].upper() + text[1:]
