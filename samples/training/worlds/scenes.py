"""What happens: sentences about people who are together in a place, and changes of the world.

Every function takes a ``Teller`` (see ``teller.py``) and writes to it. Words that nothing before them
determines are kept few; names, sayings and facts, which are known only from earlier text, are many.
"""

from . import lexicon as lx
from .world import Entity

ACTIONS = (
    "{a} asked {b} for news of {p}.",
    "{a} waited for {b} at the {room}.",
    "{a} and {b} sat down in the {room} and talked about {x}.",
    "{a} showed the {o} to {b}.",
    "{a} laughed, and {b} looked {mood}.",
    "{b} had not seen {a} for years.",
    "{a} counted the coins, and {b} counted them again.",
    "{a} looked {mood}, and nobody knew why.",
    "{time} {a} came back from {p}, {mood} and hungry.",
    "{a} shared {dish} with {b}.",
    "{time} {a} wrote a letter to {b}.",
    "“Where is {x}?” asked {a} {manner}.",
    "“Ask {x},” said {b}.",
    "{a} wanted to know everything about {x}.",
    "{a} told {b} what {x} had done {reason}.",
    "{a} hid the {o} {reason}, but only for an hour.",
    "{b} helped {a} to clean the {o}.",
    "{time} {a} took the road to {p} {reason}.",
    "{a} and {b} quarrelled over the {o}.",
    "{a} swore never to go to {p} again.",
    "{b} thought of {p} and sighed.",
    "“I will not sell the {o},” said {a} {manner}.",
    "“You are {mood} today,” said {b} to {a}.",
    "Nobody in {p} had heard of {x}, said {a}.",
    "{weather}. {a} put on the {coat} coat.",
    "{weather}. {a} stayed in the {room}.",
    "{weather}, and {b} was {mood}.",
    "{pet} slept in the corner while {a} worked.",
    "{a} called for {pet}, but {pet} did not come.",
    "{time} {a} played the {instrument} in the {room}.",
    "“Is it far to {p}?” asked {b}. “Not very,” said {a}.",
    "{a} bought {number} {goods} and gave {small} of them to {b}.",
    "{a} carried the {o} through the whole of {p}.",
    "{b} knocked {manner}. {a} opened.",
    "{a} lent the {o} to {b} until the evening.",
    "{time} {a} and {b} went to look for {x}.",
    "{a} had dreamt of {noun} and {noun2}, and told {b} about it {manner}.",
    "{b} could not {verb} the {noun}, so {a} had to do it {adverb}.",
    "{a} used to {verb} {adverb} when {b} was there.",
    "“{b},” said {a}, “you should {verb} the {noun}.”",
    "{a} had heard that {x} was in {p}.",
    "Everybody in {p} spoke of the {o} of {owner}.",
    "“Who has seen the {o}?” asked {a}. “It is not mine,” said {b}.",
    "{a} thanked {b} {manner}.",
    "{a} forgot the {noun}, but not the {o}.",
    "“{x} will come {adverb},” said {a} {manner}.",
    "{b} gave a shrug. {a} gave a shrug too.",
    "{time} the {trade} of {p} sent for {a}.",
    "{a} the {atrade} and {b} the {btrade} shook hands.",
    "Then {b} left, and {a} was alone with the {o}.",
)


