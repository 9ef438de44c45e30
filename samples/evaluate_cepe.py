# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures a CEPE on held-out text: what its context is worth, how that grows, and questions over many passages.

    python evaluate_cepe.py training/build/lambda-cepe/hf --build training/build --out cepe.json

Intervals are 95 % (Student's t) over documents; differences are paired by document.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

sys.path.insert(0, str(Path(__file__).parent / "training"))

from cepe import Cepe, as_windows
from cepe_hf import load_cepe
from cepe_run import pick_device
from corpus import BOS, Corpus
from instructions import Example, example

WINDOW = 256
CHUNK = 256
AMOUNTS = (0, 1, 2, 4, 8, 16, 32)  # context in decoder windows
CONTROL_WINDOWS = 8
PASSAGES = (1, 2, 5, 10, 20, 50)
QUESTION_SEEDS = 20_000_000
# 97.5 % quantiles of Student's t by degrees of freedom; 1.96 beyond.
STUDENT = {1: 12.71, 2: 4.30, 3: 3.18, 5: 2.57, 7: 2.36, 9: 2.26, 11: 2.20, 15: 2.13, 23: 2.07, 31: 2.04}


def interval(values: np.ndarray) -> dict[str, float]:
    """Mean and half width of its 95 % interval, over documents."""
    if len(values) < 2:
        return {"mean": float(values.mean()), "half": float("nan")}
    degrees = max((d for d in STUDENT if d <= len(values) - 1), default=1)
    return {"mean": float(values.mean()), "half": float(STUDENT[degrees] * values.std(ddof=1) / len(values) ** 0.5)}


class Evaluation:
    def __init__(self, model: Cepe, corpus: Corpus, documents: int, windows: int, device: torch.device) -> None:
        self.model, self.device, self.windows = model, device, windows
        self.longest = max(AMOUNTS) * WINDOW
        chosen = [n for n in range(len(corpus)) if len(corpus.document(n)) > self.longest + WINDOW][:documents]
        if len(chosen) < 2:
            raise ValueError(f"expected two documents of more than {self.longest + WINDOW} tokens, found {len(chosen)}")
        self.texts = [torch.from_numpy(corpus.document(n).astype(np.int64)).to(device) for n in chosen]

    def _starts(self, text: Tensor) -> list[int]:
        """Where the windows of a document start: evenly spread over the part that has the longest context."""
        return np.linspace(self.longest, len(text) - WINDOW, self.windows).astype(int).tolist()

    def _memory(self, tokens: Tensor) -> Tensor:
        return self.model.encode(tokens.view(1, -1, CHUNK))

    def _nll(self, text: Tensor, start: int, memory: Tensor | None) -> float:
        ids, targets = as_windows(text[None, start : start + WINDOW], WINDOW)
        return self.model.nll(ids, targets, memory).mean().item()

    def _scrambled(self, tokens: Tensor, seed: int) -> Tensor:
        """The tokens of every chunk in random order."""
        order = torch.from_numpy(np.random.default_rng(seed).random((len(tokens) // CHUNK, CHUNK))).argsort(-1)
        return tokens.view(-1, CHUNK).gather(1, order.to(tokens.device)).flatten()

    def controls(self) -> dict[str, list[float]]:
        """NLL by document for each control, at `CONTROL_WINDOWS` windows of context."""
        size = CONTROL_WINDOWS * WINDOW
        result: dict[str, list[float]] = {}
        for n, text in enumerate(self.texts):
            other_text = self.texts[(n + 1) % len(self.texts)]
            sums: dict[str, float] = {}
            for start, other_start in zip(self._starts(text), self._starts(other_text)):
                context = text[start - size : start]
                true = self._memory(context)
                order = np.random.default_rng(start).permutation(size // CHUNK)
                memories = {
                    "none": None,
                    "true": true,
                    "permuted chunks": true.view(1, -1, CHUNK, true.shape[-1])[:, order].flatten(1, 2),
                    "scrambled within chunk": self._memory(self._scrambled(context, start)),
                    "other document": self._memory(other_text[other_start - size : other_start]),
                }
                for name, memory in memories.items():
                    sums[name] = sums.get(name, 0.0) + self._nll(text, start, memory)
            for name, total in sums.items():
                result.setdefault(name, []).append(total / self.windows)
        return result

    def amounts(self) -> dict[int, list[float]]:
        """NLL by document for each amount of context; the nearest chunks of one memory are its last rows."""
        result: dict[int, list[float]] = {amount: [] for amount in AMOUNTS}
        for text in self.texts:
            sums = dict.fromkeys(AMOUNTS, 0.0)
            for start in self._starts(text):
                memory = self._memory(text[start - self.longest : start])
                for amount in AMOUNTS:
                    sums[amount] += self._nll(text, start, memory[:, -amount * WINDOW :] if amount else None)
            for amount, total in sums.items():
                result[amount].append(total / self.windows)
        return result

    def _value_found(self, made: Example, before: list[int], memory: Tensor | None) -> bool:
        """Whether the value is, token by token, the most likely continuation of the answer's stem."""
        ids = torch.tensor([[[BOS, *before, *made.prompt, *made.value[:-1]]]], device=self.device)
        logits = self.model.decoder.logits(self.model.hidden(ids, memory)[0, 0, -len(made.value) :])
        return logits.argmax(-1).tolist() == made.value

    def questions(self, tokenizer: Tokenizer, count: int) -> dict[int, dict[str, float]]:
        """Accuracy by number of passages: passages in the encoder, in the decoder's window (as fit), and nowhere."""
        result = {}
        for passages in PASSAGES:
            right = {"cepe": 0, "decoder": 0, "closed book": 0}
            for seed in range(QUESTION_SEEDS, QUESTION_SEEDS + count):
                made = example(tokenizer, seed, passages)
                parts = [self.model.encoder(torch.tensor([p], device=self.device)) for p in made.passages]
                room = self.model.config.decoder.max_positions - len(made.prompt) - len(made.value)
                right["cepe"] += self._value_found(made, [], torch.cat(parts, dim=1))
                right["decoder"] += self._value_found(made, made.text()[-room:], None)
                right["closed book"] += self._value_found(made, [], None)
            result[passages] = {name: n / count for name, n in right.items()}
        return result


def report(controls: dict[str, list[float]], amounts: dict[int, list[float]], questions: dict | None) -> dict:
    """The figures as they go to the JSON file."""
    none = np.asarray(controls["none"])
    first = np.asarray(amounts[0])
    return {
        "window": WINDOW,
        "chunk": CHUNK,
        "documents": len(none),
        "controls": {
            name: {"nll": interval(np.asarray(nll)), "minus_none": interval(np.asarray(nll) - none)}
            for name, nll in controls.items()
        },
        "context_amount": {
            amount: {"nll": interval(np.asarray(nll)), "minus_none": interval(np.asarray(nll) - first)}
            for amount, nll in amounts.items()
        },
        "questions": questions,
    }


def show(figures: dict) -> None:
    def line(name: str, entry: dict) -> str:
        nll, gain = entry["nll"], entry["minus_none"]
        return f"{name:24} {nll['mean']:.4f} ± {nll['half']:.4f}   {gain['mean']:+.4f} ± {gain['half']:.4f}"

    print(f"{figures['documents']} held-out documents, windows of {WINDOW} tokens, chunks of {CHUNK}")
    print(f"{f'context ({CONTROL_WINDOWS} windows)':24} NLL                 against none")
    for name, entry in figures["controls"].items():
        print(line(name, entry))
    print(f"{'windows of context':24} NLL                 against none")
    for amount, entry in figures["context_amount"].items():
        print(line(str(amount), entry))
    for passages, entry in (figures["questions"] or {}).items():
        print(f"passages {passages:<4}" + "".join(f"  {name} {share:6.1%}" for name, share in entry.items()))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path, help="exported folder or a stage's checkpoint")
    parser.add_argument("--build", type=Path, default=Path(__file__).parent / "training" / "build")
    parser.add_argument("--out", type=Path, help="JSON file for the figures")
    parser.add_argument("--documents", type=int, default=16)
    parser.add_argument("--windows", type=int, default=4, help="per document")
    parser.add_argument("--questions", type=int, default=100, help="per number of passages; 0: none")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0: PyTorch's choice")
    args = parser.parse_args(arguments)
    if args.threads:
        torch.set_num_threads(args.threads)
    device = pick_device()
    model = load_cepe(args.model).to(device).eval()
    with torch.no_grad():
        evaluation = Evaluation(model, Corpus(args.build, "heldout"), args.documents, args.windows, device)
        controls, amounts = evaluation.controls(), evaluation.amounts()
        questions = None
        if args.questions:
            tokenizer = Tokenizer.from_file(str(args.build / "tokenizer.json"))
            questions = evaluation.questions(tokenizer, args.questions)
    figures = report(controls, amounts, questions)
    if args.out:
        args.out.write_text(json.dumps(figures, indent=1) + "\n")
    show(figures)


if __name__ == "__main__":
    main()
