"""Writes the bundled documents into this folder: ``python samples/documents/make.py``.

Every text is made from a seed, so the same program writes the same bytes. Lengths are in characters; a token of
the bundled models is about 3.3 of them.
"""

import dataclasses
import json
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent / "training"))

from worlds import documents  # noqa: E402  (its folder was put on the path above)

#: Name, seed, characters. The seeds are those of no training document (below 1,000,000) and of no held-out one.
CHRONICLES = (
    ("welcome", 2_000_001, 27_200),
    ("chronicle-32k", 2_000_003, 109_000),
    ("chronicle-128k", 2_000_004, 436_000),
)
PASSKEY_CHARACTERS = (1_000, 3_400, 6_800, 13_600, 27_200)
PASSKEY_DEPTHS = (0.0, 0.25, 0.5, 0.75, 1.0)
PASSKEY_SEEDS = range(3_000_000, 3_000_004)
KEY_VALUE_ENTRIES = (10, 20, 40, 80, 160, 320)
KEY_VALUE_SEEDS = range(4_000_000, 4_000_005)
QUESTION_SETS = range(5_000_000, 5_000_050)
QUESTION_PASSAGES = 50


def write_json(name: str, value: object) -> None:
    (FOLDER / name).write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def write_lines(name: str, rows) -> None:
    with open(FOLDER / name, "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def prompt(document: documents.Document, **about) -> dict:
    return {**about, "answer": document.record.questions[0]["value"], "prompt": document.text}


def main() -> None:
    for name, seed, characters in CHRONICLES:
        document = documents.chronicle(seed, characters)
        (FOLDER / f"{name}.txt").write_text(document.text, encoding="utf-8")
        write_json(f"{name}.json", dataclasses.asdict(document.record))
    write_lines(
        "passkey.jsonl",
        (
            prompt(documents.passkey(seed, characters, depth), characters=characters, depth=depth, seed=seed)
            for characters in PASSKEY_CHARACTERS
            for depth in PASSKEY_DEPTHS
            for seed in PASSKEY_SEEDS
        ),
    )
    write_lines(
        "key-value.jsonl",
        (
            prompt(documents.key_value(seed, entries), entries=entries, seed=seed)
            for entries in KEY_VALUE_ENTRIES
            for seed in KEY_VALUE_SEEDS
        ),
    )
    write_lines("questions.jsonl", (documents.question_set(seed, QUESTION_PASSAGES) for seed in QUESTION_SETS))


if __name__ == "__main__":
    main()
