# SPDX-License-Identifier: GPL-3.0-or-later
"""Question-answering examples made by the worlds generator: passages, a question, and the answer, as token ids."""

from __future__ import annotations

from dataclasses import dataclass

from tokenizers import Tokenizer

from worlds import documents


@dataclass(frozen=True)
class Example:
    """`passages` are texts of their own; `stem` is the answer up to the value that is asked for."""

    passages: list[list[int]]
    question: list[int]
    stem: list[int]
    value: list[int]
    rest: list[int]
    gold: int

    @property
    def prompt(self) -> list[int]:
        return self.question + self.stem

    def text(self) -> list[int]:
        return [token for passage in self.passages for token in passage]


def example(tokenizer: Tokenizer, seed: int, passages: int) -> Example:
    """Question set `seed` with so many passages, one of which holds the answer."""
    made = documents.question_set(seed, passages)
    answer, value = made["answer"], made["value"]
    at = answer.rindex(value)
    before = answer[:at].rstrip(" ")

    def ids(text: str) -> list[int]:
        return tokenizer.encode(text, add_special_tokens=False).ids

    return Example(
        passages=[ids(passage + "\n\n") for passage in made["passages"]],
        question=ids(f"Question: {made['question']}\nAnswer:"),
        stem=ids(f" {before}"),
        value=ids(answer[len(before) : at + len(value)]),
        rest=ids(answer[at + len(value) :] + "\n"),
        gold=made["gold"],
    )