def fields(t, a: Entity, b: Entity) -> dict[str, object]:
    """Everything that an action may mention."""
    r = t.rng
    thing = t.recall_object()
    other = t.recall_person(but=(a, b))
    return {
        "a": a.name, "b": b.name, "x": other.name, "o": thing.name, "owner": thing.facts["owner"],
        "p": t.recall_place().name, "room": r.choice(lx.ROOMS), "mood": r.choice(lx.MOODS),
        "manner": r.choice(lx.MANNERS), "time": r.choice(lx.TIMES), "reason": r.choice(lx.REASONS),
        "weather": r.choice(lx.WEATHER), "dish": a.facts["dish"], "coat": a.facts["coat"],
        "pet": a.facts["pet"][1], "instrument": a.facts["instrument"], "goods": r.choice(lx.GOODS),
        "number": r.randint(3, 40), "small": r.randint(1, 3), "noun": r.choice(lx.NOUNS),
        "noun2": r.choice(lx.NOUNS), "verb": r.choice(lx.VERBS), "adverb": r.choice(lx.ADVERBS),
        "trade": r.choice(lx.TRADES), "atrade": a.facts["trade"], "btrade": b.facts["trade"],
    }  # fmt: skip


def action(t) -> None:
    a, b = t.two_present()
    text = t.rng.choice(ACTIONS).format_map(fields(t, a, b))
    t.say(text[0].upper() + text[1:])


def restate(t) -> None:
    """Two or three facts of somebody who was mentioned before, near or far."""
    r = t.rng
    who = t.recall_person()
    openers = (
        "You will remember {n}.", "As was told before:", "About {n} this much is known.", "Back to {n}.",
        "What of {n}?", "Nothing had changed for {n}.", "Of {full} it has been said already:",
    )  # fmt: skip
    if r.random() < 0.6:
        t.say(r.choice(openers).format(n=who.name, full=who.full))
    for relation in r.sample(sorted(who.facts), r.choice((1, 2, 2, 3))):
        t.state(who, relation)


def about_thing(t) -> None:
    thing = t.recall_object()
    for relation in t.rng.sample(("owner", "place"), t.rng.choice((1, 2))):
        t.state(thing, relation)


def about_place(t) -> None:
    place = t.recall_place()
    for relation in t.rng.sample(sorted(place.facts), t.rng.choice((1, 2))):
        t.state(place, relation)


def change(t) -> None:
    """Something that makes an old fact false, and says so."""
    r = t.rng
    if r.random() < 0.6:
        thing, (a, b) = t.recall_object(), t.two_present()
        if r.random() < 0.5:
            t.world.change(thing, "place")
            verb = r.choice(("carried", "took", "moved", "brought"))
            t.say(f"{r.choice(lx.TIMES)} {a.name} {verb} the {thing.name} to another place.")
            t.state(thing, "place", prefix="Now ")
        else:
            t.world.change(thing, "owner")
            t.say(f"The {thing.name} changed hands {r.choice(lx.REASONS)}.")
            t.state(thing, "owner", prefix="From then on ")
        return
    who = t.recall_person()
    relation = r.choice(("trade", "home", "code", "coat"))
    t.world.change(who, relation)
    t.say(
        {
            "trade": f"{who.name} was tired of the old trade.",
            "home": f"{who.name} packed everything and moved.",
            "code": f"{who.name} had to choose another pass code.",
            "coat": f"{who.name} sold the old coat and got another.",
        }[relation]
    )
    t.state(who, relation, prefix="Now ")


def dialogue(t) -> None:
    """One asks, the other knows."""
    r = t.rng
    a, b = t.two_present()
    for entity, relation in t.askables(r.choice((1, 2, 3))):
        question = t.question_text(entity, relation)
        answer = t.answer_text(entity, relation)
        if answer[0] == "“":
            answer = answer[1:-1]
        t.say(f"“{question}” asked {a.name}{r.choice(('', ' ' + r.choice(lx.MANNERS)))}.")
        start = len("“")
        t.say(f"“{answer}” {r.choice(('That was', 'Such was', 'This was'))} the answer of {b.name}.",
              mentions=((entity, relation, start),))  # fmt: skip
        a, b = b, a


def questions(t) -> None:
    """A block of questions with answers, each on a line."""
    t.paragraph()
    for entity, relation in t.askables(t.rng.choice((1, 2, 3, 4))):
        t.ask(entity, relation)
    t.paragraph()


