# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a run lasts and how its learning rate goes: warm-up, plateau, decay (WSD; Hu et al. 2024, 2404.06395).

The plateau can be cut short at any moment, which a cosine cannot: the decay takes the last `decay` share of whichever
budget, tokens or minutes, runs out first.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """The end of a run; `tokens` or `minutes` (time spent training, resumed runs included) may be absent, not both."""

    tokens: int | None
    minutes: float | None

    def __post_init__(self) -> None:
        if self.tokens is None and self.minutes is None:
            raise ValueError("expected --tokens, --minutes or both, found neither")

    def progress(self, tokens: int, seconds: float) -> float:
        """Share of the budget that is used, 0 to 1 and above."""
        shares = []
        if self.tokens is not None:
            shares.append(tokens / self.tokens)
        if self.minutes is not None:
            shares.append(seconds / (60.0 * self.minutes))
        return max(shares)


@dataclass(frozen=True)
class Schedule:
    """Factor on the peak rate; `warmup` in tokens, `decay` as a share of the budget, ending at `floor`."""

    kind: str = "wsd"
    warmup: int = 500_000
    decay: float = 0.25
    floor: float = 0.02

    def factor(self, tokens: int, progress: float) -> float:
        warm = min(1.0, (tokens + 1) / max(1, self.warmup))
        progress = min(1.0, progress)
        if self.kind == "cosine":
            return warm * (self.floor + (1 - self.floor) * 0.5 * (1 + math.cos(math.pi * progress)))
        left = min(1.0, (1.0 - progress) / self.decay)
        return warm * (self.floor + (1 - self.floor) * left)
