# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains one decoder on the corpus in the build folder and exports it as a Hugging Face folder.

    python train_decoder.py lambda-llama --minutes 120 --processes 2 --threads 1

Hidden matrices are trained by Muon (Jordan et al. 2024; its update scaled to AdamW's size as in Liu et al. 2025,
2502.16982), everything else by AdamW (Loshchilov & Hutter 2019, 1711.05101). A run can be stopped with SIGTERM or
Ctrl-C: it saves a checkpoint and exports what is there; the same command with `--resume` goes on.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import signal
import time
from functools import partial
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from corpus import Corpus
from decoders import KINDS, Decoder, default_config
from export_hf import export, load_decoder
from parallel import Group, run
from schedule import Budget, Schedule

LOG_EVERY_STEPS = 10
EVAL_EDGES = (0, 64, 256, 512)


def optimizers(model: Decoder, args: argparse.Namespace) -> list[torch.optim.Optimizer]:
    """Muon (if asked for) for the matrices of the blocks; AdamW for the rest, with weight decay on matrices only."""
    hidden = [p for n, p in model.named_parameters() if p.ndim == 2 and n.startswith("blocks.")]
    embedding = [model.embed.weight]
    vectors = [p for p in model.parameters() if p.ndim < 2]
    decayed = embedding if args.optimizer == "muon" else hidden + embedding
    groups = [
        {"params": decayed, "weight_decay": args.weight_decay},
        {"params": vectors, "weight_decay": 0.0},
    ]
    result = [torch.optim.AdamW(groups, lr=args.lr, betas=(0.9, 0.95), fused=True)]
    if args.optimizer == "muon":
        result.append(
            torch.optim.Muon(
                hidden, lr=args.muon_lr, weight_decay=args.weight_decay, adjust_lr_fn="match_rms_adamw"
            )
        )
    for optimizer in result:
        for group in optimizer.param_groups:
            group["peak"] = group["lr"]
    return result


class Log:
    """A CSV file that grows a row at a time, with a heading when it is new."""

    def __init__(self, path: Path, columns: list[str], fresh: bool) -> None:
        self._path = path
        if fresh or not path.exists():
            path.write_text(",".join(columns) + "\n")

    def row(self, *values: float) -> None:
        cells = [f"{v:.5g}" if isinstance(v, float) else str(v) for v in values]
        with self._path.open("a") as file:
            file.write(",".join(cells) + "\n")


