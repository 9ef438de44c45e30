# SPDX-License-Identifier: GPL-3.0-or-later
"""Question-answering examples made by the worlds generator: passages, a question, and the answer, as token ids."""

from __future__ import annotations

from dataclasses import dataclass

from tokenizers import Tokenizer

from worlds import documents


@dataclass(frozen=True)
class Question:
    """`stem` is the answer up to the value that is asked for."""

    question: list[int]
    stem: list[int]
    value: list[int]
    rest: list[int]

    @property
    def prompt(self) -> list[int]:
        return self.question + self.stem


@dataclass(frozen=True)
class Example(Question):
    """A question with passages, which are texts of their own; `gold` answers it."""

    passages: list[list[int]]
    gold: int

    def text(self) -> list[int]:
        return [token for passage in self.passages for token in passage]


class Encoder:
    """Texts of the worlds generator as token ids."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def _ids(self, text: str) -> list[int]:
        return self._tokenizer.encode(text, add_special_tokens=False).ids

    def passages(self, made: dict) -> list[list[int]]:
        return [self._ids(passage + "\n\n") for passage in made["passages"]]

    def question(self, made: dict) -> dict[str, list[int]]:
        """The fields of a `Question`."""
        answer, value = made["answer"], made["value"]
        at = answer.rindex(value)
        before = answer[:at].rstrip(" ")
        return {
            "question": self._ids(f"Question: {made['question']}\nAnswer:"),
            "stem": self._ids(f" {before}"),
            "value": self._ids(answer[len(before) : at + len(value)]),
            "rest": self._ids(answer[at + len(value) :] + "\n"),
        }


def example(tokenizer: Tokenizer, seed: int, passages: int) -> Example:
    """Question set `seed` with so many passages, one of which holds the answer."""
    made, texts = documents.question_set(seed, passages), Encoder(tokenizer)
    return Example(**texts.question(made), passages=texts.passages(made), gold=made["gold"])


def shared(tokenizer: Tokenizer, seed: int, passages: int, questions: int) -> tuple[list[list[int]], list[Question]]:
    """Passages, and questions about so many different ones of them; other sets than those of `example`."""
    made, texts = documents.shared_questions(seed, passages, questions), Encoder(tokenizer)
    return texts.passages(made), [Question(**texts.question(entry)) for entry in made["questions"]]
