"""Writes retrieval.safetensors beside the models that make_fixtures.py and make_family_fixtures.py made.

    python make_retrieval_fixtures.py [OUT]        (default: ../resources/reference, next to this script)

Each holds `tokens` [T] and, per arm that retrieves, the logits [T, vocabulary] of retrieval.py. A choice
between two numbers that differ by rounding alone would make logits jump, so tokens are drawn until no
choice is that close.
"""

import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import AutoConfig

from families import GptJ, GptNeoX, LlamaVariant, Mpt
from make_fixtures import SEED, tokens_for
from retrieval import Retrieving

ARMS = [
    "lm-infinite:global=4,local=16,ceiling=16,k=5",
    "lm-infinite:global=2,local=12,ceiling=30,k=3,from=1,to=2,middle=20",
    "lm-infinite:global=0,local=8,ceiling=8,k=1,middle=0",
    "lm-infinite:global=3,local=16,ceiling=16,k=1000,middle=16",  # all that is hidden
    "infllm:global=4,local=16,block=4,representatives=2,blocks=3",
    "infllm:global=0,local=12,block=7,representatives=1,blocks=2",
    "infllm:global=5,local=9,block=3,representatives=5,blocks=100",  # all blocks, whole
    "infllm:global=3,local=16,block=1,representatives=1,blocks=4",
    "infllm:global=3,local=1,block=5,representatives=2,blocks=0",
]
MODELS = {
    "gqa": LlamaVariant,
    "mqa-bias": LlamaVariant,
    "qwen3": LlamaVariant,
    "mistral": LlamaVariant,
    "mpt-odd": Mpt,
    "gptj": GptJ,
    "neox-parallel": GptNeoX,
}
LENGTH = 100
CLOSEST = 5e-5


def write(folder, family, seed):
    config = AutoConfig.from_pretrained(folder).to_dict()
    weights = load_file(folder / "model.safetensors")
    model = type("Retrieving" + family.__name__, (Retrieving, family), {})(config, weights)
    for attempt in range(100):
        tokens = tokens_for(config["vocab_size"], LENGTH, seed + 1000 * attempt)
        tensors, closest = {}, float("inf")
        with torch.inference_mode():
            for arm in ARMS:
                tensors[arm] = model.logits(tokens, arm).float().contiguous()
                closest = min(closest, model.closest)
                if closest < CLOSEST:
                    break
        if closest >= CLOSEST:
            break
    else:
        sys.exit(f"{folder.name}: every draw of tokens has a choice closer than {CLOSEST}")
    print(f"{folder.name:16} draw {attempt + 1}, closest choice {closest:.1e}")
    for arm, logits in tensors.items():
        apart = (logits - tensors[ARMS[-1]]).abs().max().item()
        print(f"  {arm:70} max |Δlogit| from the last {apart:.3f}")
    tensors["tokens"] = torch.tensor(tokens, dtype=torch.float32)
    save_file(tensors, folder / "retrieval.safetensors")


def main():
    here = Path(__file__).resolve().parent
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "resources" / "reference"
    for offset, (name, family) in enumerate(MODELS.items()):
        write(out / name, family, SEED + 500 + offset)


if __name__ == "__main__":
    main()
