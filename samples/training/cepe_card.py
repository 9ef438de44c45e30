# SPDX-License-Identifier: GPL-3.0-or-later
"""Model cards of lambda-cepe and lambda-ceped, with the last held-out figures of every stage of the run."""

from __future__ import annotations

import csv
from pathlib import Path

from cepe import CepeConfig

CEPE_STORY = """\
CEPE (context expansion with parallel encoding, arXiv 2402.16617) around the frozen `lambda-llama`: a small
bidirectional encoder reads earlier text in chunks of 64 to 256 tokens, and cross-attention between self-attention and
MLP reads the hidden states of all chunks. Without context the model is `lambda-llama`, to the last bit.

Made by `samples/training/train_cepe.py` from text of our own generator, in four stages: masked language modelling of
the encoder (30 % of the tokens), which starts from the decoder's embedding and first layers; copy warm-up, in which
encoder and decoder read the same tokens, cross-attention starts from self-attention and two heads per layer are told
where to look; long documents, in which windows of 256 tokens see all earlier chunks and 30 % of the chunks are hidden;
the same beside questions about one of up to 80 passages, each of which is a chunk.
"""

CEPED_STORY = """\
CEPE-Distilled (arXiv 2402.16617): the architecture and start of `lambda-cepe` around a decoder that was fine-tuned to
answer questions about passages (`lambda-llama-instruct`, in this folder's decoder weights). Encoder and
cross-attention were trained with next-token loss plus 2 KL to that decoder reading the whole text, its distribution
kept as the 50 most likely tokens.

Made by `samples/training/train_instruct.py` and `train_ceped.py` from text of our own generator. Prompt: passages
through the encoder, then `Question: …\\nAnswer:` in the decoder; the answer ends with a new line and `</s>`.
"""


def _figures(path: Path) -> list[str]:
    """The last row of a stage's evaluation log as a table."""
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows:
        return []
    last = rows[-1]
    shown = {name: value for name, value in last.items() if name not in ("step", "tokens", "seconds")}
    return [
        f"Stage `{path.stem.removesuffix('-eval')}`: {int(last['tokens']):,} tokens in {int(last['step']):,} steps.",
        "",
        "| " + " | ".join(shown) + " |",
        "| " + " | ".join("---" for _ in shown) + " |",
        "| " + " | ".join(shown.values()) + " |",
        "",
    ]


def write_card(target: Path, name: str, story: str, config: CepeConfig, run: Path) -> None:
    """Writes `README.md` into an exported folder; `run` is the folder with the logs."""
    lines = [
        "---", "license: cc0-1.0", "language: en", "pipeline_tag: text-generation", "---", "",
        f"# {name}", "", story.rstrip(), "",
        f"- Decoder: {config.decoder.n_layers} layers, width {config.decoder.d_model}, "
        f"{config.decoder.n_heads} heads, {config.decoder.n_kv_heads} key/value heads, "
        f"windows of at most {config.decoder.max_positions} tokens that start with `<s>`",
        f"- Encoder: {config.encoder.n_layers} layers of the same shape; chunks have no `<s>`",
        f"- Cross-attention: the upper {config.cross_layers} decoder layers",
        "", "## Held-out figures (losses in nats per token)", "",
    ]  # fmt: skip
    for log in sorted(run.glob("*-eval.csv"), key=lambda path: path.stat().st_mtime):
        lines += _figures(log)
    (target / "README.md").write_text("\n".join(lines).rstrip() + "\n")
