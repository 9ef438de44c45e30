# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a trained decoder as an ordinary Hugging Face folder, BF16 safetensors, and checks it against `transformers`.

    python export_hf.py build/lambda-llama/checkpoint.pt --out ../models/lambda-llama --check
"""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from corpus import BOS, EOS
from decoders import Decoder, DecoderConfig

# Our name on the left, Hugging Face's on the right; {n} is the layer.
LLAMA_NAMES = {
    "embed.weight": "model.embed_tokens.weight",
    "blocks.{n}.norm1": "model.layers.{n}.input_layernorm",
    "blocks.{n}.attn.q": "model.layers.{n}.self_attn.q_proj",
    "blocks.{n}.attn.k": "model.layers.{n}.self_attn.k_proj",
    "blocks.{n}.attn.v": "model.layers.{n}.self_attn.v_proj",
    "blocks.{n}.attn.o": "model.layers.{n}.self_attn.o_proj",
    "blocks.{n}.norm2": "model.layers.{n}.post_attention_layernorm",
    "blocks.{n}.mlp.gate": "model.layers.{n}.mlp.gate_proj",
    "blocks.{n}.mlp.up": "model.layers.{n}.mlp.up_proj",
    "blocks.{n}.mlp.down": "model.layers.{n}.mlp.down_proj",
    "norm": "model.norm",
}
MPT_NAMES = {
    "embed.weight": "transformer.wte.weight",
    "blocks.{n}.norm1": "transformer.blocks.{n}.norm_1",
    "blocks.{n}.attn.o": "transformer.blocks.{n}.attn.out_proj",
    "blocks.{n}.norm2": "transformer.blocks.{n}.norm_2",
    "blocks.{n}.mlp.up": "transformer.blocks.{n}.ffn.up_proj",
    "blocks.{n}.mlp.down": "transformer.blocks.{n}.ffn.down_proj",
    "norm": "transformer.norm_f",
}
GPTJ_NAMES = {
    "embed.weight": "transformer.wte.weight",
    "blocks.{n}.norm1": "transformer.h.{n}.ln_1",
    "blocks.{n}.attn.q": "transformer.h.{n}.attn.q_proj",
    "blocks.{n}.attn.k": "transformer.h.{n}.attn.k_proj",
    "blocks.{n}.attn.v": "transformer.h.{n}.attn.v_proj",
    "blocks.{n}.attn.o": "transformer.h.{n}.attn.out_proj",
    "blocks.{n}.mlp.up": "transformer.h.{n}.mlp.fc_in",
    "blocks.{n}.mlp.down": "transformer.h.{n}.mlp.fc_out",
    "norm": "transformer.ln_f",
    "head_bias": "lm_head.bias",
}
NAMES = {"lambda-llama": LLAMA_NAMES, "lambda-mpt": MPT_NAMES, "lambda-gptj": GPTJ_NAMES}
WQKV = "transformer.blocks.{n}.attn.Wqkv.weight"


def _hf_name(kind: str, name: str) -> str:
    """Hugging Face's name of our parameter `name`."""
    parts = name.split(".")
    layer = parts[1] if parts[0] == "blocks" else ""
    pattern = ".".join(["blocks", "{n}", *parts[2:]]) if layer else name
    for ours, theirs in NAMES[kind].items():
        if pattern == ours or pattern.startswith(ours + "."):
            return (theirs + pattern[len(ours) :]).replace("{n}", layer)
    raise ValueError(f"{name}: no Hugging Face name is known for kind {kind}")


def hf_tensors(model: Decoder) -> dict[str, Tensor]:
    """All parameters under Hugging Face's names; MPT's three projections become its fused one."""
    kind, tensors = model.config.kind, {}
    state = {name: tensor.detach().cpu() for name, tensor in model.state_dict().items()}
    if kind == "lambda-mpt":
        for n in range(model.config.n_layers):
            parts = [state.pop(f"blocks.{n}.attn.{part}.weight") for part in "qkv"]
            tensors[WQKV.replace("{n}", str(n))] = torch.cat(parts)
    for name, tensor in state.items():
        tensors[_hf_name(kind, name)] = tensor
    return tensors


