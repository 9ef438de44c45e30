"""Writes the fixtures of the families beside LLaMA: small random models and their logits.

    python make_family_fixtures.py [OUT [NAME ...]]   (default: all, to ../resources/reference)

The folders are as make_fixtures.py describes them. Every model is written by transformers, and its
vanilla logits are compared with transformers' own; the script fails where they differ by 1e-4 or more.
"""

import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import (
    AutoModelForCausalLM,
    GPTJConfig,
    GPTNeoXConfig,
    LlamaConfig,
    MistralConfig,
    MptConfig,
    Phi3Config,
    Qwen2Config,
    Qwen3Config,
)

from families import GptJ, GptNeoX, LlamaVariant, Mpt
from make_fixtures import ARMS, SEED, fresh, tokens_for

LENGTH = 130
MAX_POSITIONS = 64
VOCABULARY = 8
COMMON = dict(vocab_size=VOCABULARY, bos_token_id=1, eos_token_id=2, pad_token_id=0)


def mpt(attention=None, **shape):
    config = MptConfig(
        n_layers=2, max_seq_len=MAX_POSITIONS, learned_pos_emb=False, attn_config=attention or {}, **shape, **COMMON
    )  # fmt: skip
    return AutoModelForCausalLM.from_config(config), Mpt


def mpt_odd():
    """Heads that are no power of two, and all that transformers can read but not make: it keeps MPT's
    biases where a checkpoint has them (`no_bias: false`), but makes models without, and four times as
    wide an MLP."""
    attention = dict(clip_qkv=1.5, softmax_scale=0.2, alibi_bias_max=6)
    model, family = mpt(attention, d_model=30, n_heads=6, expansion_ratio=2, no_bias=False)
    for block in model.transformer.blocks:
        block.ffn.up_proj = torch.nn.Linear(30, 60)
        block.ffn.down_proj = torch.nn.Linear(60, 30)
        block.attn.Wqkv.bias = torch.nn.Parameter(torch.zeros(90))
        block.attn.out_proj.bias = torch.nn.Parameter(torch.zeros(30))
        block.norm_1.bias = torch.nn.Parameter(torch.zeros(30))
        block.norm_2.bias = torch.nn.Parameter(torch.zeros(30))
    model.transformer.norm_f.bias = torch.nn.Parameter(torch.zeros(30))
    # Theirs leaves alibi_bias_max at 8, whatever the configuration says; MPT's own code reads it.
    build = model.transformer.build_mpt_alibi_tensor
    model.transformer.build_mpt_alibi_tensor = lambda heads, length, **kw: build(heads, length, 6, **kw)
    return model, family


def gptj():
    config = GPTJConfig(
        n_embd=32, n_head=4, n_layer=2, n_positions=MAX_POSITIONS, rotary_dim=4, n_inner=None, **COMMON
    )  # fmt: skip
    return AutoModelForCausalLM.from_config(config), GptJ


def neox(**shape):
    config = GPTNeoXConfig(
        hidden_size=32, num_attention_heads=2, num_hidden_layers=2, intermediate_size=48,
        max_position_embeddings=MAX_POSITIONS, **shape, **COMMON,
    )  # fmt: skip
    return AutoModelForCausalLM.from_config(config), GptNeoX


def llama_like(kind, **shape):
    shape = dict(
        hidden_size=32, intermediate_size=40, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=MAX_POSITIONS, **shape, **COMMON,
    )  # fmt: skip
    return AutoModelForCausalLM.from_config(kind(**shape)), LlamaVariant


LLAMA3 = dict(
    rope_type="llama3", rope_theta=10_000.0, factor=4.0, low_freq_factor=1.0, high_freq_factor=4.0,
    original_max_position_embeddings=32,
)  # fmt: skip
YARN = dict(
    rope_type="yarn", rope_theta=10_000.0, factor=4.0, original_max_position_embeddings=32, beta_fast=8.0
)  # fmt: skip
DYNAMIC = dict(rope_type="dynamic", rope_theta=10_000.0, factor=2.0)
LONGROPE = dict(
    rope_type="longrope", rope_theta=10_000.0, original_max_position_embeddings=32,
    short_factor=[1.0, 1.1, 1.2, 1.4], long_factor=[1.0, 1.5, 3.0, 6.0],
)  # fmt: skip

