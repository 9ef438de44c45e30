# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one stage of CEPE training until its budget is spent: optimizers, schedule, log, checkpoint, signals."""

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
from parallel import Group
from schedule import Budget, Schedule
from train_decoder import Log

LOG_EVERY_STEPS = 10


class Stage(Protocol):
    """What is trained (see `cepe_stages`). `level` is the place in the stage's curriculum and part of a checkpoint."""

    name: str
    tokens_per_step: int
    level: int

    def parts(self, seed: tuple[int, ...]) -> Iterator[Tensor]: ...

    def observe(self) -> None: ...

    def evaluate(self) -> dict[str, float]: ...


@dataclass(frozen=True)
class StageSettings:
    """`tokens`: the budget; `minutes`: cuts it short, decay of the rate included."""

    tokens: int
    lr: float
    minutes: float | None = None
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
    """The state of one stage; an existing checkpoint of it is gone on from.

    Each process of `group` draws a batch of its own; only the leading one evaluates, logs and saves.
    """

    def __init__(self, model: Cepe, stage: Stage, settings: StageSettings, folder: Path, group: Group) -> None:
        self.model, self.stage, self.settings, self.group = model, stage, settings, group
        self.device = next(model.parameters()).device
        folder.mkdir(parents=True, exist_ok=True)
        self.checkpoint = folder / f"{stage.name}.pt"
        self.optimizers = optimizers(model, settings)
        self.step = self.tokens = 0
        self.seconds = 0.0
        self.done = False
        self._eval_log: Log | None = None
        if self.checkpoint.exists():
            self._restore()
        self._fresh = self.step == 0
        self._folder = folder

    def _log(self, suffix: str, columns: list[str]) -> Log:
        path = self._folder / f"{self.stage.name}{suffix}.csv"
        return Log(path, ["step", "tokens", "seconds", *columns], self._fresh)

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
        """One update; returns this process's loss."""
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = self.settings.lr * factor
        total = 0.0
        parts = self.stage.parts((self.settings.seed, self.step, self.group.rank))
        while True:
            with torch.autocast(self.device.type, torch.bfloat16):
                part = next(parts, None)
            if part is None:
                break
            part.backward()
            total += part.item()
        parameters = [p for _, p in self.model.trained_parameters() if p.grad is not None]
        self.group.average_gradients(parameters)
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
            self._eval_log = self._log("-eval", list(values))
        self._eval_log.row(self.step, self.tokens, self.seconds, *values.values())
        shown = "  ".join(f"{name} {value:.3f}" for name, value in values.items())
        print(f"{self.stage.name}, step {self.step}, {self.seconds:.0f} s: held-out {shown}", flush=True)

    def run(self) -> bool:
        """Trains until the budget is spent; False if a signal asked to stop before."""
        if self.done:
            return True
        stop: list[int] = []
        if not self.group.leads:
            return self._train(stop)
        numbers = (signal.SIGTERM, signal.SIGINT)
        previous = [signal.signal(number, lambda n, _: stop.append(n)) for number in numbers]
        self.train_log = self._log("", ["tokens_per_second", "lr", "level", "loss"])
        if self.step == 0:
            self.evaluate()
        finished = self._train(stop)
        self.done = finished
        for number, handler in zip(numbers, previous):
            signal.signal(number, handler)
        self.evaluate()
        self.save()
        return finished

    def _train(self, stop: list[int]) -> bool:
        budget = Budget(self.settings.tokens, self.settings.minutes)
        tokens_per_step = self.stage.tokens_per_step * self.group.size
        schedule = Schedule("wsd", warmup=20 * tokens_per_step, decay=0.4)
        saved = evaluated = logged = self.seconds
        losses: list[float] = []
        while True:
            start = time.monotonic()
            progress = budget.progress(self.tokens, self.seconds)
            # Clocks, signals and the place in the curriculum are the leading process's.
            factor, stopped, spent, level = self.group.decided(
                schedule.factor(self.tokens, progress), bool(stop), progress >= 1, self.stage.level
            )
            if stopped or spent:
                return not stopped
            self.stage.level = int(level)
            losses.append(self.train_step(factor))
            self.step += 1
            self.tokens += tokens_per_step
            self.seconds += time.monotonic() - start
            if not self.group.leads:
                continue
            self.stage.observe()
            if self.step % LOG_EVERY_STEPS == 0:
                speed = LOG_EVERY_STEPS * tokens_per_step / (self.seconds - logged)
                mean = sum(losses) / len(losses)
                lr = self.settings.lr * factor
                self.train_log.row(self.step, self.tokens, self.seconds, speed, lr, self.stage.level, mean)
                logged, losses = self.seconds, []
            if self.seconds - evaluated > 60 * self.settings.eval_minutes:
                self.evaluate()
                evaluated = self.seconds
            if self.seconds - saved > 60 * self.settings.save_minutes:
                self.save()
                saved = self.seconds