class Trainer:
    """The state of a run: model, optimizers, and how many steps, tokens and seconds it has had."""

    def __init__(self, args: argparse.Namespace, group: Group) -> None:
        self.args, self.group = args, group
        self.folder = args.build / args.name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.train = Corpus(args.build, "train")
        self.heldout = Corpus(args.build, "heldout")
        torch.manual_seed(args.seed)
        self.teacher = load_decoder(args.teacher).to(self.device).requires_grad_(False) if args.teacher else None
        self.model = self._new_model().to(self.device)
        self.optimizers = optimizers(self.model, args)
        self.step = self.tokens = 0
        self.seconds = 0.0
        if args.resume and self.checkpoint.exists():
            self._restore()
        # The data is drawn by (seed, step), so no generator state is part of a checkpoint.
        if args.compile:
            self.model.compile_parts()
            if self.teacher is not None:
                self.teacher.compile_parts()

    @property
    def checkpoint(self) -> Path:
        return self.folder / "checkpoint.pt"

    def _open_logs(self) -> None:
        fresh = self.step == 0
        columns = ["step", "tokens", "seconds", "tokens_per_second", "lr", "train_loss"]
        self.log = Log(self.folder / "log.csv", columns, fresh)
        buckets = [f"nll_{low}_{high}" for low, high in self._buckets()]
        sinks = [f"sink_layer_{n}" for n in range(self.model.config.n_layers)]
        self.eval_log = Log(self.folder / "eval.csv", ["step", "tokens", "seconds", *buckets, "nll", *sinks], fresh)

    def _new_model(self) -> Decoder:
        args = self.args
        if args.init:
            return load_decoder(args.init, max_positions=args.length, position_scale=args.position_scale)
        vocabulary = Tokenizer.from_file(str(args.build / "tokenizer.json")).get_vocab_size()
        sizes = {"vocab_size": vocabulary, "max_positions": args.length, "position_scale": args.position_scale}
        for name in ("d_model", "n_layers", "n_heads", "n_kv_heads", "d_ff"):
            if getattr(args, name) is not None:
                sizes[name] = getattr(args, name)
        model = Decoder(default_config(args.kind, **sizes))
        if self.teacher is not None:
            model.embed.load_state_dict(self.teacher.embed.state_dict())
        return model

    def _restore(self) -> None:
        state = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
        expected, found = self.model.config.to_dict(), state["config"]
        if expected != found:
            raise ValueError(f"{self.checkpoint}: expected a model of {expected}, found {found}")
        self.model.load_state_dict(state["model"])
        for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=True):
            # Rates and decay are those of the command line, so that a resumed run can change them.
            chosen = [{key: group[key] for key in ("peak", "weight_decay")} for group in optimizer.param_groups]
            optimizer.load_state_dict(saved)
            for group, values in zip(optimizer.param_groups, chosen):
                group |= values
        self.step, self.tokens, self.seconds = state["step"], state["tokens"], state["seconds"]

    def save(self) -> None:
        """Writes the checkpoint beside its place and renames it, so that a kill never leaves half of one."""
        state = {
            "config": self.model.config.to_dict(),
            "model": self.model.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "step": self.step,
            "tokens": self.tokens,
            "seconds": self.seconds,
        }
        partial = self.checkpoint.with_suffix(".partial")
        torch.save(state, partial)
        os.replace(partial, self.checkpoint)

    def autocast(self) -> contextlib.AbstractContextManager:
        return torch.autocast(self.device.type, torch.bfloat16)

    def train_step(self, factor: float) -> Tensor:
        """One update; returns the loss as a tensor, so that a GPU is not waited for."""
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * factor
        ids, targets = self.train.windows(self.args.length, self.args.batch, (self.args.seed, self.step))
        ids, targets = self.group.share(ids), self.group.share(targets)
        ids, targets = ids.to(self.device), targets.to(self.device)
        with self.autocast():
            taught = None
            if self.teacher is not None:
                with torch.no_grad():
                    taught = self.teacher(ids)
            loss = self.model.loss(ids, targets, taught, self.args.teacher_weight)
        loss.backward()
        self.group.average_gradients(self.model.parameters())
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.args.clip)
        for optimizer in self.optimizers:
            optimizer.step()
            optimizer.zero_grad()
        return loss.detach()

    def _buckets(self) -> list[tuple[int, int]]:
        edges = [edge for edge in EVAL_EDGES if edge < self.args.length] + [self.args.length]
        return list(itertools.pairwise(edges))

    @torch.no_grad()
    def evaluate(self) -> None:
        """Held-out NLL by position, and the sink watch, on windows that are the same each time."""
        count = max(1, self.args.eval_tokens // self.args.length)
        ids, targets = (t.to(self.device) for t in self.heldout.windows(self.args.length, count, (1,)))
        total = torch.zeros(self.args.length, device=self.device)
        with torch.compiler.set_stance("force_eager"), self.autocast():
            for part_ids, part_targets in zip(ids.split(8), targets.split(8)):
                logits = self.model(part_ids).float()
                nll = torch.nn.functional.cross_entropy(logits.flatten(0, 1), part_targets.flatten(), reduction="none")
                total += nll.view_as(part_targets).sum(0)
            sinks = self.model.first_key_mass(ids[:4])
        nll = (total / count).cpu()
        values = [nll[low:high].mean().item() for low, high in self._buckets()]
        self.eval_log.row(self.step, self.tokens, self.seconds, *values, nll.mean().item(), *sinks)
        shown = " ".join(f"{low}-{high} {v:.3f}" for (low, high), v in zip(self._buckets(), values))
        print(f"step {self.step}  held-out NLL {shown}  attention on position 0 {max(sinks):.3f}", flush=True)

    def run(self) -> None:
        """Trains until the budget is spent or a signal asks to stop; then saves and exports."""
        args = self.args
        budget = Budget(args.tokens, args.minutes)
        schedule = Schedule(args.schedule, args.warmup, args.decay)
        stop: list[int] = []
        if self.group.leads:
            self._open_logs()
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda number, _: stop.append(number))
        saved = evaluated = self.seconds
        logged_at, losses = self.seconds, []
        while True:
            start = time.monotonic()
            progress = budget.progress(self.tokens, self.seconds)
            factor, done = self.group.decided(schedule.factor(self.tokens, progress), bool(stop) or progress >= 1)
            if done:
                break
            losses.append(self.train_step(factor))
            self.step += 1
            self.tokens += args.batch * args.length
            self.seconds += time.monotonic() - start
            if not self.group.leads:
                continue
            if self.step % LOG_EVERY_STEPS == 0:
                speed = len(losses) * args.batch * args.length / (self.seconds - logged_at)
                loss = torch.stack(losses).mean().item()
                self.log.row(self.step, self.tokens, self.seconds, speed, args.lr * factor, loss)
                logged_at, losses = self.seconds, []
            if self.seconds - evaluated > 60 * args.eval_minutes:
                self.evaluate()
                evaluated = self.seconds
            if self.seconds - saved > 60 * args.save_minutes:
                self.save()
                saved = self.seconds
        if self.group.leads:
            self.evaluate()
            self.save()
            target = export(self.model, self.folder / "hf", args.build / "tokenizer.json")
            print(f"{self.step} steps, {self.tokens} tokens, {self.seconds:.0f} s; exported to {target}")


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--name", help="folder under the build folder; default: the kind")
    parser.add_argument("--build", type=Path, default=Path(__file__).parent / "build")
    parser.add_argument("--tokens", type=int, help="budget in tokens")
    parser.add_argument("--minutes", type=float, help="budget in minutes of training")
    parser.add_argument("--resume", action="store_true", help="go on from this run's checkpoint, if there is one")
    parser.add_argument("--init", type=Path, help="start from a checkpoint or exported folder (fine-tuning)")
    parser.add_argument("--teacher", type=Path, help="learn from this decoder's predictions too, and its embedding")
    parser.add_argument("--teacher-weight", type=float, default=0.7, help="share of the loss that is the teacher's")
    parser.add_argument("--length", type=int, default=512, help="tokens per window")
    parser.add_argument("--position-scale", type=float, default=1.0, help="linear position interpolation factor")
    parser.add_argument("--batch", type=int, default=16, help="windows per step")
    parser.add_argument("--optimizer", choices=("muon", "adamw"), default="muon")
    parser.add_argument("--lr", type=float, default=3e-3, help="peak rate of AdamW")
    parser.add_argument("--muon-lr", type=float, default=3e-3, help="peak rate of Muon, on AdamW's scale")
    parser.add_argument("--weight-decay", type=float, default=0.05)
    parser.add_argument("--clip", type=float, default=1.0)
    parser.add_argument("--schedule", choices=("wsd", "cosine"), default="wsd")
    parser.add_argument("--warmup", type=int, default=500_000, help="tokens of linear warm-up")
    parser.add_argument("--decay", type=float, default=0.25, help="share of the budget that WSD decays over")
    parser.add_argument("--eval-minutes", type=float, default=5.0)
    parser.add_argument("--eval-tokens", type=int, default=64 * 512)
    parser.add_argument("--save-minutes", type=float, default=5.0)
    parser.add_argument("--processes", type=int, default=1, help="share each batch among so many processes (CPU)")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads of each process; 0: PyTorch's choice")
    parser.add_argument("--no-compile", dest="compile", action="store_false")
    parser.add_argument("--seed", type=int, default=0)
    for name in ("d-model", "n-layers", "n-heads", "n-kv-heads", "d-ff"):
        parser.add_argument(f"--{name}", type=int)
    args = parser.parse_args(arguments)
    args.name = args.name or args.kind
    if args.batch % args.processes:
        parser.error(f"expected --batch to be a multiple of --processes, found {args.batch} and {args.processes}")
    return args


def work(args: argparse.Namespace, group: Group) -> None:
    """One process of a run."""
    if args.threads:
        torch.set_num_threads(args.threads)
    torch.set_float32_matmul_precision("high")
    Trainer(args, group).run()


def main(arguments: list[str] | None = None) -> None:
    args = parse(arguments)
    run(partial(work, args), args.processes)


if __name__ == "__main__":
    main()
