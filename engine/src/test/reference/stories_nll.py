"""Negative log-likelihood by position of a small LLaMA under the arms, with PyTorch.

    python stories_nll.py MODEL_DIR TEXT [--tokens 4096] [--arm ARM]... [--json OUT]

MODEL_DIR holds config.json, model.safetensors and tokenizer.model. The text is tokenised with BOS in
front. The NLL at position i is that of token i + 1 given tokens 0 to i: i is the query's position, as
in the distances. A bucket a-b averages positions a <= i < b.
"""

import argparse
import json
import time
from pathlib import Path

import sentencepiece
import torch

from arms import Llama

PRETRAIN = 512
ARMS = [
    "vanilla",
    f"ceiling:ceiling={PRETRAIN}",
    f"lambda-mask:global=10,local={PRETRAIN}",
    f"window:local={PRETRAIN}",
    f"lm-infinite:global=10,local={PRETRAIN},ceiling={PRETRAIN}",
    f"lm-infinite:global=1,local={PRETRAIN},ceiling={PRETRAIN}",
    f"lm-infinite:global=64,local={PRETRAIN},ceiling={PRETRAIN}",
    f"streaming-llm:sink=4,recent={PRETRAIN - 4}",
    f"truncate:local={PRETRAIN},stride={PRETRAIN // 2}",
]
BUCKETS = [(256, 512), (512, 1024), (1024, 2048), (2048, 4096)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("text", type=Path)
    parser.add_argument("--tokens", type=int, default=4096)
    parser.add_argument("--arm", action="append")
    parser.add_argument("--block", type=int, default=256, help="queries at a time")
    parser.add_argument("--json", type=Path, help="write every position's NLL here")
    options = parser.parse_args()

    processor = sentencepiece.SentencePieceProcessor(
        model_file=str(options.model / "tokenizer.model")
    )
    text = options.text.read_text(encoding="utf-8")
    tokens = [processor.bos_id(), *processor.encode(text)][: options.tokens]
    model = Llama.open(options.model, torch.float32)
    buckets = [(a, b) for a, b in BUCKETS if a < len(tokens)]
    print(f"{len(tokens)} tokens, first {tokens[:8]}")
    print(f"{'arm':48}" + "".join(f"{f'{a}-{b}':>12}" for a, b in buckets) + "     seconds")
    results = []
    for arm in options.arm or ARMS:
        start = time.perf_counter()
        with torch.inference_mode():
            logits = model.logits(tokens, arm, options.block).double()
        nll = -torch.log_softmax(logits[:-1], dim=-1).gather(1, torch.tensor(tokens[1:])[:, None])[:, 0]
        means = [nll[a:b].mean().item() for a, b in buckets]
        seconds = time.perf_counter() - start
        print(f"{arm:48}" + "".join(f"{m:12.4f}" for m in means) + f"{seconds:12.1f}", flush=True)
        results.append({"arm": arm, "nll": nll.tolist()})
    if options.json:
        options.json.write_text(json.dumps({"tokens": tokens, "arms": results}))


if __name__ == "__main__":
    main()
