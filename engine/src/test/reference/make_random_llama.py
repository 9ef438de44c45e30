"""Writes a random LLaMA of TinyLlama-1.1B's shape, to measure opening time and memory with.

    python make_random_llama.py OUT [TOKENIZER_MODEL]

OUT is a new folder outside the repository, of 2.2 GB. One tensor at a time is made and written.
"""

import json
import shutil
import struct
import sys
from pathlib import Path

import torch

CONFIG = dict(
    architectures=["LlamaForCausalLM"], model_type="llama", vocab_size=32_000, hidden_size=2048,
    intermediate_size=5632, num_hidden_layers=22, num_attention_heads=32, num_key_value_heads=4,
    max_position_embeddings=2048, rms_norm_eps=1e-5, rope_theta=10_000.0, hidden_act="silu",
    tie_word_embeddings=False, bos_token_id=1, eos_token_id=2, dtype="bfloat16",
)  # fmt: skip


def shapes():
    width, inner = CONFIG["hidden_size"], CONFIG["intermediate_size"]
    key_value = width // CONFIG["num_attention_heads"] * CONFIG["num_key_value_heads"]
    yield "model.embed_tokens.weight", [CONFIG["vocab_size"], width]
    for layer in range(CONFIG["num_hidden_layers"]):
        prefix = f"model.layers.{layer}."
        yield prefix + "input_layernorm.weight", [width]
        for name, rows in (("q", width), ("k", key_value), ("v", key_value), ("o", width)):
            yield f"{prefix}self_attn.{name}_proj.weight", [rows, width]
        yield prefix + "post_attention_layernorm.weight", [width]
        yield prefix + "mlp.gate_proj.weight", [inner, width]
        yield prefix + "mlp.up_proj.weight", [inner, width]
        yield prefix + "mlp.down_proj.weight", [width, inner]
    yield "model.norm.weight", [width]
    yield "lm_head.weight", [CONFIG["vocab_size"], width]


def main():
    out = Path(sys.argv[1])
    out.mkdir(parents=True)
    (out / "config.json").write_text(json.dumps(CONFIG, indent=2))
    if len(sys.argv) > 2:
        shutil.copy(sys.argv[2], out / "tokenizer.model")
    header, offset = {}, 0
    for name, shape in shapes():
        end = offset + 2 * torch.Size(shape).numel()
        header[name] = dict(dtype="BF16", shape=shape, data_offsets=[offset, end])
        offset = end
    text = json.dumps(header).encode()
    torch.manual_seed(20_260_101)
    with open(out / "model.safetensors", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for name, shape in shapes():
            values = torch.ones(shape) if len(shape) == 1 else 0.02 * torch.randn(shape)
            file.write(values.bfloat16().view(torch.int16).numpy().tobytes())


if __name__ == "__main__":
    main()
