"""Writes the fixtures of the engine's reference tests: small random LLaMA models and their logits.

    python make_fixtures.py [OUT]        (default: ../resources/reference, next to this script)

Every folder below OUT holds a model (a Hugging Face folder or model.gguf) and expected.safetensors:
`tokens` [T] (whole numbers, as float32) and, per arm as the command line writes it, the next-token
logits [T, vocabulary] of arms.py in float64, rounded to float32. `blocks` holds single weight blocks
and the values that they stand for.

Each model's vanilla logits are also compared with transformers' own LLaMA; the script fails where
they differ by 1e-4 or more.
"""

import json
import shutil
import sys
from pathlib import Path

import gguf
import numpy as np
import torch
from gguf import GGMLQuantizationType as Type
from safetensors.torch import load_file, save_file
from transformers import LlamaConfig, LlamaForCausalLM

from arms import Llama

SEED = 20_240_611

ARMS = [
    "vanilla",
    "truncate:local=16,stride=8",
    "truncate:local=16,stride=15",
    "truncate:local=2,stride=1",
    "window:local=1",
    "window:local=16",
    "lambda-mask:global=4,local=16",
    "lambda-mask:global=0,local=16",
    "ceiling:ceiling=16",
    "ceiling:ceiling=1",
    "lm-infinite:global=4,local=16,ceiling=16",
    "lm-infinite:global=1,local=16,ceiling=8",  # ceiling inside the local branch
    "lm-infinite:global=10,local=16,ceiling=40",  # ceiling beyond it
    "lm-infinite:global=20,local=8,ceiling=12",  # the branches overlap at first
    "lm-infinite:global=4,local=300,ceiling=16",  # local branch longer than the text
    "streaming-llm:sink=4,recent=12",
    "streaming-llm:sink=0,recent=5",
    "streaming-llm:sink=3,recent=1",
]
# The stored type changes the weights, not the arms: three arms are enough there.
FEW_ARMS = [ARMS[0], ARMS[10], ARMS[15]]

# Long enough that every ring of the Λ-arms goes round, several blocks of keys over.
LENGTH = 180
SHORT = 72

MODELS = {
    "mha": dict(
        hidden_size=32, intermediate_size=48, num_hidden_layers=3, vocab_size=20,
        num_attention_heads=4, num_key_value_heads=4, head_dim=16,
    ),
    # Three query heads per key/value head, and a head size that fills no vector.
    "gqa": dict(
        hidden_size=36, intermediate_size=44, num_hidden_layers=2, vocab_size=19,
        num_attention_heads=6, num_key_value_heads=2, head_dim=10, tie_word_embeddings=True,
    ),
    # One key/value head, biases everywhere, another base, and config.json as transformers 5 writes it.
    "mqa-bias": dict(
        hidden_size=42, intermediate_size=60, num_hidden_layers=2, vocab_size=21,
        num_attention_heads=3, num_key_value_heads=1, head_dim=8,
        attention_bias=True, mlp_bias=True, rope_theta=500_000.0,
    ),
    # An odd number of heads, in several shards.
    "mha-odd": dict(
        hidden_size=60, intermediate_size=40, num_hidden_layers=2, vocab_size=23,
        num_attention_heads=5, num_key_value_heads=5, head_dim=12,
    ),
}
# Rows are multiples of 32, so that they are whole quantised blocks.
STORED = dict(
    hidden_size=64, intermediate_size=96, num_hidden_layers=2, vocab_size=24,
    num_attention_heads=4, num_key_value_heads=2, head_dim=16,
)  # fmt: skip


def new_model(shape, seed):
    """A random model whose attention is far from flat: weights wider than trainers start with."""
    shape = dict(shape)
    theta = shape.pop("rope_theta", 10_000.0)
    config = LlamaConfig(
        max_position_embeddings=64, rms_norm_eps=1e-5, initializer_range=0.25, bos_token_id=1,
        eos_token_id=2, rope_parameters={"rope_type": "default", "rope_theta": theta}, **shape,
    )  # fmt: skip
    torch.manual_seed(seed)
    model = LlamaForCausalLM(config).float().eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() == 1:
                # Norms are born 1 and biases 0, where neither would show in the logits.
                parameter.add_(0.3 * torch.randn_like(parameter))
    return model


def tokens_for(vocabulary, length, seed):
    generator = torch.Generator().manual_seed(seed)
    return [1] + torch.randint(0, vocabulary, (length - 1,), generator=generator).tolist()


