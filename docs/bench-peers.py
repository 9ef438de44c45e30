# SPDX-License-Identifier: GPL-3.0-or-later
"""Lambdascope beside llama.cpp on the same GGUF files, in turns, so that a slow minute falls on both.

    python docs/bench-peers.py --llama-bench PATH --dtypes f32 f16 bf16 q8_0 q4_0 --rounds 5

Random weights of a shape are made once per type. Each round starts both programs afresh; medians over the rounds are
printed, and their ratio. Depths are those of decoding; reading up to a depth is timed by neither.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def ours(model: Path, args: argparse.Namespace) -> dict[str, float]:
    """Tokens per second of `lambdascope bench`, by task."""
    command = [
        str(ROOT / "lambdascope"), "bench", str(model), "--json", "--threads", str(args.threads),
        "--prefill", str(args.prefill), "--depth", ",".join(map(str, args.depths)), "--steps", str(args.steps),
        "--repetitions", "3", "--chunk", str(args.prefill), "--cache", args.cache,
    ]  # fmt: skip
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    speeds = {}
    for speed in json.loads(printed)["speeds"]:
        if speed["task"] == "prefill" and speed["tokens"] != args.prefill:
            continue
        name = f"prefill {args.prefill}" if speed["task"] == "prefill" else f"decode at {speed['tokens']}"
        speeds[name] = speed["medianTokensPerSecond"]
    return speeds


def theirs(model: Path, args: argparse.Namespace) -> dict[str, float]:
    """The same of `llama-bench`."""
    speeds = {}
    runs = [("prefill", args.prefill, 0, 0)] + [("decode", 0, args.steps, depth) for depth in args.depths]
    for task, prompt, steps, depth in runs:
        command = [
            args.llama_bench, "-m", str(model), "-t", str(args.threads), "-r", "3", "-o", "json",
            "-p", str(prompt), "-n", str(steps), "-d", str(depth), "-fa", args.flash_attention,
            "-ctk", args.cache, "-ctv", args.cache,
        ]  # fmt: skip
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        name = f"prefill {prompt}" if task == "prefill" else f"decode at {depth}"
        speeds[name] = statistics.median(json.loads(printed)[0]["samples_ts"])
    return speeds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--llama-bench", default="llama-bench", help="the program")
    parser.add_argument("--shape", default="llama-110m")
    parser.add_argument("--dtypes", nargs="+", default=["f32", "f16", "bf16", "q8_0", "q4_0"])
    parser.add_argument("--cache", default="f16", help="what both store keys and values in; llama-bench knows no f32")
    parser.add_argument("--flash-attention", default="off", help="llama-bench's -fa")
    parser.add_argument("--prefill", type=int, default=512)
    parser.add_argument("--depths", nargs="+", type=int, default=[0])
    parser.add_argument("--steps", type=int, default=32)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    print("| weights | task | Lambdascope, tokens/s | llama.cpp, tokens/s | ratio |")
    print("| --- | --- | --: | --: | --: |")
    for dtype in args.dtypes:
        with tempfile.TemporaryDirectory() as folder:
            model = Path(folder) / f"{args.shape}-{dtype}.gguf"
            subprocess.run(
                [str(ROOT / "lambdascope"), "bench", "--shape", args.shape, "--dtype", dtype, "--keep", str(model),
                 "--prefill", "0", "--steps", "1", "--repetitions", "1"],
                check=True, capture_output=True,
            )  # fmt: skip
            speeds: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
            for _ in range(args.rounds):
                for side, program in enumerate((ours, theirs)):
                    for task, speed in program(model, args).items():
                        speeds[task][side].append(speed)
            for task, (a, b) in speeds.items():
                first, second = statistics.median(a), statistics.median(b)
                print(f"| {dtype} | {task} | {first:.1f} | {second:.1f} | {first / second:.2f} |", flush=True)


if __name__ == "__main__":
    main()
