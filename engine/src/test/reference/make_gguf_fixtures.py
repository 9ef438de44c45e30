"""Writes the families' fixtures once more, as GGUF files, and what the `gguf` package makes of rows.

    python make_gguf_fixtures.py [OUT]   (default: ../resources/reference)

`gguf-families/NAME.gguf` holds the weights of the folder NAME, whose logits it must have. Names and
metadata are the `gguf` package's own tables and setters, rows are ordered as llama.cpp's converter
orders them. `quantised.gguf` holds values and what `gguf.quants` makes of them.
"""

import json
import sys
from pathlib import Path

import gguf
import numpy as np
import torch
from gguf import MODEL_ARCH as Arch
from gguf import GGMLQuantizationType as Type
from safetensors.torch import load_file

from make_fixtures import SEED, fresh, permute

FAMILIES = {
    "mpt": Arch.MPT, "mpt-odd": Arch.MPT, "gptj": Arch.GPTJ, "neox-parallel": Arch.GPTNEOX,
    "mistral": Arch.LLAMA, "qwen2": Arch.QWEN2, "qwen3": Arch.QWEN3, "phi3": Arch.PHI3,
    "llama3": Arch.LLAMA, "yarn": Arch.LLAMA, "mqa-bias": Arch.LLAMA,
}  # fmt: skip


def first(config, *keys):
    for key in keys:
        if config.get(key) is not None:
            return config[key]
    return None


def rope_of(config):
    rope = config.get("rope_parameters") or config.get("rope_scaling") or {}
    return dict(rope_theta=config.get("rope_theta", 10_000.0), rope_type="default") | rope