def load_hf_tensors(model: Decoder, tensors: dict[str, Tensor]) -> None:
    """The inverse of `hf_tensors`."""
    kind, state = model.config.kind, {}
    tensors = {name: tensor.float() for name, tensor in tensors.items()}
    for name in model.state_dict():
        if kind == "lambda-mpt" and name.endswith(("attn.q.weight", "attn.k.weight", "attn.v.weight")):
            fused = tensors[WQKV.replace("{n}", name.split(".")[1])]
            state[name] = fused.chunk(3)["qkv".index(name.split(".")[3])]
        else:
            state[name] = tensors[_hf_name(kind, name)]
    model.load_state_dict(state)


def hf_config(config: DecoderConfig) -> dict:
    """`config.json`."""
    common = {
        "vocab_size": config.vocab_size,
        "bos_token_id": BOS,
        "eos_token_id": EOS,
        "pad_token_id": EOS,
        "tie_word_embeddings": True,
        "dtype": "bfloat16",
        "use_cache": True,
    }
    if config.kind == "lambda-llama":
        scaling = {"rope_type": "linear", "factor": config.position_scale} if config.position_scale != 1 else None
        return common | {
            "architectures": ["LlamaForCausalLM"],
            "model_type": "llama",
            "hidden_size": config.d_model,
            "intermediate_size": config.d_ff,
            "num_hidden_layers": config.n_layers,
            "num_attention_heads": config.n_heads,
            "num_key_value_heads": config.n_kv_heads,
            "head_dim": config.head_dim,
            "max_position_embeddings": config.max_positions,
            "rms_norm_eps": config.norm_eps,
            "rope_theta": config.rope_theta,
            "rope_scaling": scaling,
            "hidden_act": "silu",
            "attention_bias": False,
            "mlp_bias": False,
            "attention_dropout": 0.0,
        }
    if config.position_scale != 1:
        raise ValueError(f"position_scale: only lambda-llama can record it, found {config.position_scale}")
    if config.kind == "lambda-mpt":
        return common | {
            "architectures": ["MptForCausalLM"],
            "model_type": "mpt",
            "d_model": config.d_model,
            "n_heads": config.n_heads,
            "n_layers": config.n_layers,
            "expansion_ratio": config.d_ff // config.d_model,
            "max_seq_len": config.max_positions,
            "no_bias": True,
            "layer_norm_epsilon": config.norm_eps,
            "attn_config": {"alibi": True, "alibi_bias_max": 8, "attn_pdrop": 0},
        }
    return common | {
        "architectures": ["GPTJForCausalLM"],
        "model_type": "gptj",
        "n_embd": config.d_model,
        "n_head": config.n_heads,
        "n_layer": config.n_layers,
        "n_inner": config.d_ff,
        "n_positions": config.max_positions,
        "rotary_dim": config.rotary_dim,
        "layer_norm_epsilon": config.norm_eps,
        "activation_function": "gelu_new",
        "attn_pdrop": 0.0,
        "embd_pdrop": 0.0,
        "resid_pdrop": 0.0,
    }


