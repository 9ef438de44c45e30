# SPDX-License-Identifier: GPL-3.0-or-later
"""The tokenised corpus on disk: `<split>.bin` (uint16 ids, documents end to end) and `<split>.offsets.npy`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

BOS, EOS, MASK = 0, 1, 2


class Corpus:
    """A memory-mapped split; documents are [offsets[n], offsets[n + 1])."""

    def __init__(self, build: Path, split: str) -> None:
        self.tokens = np.memmap(build / f"{split}.bin", dtype="<u2", mode="r")
        self.offsets = np.load(build / f"{split}.offsets.npy")
        self._counts: dict[int, np.ndarray] = {}
        if self.offsets[-1] != len(self.tokens):
            raise ValueError(
                f"{build / split}.offsets.npy: expected its last entry to be the {len(self.tokens)} tokens of "
                f"{split}.bin, found {self.offsets[-1]}"
            )

    def document(self, index: int) -> np.ndarray:
        return self.tokens[self.offsets[index] : self.offsets[index + 1]]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def windows(self, length: int, batch: int, seed: tuple[int, ...]) -> tuple[Tensor, Tensor]:
        """`batch` random windows: inputs `<s>` + length - 1 tokens, and the `length` tokens to predict; int64 [B, T].

        Documents are drawn in proportion to the number of windows they hold, starts uniformly. The draw depends on
        `seed` alone, so that a resumed run sees what an uninterrupted one would.
        """
        counts = self._window_counts(length)
        total = int(counts[-1])
        if total == 0:
            raise ValueError(f"expected documents of at least {length} tokens, found none")
        ranks = np.random.default_rng(seed).integers(0, total, size=batch)
        documents = np.searchsorted(counts, ranks, side="right")
        before = np.where(documents > 0, counts[documents - 1], 0)
        targets = np.empty((batch, length), dtype=np.int64)
        for row, (document, offset) in enumerate(zip(documents, ranks - before)):
            at = self.offsets[document] + offset
            targets[row] = self.tokens[at : at + length]
        inputs = np.empty_like(targets)
        inputs[:, 0] = BOS
        inputs[:, 1:] = targets[:, :-1]
        return torch.from_numpy(inputs), torch.from_numpy(targets)

    def _window_counts(self, length: int) -> np.ndarray:
        """Cumulative count of possible window starts, by document."""
        if length not in self._counts:
            self._counts[length] = np.maximum(np.diff(self.offsets) - length + 1, 0).cumsum()
        return self._counts[length]
