"""Writes the fixture of RePlug (arXiv 2301.12652 §3.2), from its formula on top of arms.py.

    python make_replug_fixture.py [OUT]        (default: ../resources/reference, next to this script)

`replug/expected.safetensors` belongs to the model `mha` and holds `tokens` [T], `passages` [k, n],
`scores` [k], and p(y) = sum_i softmax(s / tau)_i p_i(y) after every token, computed in float64, as
`tau=1` and `tau=0.5` [T, vocabulary]. The decoder reads BOS, a passage, and the text without its BOS.
"""

import sys
from pathlib import Path

import torch
from safetensors.torch import save_file

from arms import Llama
from make_fixtures import SEED, fresh, tokens_for


def main():
    default = Path(__file__).parent.parent / "resources" / "reference"
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    model = Llama.open(out / "mha")
    vocabulary = model.w["model.embed_tokens.weight"].shape[0]
    tokens = tokens_for(vocabulary, 30, SEED + 300)
    generator = torch.Generator().manual_seed(SEED + 301)
    passages = torch.randint(3, vocabulary, (4, 11), generator=generator)
    scores = torch.tensor([1.5, 0.25, -0.5, 2.0])
    bos, text = tokens[:1], tokens[1:]
    each = torch.stack(
        [
            # Row 0 predicts the first token after BOS, at the end of the passage.
            model.logits(bos + p.tolist() + text, "vanilla")[len(p) :].softmax(dim=-1)
            for p in passages
        ]
    )
    tensors = {}
    for tau in (1.0, 0.5):
        weights = (scores.double() / tau).softmax(dim=0)
        tensors[f"tau={tau:g}"] = (weights[:, None, None] * each).sum(dim=0).float().contiguous()
    tensors["tokens"] = torch.tensor(tokens, dtype=torch.float32)
    tensors["passages"] = passages.float()
    tensors["scores"] = scores
    save_file(tensors, fresh(out / "replug") / "expected.safetensors")


if __name__ == "__main__":
    main()
