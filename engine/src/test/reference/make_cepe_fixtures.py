"""Writes the fixtures of CEPE's reference tests: small random models and their logits.

    python make_cepe_fixtures.py [OUT]        (default: ../resources/reference, next to this script)

Every folder below OUT holds a model in the published layout (`encoder_config` in config.json) and
expected.safetensors: `tokens` [T], `context` [N] and `mask` [N] (whole numbers, as float32), and logits
[T, vocabulary] of cepe.py in float64, rounded to float32, per case: `none`, `chunks=1`, `chunks=3`,
`chunks=7` (chunks of CHUNK tokens from the context's start), `ragged` (the whole context, whose last
chunk is shorter) and `padded` (the same under the mask). `mass` [crossed layers, heads, T, chunks] is
the attention that the case `ragged` gives to each chunk.

`cepe-bin` holds the model of `cepe-mha` in two PyTorch shards.

The encoder and the decoder without a context are compared with transformers' LLaMA; the script fails
where they differ by 1e-4 or more.
"""

import collections
import json
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import LlamaConfig, LlamaModel

from cepe import Cepe
from make_fixtures import SEED, fresh, new_model, tokens_for, classic_config

CHUNK = 24
CONTEXT = 7 * CHUNK + 9
LENGTH = 40

MODELS = {
    # Cross-attention in every layer, and an encoder narrower than the decoder.
    "cepe-mha": (
        dict(
            hidden_size=32, intermediate_size=48, num_hidden_layers=3, vocab_size=20,
            num_attention_heads=4, num_key_value_heads=4, head_dim=8,
        ),
        dict(
            hidden_size=24, intermediate_size=40, num_hidden_layers=2, vocab_size=20,
            num_attention_heads=3, num_key_value_heads=3, head_dim=8,
        ),
        3,
    ),
    # Grouped queries on both sides, tied embeddings, cross-attention in the top two layers only.
    "cepe-gqa": (
        dict(
            hidden_size=36, intermediate_size=44, num_hidden_layers=3, vocab_size=19,
            num_attention_heads=6, num_key_value_heads=2, head_dim=6, tie_word_embeddings=True,
        ),
        dict(
            hidden_size=40, intermediate_size=36, num_hidden_layers=2, vocab_size=19,
            num_attention_heads=4, num_key_value_heads=2, head_dim=10,
        ),
        2,
    ),
}  # fmt: skip


def cross_weights(config, width, first, generator):
    weights = {}
    q = config.num_attention_heads * config.head_dim
    kv = config.num_key_value_heads * config.head_dim
    shapes = {"q_proj": (q, config.hidden_size), "k_proj": (kv, width), "v_proj": (kv, width)}
    shapes["o_proj"] = (config.hidden_size, q)
    for layer in range(first, config.num_hidden_layers):
        prefix = f"model.layers.{layer}.cross_attn."
        for name, shape in shapes.items():
            weights[f"{prefix}{name}.weight"] = 0.25 * torch.randn(shape, generator=generator)
        norm = 1 + 0.3 * torch.randn(config.hidden_size, generator=generator)
        weights[prefix + "layernorm.weight"] = norm
    return weights


