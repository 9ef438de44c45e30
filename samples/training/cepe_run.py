# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one stage of CEPE training for a number of minutes: optimizers, schedule, log, checkpoint, signals."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor

from cepe import Cepe
from schedule import Budget, Schedule
from train_decoder import Log

LOG_EVERY_STEPS = 10


class Stage(Protocol):
    """What is trained (see `cepe_stages`). `level` is the place in the stage's curriculum and part of a checkpoint."""

    name: str
    tokens_per_step: int
    level: int

    def parts(self, seed: tuple[int, ...]) -> Iterator[Tensor]: ...

    def observe(self, loss: float) -> None: ...

    def evaluate(self) -> dict[str, float]: ...


@dataclass(frozen=True)
class StageSettings:
    minutes: float
    lr: float
    clip: float = 1.0
    seed: int = 0
    weight_decay: float = 0.01
    eval_minutes: float = 3.0
    save_minutes: float = 3.0


def pick_device() -> torch.device:
    torch.set_float32_matmul_precision("high")
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def optimizers(model: Cepe, settings: StageSettings) -> list[torch.optim.Optimizer]:
    """Muon for the matrices of the encoder's blocks and of cross-attention, AdamW for embedding and gains."""
    trained = model.trained_parameters()
    matrices = [p for name, p in trained if p.ndim == 2 and "embed" not in name]
    rest = [p for name, p in trained if p.ndim < 2 or "embed" in name]
    return [
        torch.optim.AdamW(rest, lr=settings.lr, betas=(0.9, 0.95), weight_decay=0.0, fused=True),
        torch.optim.Muon(
            matrices, lr=settings.lr, weight_decay=settings.weight_decay, adjust_lr_fn="match_rms_adamw"
        ),
    ]


class StageRun:
    """The state of one stage; an existing checkpoint of it is gone on from."""

    def __init__(self, model: Cepe, stage: Stage, settings: StageSettings, folder: Path) -> None:
        self.model, self.stage, self.settings = model, stage, settings
        self.device = next(model.parameters()).device
        folder.mkdir(parents=True, exist_ok=True)
        self.checkpoint = folder / f"{stage.name}.pt"
        self.optimizers = optimizers(model, settings)
        self.step = self.tokens = 0
        self.seconds = 0.0
        self.done = False
        if self.checkpoint.exists():
            self._restore()
        fresh = self.step == 0
        self.log = Log(
            folder / f"{stage.name}.csv",
            ["step", "tokens", "seconds", "tokens_per_second", "lr", "level", "loss"],
            fresh,
        )
        self._eval_log: Log | None = None
        self._eval_path, self._eval_fresh = folder / f"{stage.name}-eval.csv", fresh

    def _restore(self) -> None:
        state = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
        expected, found = self.model.config.to_dict(), state["config"]
        if expected != found:
            raise ValueError(f"{self.checkpoint}: expected a model of {expected}, found {found}")
        trained = {name: value for name, value in state["model"].items() if not name.startswith("decoder.")}
        self.model.load_state_dict(self._decoder_state() | trained)
        for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        self.step, self.tokens, self.seconds = state["step"], state["tokens"], state["seconds"]
        self.stage.level, self.done = state["level"], state["done"]

    def _decoder_state(self) -> dict[str, Tensor]:
        return {name: value for name, value in self.model.state_dict().items() if name.startswith("decoder.")}

    def save(self) -> None:
        """Writes the checkpoint beside its place and renames it, so that a kill never leaves half of one."""
        state = {
            "config": self.model.config.to_dict(),
            "model": self.model.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "step": self.step,
            "tokens": self.tokens,
            "seconds": self.seconds,
            "level": self.stage.level,
            "done": self.done,
        }
        partial = self.checkpoint.with_suffix(".partial")
        torch.save(state, partial)
        os.replace(partial, self.checkpoint)

    def train_step(self, factor: float) -> float:
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = self.settings.lr * factor
        total = 0.0
        parts = self.stage.parts((self.settings.seed, self.step))
        while True:
            with torch.autocast(self.device.type, torch.bfloat16):
                part = next(parts, None)
            if part is None:
                break
            part.backward()
            total += part.item()
        parameters = [p for _, p in self.model.trained_parameters()]
        torch.nn.utils.clip_grad_norm_(parameters, self.settings.clip)
        for optimizer in self.optimizers:
            optimizer.step()
            optimizer.zero_grad()
        return total

    @torch.no_grad()
    def evaluate(self) -> None:
        with torch.autocast(self.device.type, torch.bfloat16):
            values = self.stage.evaluate()
        if self._eval_log is None:
            self._eval_log = Log(self._eval_path, ["step", "tokens", "seconds", *values], self._eval_fresh)
        self._eval_log.row(self.step, self.tokens, self.seconds, *values.values())
        shown = "  ".join(f"{name} {value:.3f}" for name, value in values.items())
        print(f"{self.stage.name}, step {self.step}, {self.seconds:.0f} s: held-out {shown}", flush=True)

    def run(self) -> bool:
        """Trains until the minutes are spent; False if a signal asked to stop before."""
        if self.done or self.settings.minutes <= 0:
            return True
        budget = Budget(None, self.settings.minutes)
        schedule = Schedule("wsd", warmup=20 * self.stage.tokens_per_step, decay=0.4)
        stop: list[int] = []
        previous = {
            name: signal.signal(name, lambda number, _: stop.append(number))
            for name in (signal.SIGTERM, signal.SIGINT)
        }
        saved = evaluated = logged = self.seconds
        logged_tokens, losses = self.tokens, []
        if self.step == 0:
            self.evaluate()
        while not stop and (progress := budget.progress(self.tokens, self.seconds)) < 1:
            start = time.monotonic()
            factor = schedule.factor(self.tokens, progress)
            losses.append(self.train_step(factor))
            self.stage.observe(losses[-1])
            self.step += 1
            self.tokens += self.stage.tokens_per_step
            self.seconds += time.monotonic() - start
            if self.step % LOG_EVERY_STEPS == 0:
                speed = (self.tokens - logged_tokens) / (self.seconds - logged)
                mean = sum(losses) / len(losses)
                lr = self.settings.lr * factor
                self.log.row(self.step, self.tokens, self.seconds, speed, lr, self.stage.level, mean)
                logged, logged_tokens, losses = self.seconds, self.tokens, []
            if self.seconds - evaluated > 60 * self.settings.eval_minutes:
                self.evaluate()
                evaluated = self.seconds
            if self.seconds - saved > 60 * self.settings.save_minutes:
                self.save()
                saved = self.seconds
        for name, handler in previous.items():
            signal.signal(name, handler)
        self.done = not stop
        self.evaluate()
        self.save()
        return self.done
