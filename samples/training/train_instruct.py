# SPDX-License-Identifier: GPL-3.0-or-later
"""Fine-tunes lambda-llama to answer questions about passages in its window: the teacher of lambda-ceped.

    python train_instruct.py --build build --minutes 6

Half of every batch is question sets of the worlds generator (loss on the answers alone), half is plain text, so that
the model stays the one that the encoder was trained for.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from cepe_run import pick_device
from corpus import BOS, EOS, Corpus
from decoders import Decoder
from export_hf import export, load_decoder
from instructions import Example, example
from schedule import Schedule
from train_decoder import Log

LENGTH = 512
IGNORED = -100
HELDOUT_SEEDS = 10_000_000


def fitting_example(tokenizer: Tokenizer, seed: int) -> Example:
    """A question set with one to six passages that fits in the window."""
    passages = int(np.random.default_rng(seed).integers(1, 7))
    while True:
        made = example(tokenizer, seed, passages)
        if len(made.text()) + len(made.prompt) + len(made.value) + len(made.rest) + 1 <= LENGTH:
            return made
        passages -= 1


def batch(examples: list[Example]) -> tuple[Tensor, Tensor]:
    """Inputs that start with `<s>`, and targets that are `IGNORED` outside the answers and their `</s>`."""
    rows = []
    for made in examples:
        given = made.text() + made.question
        answer = made.stem + made.value + made.rest + [EOS]
        rows.append(([BOS, *given, *answer[:-1]], [IGNORED] * len(given) + answer))
    length = max(len(inputs) for inputs, _ in rows)
    inputs = torch.tensor([row + [EOS] * (length - len(row)) for row, _ in rows])
    targets = torch.tensor([row + [IGNORED] * (length - len(row)) for _, row in rows])
    return inputs, targets


def loss(model: Decoder, inputs: Tensor, targets: Tensor) -> Tensor:
    return F.cross_entropy(model(inputs).flatten(0, 1), targets.flatten(), ignore_index=IGNORED)


@torch.no_grad()
def accuracy(model: Decoder, tokenizer: Tokenizer, count: int, device: torch.device) -> float:
    """Share of held-out questions whose value is, token by token, the most likely continuation of the stem."""
    right = 0
    for seed in range(HELDOUT_SEEDS, HELDOUT_SEEDS + count):
        made = fitting_example(tokenizer, seed)
        ids = torch.tensor([[BOS, *made.text(), *made.prompt, *made.value[:-1]]], device=device)
        said = model(ids)[0, -len(made.value) :].argmax(-1).tolist()
        right += said == made.value
    return right / count


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, default=Path(__file__).parent / "build")
    parser.add_argument("--name", default="lambda-llama-instruct", help="folder under the build folder")
    parser.add_argument("--decoder", type=Path, help="default: <build>/lambda-llama/checkpoint.pt")
    parser.add_argument("--minutes", type=float, default=6.0)
    parser.add_argument("--lr", type=float, default=3e-4)
    parser.add_argument("--batch", type=int, default=8, help="question sets per step, and half as many text windows")
    parser.add_argument("--questions", type=int, default=100, help="held-out questions asked before and after")
    parser.add_argument("--threads", type=int, default=0, help="CPU threads; 0: PyTorch's choice")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args(arguments)
    if args.threads:
        torch.set_num_threads(args.threads)
    device = pick_device()
    folder = args.build / args.name
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(args.build / "tokenizer.json"))
    corpus = Corpus(args.build, "train")
    model = load_decoder(args.decoder or args.build / "lambda-llama" / "checkpoint.pt").to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.lr, betas=(0.9, 0.95), weight_decay=0.01, fused=True)
    schedule = Schedule("cosine", warmup=10)
    log = Log(folder / "log.csv", ["step", "seconds", "answer_loss", "text_loss"], fresh=True)
    print(f"before: {accuracy(model, tokenizer, args.questions, device):.1%} of the questions answered")
    step, seconds = 0, 0.0
    while seconds < 60 * args.minutes:
        start = time.monotonic()
        for group in optimizer.param_groups:
            group["lr"] = args.lr * schedule.factor(step, seconds / (60 * args.minutes))
        first = (args.seed * 1_000_000 + step) * args.batch
        questions = batch([fitting_example(tokenizer, first + n) for n in range(args.batch)])
        text = corpus.windows(model.config.max_positions, args.batch // 2, (args.seed, step))
        values = []
        for inputs, targets in (questions, text):
            with torch.autocast(device.type, torch.bfloat16):
                part = loss(model, inputs.to(device), targets.to(device))
            part.backward()
            values.append(part.item())
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        step += 1
        seconds += time.monotonic() - start
        log.row(step, seconds, *values)
    print(f"after {step} steps: {accuracy(model, tokenizer, args.questions, device):.1%}")
    torch.save({"config": model.config.to_dict(), "model": model.state_dict()}, folder / "checkpoint.pt")
    print(f"exported to {export(model, folder / 'hf', args.build / 'tokenizer.json')}")


if __name__ == "__main__":
    main()