def fresh(folder):
    """The folder, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def classic_config(folder):
    """Writes rope_theta and torch_dtype where most published folders have them."""
    path = folder / "config.json"
    config = json.loads(path.read_text())
    rope = config.pop("rope_parameters")
    config["rope_theta"] = rope["rope_theta"]
    config["rope_scaling"] = None
    config["torch_dtype"] = config.pop("dtype")
    path.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")


def save_folder(model, folder, classic=True, **options):
    model.save_pretrained(folder, **options)
    (folder / "generation_config.json").unlink(missing_ok=True)
    if classic:
        classic_config(folder)


def write_expected(folder, config, weights, arms, tokens):
    """Computes, compares with transformers, reports, and writes expected.safetensors."""
    reference = Llama(config.to_dict(), weights)
    with torch.inference_mode():
        expected = {arm: reference.logits(tokens, arm) for arm in arms}
        twin = LlamaForCausalLM(config).float().eval()
        twin.load_state_dict(weights, strict=not config.tie_word_embeddings)
        twin.tie_weights()
        difference = (expected["vanilla"] - twin(torch.tensor([tokens])).logits[0]).abs().max().item()
    spread = expected["vanilla"].std().item()
    print(f"{folder.name:10} vanilla against transformers: max |Δlogit| {difference:.1e}, sd {spread:.2f}")
    if not difference < 1e-4:
        sys.exit(f"{folder.name}: expected a difference below 1e-4, found {difference}")
    for arm, logits in expected.items():
        apart = (logits - expected["vanilla"]).abs().max().item()
        print(f"  {arm:45} max |Δlogit| from vanilla {apart:.3f}")
    tensors = {arm: logits.float().contiguous() for arm, logits in expected.items()}
    tensors["tokens"] = torch.tensor(tokens, dtype=torch.float32)
    save_file(tensors, folder / "expected.safetensors")


def permute(weight, heads):
    """The row order in which llama.cpp's converter stores q and k: rotary pairs side by side."""
    rows = weight.shape[0]
    return weight.reshape(heads, 2, rows // heads // 2, -1).swapaxes(1, 2).reshape(weight.shape)


def unpermute(weight, heads):
    rows = weight.shape[0]
    return weight.reshape(heads, rows // heads // 2, 2, -1).swapaxes(1, 2).reshape(weight.shape)


GGUF_NAMES = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
}


def gguf_names(layers):
    names = {
        "model.embed_tokens.weight": "token_embd.weight",
        "model.norm.weight": "output_norm.weight",
        "lm_head.weight": "output.weight",
    }
    for layer in range(layers):
        for ours, theirs in GGUF_NAMES.items():
            names[f"model.layers.{layer}.{ours}.weight"] = f"blk.{layer}.{theirs}.weight"
    return names


def heads_of(name, config):
    """The heads by which a tensor's rows are permuted, or 0."""
    if "q_proj" in name:
        return config.num_attention_heads
    return config.num_key_value_heads if "k_proj" in name else 0


def write_gguf(path, config, weights, kind):
    """Writes the model with its matrices as `kind`, and returns the weights as the file holds them."""
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    writer.add_rope_dimension_count(config.head_dim)
    writer.add_vocab_size(config.vocab_size)
    writer.add_bos_token_id(config.bos_token_id)
    writer.add_eos_token_id(config.eos_token_id)
    names = gguf_names(config.num_hidden_layers)
    for name, stored in names.items():
        values = weights[name].numpy()
        if heads_of(name, config):
            values = permute(values, heads_of(name, config))
        tensor_kind = kind if values.ndim == 2 else Type.F32
        data = gguf.quants.quantize(np.ascontiguousarray(values), tensor_kind)
        writer.add_tensor(stored, data, raw_dtype=tensor_kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()

    read = {}
    tensors = {tensor.name: tensor for tensor in gguf.GGUFReader(path).tensors}
    for name, stored in names.items():
        tensor = tensors[stored]
        values = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        values = np.array(values, dtype=np.float32).reshape(tuple(tensor.shape)[::-1])
        if heads_of(name, config):
            values = unpermute(values, heads_of(name, config))
        read[name] = torch.from_numpy(np.ascontiguousarray(values))
    return read


def scales():
    """Half-precision scales worth trying: zeros, the smallest and largest of each class, infinities."""
    bits = [0x0000, 0x8000, 0x0001, 0x8001, 0x03FF, 0x0400, 0x2E66, 0x3C00, 0xBC00, 0x7BFF, 0xFBFF]
    return np.array(bits + [0x7C00, 0xFC00, 0x7E00], dtype="<u2")


# Where in a block of each type the half-precision numbers are; all other bytes may be anything.
HALVES = {
    Type.Q4_1: [0, 2], Type.Q5_0: [0], Type.Q5_1: [0, 2], Type.IQ4_NL: [0], Type.Q2_K: [80, 82],
    Type.Q3_K: [108], Type.Q4_K: [0, 2], Type.Q5_K: [0, 2], Type.Q6_K: [208],
}  # fmt: skip


def random_blocks(random, kind):
    """A row of one block per scale worth trying, and a few of ordinary scales; all other bits random."""
    blocks = random.integers(0, 256, (len(scales()) + 4, gguf.GGML_QUANT_SIZES[kind][1])).astype(np.uint8)
    for place, at in enumerate(HALVES[kind]):
        halves = np.concatenate([np.roll(scales(), 3 * place), random.normal(0, 0.01, 4).astype("<f2").view("<u2")])
        blocks[:, at : at + 2] = halves.view(np.uint8).reshape(-1, 2)
    return blocks


def write_blocks(folder):
    """Rows of one or two blocks of each stored type, and the floats that they stand for."""
    random = np.random.default_rng(SEED)
    rows = len(scales())
    scale = scales().view(np.uint8).reshape(rows, 2)
    signed = random.integers(-128, 128, (rows, 32)).astype(np.int8)
    signed[:, :3] = [-128, 127, 0]
    nibbles = random.integers(0, 256, (rows, 16)).astype(np.uint8)
    nibbles[:, :3] = [0x00, 0xFF, 0x80]
    # Sign, exponent and fraction at their edges, and everything between at random.
    edges = [0x0000, 0x8000, 0x0001, 0x03FF, 0x0400, 0x007F, 0x0080, 0x3C00, 0x3F80, 0x7BFF, 0x7C00]
    edges += [0x7C01, 0x7E00, 0x7F7F, 0x7F80, 0x7FC0, 0xFBFF, 0xFC00, 0xFF7F, 0xFF80, 0xFFFF]
    halves = random.integers(0, 1 << 16, (4, 32)).astype("<u2")
    halves.reshape(-1)[: len(edges)] = edges
    tensors = {
        "q8_0": (np.concatenate([scale, signed.view(np.uint8)], axis=1), Type.Q8_0),
        "q4_0": (np.concatenate([scale, nibbles], axis=1), Type.Q4_0),
        "bf16": (halves.view(np.uint8), Type.BF16),
        "f16": (halves.view(np.float16), Type.F16),
    }
    for kind in HALVES:
        tensors[kind.name.lower()] = (random_blocks(random, kind), kind)
    writer = gguf.GGUFWriter(folder / "blocks.gguf", "llama")
    expected = {}
    with np.errstate(invalid="ignore", over="ignore"):
        for name, (data, kind) in tensors.items():
            writer.add_tensor(name, data, raw_dtype=kind)
            expected[name] = torch.from_numpy(gguf.quants.dequantize(data, kind).copy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    save_file(expected, folder / "expected.safetensors")
    print(f"{folder.name:10} {', '.join(f'{n} {list(t.shape)}' for n, t in expected.items())}")


def main():
    here = Path(__file__).resolve().parent
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "resources" / "reference"
    out.mkdir(parents=True, exist_ok=True)
    for offset, (name, shape) in enumerate(MODELS.items()):
        model = new_model(shape, SEED + offset)
        folder = fresh(out / name)
        shard = {"max_shard_size": "48KB"} if name == "mha-odd" else {}
        save_folder(model, folder, classic=name != "mqa-bias", **shard)
        weights = {}
        for file in folder.glob("model*.safetensors"):
            weights.update(load_file(file))
        tokens = tokens_for(shape["vocab_size"], LENGTH, SEED + offset)
        write_expected(folder, model.config, weights, ARMS, tokens)

    tokens = tokens_for(STORED["vocab_size"], SHORT, SEED)
    for name, dtype in {"f16": torch.float16, "bf16": torch.bfloat16}.items():
        model = new_model(STORED, SEED).to(dtype)
        save_folder(model, fresh(out / name), classic=name == "f16")
        weights = {n: w.float() for n, w in load_file(out / name / "model.safetensors").items()}
        write_expected(out / name, model.config, weights, FEW_ARMS, tokens)
    for name, kind in {"gguf-f32": Type.F32, "gguf-q8_0": Type.Q8_0, "gguf-q4_0": Type.Q4_0}.items():
        model = new_model(STORED, SEED)
        fresh(out / name)
        weights = write_gguf(out / name / "model.gguf", model.config, model.state_dict(), kind)
        write_expected(out / name, model.config, weights, FEW_ARMS, tokens)
    write_blocks(fresh(out / "blocks"))
    size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
    print(f"{size / 1e6:.2f} MB in {out.name}")


if __name__ == "__main__":
    main()