MODELS = {
    "mpt": lambda: mpt(d_model=32, n_heads=4, expansion_ratio=4),
    "mpt-odd": mpt_odd,
    "gptj": gptj,
    "neox-parallel": lambda: neox(
        rope_parameters=dict(rope_type="default", rope_theta=10_000.0, partial_rotary_factor=0.25)
    ),
    "neox-sequential": lambda: neox(
        use_parallel_residual=False, hidden_act="gelu_new",
        rope_parameters=dict(rope_type="default", rope_theta=10_000.0, partial_rotary_factor=0.75),
    ),  # fmt: skip
    # The window is narrower than some arms' and wider than others'.
    "mistral": lambda: llama_like(MistralConfig, sliding_window=20),
    "qwen2": lambda: llama_like(Qwen2Config, use_sliding_window=False, tie_word_embeddings=True),
    "qwen3": lambda: llama_like(Qwen3Config, head_dim=12),
    "phi3": lambda: llama_like(
        Phi3Config, original_max_position_embeddings=MAX_POSITIONS, sliding_window=None,
        rope_parameters=dict(rope_type="default", rope_theta=10_000.0, partial_rotary_factor=0.75),
    ),  # fmt: skip
    "llama3": lambda: llama_like(LlamaConfig, rope_parameters=LLAMA3),
    "yarn": lambda: llama_like(LlamaConfig, rope_parameters=YARN),
    "dynamic": lambda: llama_like(LlamaConfig, rope_parameters=DYNAMIC),
    "longrope": lambda: llama_like(
        Phi3Config, original_max_position_embeddings=32, sliding_window=None, rope_parameters=LONGROPE
    ),
}


def new_weights(model, seed):
    """Random weights whose attention is far from flat: wider than trainers start with."""
    torch.manual_seed(seed)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() == 1:
                # Norms are born 1 and biases 0, where neither would show in the logits.
                parameter.add_(0.3 * torch.randn_like(parameter))
            else:
                parameter.copy_(0.25 * torch.randn_like(parameter))
    return model.float().eval()


def check_long_frequencies(folder, model, reference, tokens):
    """A whole text at the frequencies of its full length, as theirs reads it in one pass."""
    own = reference.positions.of_length
    reference.positions.of_length = lambda length: own(2 * MAX_POSITIONS)
    difference = (
        reference.logits(tokens[: 2 * MAX_POSITIONS], "vanilla")
        - model(torch.tensor([tokens[: 2 * MAX_POSITIONS]])).logits[0]
    )
    reference.positions.of_length = own
    difference = difference.abs().max().item()
    print(f"{folder.name:16} at the full length against transformers: max |Δlogit| {difference:.1e}")
    if not difference < 1e-4:
        sys.exit(f"{folder.name}: expected a difference below 1e-4, found {difference}")


def write(folder, make, seed):
    model, family = make()
    model.config._attn_implementation = "eager"
    new_weights(model, seed)
    model.save_pretrained(fresh(folder))
    (folder / "generation_config.json").unlink(missing_ok=True)
    weights = load_file(folder / "model.safetensors")
    tokens = tokens_for(VOCABULARY, LENGTH, seed)
    reference = family(model.config.to_dict(), weights)
    with torch.inference_mode():
        expected = {arm: reference.logits(tokens, arm) for arm in ARMS}
        # Theirs has tables of positions that end with the training length, or reads the beginning of a
        # text otherwise when the text is longer; the logits before do not depend on what follows.
        kind = model.config.to_dict().get("rope_parameters", {}).get("rope_type")
        known = MAX_POSITIONS if family in (Mpt, GptJ) or kind == "dynamic" else LENGTH
        known = 32 if kind == "longrope" else known
        theirs = model(torch.tensor([tokens[:known]])).logits[0]
        if kind in ("dynamic", "longrope"):
            check_long_frequencies(folder, model, reference, tokens)
    difference = (expected["vanilla"][:known] - theirs).abs().max().item()
    print(f"{folder.name:16} vanilla against transformers: max |Δlogit| {difference:.1e}")
    if not difference < 1e-4:
        sys.exit(f"{folder.name}: expected a difference below 1e-4, found {difference}")
    for arm, logits in expected.items():
        apart = (logits - expected["vanilla"]).abs().max().item()
        print(f"  {arm:45} max |Δlogit| from vanilla {apart:.3f}")
    tensors = {arm: logits.float().contiguous() for arm, logits in expected.items()}
    tensors["tokens"] = torch.tensor(tokens, dtype=torch.float32)
    save_file(tensors, folder / "expected.safetensors")


def main():
    here = Path(__file__).resolve().parent
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "resources" / "reference"
    names = sys.argv[2:] or list(MODELS)
    for name in names:
        write(out / name, MODELS[name], SEED + 100 + list(MODELS).index(name))


if __name__ == "__main__":
    main()
