"""The state of one small world, and the facts that hold in it."""

import random
from dataclasses import dataclass, field

from . import lexicon as lx
from .names import NameSource


def an(words: str) -> str:
    """The words with their indefinite article."""
    return ("an " if words[0] in "aeiou" else "a ") + words


@dataclass
class Entity:
    """A person, a place or an object. ``facts`` maps a relation to its present value."""

    kind: str
    name: str
    facts: dict[str, object] = field(default_factory=dict)
    full: str = ""
    female: bool = False

    @property
    def he(self) -> str:
        return "she" if self.female else "he"

    @property
    def his(self) -> str:
        return "her" if self.female else "his"

    @property
    def him(self) -> str:
        return "her" if self.female else "him"


@dataclass(frozen=True)
class Spot:
    """Where an object is: a room of a place."""

    preposition: str
    room: str
    place: str

    def __str__(self) -> str:
        return f"{self.preposition} the {self.room} of {self.place}"


class World:
    """Makes entities on demand, each with all its facts from the start, and changes them."""

    def __init__(self, rng: random.Random):
        self.rng = rng
        self.names = NameSource(rng)
        self.people: list[Entity] = []
        self.places: list[Entity] = []
        self.objects: list[Entity] = []
        self._object_names: set[str] = set()

    def code(self, digits: int = 4) -> str:
        return "".join(self.rng.choice("0123456789") for _ in range(digits))

    def saying(self) -> str:
        """A proverb of random content: it can only be known from its first mention."""
        r = self.rng
        a, b, c = r.sample(lx.NOUNS, 3)
        v, w = r.sample(lx.VERBS, 2)
        adverb = r.choice(lx.ADVERBS)
        return r.choice(
            (
                f"never {v} the {a} before you {w} the {b}",
                f"who would {v} the {a} must {w} the {b} {adverb}",
                f"{an(a)} does not {v} the {b}, but the {c} will {w} it",
                f"{v} the {a} {adverb}, and {w} the {b} {r.choice(lx.ADVERBS)}",
                f"one {a} is worth two {b}s and {an(c)}",
                f"let the {a} {v} the {b}, and let the {c} {w} {adverb}",
                f"where the {a} and the {b} meet, {w} the {c}",
            )
        )

    def new_place(self) -> Entity:
        r = self.rng
        place = Entity("place", self.names.place())
        place.full = place.name
        place.facts = {
            "kind": r.choice(lx.PLACE_KINDS),
            "feature": r.choice(lx.FEATURES),
            "toll": r.randint(2, 99),
        }
        if self.places:
            place.facts["near"] = r.choice(self.places[-6:]).name
        self.places.append(place)
        return place

    def new_person(self) -> Entity:
        r = self.rng
        given = self.names.given()
        person = Entity("person", given, full=f"{given} {self.names.family()}", female=r.random() < 0.5)
        home = r.choice(self.places[-4:]) if self.places and r.random() < 0.6 else self.new_place()
        person.facts = {
            "trade": r.choice(lx.TRADES),
            "home": home.name,
            "pet": (r.choice(lx.ANIMALS), self.names.pet()),
            "dish": r.choice(lx.DISHES),
            "instrument": r.choice(lx.INSTRUMENTS),
            "coat": r.choice(lx.COLOURS),
            "code": self.code(),
            "age": r.randint(14, 90),
            "saying": self.saying(),
        }
        if self.people:
            person.facts["friend"] = r.choice(self.people[-6:]).name
        self.people.append(person)
        return person

    def new_object(self, owner: Entity) -> Entity:
        r = self.rng
        while True:
            name = f"{r.choice(lx.OBJECT_ADJECTIVES)} {r.choice(lx.OBJECT_NOUNS)}"
            if name not in self._object_names:
                break
        self._object_names.add(name)
        thing = Entity("object", name, full=name)
        thing.facts = {"owner": owner.name, "place": self.spot(owner)}
        self.objects.append(thing)
        return thing

    def spot(self, person: Entity) -> Spot:
        """Some room, most often of the place where the person lives."""
        r = self.rng
        place = person.facts["home"] if r.random() < 0.6 else r.choice(self.places).name
        return Spot(r.choice(("in", "in", "in", "behind", "under", "above")), r.choice(lx.ROOMS), place)

    def change(self, entity: Entity, relation: str) -> None:
        """Makes an old fact false by a new one."""
        r = self.rng
        old = entity.facts.get(relation)
        new = old
        while new == old:
            if relation == "trade":
                new = r.choice(lx.TRADES)
            elif relation == "home":
                new = r.choice(self.places[-8:]).name if len(self.places) > 1 else self.new_place().name
            elif relation == "code":
                new = self.code()
            elif relation == "coat":
                new = r.choice(lx.COLOURS)
            elif relation == "age":
                new = old + 1
            elif relation == "owner":
                new = r.choice(self.people[-6:]).name if len(self.people) > 1 else self.new_person().name
            elif relation == "place":
                new = self.spot(r.choice(self.people[-6:]))
            else:
                raise ValueError(f"relation {relation} does not change")
        entity.facts[relation] = new
