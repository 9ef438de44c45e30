# SPDX-License-Identifier: GPL-3.0-or-later
"""How often each arm finds the pass key, by the length of the text and how far back the key stands.

    python evaluate_passkey.py models/lambda-llama

Reads the prompts of `documents/passkey.jsonl`. A key counts when every digit is the likeliest next token after the
prompt and the digits before it, which is what greedy generation would write.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import torch
from evaluate import arms, hidden_states
from export_hf import load_decoder
from tokenizers import Tokenizer

HERE = Path(__file__).resolve().parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path, help="a folder that export_hf.py wrote")
    parser.add_argument("--prompts", type=Path, default=HERE / "documents" / "passkey.jsonl")
    parser.add_argument("--most-characters", type=int, default=30_000, help="leave out longer prompts")
    parser.add_argument("--arms", nargs="+", default=["vanilla", "window", "lm-infinite"])
    parser.add_argument("--n-global", type=int, default=10)
    parser.add_argument("--n-local", type=int, default=512)
    parser.add_argument("--ceiling", type=int, default=512)
    args = parser.parse_args()
    model = load_decoder(args.model).eval()
    tokenizer = Tokenizer.from_file(str(args.model / "tokenizer.json"))
    rows = [json.loads(line) for line in args.prompts.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["characters"] <= args.most_characters]
    print(f"{'characters':>10} {'depth':>6}" + "".join(f"{name:>14}" for name in args.arms))
    found: dict[tuple[int, float], dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    known = {arm.name: arm for arm in arms(args.n_global, args.n_local, args.ceiling)}
    for row in rows:
        prompt = tokenizer.encode(row["prompt"]).ids
        key = tokenizer.encode(" " + row["answer"], add_special_tokens=False).ids
        ids = torch.tensor(prompt + key[:-1])
        for name in args.arms:
            hidden = hidden_states(model, known[name], ids)[-len(key) :]
            right = model.logits(hidden).argmax(-1).tolist() == key
            found[row["characters"], row["depth"]][name].append(right)
    for (characters, depth), by_arm in found.items():
        shares = "".join(f"{sum(r):>10} / {len(r)}" for r in by_arm.values())
        print(f"{characters:>10} {depth:>6}{shares}")


if __name__ == "__main__":
    main()
