# SPDX-License-Identifier: GPL-3.0-or-later
"""The stages that make a CEPE out of a frozen decoder: what each trains on, and what it watches.

A stage gives the loss of a step in parts (`parts`), which the run adds up by back-propagation, and measures the model
on held-out text (`evaluate`). All data is drawn by (seed, step), so that a resumed run sees what an uninterrupted one
would.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from cepe import Cepe, as_windows
from corpus import BOS, EOS, Corpus
from instructions import Question, shared

WINDOW = 256  # tokens of a decoder window in the last stage
CHUNKS = (64, 128, 256)


@dataclass
class Data:
    """The two splits, and where batches go."""

    train: Corpus
    heldout: Corpus
    device: torch.device

    def draw(self, length: int, batch: int, seed: tuple[int, ...], heldout: bool = False) -> Tensor:
        """`batch` stretches of `length` tokens, each from one document: int64 [batch, length]."""
        corpus = self.heldout if heldout else self.train
        return corpus.windows(length, batch, seed)[1].to(self.device)


class MaskedLanguage:
    """Stage 1: the encoder alone; 30 % of the tokens are `<mask>` (Wettig et al. 2023, 2202.08005)."""

    name = "mlm"
    tokens_per_step = 8192
    share = 0.3
    level = 0

    def __init__(self, model: Cepe, data: Data) -> None:
        self.model, self.data = model, data

    def _loss(self, chunk: int, tokens: int, seed: tuple[int, ...], heldout: bool = False) -> Tensor:
        ids = self.data.draw(chunk, tokens // chunk, seed, heldout)
        chosen = torch.from_numpy(np.random.default_rng((*seed, 1)).random(ids.shape) < self.share)
        return self.model.encoder.masked_language_loss(ids, chosen.to(ids.device))

    def parts(self, seed: tuple[int, ...]) -> Iterator[Tensor]:
        chunk = int(np.random.default_rng((*seed, 2)).choice(CHUNKS))
        yield self._loss(chunk, self.tokens_per_step, seed)

    def observe(self) -> None:
        """There is one level only."""

    def evaluate(self) -> dict[str, float]:
        return {"mlm_loss": self._loss(WINDOW, 64 * WINDOW, (1,), heldout=True).item()}


class CopyWarmUp:
    """Stage 2: encoder and decoder read the same tokens, so that cross-attention learns to look things up.

    Short chunks first; a level is left when the mean loss of its last steps is below the gate. The query heads of
    one key/value head per layer are told where to look (`guide` times their alignment loss, see `CrossAttention`),
    which finds the look-up far sooner than the next-token loss alone.
    """

    name = "copy"
    tokens_per_step = 4096
    # (tokens of the decoder window, tokens of a chunk, windows that share one memory)
    levels = (((64, 32, 1), (64, 64, 1)), ((256, 64, 1), (256, 128, 1)), ((256, 64, 4), (256, 128, 4), (256, 256, 4)))

    def __init__(self, model: Cepe, data: Data, gate: float, guide: float = 1.0, patience: int = 20) -> None:
        self.model, self.data, self.gate, self.guide, self.patience = model, data, gate, guide, patience
        self.level = 0
        self._recent: list[float] = []
        self._copy_loss = float("nan")

    def _nll(
        self,
        shape: tuple[int, int, int],
        tokens: int,
        seed: tuple[int, ...],
        heldout: bool = False,
        guides: list[Tensor] | None = None,
    ) -> Tensor:
        length, chunk, sharing = shape
        text = self.data.draw(length, tokens // length, seed, heldout).view(-1, sharing * length)
        ids, targets = as_windows(text, length)
        return self.model.nll(ids, targets, self.model.encode(text.view(text.shape[0], -1, chunk)), None, guides)

    def parts(self, seed: tuple[int, ...]) -> Iterator[Tensor]:
        shapes = self.levels[self.level]
        shape = shapes[int(np.random.default_rng((*seed, 2)).integers(len(shapes)))]
        guides: list[Tensor] | None = [] if self.guide > 0 and self.level + 1 < len(self.levels) else None
        nll = self._nll(shape, self.tokens_per_step, seed, guides=guides).mean()
        self._copy_loss = nll.item()
        yield nll if guides is None else nll + self.guide * torch.stack(guides).mean()

    def observe(self) -> None:
        """After a step: goes to the next level when the mean of the last losses is below the gate."""
        self._recent = [*self._recent[1 - self.patience :], self._copy_loss]
        full = len(self._recent) == self.patience
        if full and self.level + 1 < len(self.levels) and float(np.mean(self._recent)) < self.gate:
            self.level += 1
            self._recent = []
            print(f"copy warm-up: loss below {self.gate}, level {self.level + 1} of {len(self.levels)}", flush=True)

    def evaluate(self) -> dict[str, float]:
        """The gate is `copy_64`: its loss near zero says that looking up works."""
        text = self.data.draw(WINDOW, 16, (1,), heldout=True)
        result = {"copy_none": self.model.nll(*as_windows(text, WINDOW), None).mean().item()}
        for name, shape in (("copy_64", (64, 64, 1)), ("copy_4x64", (256, 64, 1)), ("copy_16x256", (256, 256, 16))):
            result[name] = self._nll(shape, 16 * WINDOW, (1,), heldout=True).mean().item()
        return result


class LongContext:
    """Stage 3: windows of long documents; earlier text of the document goes through the encoder.

    A step reads one stretch of a document: some history, then `rows` windows one after another. Every chunk is encoded
    once, and window r sees all chunks before it, so that a token of context serves many windows. Each chunk is hidden
    with probability `hide` from all windows of the step (the published code's `mask_prob` with whole contexts); a
    hidden chunk need not even be encoded.
    """

    name = "context"
    level = 0

    histories = (1, 1, 2, 4, 8, 16)  # windows of text before the first decoder window

    def __init__(self, model: Cepe, data: Data, rows: int = 8, hide: float = 0.3) -> None:
        self.model, self.data, self.rows, self.hide = model, data, rows, hide
        self.tokens_per_step = 2 * rows * WINDOW

    def _stretch(self, seed: tuple[int, ...]) -> Tensor:
        random = np.random.default_rng((*seed, 2))
        history = int(random.choice(self.histories))
        chunk = int(random.choice(CHUNKS))
        text = self.data.draw((history + self.rows) * WINDOW, 1, seed)
        ids, targets = as_windows(text[:, history * WINDOW :], WINDOW)
        chunks = text[:, : -WINDOW].view(1, -1, chunk)
        kept = np.flatnonzero(random.random(chunks.shape[1]) >= self.hide)
        if len(kept) == 0:
            kept = np.arange(1)
        ends = (history + np.arange(self.rows)) * (WINDOW // chunk)
        visible = [int(np.searchsorted(kept, end)) * chunk for end in ends]
        memory = self.model.encode(chunks[:, torch.from_numpy(kept)])
        return self.model.nll(ids, targets, memory, visible).mean()

    def parts(self, seed: tuple[int, ...]) -> Iterator[Tensor]:
        for part in range(2):
            yield self._stretch((*seed, part)) / 2

    def observe(self) -> None:
        """There is one level only."""

    def evaluate(self, windows: int = 32, context: int = 8) -> dict[str, float]:
        """Mean NLL of windows with no context, their own and another document's, at `context` windows of it."""
        text = self.data.draw((context + 1) * WINDOW, windows, (1,), heldout=True)
        sums = {"none": 0.0, "true": 0.0, "other": 0.0}
        for row, other in zip(text, text.roll(windows // 2, 0)):
            ids, targets = as_windows(row[None, -WINDOW:], WINDOW)
            for name, source in (("none", None), ("true", row), ("other", other)):
                memory = None if source is None else self.model.encode(source[:-WINDOW].view(1, -1, WINDOW))
                sums[name] += self.model.nll(ids, targets, memory).mean().item()
        return {name: total / windows for name, total in sums.items()}


class ManyPassages(LongContext):
    """Stage 4: long documents as before, and questions about one of up to 80 passages, each a chunk of its own.

    A long document seldom offers many keys that look like the one that is needed; passages about as many people do.
    Attention must become sharp enough for that: where it is not, values of several passages are blended ("boilil stew").
    So sets are larger than those that are asked about later. Several questions share the passages of a set, so that
    they are encoded once. The loss is that of the value that is asked for and of what follows it.
    """

    name = "questions"
    most_passages = 80
    questions = 32
    tokens_per_set = 3400  # on average
    set_seeds = 1_000_000

    def __init__(self, model: Cepe, data: Data, tokenizer: Tokenizer, sets: int = 2, hide: float = 0.3) -> None:
        super().__init__(model, data, hide=hide)
        self.tokenizer, self.sets = tokenizer, sets
        self.tokens_per_step = self.rows * WINDOW + sets * self.tokens_per_set

    def _memory(self, passages: list[list[int]]) -> Tensor:
        """Passages of equal length are encoded together; cross-attention does not know their order."""
        by_length: dict[int, list[list[int]]] = {}
        for passage in passages:
            by_length.setdefault(len(passage), []).append(passage)
        device = self.data.device
        parts = [self.model.encode(torch.tensor([alike], device=device)) for alike in by_length.values()]
        return torch.cat(parts, dim=1)

    def _windows(self, asked: list[Question]) -> tuple[Tensor, Tensor, Tensor]:
        """Inputs that start with `<s>`, targets, and which of these are the value; all [1, R, T]."""
        longest = max(len(q.prompt) + len(q.value) + len(q.rest) for q in asked)
        inputs = torch.full((1, len(asked), longest), EOS)
        targets, value = torch.zeros_like(inputs), torch.zeros_like(inputs, dtype=torch.bool)
        for row, q in enumerate(asked):
            tokens = torch.tensor(q.prompt + q.value + q.rest)
            inputs[0, row, 0] = BOS
            inputs[0, row, 1 : len(tokens)] = tokens[:-1]
            targets[0, row, : len(tokens)] = tokens
            value[0, row, len(q.prompt) : len(tokens)] = True
        device = self.data.device
        return inputs.to(device), targets.to(device), value.to(device)

    def _logits(self, seed: int, passages: int) -> tuple[Tensor, Tensor, list[Question]]:
        """Logits of the values' tokens, those tokens, and the questions of one set."""
        texts, asked = shared(self.tokenizer, seed, passages, min(passages, self.questions))
        inputs, targets, value = self._windows(asked)
        hidden = self.model.hidden(inputs, self._memory(texts))[value]
        return self.model.decoder.logits(hidden).float(), targets[value], asked

    def parts(self, seed: tuple[int, ...]) -> Iterator[Tensor]:
        yield self._stretch((*seed, 0)) / 2
        random = np.random.default_rng((*seed, 4))
        for _ in range(self.sets):
            passages = int(random.integers(1, self.most_passages + 1))
            logits, targets, _ = self._logits(int(random.integers(self.set_seeds)), passages)
            yield F.cross_entropy(logits, targets) / (2 * self.sets)

    def evaluate(self, windows: int = 32, context: int = 8) -> dict[str, float]:
        """As before, and the share of held-out values that are, token by token, the most likely continuation."""
        result = super().evaluate(windows, context)
        for passages in (1, 5, 20, 50):
            right = total = 0
            for seed in range(self.set_seeds, self.set_seeds + max(2, 40 // passages)):
                logits, targets, asked = self._logits(seed, passages)
                lengths = [len(q.value) + len(q.rest) for q in asked]
                hits = (logits.argmax(-1) == targets).split(lengths)
                right += sum(bool(hit[: len(q.value)].all()) for q, hit in zip(asked, hits, strict=True))
                total += len(asked)
            result[f"right_of_{passages}"] = right / total
        return result
