# SPDX-License-Identifier: GPL-3.0-or-later
"""Distils an instruction-tuned decoder that reads a whole text into a CEPE that reads its first part by the encoder.

    python train_ceped.py --build build --processes 2 --threads 1

CEPED (Yen et al. 2024, 2402.16617, section 5): next-token loss plus 2 KL to the teacher, whose distribution is kept
as its 50 most likely tokens. Student and teacher share the frozen decoder; encoder and cross-attention start from
lambda-cepe. Half of the text is plain, half is question sets with their answers.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from cepe import Cepe, as_windows
from cepe_card import CEPED_STORY, write_card
from cepe_hf import export, load_cepe
from cepe_run import StageRun, StageSettings, pick_device
from cepe_stages import Data
from corpus import BOS, Corpus
from export_hf import load_decoder
from instructions import example
from parallel import Group, run
from train_instruct import HELDOUT_SEEDS

CHUNK = 64


class Distillation:
    """The one stage. Text comes as (context, window): the teacher reads both, the student's decoder the window."""

    name = "distil"
    level = 0
    top = 50
    kl_weight = 2.0
    plain = (256, 256)
    questions = (384, 64)

    def __init__(self, model: Cepe, data: Data, tokenizer: Tokenizer, batch: int = 8) -> None:
        self.model, self.data, self.tokenizer, self.batch = model, data, tokenizer, batch
        self.tokens_per_step = batch * sum(self.plain) + 2 * batch * sum(self.questions)

    def _question_text(self, seed: tuple[int, ...], batch: int, first: int = 1) -> Tensor:
        """Texts [batch, context + window] that end with an answer found in them; question sets from seed `first` on."""
        random = np.random.default_rng((*seed, 3))
        length, rows = sum(self.questions), []
        while len(rows) < batch:
            made = example(self.tokenizer, first + int(random.integers(1_000_000)), int(random.integers(6, 10)))
            asked = [*made.prompt, *made.value, *made.rest]
            kept = length - len(asked)
            after = sum(len(passage) for passage in made.passages[made.gold :])
            text = made.text()
            if after <= kept <= len(text):
                rows.append(text[-kept:] + asked)
        return torch.tensor(rows, device=self.data.device)

    def _terms(self, text: Tensor, context: int) -> tuple[Tensor, Tensor]:
        """Mean next-token loss of the windows, and their KL divergence from the teacher."""
        window = text.shape[1] - context
        with torch.no_grad():
            whole = F.pad(text[:, :-1], (1, 0), value=BOS)
            teacher = self.model.decoder(whole)[:, context:].float().log_softmax(-1)
            expected, tokens = teacher.topk(self.top, -1)
        ids, targets = as_windows(text[:, context:], window)
        memory = self.model.encode(text[:, :context].view(text.shape[0], -1, CHUNK))
        found = self.model.decoder.logits(self.model.hidden(ids, memory))[:, 0].float().log_softmax(-1)
        nll = F.nll_loss(found.flatten(0, 1), targets.flatten())
        kl = (expected.exp() * (expected - found.gather(-1, tokens))).sum(-1).mean()
        return nll, kl

    def parts(self, seed: tuple[int, ...]) -> Iterator[Tensor]:
        plain = self.data.draw(sum(self.plain), self.batch, seed)
        for text, context in ((plain, self.plain[0]), (self._question_text(seed, 2 * self.batch), self.questions[0])):
            nll, kl = self._terms(text, context)
            yield (nll + self.kl_weight * kl) / 2

    def observe(self) -> None:
        """There is one level only."""

    def evaluate(self) -> dict[str, float]:
        plain = self.data.draw(sum(self.plain), 32, (1,), heldout=True)
        nll, kl = self._terms(plain, self.plain[0])
        question_nll, question_kl = self._terms(self._question_text((1,), 32, HELDOUT_SEEDS), self.questions[0])
        return {
            "nll": nll.item(),
            "kl": kl.item(),
            "question_nll": question_nll.item(),
            "question_kl": question_kl.item(),
        }


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, default=Path(__file__).parent / "build")
    parser.add_argument("--name", default="lambda-ceped", help="folder under the build folder")
    parser.add_argument("--teacher", type=Path, help="default: <build>/lambda-llama-instruct/checkpoint.pt")
    parser.add_argument("--cepe", type=Path, help="default: <build>/lambda-cepe/context.pt")
    parser.add_argument("--tokens", type=int, default=1_500_000, help="budget, of the teacher's tokens")
    parser.add_argument("--minutes", type=float, help="cuts the budget short")
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--processes", type=int, default=1, help="train by so many processes (CPU)")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads of each process; 0: PyTorch's choice")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args(arguments)


def work(args: argparse.Namespace, group: Group) -> None:
    """One process of a run."""
    if args.threads:
        torch.set_num_threads(args.threads)
    device = pick_device()
    folder = args.build / args.name
    model = load_cepe(args.cepe or args.build / "lambda-cepe" / "context.pt")
    teacher = load_decoder(args.teacher or args.build / "lambda-llama-instruct" / "checkpoint.pt")
    model.decoder.load_state_dict(teacher.state_dict())
    model.to(device)
    data = Data(Corpus(args.build, "train"), Corpus(args.build, "heldout"), device)
    tokenizer = Tokenizer.from_file(str(args.build / "tokenizer.json"))
    stage = Distillation(model, data, tokenizer, args.batch)
    settings = StageSettings(args.tokens, args.lr, args.minutes, seed=args.seed)
    finished = StageRun(model, stage, settings, folder, group).run()
    if finished and group.leads:
        target = export(model, folder / "hf", args.build / "tokenizer.json")
        write_card(target, args.name, CEPED_STORY, model.config, folder)
        print(f"exported to {target}")


def main(arguments: list[str] | None = None) -> None:
    args = parse(arguments)
    run(partial(work, args), args.processes)


if __name__ == "__main__":
    main()
