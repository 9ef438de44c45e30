"""Writes the fixture of linear position interpolation: a small random model and transformers' logits.

    python make_rope_fixture.py [OUT]        (default: ../resources/reference, next to this script)

`rope-linear` holds a Hugging Face folder whose config.json says
`"rope_scaling": {"rope_type": "linear", "factor": 4.0}`, and expected.safetensors with `tokens` [T] and
`vanilla` [T, vocabulary]: transformers' own logits in float64, rounded to float32.
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import LlamaConfig, LlamaForCausalLM

from make_fixtures import MODELS, SEED, SHORT, fresh, tokens_for


@torch.inference_mode()
def main():
    default = Path(__file__).parent.parent / "resources" / "reference"
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    folder = fresh(out / "rope-linear")
    config = LlamaConfig(
        max_position_embeddings=256, rms_norm_eps=1e-5, initializer_range=0.25, bos_token_id=1,
        eos_token_id=2, rope_parameters={"rope_type": "linear", "factor": 4.0, "rope_theta": 10_000.0},
        **MODELS["mha"],
    )  # fmt: skip
    torch.manual_seed(SEED + 200)
    model = LlamaForCausalLM(config).float().eval()
    model.save_pretrained(folder)
    (folder / "generation_config.json").unlink()
    path = folder / "config.json"
    written = json.loads(path.read_text())
    rope = written.pop("rope_parameters")  # published folders have it as before transformers 5
    written.update(rope_theta=rope.pop("rope_theta"), rope_scaling=rope)
    path.write_text(json.dumps(written, indent=2, sort_keys=True) + "\n")
    tokens = tokens_for(config.vocab_size, SHORT, SEED + 201)
    logits = model.double()(torch.tensor([tokens])).logits[0]
    save_file(
        {"tokens": torch.tensor(tokens, dtype=torch.float32), "vanilla": logits.float().contiguous()},
        folder / "expected.safetensors",
    )


if __name__ == "__main__":
    main()
