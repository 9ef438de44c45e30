# SPDX-License-Identifier: GPL-3.0-or-later
"""Negative log-likelihood by position of the bundled decoders, under context policies that need no training.

    python evaluate.py models/lambda-llama models/lambda-mpt models/lambda-gptj --documents 8 --length 32768

It shares no code with the workbench's engine, so that the two can be held against each other. The policies are those
of LM-Infinite (Han et al. 2023, arXiv 2308.16137): the query i sees the keys j <= i that the arm allows, at the
distance min(i - j, ceiling). Everything is float32; the memory is linear in the length of the document.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

sys.path.insert(0, str(Path(__file__).parent / "training"))

from corpus import BOS, Corpus  # noqa: E402
from decoders import Decoder, alibi_slopes, rope_angles, rotate  # noqa: E402
from export_hf import load_decoder  # noqa: E402

QUERY_BLOCK = 128
HEAD_BLOCK = 4096
BUCKET_EDGES = (0, 64, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072)


@dataclass(frozen=True)
class Arm:
    """A context policy. `n_local` counts the query itself; None stands for every key and for raw distances."""

    name: str
    n_global: int = 0
    n_local: int | None = None
    ceiling: int | None = None

    def keys(self, start: int, end: int) -> Tensor:
        """Positions, ascending, of all keys that one of the queries start .. end - 1 may see."""
        local = 0 if self.n_local is None else max(0, start - self.n_local + 1)
        return torch.cat((torch.arange(min(self.n_global, local)), torch.arange(local, end)))

    def visible(self, queries: Tensor, keys: Tensor) -> Tensor:
        """Boolean [queries, keys]."""
        distance = queries[:, None] - keys
        if self.n_local is None:
            return distance >= 0
        return (distance >= 0) & ((distance < self.n_local) | (keys < self.n_global))


    def effective(self, distance: Tensor) -> Tensor:
        return distance if self.ceiling is None else distance.clamp(max=self.ceiling)


def arms(n_global: int, n_local: int, ceiling: int) -> list[Arm]:
    return [
        Arm("vanilla"),
        Arm("window", n_local=n_local),
        Arm("ceiling", ceiling=ceiling),
        Arm("lambda-mask", n_global=n_global, n_local=n_local),
        Arm("lm-infinite", n_global=n_global, n_local=n_local, ceiling=ceiling),
    ]


class Attention:
    """Attention of one layer over a whole document, a block of queries at a time."""

    def __init__(self, model: Decoder, arm: Arm, length: int) -> None:
        self.config, self.arm = model.config, arm
        self.interleaved = model.config.kind == "lambda-gptj"
        if self.config.alibi:
            self.slopes = alibi_slopes(self.config.n_heads)[:, None, None]
        else:
            self.angles = rope_angles(self.config, torch.arange(length))
            if arm.ceiling is not None:
                self.ceiling_angles = rope_angles(self.config, torch.tensor([arm.ceiling]))

    def __call__(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        """Un-rotated queries [H, T, D], keys and values [K, T, D] to the mixed values [H, T, D]."""
        group = self.config.n_heads // self.config.n_kv_heads
        k, v = (t.repeat_interleave(group, dim=0) for t in (k, v))
        near_q, near_k = (q, k) if self.config.alibi else (self._turned(t, self.angles) for t in (q, k))
        mixed = torch.empty_like(q)
        for start in range(0, q.shape[1], QUERY_BLOCK):
            end = min(start + QUERY_BLOCK, q.shape[1])
            queries, keys = torch.arange(start, end), self.arm.keys(start, end)
            logits = near_q[:, start:end] @ near_k[:, keys].transpose(1, 2)
            logits *= self.config.head_dim**-0.5
            distance = queries[:, None] - keys
            if self.config.alibi:
                logits -= self.slopes * self.arm.effective(distance)
            elif self.arm.ceiling is not None:
                self._put_far_logits(logits, q[:, start:end], k, keys, distance)
            logits.masked_fill_(~self.arm.visible(queries, keys), float("-inf"))
            mixed[:, start:end] = logits.softmax(-1) @ v[:, keys]
        return mixed

    def _turned(self, x: Tensor, angles: tuple[Tensor, Tensor]) -> Tensor:
        return rotate(x, *angles, self.interleaved)

    def _put_far_logits(self, logits: Tensor, q: Tensor, k: Tensor, keys: Tensor, distance: Tensor) -> None:
        """Replaces logits past the ceiling: the query turned by exactly the ceiling against the key as it is."""
        far = int((distance > self.arm.ceiling).any(dim=0).sum())  # keys ascend, so the far ones come first
        if far == 0:
            return
        turned = self._turned(q, self.ceiling_angles)
        far_logits = turned @ k[:, keys[:far]].transpose(1, 2) * self.config.head_dim**-0.5
        logits[..., :far] = torch.where(distance[:, :far] > self.arm.ceiling, far_logits, logits[..., :far])


@torch.no_grad()
def token_nll(model: Decoder, arm: Arm, tokens: Tensor) -> Tensor:
    """NLL in nats of every token [T] of a document, each given `<s>` and the tokens before it."""
    ids = torch.cat((torch.tensor([BOS]), tokens[:-1]))
    attention = Attention(model, arm, len(ids))
    x = model.embed(ids)[None]
    for block in model.blocks:
        normed = block.norm1(x)
        mixed = attention(*(t[0] for t in block.attn.heads(normed)))
        attended = block.attn.o(mixed.transpose(0, 1).flatten(1))[None]
        if block.parallel:
            x = x + attended + block.mlp(normed)
        else:
            x = x + attended
            x = x + block.mlp(block.norm2(x))
    hidden = model.norm(x)[0]
    parts = zip(hidden.split(HEAD_BLOCK), tokens.split(HEAD_BLOCK))
    return torch.cat([F.cross_entropy(model.logits(h), t, reduction="none") for h, t in parts])


def buckets(length: int) -> list[tuple[int, int]]:
    edges = [edge for edge in BUCKET_EDGES if edge < length] + [length]
    return list(zip(edges, edges[1:]))


def evaluate(model: Decoder, arm: Arm, documents: list[Tensor]) -> list[dict]:
    """One record per bucket: its mean NLL, and the standard error over documents."""
    per_document = torch.stack([token_nll(model, arm, tokens) for tokens in documents])
    records = []
    for low, high in buckets(per_document.shape[1]):
        means = per_document[:, low:high].mean(dim=1).double().numpy()
        error = float(means.std(ddof=1) / len(means) ** 0.5) if len(means) > 1 else None
        records.append({"from": low, "to": high, "nll": float(means.mean()), "standard_error": error})
    return records


def heldout_documents(build: Path, count: int, length: int) -> list[Tensor]:
    """The first `count` held-out documents of at least `length` tokens, cut to it."""
    corpus = Corpus(build, "heldout")
    long_enough = [n for n in range(len(corpus)) if len(corpus.document(n)) >= length]
    if len(long_enough) < count:
        raise ValueError(
            f"{build}: expected {count} held-out documents of at least {length} tokens, found {len(long_enough)}"
        )
    return [torch.from_numpy(corpus.document(n)[:length].astype(np.int64)) for n in long_enough[:count]]


def _short(edge: int) -> str:
    return f"{edge // 1024}k" if edge >= 1024 and edge % 1024 == 0 else str(edge)


def table(name: str, results: dict[str, list[dict]]) -> str:
    """The buckets as columns, the arms as rows."""
    records = next(iter(results.values()))
    heads = [f"{_short(r['from'])}-{_short(r['to'])}" for r in records]
    lines = [f"{name:<16}" + "".join(f"{head:>10}" for head in heads)]
    for arm, rows in results.items():
        lines.append(f"{arm:<16}" + "".join(f"{row['nll']:>10.3f}" for row in rows))
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models", type=Path, nargs="+", help="folders written by export_hf.py, or checkpoints")
    parser.add_argument("--build", type=Path, default=Path(__file__).parent / "training" / "build")
    parser.add_argument("--documents", type=int, default=8)
    parser.add_argument("--length", type=int, default=32768, help="tokens per document")
    parser.add_argument("--arms", nargs="+", help="names of arms; default: all")
    parser.add_argument("--n-global", type=int, default=10)
    parser.add_argument("--n-local", type=int, default=512)
    parser.add_argument("--ceiling", type=int, default=512)
    parser.add_argument("--json", type=Path, help="where to write the results")
    parser.add_argument("--threads", type=int, default=0, help="0: PyTorch's choice")
    args = parser.parse_args()
    if args.threads:
        torch.set_num_threads(args.threads)
    known = arms(args.n_global, args.n_local, args.ceiling)
    chosen = [arm for arm in known if not args.arms or arm.name in args.arms]
    if args.arms and len(chosen) != len(args.arms):
        parser.error(f"--arms: expected some of {', '.join(a.name for a in known)}, found {' '.join(args.arms)}")
    documents = heldout_documents(args.build, args.documents, args.length)
    settings = {key: getattr(args, key) for key in ("documents", "length", "n_global", "n_local", "ceiling")}
    report = {"settings": settings, "torch": torch.__version__, "models": {}}
    for path in args.models:
        model = load_decoder(path).eval()
        results = {}
        for arm in chosen:
            results[arm.name] = evaluate(model, arm, documents)
            print(f"{path.name}: {arm.name} done", file=sys.stderr)
        report["models"][path.name] = results
        print(table(path.name, results), flush=True)
    if args.json:
        args.json.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
