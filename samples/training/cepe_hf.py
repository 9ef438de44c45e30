# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a CEPE laid out as the published checkpoints: a LLaMA folder with `encoder.` and `cross_attn.` too."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from cepe import Cepe, CepeConfig
from decoders import DecoderConfig
from export_hf import export as export_decoder
from export_hf import hf_config, hf_tensors, load_hf_tensors, read_hf_config

# Our name on the left, the published one on the right.
ENCODER_NAMES = {
    "embed": "embed_tokens",
    "norm1": "input_layernorm",
    "attn.q": "self_attn.q_proj",
    "attn.k": "self_attn.k_proj",
    "attn.v": "self_attn.v_proj",
    "attn.o": "self_attn.o_proj",
    "norm2": "post_attention_layernorm",
    "mlp.gate": "mlp.gate_proj",
    "mlp.up": "mlp.up_proj",
    "mlp.down": "mlp.down_proj",
    "norm": "norm",
}
CROSS_NAMES = {"q": "q_proj", "k": "k_proj", "v": "v_proj", "o": "o_proj", "norm": "layernorm"}


def _hf_name(name: str, first_cross_layer: int) -> str:
    """The published name of a trained parameter, `encoder.…` or `cross.{n}.…`."""
    parts = name.removesuffix(".weight").split(".")
    if parts[0] == "cross":
        return f"model.layers.{first_cross_layer + int(parts[1])}.cross_attn.{CROSS_NAMES[parts[2]]}.weight"
    if parts[1] == "blocks":
        return f"encoder.layers.{parts[2]}.{ENCODER_NAMES['.'.join(parts[3:])]}.weight"
    return f"encoder.{ENCODER_NAMES[parts[1]]}.weight"


def cepe_tensors(model: Cepe) -> dict[str, Tensor]:
    first = model.config.decoder.n_layers - model.config.cross_layers
    trained = {_hf_name(name, first): p.detach().cpu() for name, p in model.trained_parameters()}
    return hf_tensors(model.decoder) | trained


def cepe_config(config: CepeConfig) -> dict:
    """`config.json`: LLaMA's, the encoder's under `encoder_config`, and the sizes of the cross-attention."""
    return hf_config(config.decoder) | {
        "architectures": ["LlamaForCausalContextLM"],
        "is_decoder": True,
        "encoder_config": hf_config(config.encoder) | {"architectures": ["LlamaForMLM"], "is_encoder": True},
        "encoder_hidden_size": config.encoder.d_model,
        "num_cross_attn_layers": config.cross_layers,
        "num_cross_attn_hidden_states": 1,
        "do_cross_attention": True,
    }


def export(model: Cepe, target: Path, tokenizer: Path) -> Path:
    """Writes the folder, without a model card, and returns it."""
    export_decoder(model.decoder, target, tokenizer)
    tensors = {name: tensor.to(torch.bfloat16).contiguous() for name, tensor in cepe_tensors(model).items()}
    save_file(tensors, target / "model.safetensors", metadata={"format": "pt"})
    (target / "config.json").write_text(json.dumps(cepe_config(model.config), indent=2) + "\n")
    return target


def _read_config(path: Path) -> CepeConfig:
    entries = json.loads(path.read_text())
    decoder, encoder = read_hf_config(path), entries["encoder_config"]
    sizes = {
        "d_model": encoder["hidden_size"],
        "n_layers": encoder["num_hidden_layers"],
        "n_heads": encoder["num_attention_heads"],
        "n_kv_heads": encoder["num_key_value_heads"],
        "d_ff": encoder["intermediate_size"],
        "rotary_dim": encoder["head_dim"],
        "vocab_size": encoder["vocab_size"],
        "rope_theta": encoder["rope_theta"],
        "max_positions": encoder["max_position_embeddings"],
        "norm_eps": encoder["rms_norm_eps"],
    }
    return CepeConfig(decoder, DecoderConfig(kind="lambda-llama", **sizes), entries["num_cross_attn_layers"])


def load_cepe(source: Path) -> Cepe:
    """Opens a stage's checkpoint or an exported folder."""
    if not source.is_dir():
        state = torch.load(source, map_location="cpu", weights_only=True)
        model = Cepe(CepeConfig.from_dict(state["config"]))
        model.load_state_dict(state["model"])
        return model
    model = Cepe(_read_config(source / "config.json"))
    tensors = load_file(source / "model.safetensors")
    first = model.config.decoder.n_layers - model.config.cross_layers
    load_hf_tensors(model.decoder, tensors)
    with torch.no_grad():
        for name, parameter in model.trained_parameters():
            parameter.copy_(tensors[_hf_name(name, first)].float())
    return model
