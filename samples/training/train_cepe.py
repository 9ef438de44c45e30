# SPDX-License-Identifier: GPL-3.0-or-later
"""Gives a trained lambda-llama a CEPE: masked language modelling, copy warm-up, long context, questions; exports it.

    python train_cepe.py --build build --processes 2 --threads 1

Every stage logs to `<build>/<name>/<stage>.csv` and keeps a checkpoint `<stage>.pt`. The same command again goes on
where it was stopped (SIGTERM or Ctrl-C save first); finished stages are not repeated. The decoder is always the one
that is given, so a warm-up that was begun around an early checkpoint of it can be gone on with around a later one.
With `--init` an exported CEPE takes the place of the first three stages.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

import torch
from tokenizers import Tokenizer

from cepe import Cepe
from cepe_card import CEPE_STORY, write_card
from cepe_hf import export, load_cepe
from cepe_run import StageRun, StageSettings, pick_device
from cepe_stages import CopyWarmUp, Data, LongContext, ManyPassages, MaskedLanguage
from corpus import Corpus
from export_hf import load_decoder
from parallel import Group, run


def settings(args: argparse.Namespace, stage: str) -> StageSettings:
    return StageSettings(
        tokens=getattr(args, f"{stage}_tokens"),
        minutes=getattr(args, f"{stage}_minutes"),
        lr=getattr(args, f"{stage}_lr"),
        clip=args.clip,
        seed=args.seed,
        eval_minutes=args.eval_minutes,
        save_minutes=args.save_minutes,
    )


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, default=Path(__file__).parent / "build")
    parser.add_argument("--name", default="lambda-cepe", help="folder under the build folder")
    parser.add_argument("--decoder", type=Path, help="default: <build>/lambda-llama/checkpoint.pt")
    parser.add_argument("--encoder-layers", type=int, default=4)
    parser.add_argument("--cross-layers", type=int, default=6, help="decoder layers with cross-attention, from the top")
    parser.add_argument("--init", type=Path, help="an exported CEPE to go on from with the last stage")
    budgets = (
        ("mlm", 500_000, 2e-3),
        ("copy", 1_500_000, 3e-3),
        ("context", 2_000_000, 1.5e-3),
        ("questions", 5_000_000, 1.5e-3),
    )
    for stage, tokens, lr in budgets:
        parser.add_argument(f"--{stage}-tokens", type=int, default=tokens, help=f"budget; default {tokens:,}")
        parser.add_argument(f"--{stage}-minutes", type=float, help="cuts the budget short")
        parser.add_argument(f"--{stage}-lr", type=float, default=lr, help=f"peak rate; default {lr}")
    parser.add_argument("--gate", type=float, default=0.25, help="copy loss below which chunks are lengthened")
    parser.add_argument("--guide", type=float, default=1.0, help="weight of the alignment loss in the warm-up")
    parser.add_argument("--hide", type=float, default=0.3, help="share of chunks of long documents that are hidden")
    parser.add_argument("--clip", type=float, default=1.0)
    parser.add_argument("--eval-minutes", type=float, default=3.0)
    parser.add_argument("--save-minutes", type=float, default=3.0)
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
    data = Data(Corpus(args.build, "train"), Corpus(args.build, "heldout"), device)
    if args.init:
        model = load_cepe(args.init).to(device)
        first: tuple = ()
    else:
        source = args.decoder or args.build / "lambda-llama" / "checkpoint.pt"
        model = Cepe.around(load_decoder(source), args.encoder_layers, args.cross_layers).to(device)
        first = (
            MaskedLanguage(model, data),
            CopyWarmUp(model, data, args.gate, args.guide),
            LongContext(model, data, hide=args.hide),
        )
    tokenizer = Tokenizer.from_file(str(args.build / "tokenizer.json"))
    stages = (*first, ManyPassages(model, data, tokenizer, hide=args.hide))
    for stage in stages:
        if not StageRun(model, stage, settings(args, stage.name), folder, group).run():
            return  # stopped by a signal; the checkpoint is there
    if not group.leads:
        return
    target = export(model, folder / "hf", args.build / "tokenizer.json")
    write_card(target, args.name, CEPE_STORY, model.config, folder)
    print(f"exported to {target}")


def main(arguments: list[str] | None = None) -> None:
    args = parse(arguments)
    run(partial(work, args), args.processes)


if __name__ == "__main__":
    main()
