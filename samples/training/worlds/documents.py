"""Whole documents: chronicles of any length, passkey prompts, key-value prompts, question sets."""

import random
from dataclasses import dataclass

from . import scenes
from .relations import written
from .teller import Record, Teller

#: Characters of new text per new person: about one in 300 tokens.
_CHARACTERS_PER_PERSON = 900


@dataclass(frozen=True)
class Document:
    text: str
    record: Record


_FUNCTIONS = [s for s, _ in scenes.SCENES]
_WEIGHTS = [w for _, w in scenes.SCENES]


def _gather(t: Teller) -> None:
    """Who is present in the next scene: new people at a steady rate, else old ones."""
    count = t.rng.choice((2, 2, 3))
    t.present = []
    while len(t.present) < count:
        few = len(t.world.people) < 3
        due = len(t.world.people) * _CHARACTERS_PER_PERSON < t.length
        if few or (due and t.rng.random() < 0.6):
            who = t.introduce_person()
            if t.rng.random() < 0.6:
                t.introduce_object(who)
        else:
            who = t.recall_person(tuple(t.present))
        if who not in t.present:
            t.present.append(who)


def _scene(t: Teller) -> None:
    if t.length and t.rng.random() < 0.5:
        t.heading()
    _gather(t)
    for function in t.rng.choices(_FUNCTIONS, _WEIGHTS, k=t.rng.randint(5, 11)):
        function(t)
    t.paragraph()


def chronicle(seed: int, characters: int) -> Document:
    """A story of at least ``characters`` characters."""
    t = Teller(random.Random(f"chronicle-{seed}"))
    while t.length < characters:
        _scene(t)
    return Document(t.text().strip() + "\n", t.record)


def _filler(t: Teller, characters: int) -> None:
    """Story text without passkeys, registers or question blocks."""
    plain = (scenes.action, scenes.restate, scenes.about_thing, scenes.about_place, scenes.dialogue)
    end = t.length + characters
    while t.length < end:
        _gather(t)
        for _ in range(6):
            if t.length < end:
                t.rng.choice(plain)(t)
        t.paragraph()


def passkey(seed: int, characters: int, depth: float) -> Document:
    """A number hidden at ``depth`` (0 first, 1 last) of a story; the text ends where it must be said."""
    t = Teller(random.Random(f"passkey-{seed}-{depth}"))
    key = t.world.code(5)
    _filler(t, int(characters * depth))
    start = t.length
    t.say(f"The pass key is {key}. Remember it. {key} is the pass key.")
    t.paragraph()
    _filler(t, characters - int(characters * depth))
    t.record.questions.append(
        {"question": "What is the pass key?", "answer": key, "value": key, "stated": start, "start": t.length}
    )
    t.say("What is the pass key? The pass key is")
    return Document(t.text(), t.record)


def key_value(seed: int, entries: int) -> Document:
    """A register of ``entries`` lines and one look-up; the text ends where the value must be said."""
    t = Teller(random.Random(f"key-value-{seed}"))
    _gather(t)
    t.paragraph()
    table = {}
    while len(table) < entries:
        table[t.world.code()] = t.world.names.given()
    t.line("Register of the archive:")
    starts = {}
    for key, value in table.items():
        starts[key] = t.length
        t.line(f"Entry {key}: {value}.")
    key = t.rng.choice(sorted(table))
    question = f"Which name stands under entry {key}?"
    t.record.questions.append(
        {"question": question, "answer": table[key], "value": table[key], "stated": starts[key], "start": t.length}
    )
    t.say(f"{question} Under entry {key} stands")
    return Document(t.text(), t.record)


def _introductions(t: Teller, count: int) -> tuple[list, list[str]]:
    """``count`` people, and a passage about each."""
    people, texts = [], []
    for _ in range(count):
        start = t.length
        people.append(t.introduce_person())
        for relation in t.rng.sample(("coat", "code", "dish", "instrument", "pet"), 3):
            t.state(people[-1], relation)
        texts.append(t.text()[start:].strip())
        t.paragraph()
    return people, texts


def _question(t: Teller, person) -> dict:
    """A question about something that the person's passage states."""
    relation = t.recently_stated(person)
    return {
        "question": t.question_text(person, relation),
        "answer": t.answer_text(person, relation),
        "value": written(person, relation),
    }


def question_set(seed: int, passages: int) -> dict:
    """One question, the passage that answers it, and ``passages − 1`` that do not, in random order."""
    t = Teller(random.Random(f"questions-{seed}"))
    people, texts = _introductions(t, passages)
    order = list(range(passages))
    t.rng.shuffle(order)
    answer_in = t.rng.randrange(passages)
    asked = _question(t, people[answer_in])
    return {**asked, "passages": [texts[i] for i in order], "gold": order.index(answer_in)}


def shared_questions(seed: int, passages: int, questions: int) -> dict:
    """Passages, and a question about each of ``questions`` different ones of them."""
    t = Teller(random.Random(f"shared-questions-{seed}"))
    people, texts = _introductions(t, passages)
    return {"passages": texts, "questions": [_question(t, person) for person in t.rng.sample(people, questions)]}