def write_pickled(folder, config, weights):
    """The same model as torch.save writes it, in two shards, with what real checkpoints also hold."""
    (folder / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")
    names = sorted(weights)
    shards = {
        "pytorch_model-00001-of-00002.bin": names[::2],
        "pytorch_model-00002-of-00002.bin": names[1::2],
    }
    for file, held in shards.items():
        state = collections.OrderedDict((name, weights[name].clone()) for name in held)
        state._metadata = collections.OrderedDict({"": {"version": 1}})  # as state_dict() has it
        if "model.norm.weight" in state:
            state["model.norm.weight"] = torch.nn.Parameter(state["model.norm.weight"])
            state["model.rotary_positions"] = torch.arange(4)  # a buffer of whole numbers
        torch.save(state, folder / file)
    where = {name: file for file, held in shards.items() for name in held}
    index = {"metadata": {}, "weight_map": where}
    (folder / "pytorch_model.bin.index.json").write_text(json.dumps(index, indent=2) + "\n")


def check(what, found, expected):
    difference = (found - expected).abs().max().item()
    print(f"  {what}: max |Δ| {difference:.1e}")
    if not difference < 1e-4:
        sys.exit(f"{what}: expected a difference below 1e-4, found {difference}")


def bidirectional(config, weights, chunk):
    """The encoder by transformers: its LLaMA under a mask that hides nothing."""
    model = LlamaModel(config).double().eval()
    model.load_state_dict({n.removeprefix("encoder."): w.double() for n, w in weights.items()})
    nothing_hidden = torch.zeros(1, 1, len(chunk), len(chunk), dtype=torch.float64)
    return model(torch.tensor([chunk]), attention_mask=nothing_hidden).last_hidden_state[0]


def main():
    default = Path(__file__).parent.parent / "resources" / "reference"
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    for index, (name, (shape, encoder_shape, crossed)) in enumerate(MODELS.items()):
        print(name)
        seed = SEED + 100 + 10 * index
        folder = fresh(out / name)
        base = new_model(shape, seed)
        encoder = new_model(encoder_shape, seed + 1)
        tied = base.config.tie_word_embeddings
        weights = {n: w for n, w in base.state_dict().items() if not (tied and n == "lm_head.weight")}
        encoder_weights = {
            n.replace("model.", "encoder.", 1): w
            for n, w in encoder.state_dict().items()
            if n != "lm_head.weight"
        }
        weights.update(encoder_weights)
        generator = torch.Generator().manual_seed(seed + 2)
        width = encoder.config.hidden_size
        first = base.config.num_hidden_layers - crossed
        weights.update(cross_weights(base.config, width, first, generator))
        base.save_pretrained(folder)
        (folder / "generation_config.json").unlink()
        classic_config(folder)
        config = json.loads((folder / "config.json").read_text())
        encoder_config = encoder.config.to_dict()
        encoder_config["rope_theta"] = encoder_config.pop("rope_parameters")["rope_theta"]
        config.update(
            architectures=["LlamaForCausalContextLM"],
            do_cross_attention=True,
            encoder_config=encoder_config,
            encoder_hidden_size=width,
            num_cross_attn_layers=crossed,
        )
        (folder / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")
        save_file({n: w.contiguous() for n, w in weights.items()}, folder / "model.safetensors")
        if name == "cepe-mha":
            write_pickled(fresh(out / "cepe-bin"), config, weights)
        write_expected(folder, base, config, encoder.config, encoder_weights, weights, seed)


@torch.inference_mode()
def write_expected(folder, base, config, encoder_config, encoder_weights, weights, seed):
    reference = Cepe(config, weights)
    tokens = tokens_for(config["vocab_size"], LENGTH, seed + 3)
    context = tokens_for(config["vocab_size"], CONTEXT, seed + 4)
    generator = torch.Generator().manual_seed(seed + 5)
    mask = torch.rand(CONTEXT, generator=generator) < 0.7
    mask[2 * CHUNK : 3 * CHUNK] = False  # a whole chunk of padding
    mask[3 * CHUNK : 4 * CHUNK] = torch.arange(CHUNK) < 10  # padding at the end, as trainers have it
    chunks = list(torch.tensor(context).split(CHUNK))
    masks = list(mask.split(CHUNK))
    expected = {}
    expected["none"], _ = reference.context_logits(tokens, [])
    for n in (1, 3, 7):
        expected[f"chunks={n}"], _ = reference.context_logits(tokens, chunks[:n])
    expected["ragged"], attention = reference.context_logits(tokens, chunks)
    expected["padded"], _ = reference.context_logits(tokens, chunks, masks)
    check("no context against transformers", expected["none"], base(torch.tensor([tokens])).logits[0])
    everything = torch.ones(CHUNK, dtype=torch.bool)
    check(
        "encoder against transformers",
        reference.encode(chunks[0], everything),
        bidirectional(encoder_config, encoder_weights, chunks[0].tolist()),
    )
    for case, logits in expected.items():
        apart = (logits - expected["none"]).abs().max().item()
        print(f"  {case:9} max |Δlogit| from no context {apart:.3f}")
    mass = torch.stack([torch.stack([a.sum(-1) for a in w.split(CHUNK, dim=-1)], dim=-1) for w in attention])
    tensors = {case: logits.float().contiguous() for case, logits in expected.items()}
    tensors["tokens"] = torch.tensor(tokens, dtype=torch.float32)
    tensors["context"] = torch.tensor(context, dtype=torch.float32)
    tensors["mask"] = mask.float()
    tensors["mass"] = mass.float().contiguous()
    save_file(tensors, folder / "expected.safetensors")


if __name__ == "__main__":
    main()
