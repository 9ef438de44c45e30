"""Writes what the arms that change positions give on models that other scripts made.

    python make_position_fixtures.py [OUT [NAME ...]]   (default: all, in ../resources/reference)

Next to a model's expected.safetensors it puts positions.safetensors: `tokens` [T] and, per arm, the
next-token logits [T, vocabulary] of families.py in float64, rounded to float32.
"""

import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import AutoConfig

from arms import RESCALING, parse
from families import Alibi, GptJ, GptNeoX, LlamaVariant, Mpt

ARMS = [
    "linear-pi:factor=4",
    "linear-pi:factor=2.5",
    "ntk:factor=4",
    "dynamic-ntk:factor=2,original=40,step=1",
    "dynamic-ntk:factor=1,original=32,step=16",
    "dynamic-ntk:factor=3,original=64,step=200",
    "yarn:factor=4,original=64,beta-fast=32,beta-slow=1,mscale=1",
    "yarn:factor=8,original=48,beta-fast=4,beta-slow=0.5,mscale=0",
    "self-extend:group=4,window=16",
    "self-extend:group=3,window=10",
    "self-extend:group=7,window=1",
    "self-extend:group=200,window=30",
    "rerope:window=16",
    "rerope:window=1",
    "leaky-rerope:window=16,factor=4",
    "leaky-rerope:window=5,factor=3",
    "dca:original=64,chunk=48",
    "dca:original=20,chunk=15",  # successive queries reach the ceiling inside a chunk
    "dca:original=10,chunk=10",  # no successive window
    "dca:original=40,chunk=7",  # more than two chunks fit the trained length
    "dca:original=1,chunk=1",
]

FAMILIES = {"mpt": Mpt, "gptj": GptJ, "gpt_neox": GptNeoX}
MODELS = ["gqa", "mqa-bias", "gptj", "neox-parallel", "neox-sequential", "mpt", "mistral", "phi3", "longrope"]


@torch.inference_mode()
def write(folder):
    config = AutoConfig.from_pretrained(folder).to_dict()
    family = FAMILIES.get(config["model_type"], LlamaVariant)
    reference = family(config, load_file(folder / "model.safetensors"))
    tokens = load_file(folder / "expected.safetensors")["tokens"]
    ids = tokens.long().tolist()
    vanilla = reference.logits(ids, "vanilla")
    stored = (load_file(folder / "expected.safetensors")["vanilla"] - vanilla).abs().max().item()
    print(f"{folder.name:16} vanilla as stored before: max |Δlogit| {stored:.1e}")
    if not stored < 1e-5:
        sys.exit(f"{folder.name}: expected a difference below 1e-5, found {stored}")
    tensors = {"tokens": tokens}
    for arm in ARMS:
        if isinstance(reference.positions, Alibi) and parse(arm)[0] in RESCALING:
            continue
        logits = reference.logits(ids, arm)
        print(f"  {arm:60} max |Δlogit| from vanilla {(logits - vanilla).abs().max().item():.3f}")
        tensors[arm] = logits.float().contiguous()
    save_file(tensors, folder / "positions.safetensors")


def main():
    here = Path(__file__).resolve().parent
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "resources" / "reference"
    for name in sys.argv[2:] or MODELS:
        write(out / name)


if __name__ == "__main__":
    main()