def add_rope(writer, config, rotary):
    rope = rope_of(config)
    writer.add_rope_dimension_count(rotary)
    writer.add_rope_freq_base(rope["rope_theta"])
    if rope["rope_type"] == "yarn":
        writer.add_rope_scaling_type(gguf.RopeScalingType.YARN)
        writer.add_rope_scaling_factor(rope["factor"])
        writer.add_rope_scaling_orig_ctx_len(rope["original_max_position_embeddings"])
        writer.add_rope_scaling_yarn_beta_fast(rope["beta_fast"])
    if rope["rope_type"] == "llama3":
        factors = []
        for i in range(rotary // 2):
            wavelength = 2 * np.pi * rope["rope_theta"] ** (2 * i / rotary)
            turns = rope["original_max_position_embeddings"] / wavelength
            share = (turns - rope["low_freq_factor"]) / (rope["high_freq_factor"] - rope["low_freq_factor"])
            share = min(max(share, 0.0), 1.0)
            factors.append(1 / ((1 - share) / rope["factor"] + share))
        writer.add_tensor("rope_freqs.weight", np.array(factors, dtype=np.float32))


def add_mpt(writer, config, hidden, heads):
    attention = config.get("attn_config", {})
    writer.add_feed_forward_length(int(config["expansion_ratio"] * hidden))
    writer.add_layer_norm_eps(config["layer_norm_epsilon"])
    writer.add_max_alibi_bias(attention["alibi_bias_max"])
    if attention.get("clip_qkv"):
        writer.add_clamp_kqv(attention["clip_qkv"])
    if attention.get("softmax_scale"):
        writer.add_attention_scale(attention["softmax_scale"])


def add_shape(writer, arch, config):
    hidden = first(config, "hidden_size", "d_model", "n_embd")
    heads = first(config, "num_attention_heads", "n_heads", "n_head")
    head_dim = config.get("head_dim") or hidden // heads
    writer.add_context_length(first(config, "max_position_embeddings", "max_seq_len", "n_positions"))
    writer.add_embedding_length(hidden)
    writer.add_block_count(first(config, "num_hidden_layers", "n_layers", "n_layer"))
    writer.add_head_count(heads)
    if arch == Arch.MPT:
        return add_mpt(writer, config, hidden, heads)
    writer.add_feed_forward_length(first(config, "intermediate_size", "n_inner") or 4 * hidden)
    if arch in (Arch.GPTJ, Arch.GPTNEOX):
        writer.add_layer_norm_eps(first(config, "layer_norm_eps", "layer_norm_epsilon"))
        if arch == Arch.GPTNEOX:
            writer.add_parallel_residual(config["use_parallel_residual"])
    else:
        writer.add_head_count_kv(config["num_key_value_heads"])
        writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
        writer.add_key_length(head_dim)
        writer.add_value_length(head_dim)
        if config.get("sliding_window"):
            writer.add_sliding_window(config["sliding_window"])
    factor = rope_of(config).get("partial_rotary_factor", 1.0)
    add_rope(writer, config, config.get("rotary_dim") or int(head_dim * factor))


def ordered(arch, name, values, config):
    """Rows as llama.cpp's converter orders them."""
    if arch == Arch.LLAMA and "q_proj" in name:
        return permute(values, config["num_attention_heads"])
    if arch == Arch.LLAMA and "k_proj" in name:
        return permute(values, config["num_key_value_heads"])
    if arch == Arch.GPTNEOX and "query_key_value" in name:
        heads = config["num_attention_heads"]
        rows = values.reshape(heads, 3, -1, *values.shape[1:])
        return np.ascontiguousarray(rows.swapaxes(0, 1)).reshape(values.shape)
    return values


def close(writer):
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def write_family(source, path, arch):
    config = json.loads((source / "config.json").read_text())
    weights = {name: w.float().numpy() for name, w in load_file(source / "model.safetensors").items()}
    writer = gguf.GGUFWriter(path, gguf.MODEL_ARCH_NAMES[arch])
    add_shape(writer, arch, config)
    writer.add_bos_token_id(config["bos_token_id"])
    writer.add_eos_token_id(config["eos_token_id"])
    layers = first(config, "num_hidden_layers", "n_layers", "n_layer")
    names = gguf.get_tensor_name_map(arch, layers)
    for name, values in weights.items():
        if not (config.get("tie_word_embeddings") and name == "lm_head.weight"):
            stored = names.get_name(name, try_suffixes=(".weight", ".bias"))
            if stored is None:
                sys.exit(f"{source.name}: the gguf package has no name for {name}")
            values = ordered(arch, name, values, config)
            writer.add_tensor(stored, np.ascontiguousarray(values, dtype=np.float32))
    close(writer)


def write_quantised(path):
    """Values whose blocks are zero, tiny, large, constant, tied between two quants, and random."""
    random = np.random.default_rng(SEED)
    values = random.normal(size=(24, 64)).astype(np.float32)
    values[0] = 0
    values[1] = 1e-7 * values[1]
    values[2] = 1e4 * values[2]
    values[3] = -0.25
    values[4] = np.arange(-32, 32) / 2  # ties for Q8_0 and Q4_0 alike
    values[5, :32] = np.arange(-16, 16) * (127 / 16)
    values[6] = np.where(np.arange(64) % 2, 1.0, -1.0)  # which of two is the largest?
    values[7:9] = values[7:9].astype(np.float16)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_tensor("values", values)
    for kind in (Type.Q8_0, Type.Q4_0, Type.F16, Type.BF16):
        data = gguf.quants.quantize(values, kind)
        writer.add_tensor(kind.name.lower(), data, raw_dtype=kind)
    close(writer)


def main():
    here = Path(__file__).resolve().parent
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "resources" / "reference"
    folder = fresh(out / "gguf-families")
    for name, arch in FAMILIES.items():
        write_family(here.parent / "resources" / "reference" / name, folder / f"{name}.gguf", arch)
    write_quantised(out / "quantised.gguf")
    size = sum(file.stat().st_size for file in [*folder.iterdir(), out / "quantised.gguf"])
    print(f"{size / 1e6:.2f} MB")


if __name__ == "__main__":
    torch.manual_seed(SEED)
    main()