def read_hf_config(path: Path) -> DecoderConfig:
    """The inverse of `hf_config`, for folders that `export` wrote."""
    hf = json.loads(path.read_text())
    common = {"vocab_size": hf["vocab_size"]}
    if hf["model_type"] == "llama":
        scaling = hf["rope_scaling"] or {"factor": 1.0}
        return DecoderConfig(
            kind="lambda-llama", d_model=hf["hidden_size"], n_layers=hf["num_hidden_layers"],
            n_heads=hf["num_attention_heads"], n_kv_heads=hf["num_key_value_heads"], d_ff=hf["intermediate_size"],
            rotary_dim=hf["head_dim"], rope_theta=hf["rope_theta"], position_scale=scaling["factor"],
            max_positions=hf["max_position_embeddings"], norm_eps=hf["rms_norm_eps"], **common,
        )  # fmt: skip
    if hf["model_type"] == "mpt":
        return DecoderConfig(
            kind="lambda-mpt", d_model=hf["d_model"], n_layers=hf["n_layers"], n_heads=hf["n_heads"],
            n_kv_heads=hf["n_heads"], d_ff=hf["expansion_ratio"] * hf["d_model"], max_positions=hf["max_seq_len"],
            norm_eps=hf["layer_norm_epsilon"], **common,
        )  # fmt: skip
    if hf["model_type"] == "gptj":
        return DecoderConfig(
            kind="lambda-gptj", d_model=hf["n_embd"], n_layers=hf["n_layer"], n_heads=hf["n_head"],
            n_kv_heads=hf["n_head"], d_ff=hf["n_inner"], rotary_dim=hf["rotary_dim"],
            max_positions=hf["n_positions"], norm_eps=hf["layer_norm_epsilon"], **common,
        )  # fmt: skip
    raise ValueError(f"{path}: expected model_type llama, mpt or gptj, found {hf['model_type']!r}")


def load_decoder(source: Path, **changes) -> Decoder:
    """Opens a checkpoint file or an exported folder; `changes` replaces entries of its configuration."""
    if source.is_dir():
        config = read_hf_config(source / "config.json")
        model = Decoder(replace(config, **changes))
        load_hf_tensors(model, load_file(source / "model.safetensors"))
        return model
    state = torch.load(source, map_location="cpu", weights_only=True)
    model = Decoder(replace(DecoderConfig(**state["config"]), **changes))
    model.load_state_dict(state["model"])
    return model


def export(model: Decoder, target: Path, tokenizer: Path) -> Path:
    """Writes the folder and returns it."""
    target.mkdir(parents=True, exist_ok=True)
    tensors = {name: tensor.to(torch.bfloat16).contiguous() for name, tensor in hf_tensors(model).items()}
    save_file(tensors, target / "model.safetensors", metadata={"format": "pt"})
    shutil.copyfile(tokenizer, target / "tokenizer.json")
    length = model.config.max_positions
    texts = {
        "config.json": hf_config(model.config),
        "generation_config.json": {"bos_token_id": BOS, "eos_token_id": EOS, "pad_token_id": EOS},
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "bos_token": "<s>",
            "eos_token": "</s>",
            "pad_token": "</s>",
            "mask_token": "<mask>",
            "add_prefix_space": False,
            "clean_up_tokenization_spaces": False,
            "model_max_length": length,
        },
    }
    for name, content in texts.items():
        (target / name).write_text(json.dumps(content, indent=2) + "\n")
    return target


@torch.no_grad()
def check(folder: Path, windows: int = 4) -> float:
    """Largest |logit difference| between `transformers` and our module, both float32 over the exported weights."""
    from transformers import AutoModelForCausalLM

    ours = load_decoder(folder).eval()
    theirs = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    generator = torch.Generator().manual_seed(0)
    shape = (windows, min(512, ours.config.max_positions))
    ids = torch.randint(ours.config.vocab_size, shape, generator=generator)
    ids[:, 0] = BOS
    return (ours(ids) - theirs(ids).logits).abs().max().item()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, help="default: tokenizer.json two folders above the checkpoint")
    parser.add_argument("--check", action="store_true", help="compare logits with transformers")
    args = parser.parse_args()
    tokenizer = args.tokenizer or args.checkpoint.parent.parent / "tokenizer.json"
    print(f"exported to {export(load_decoder(args.checkpoint), args.out, tokenizer)}")
    if args.check:
        print(f"max |logit difference| to transformers: {check(args.out):.2e}")


if __name__ == "__main__":
    main()