def arithmetic(t) -> None:
    r = t.rng
    a, b = t.two_present()
    goods = r.choice(lx.GOODS)
    m, n = r.randint(2, 20), r.randint(2, 20)
    if r.random() < 0.5:
        t.say(f"{a.name} had {m} {goods} and {b.name} had {n}, which made {m + n} {goods} together.")
    else:
        t.say(f"{a.name} had {m + n} {goods} and gave {n} of them to {b.name}, so {m} {goods} were left.")


def inventory(t) -> None:
    """A list that is read out twice."""
    r = t.rng
    a, b = t.two_present()
    items = [f"{r.randint(2, 30)} {g}" for g in r.sample(lx.GOODS, r.randint(3, 6))]
    listing = ", ".join(items[:-1]) + " and " + items[-1]
    room = r.choice(lx.ROOMS)
    t.say(f"In the {room} {a.name} counted {listing}.")
    if r.random() < 0.5:
        action(t)
    t.say(f"{b.name} read the list of the {room} out once more: {listing}.")


def register(t) -> None:
    """Keys and values, written down and then looked up."""
    r = t.rng
    t.paragraph()
    title = f"Register of the {r.choice(lx.ROOMS)} of {t.recall_place().name}"
    entries = {t.world.code(): t.recall_person().name for _ in range(r.randint(3, 7))}
    t.line(f"{title}:")
    for key, value in entries.items():
        t.line(f"Entry {key}: {value}.")
    for key in r.sample(sorted(entries), r.randint(1, len(entries))):
        t.line(f"Which name stands under entry {key}? Under entry {key} stands {entries[key]}.")
    t.paragraph()


def song(t) -> None:
    """The song of a place: made once, sung again word for word."""
    place = t.recall_place()
    verse = t.song_of(place)
    a, _ = t.two_present()
    opener = t.rng.choice(("{a} sang the song of {p}:", "{a} hummed the old song of {p}:",
                           "From the street came the song of {p}:"))  # fmt: skip
    t.say(opener.format(a=a.name, p=place.name) + f" “{verse}”")


def letter(t) -> None:
    r = t.rng
    a, b = t.two_present()
    t.paragraph()
    t.line(f"Dear {b.name},")
    for _ in range(r.choice((2, 3, 4))):
        r.choice((restate, about_thing, about_place))(t)
    t.say(f"The answer will find me in {a.facts['home']}.")
    t.paragraph()
    t.line(f"Your friend {a.full}")
    t.paragraph()


def passkey(t, gap: int | None = None) -> None:
    """A number that must be remembered over some other text. ``gap``: scene sentences between."""
    r = t.rng
    key = t.world.code(5)
    t.paragraph()
    t.say(f"The pass key is {key}. Remember it. {key} is the pass key.")
    t.paragraph()
    for _ in range(r.randint(0, 18) if gap is None else gap):
        action(t)
    t.paragraph()
    t.say(f"What is the pass key? The pass key is {key}.")
    t.paragraph()


def passages(t) -> None:
    """Numbered passages and a question that one of them answers."""
    r = t.rng
    t.paragraph()
    people = list({t.recall_person().name: None for _ in range(r.randint(2, 4))})
    chosen = [t.person(name) for name in people]
    for i, who in enumerate(chosen, 1):
        t.line_start(f"Passage {i}:")
        for relation in r.sample(sorted(who.facts), r.randint(2, 4)):
            t.state(who, relation)
        t.paragraph()
    for _ in range(r.choice((1, 1, 2))):
        who = r.choice(chosen)
        t.ask(who, t.recently_stated(who))
    t.paragraph()


#: What a page is made of, with weights.
SCENES = (
    (action, 24), (restate, 22), (about_thing, 9), (about_place, 6), (change, 6), (dialogue, 12),
    (questions, 12), (arithmetic, 2), (inventory, 2), (register, 3), (song, 3), (letter, 1.5),
    (passkey, 3), (passages, 3),
)  # fmt: skip

