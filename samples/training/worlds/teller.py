"""Writes text about a world and keeps the record of what is true where."""

import math
import random
from dataclasses import dataclass, field

from . import lexicon as lx
from .relations import RELATIONS, fill, written
from .world import Entity, World, an


@dataclass
class Record:
    """The truth beside a text. All positions are character offsets."""

    facts: list[dict] = field(default_factory=list)
    questions: list[dict] = field(default_factory=list)


class Recency:
    """Names by their last mention, drawn log-uniformly by rank: often near ones, at times far ones."""

    def __init__(self, rng: random.Random):
        self._rng = rng
        self._order: dict = {}

    def touch(self, key) -> None:
        self._order.pop(key, None)
        self._order[key] = None

    def __len__(self) -> int:
        return len(self._order)

    def draw(self, within: int | None = None):
        n = len(self._order) if within is None else min(within, len(self._order))
        rank = min(n, int(math.exp(self._rng.random() * math.log(n + 1))))
        keys = reversed(self._order)
        for _ in range(rank - 1):
            next(keys)
        return next(keys)


class Teller:
    """A text in the making. ``near_questions``: the share of questions about the last few facts."""

    def __init__(self, rng: random.Random, near_questions: float = 0.75):
        self.rng = rng
        self.world = World(rng)
        self.record = Record()
        self.near_questions = near_questions
        self.present: list[Entity] = []
        self._parts: list[str] = []
        self.length = 0
        self._entities: dict[str, Entity] = {}
        self._seen = {"person": Recency(rng), "place": Recency(rng), "object": Recency(rng)}
        self._stated = Recency(rng)
        self._last_stated: dict[str, str] = {}
        self._songs: dict[str, str] = {}

    # text

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)

    def say(self, sentence: str, mentions=()) -> None:
        """One sentence, in the running paragraph. ``mentions``: (entity, relation, offset) stated in it."""
        if self._parts and self._parts[-1][-1] not in "\n ":
            self._write(" ")
        for entity, relation, offset in mentions:
            self._note(entity, relation, self.length + offset, len(sentence) - offset)
        self._write(sentence)

    def line_start(self, words: str) -> None:
        self._write(words)

    def line(self, words: str) -> None:
        if self._parts and self._parts[-1][-1] != "\n":
            self._write("\n")
        self._write(words + "\n")

    def paragraph(self) -> None:
        if self._parts and not self._parts[-1].endswith("\n\n"):
            self._write("\n" if self._parts[-1].endswith("\n") else "\n\n")

    def text(self) -> str:
        return "".join(self._parts)

    # facts

    def _note(self, entity: Entity, relation: str, start: int, length: int) -> None:
        self._stated.touch((entity.name, relation))
        self._last_stated[entity.name] = relation
        self.mention(entity)
        self.record.facts.append(
            {
                "subject": entity.name, "relation": relation, "value": written(entity, relation),
                "start": start, "end": start + length,
            }
        )  # fmt: skip

    def state(self, entity: Entity, relation: str, prefix: str = "") -> None:
        value = written(entity, relation)
        sentence = fill(self.rng.choice(RELATIONS[entity.kind, relation].states), entity, value)
        if prefix and sentence[0] != "“":
            kept = sentence.startswith(entity.name)
            sentence = prefix + (sentence if kept else sentence[0].lower() + sentence[1:])
        self.say(sentence, ((entity, relation, 0),))

    def question_text(self, entity: Entity, relation: str) -> str:
        return fill(self.rng.choice(RELATIONS[entity.kind, relation].questions), entity, "")

    def answer_text(self, entity: Entity, relation: str) -> str:
        answers = RELATIONS[entity.kind, relation].answers
        return fill(self.rng.choice(answers), entity, written(entity, relation))

    def askables(self, most: int) -> list[tuple[Entity, str]]:
        """Up to ``most`` different facts that were stated before, the last few or any."""
        drawn = {}
        for _ in range(most):
            near = self.rng.random() < self.near_questions
            drawn[self._stated.draw(12 if near else None)] = None
        return [(self._entities[name], relation) for name, relation in drawn]

    def ask(self, entity: Entity, relation: str) -> None:
        question = self.question_text(entity, relation)
        answer = self.answer_text(entity, relation)
        last = next(
            f for f in reversed(self.record.facts)
            if f["subject"] == entity.name and f["relation"] == relation
        )  # fmt: skip
        self.line(f"Question: {question}")
        self.record.questions.append(
            {
                "question": question, "answer": answer, "value": written(entity, relation),
                "subject": entity.name, "relation": relation, "start": self.length,
                "stated": last["start"],
            }
        )  # fmt: skip
        start = self.length
        self.line(f"Answer: {answer}")
        self._note(entity, relation, start, self.length - 1 - start)

    def recently_stated(self, entity: Entity) -> str:
        return self._last_stated[entity.name]

    def song_of(self, place: Entity) -> str:
        if place.name not in self._songs:
            first, second = self.world.saying(), self.world.saying()
            self._songs[place.name] = f"{first[0].upper()}{first[1:]}, / {second}!"
        return self._songs[place.name]

    # who and what

    def mention(self, entity: Entity) -> None:
        self._entities[entity.name] = entity
        self._seen[entity.kind].touch(entity.name)

    def person(self, name: str) -> Entity:
        return self._entities[name]

    def _recall(self, kind: str, within: int | None = None) -> Entity:
        entity = self._entities[self._seen[kind].draw(within)]
        self.mention(entity)
        return entity

    def recall_person(self, but: tuple[Entity, ...] = ()) -> Entity:
        for _ in range(4):
            person = self._recall("person")
            if person not in but:
                return person
        return person

    def recall_place(self) -> Entity:
        return self._recall("place")

    def recall_object(self) -> Entity:
        if not len(self._seen["object"]):
            self.introduce_object(self.recall_person())
        return self._recall("object")

    def two_present(self) -> tuple[Entity, Entity]:
        a, b = self.rng.sample(self.present, 2)
        return a, b

    def introduce_person(self) -> Entity:
        """A new person, with the place where they live if that is new too."""
        known = {p.name for p in self.world.places}
        who = self.world.new_person()
        for place in self.world.places:
            if place.name not in known:
                self.mention(place)
        trade, home = written(who, "trade"), who.facts["home"]
        sentence = self.rng.choice(
            (
                f"{who.full} was {trade} in {home}.",
                f"In {home} there lived {trade}, {who.full}.",
                f"There was {trade} in {home} whose name was {who.full}.",
                f"{who.full}, {trade} from {home}, came to the door.",
                f"Now comes {who.full}, {trade}, who lived in {home}.",
                f"A stranger arrived, {who.full}, {trade} in {home}.",
            )
        )
        self.say(sentence, ((who, "trade", 0), (who, "home", 0)))
        for relation in self.rng.sample(sorted(set(who.facts) - {"trade", "home"}), self.rng.choice((1, 2, 3))):
            if relation != "friend" or who.facts["friend"] in self._entities:
                self.state(who, relation)
        return who

    def introduce_object(self, owner: Entity) -> Entity:
        thing = self.world.new_object(owner)
        self.mention(thing)
        self.say(
            self.rng.choice(("There was also {o}.", "Much was said about {o}.", "Everybody wanted to see {o}.")).format(
                o=an(thing.name)
            )
        )
        for relation in ("owner", "place"):
            self.state(thing, relation)
        return thing

    def heading(self) -> None:
        place = self.recall_place()
        r = self.rng
        self.say(
            r.choice(
                (
                    f"{r.choice(lx.TIMES)}, in {place.name}.",
                    f"{r.choice(lx.WEATHER)} in {place.name}.",
                    f"{place.name}, {r.choice(lx.TIMES).lower()}.",
                )
            )
        )
