"""The arms on other families than LLaMA, written down from the families' definitions.

As in arms.py, visibility and effective distance of every (query, key) pair are full matrices, and a
logit is formed from the distance of that very pair: a rotary pair is turned by it, ALiBi takes
slope x distance off.
"""

import math

import torch

from arms import ALL_KEYS, RESCALING, Llama, pairs_of, parse


def visible_pairs(arm, window, n):
    """Visibility and effective distance [n, n] under an arm on a model with its own sliding window.

    The model's window bounds what an arm may call recent: `local` and `recent` are at most the window,
    and where an arm would show all keys it shows those with d < window. Global keys stay visible.
    """
    if window is None:
        return pairs_of(arm, 0, n, n)
    name, p = parse(arm)
    if name in ALL_KEYS:
        visible, distance = pairs_of(arm, 0, n, n)
        i, j = torch.arange(n)[:, None], torch.arange(n)[None, :]
        return visible & (i - j < window), distance
    for key in ("local", "recent"):
        if key in p:
            p[key] = min(p[key], window)
    return pairs_of(name + ":" + ",".join(f"{k}={v}" for k, v in p.items()), 0, n, n)


class Rotary:
    """RoPE on the first features of a head: float32 frequencies, everything else in double.

    `inverse_frequency` is [half], or a function of the text's length that gives it; query i then reads
    all keys, its own and earlier ones, at the frequencies of i + 1 tokens.
    """

    def __init__(self, inverse_frequency, interleaved=False, attention_factor=1.0, theta=10_000.0):
        self.of_length = inverse_frequency if callable(inverse_frequency) else lambda length: inverse_frequency
        self.half = len(self.of_length(1))
        self.interleaved = interleaved
        self.square = attention_factor**2
        self.theta = theta

    def under(self, arm):
        """As the arm rescales it, in place of what the model itself does."""
        name, p = parse(arm)
        if name not in RESCALING:
            return self
        dim, factor = 2 * self.half, p["factor"]
        attention = 1.0
        if name == "linear-pi":  # Chen et al. 2023, equation 4
            inverse = frequencies(dim, self.theta) / factor
        elif name == "ntk":
            inverse = ntk_frequencies(dim, self.theta, factor)
        elif name == "dynamic-ntk":
            inverse = dynamic_frequencies(dim, self.theta, factor, p["original"], p["step"])
        else:
            rope = dict(
                rope_theta=self.theta, factor=factor, original_max_position_embeddings=p["original"],
                beta_fast=p["beta-fast"], beta_slow=p["beta-slow"],
            )  # fmt: skip
            inverse = yarn_frequencies(dim, rope)
            attention = 0.1 * p["mscale"] * math.log(factor) + 1
        return Rotary(inverse, self.interleaved, attention, self.theta)

    def products(self, q, k, distance, heads):
        """q . R(-D) k for all pairs, [heads, queries, keys]."""
        rows = torch.stack([self.of_length(i + 1) for i in range(len(q))]).to(torch.float64)
        scores = 0
        for pair in range(self.half):
            a, b = (2 * pair, 2 * pair + 1) if self.interleaved else (pair, pair + self.half)
            qa, qb = q[:, :, a].T[:, :, None], q[:, :, b].T[:, :, None]
            ka, kb = k[:, :, a].T[:, None, :], k[:, :, b].T[:, None, :]
            angle = distance * rows[:, pair, None]
            scores = scores + (qa * ka + qb * kb) * angle.cos() + (qa * kb - qb * ka) * angle.sin()
        rest = torch.einsum("ihd,jhd->hij", q[:, :, 2 * self.half :], k[:, :, 2 * self.half :])
        return scores * self.square + rest

    def bias(self, distance, heads):
        return 0


class Alibi:
    def __init__(self, heads, bias_max):
        power = 2 ** math.ceil(math.log2(heads))
        all_slopes = [2.0 ** (-bias_max * (h + 1) / power) for h in range(power)]
        if power != heads:
            all_slopes = (all_slopes[1::2] + all_slopes[0::2])[:heads]
        self.slopes = torch.tensor(all_slopes, dtype=torch.float64)

    def under(self, arm):
        return self

    def products(self, q, k, distance, heads):
        return torch.einsum("ihd,jhd->hij", q, k)

    def bias(self, distance, heads):
        return -self.slopes[:, None, None] * distance


class Family:
    """What the families share. A subclass sets the shape and the positions, and writes its layers."""

    window = None

    def __init__(self, config, weights):
        self.config = config
        self.w = {name: tensor.to(torch.float64) for name, tensor in weights.items()}
        self.read(config)

    _truncated = Llama._truncated

    def logits(self, tokens, arm, block=None):
        name, p = parse(arm)
        if name == "truncate":
            return self._truncated(tokens, p["local"], p["stride"], block)
        return self.forward(torch.as_tensor(tokens), arm)

    def linear(self, x, name):
        y = x @ self.w[name + ".weight"].T
        return y + self.w[name + ".bias"] if name + ".bias" in self.w else y

    def layer_norm(self, x, name):
        x = x - x.mean(dim=-1, keepdim=True)
        y = x / torch.sqrt(x.pow(2).mean(dim=-1, keepdim=True) + self.eps) * self.w[name + ".weight"]
        return y + self.w[name + ".bias"] if name + ".bias" in self.w else y

    def rms_norm(self, x, name):
        return x / torch.sqrt(x.pow(2).mean(dim=-1, keepdim=True) + self.eps) * self.w[name + ".weight"]

    def attention(self, q, k, v, arm):
        """q [n, heads, d], k and v [n, kv_heads, d]; returns [n, heads x d]."""
        n, heads = q.shape[0], q.shape[1]
        group = heads // k.shape[1]
        k = torch.stack([k[:, a // group] for a in range(heads)], dim=1)
        v = torch.stack([v[:, a // group] for a in range(heads)], dim=1)
        visible, distance = visible_pairs(arm, self.window, n)
        distance = distance.clamp(min=0)
        positions = self.positions.under(arm)
        scores = positions.products(q, k, distance, heads) * self.scale
        scores = scores + positions.bias(distance, heads)
        scores = scores.masked_fill(~visible, float("-inf"))
        return torch.einsum("hij,jhd->ihd", torch.softmax(scores, dim=-1), v).reshape(n, -1)


# How often the engine lets `dynamic` of a configuration change the frequencies.
DYNAMIC_STEP = 64


def gelu(x):
    return 0.5 * x * (1 + torch.erf(x / math.sqrt(2)))


def gelu_tanh(x):
    return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def frequencies(dim, theta):
    return 1.0 / theta ** (torch.arange(0, dim, 2).float() / dim)


class Mpt(Family):
    def read(self, config):
        attention = config["attn_config"]
        self.heads = config["n_heads"]
        self.eps = config["layer_norm_epsilon"]
        self.clip = attention["clip_qkv"]
        self.scale = attention["softmax_scale"] or (config["d_model"] // self.heads) ** -0.5
        self.positions = Alibi(self.heads, attention["alibi_bias_max"])

    def forward(self, tokens, arm):
        x = self.w["transformer.wte.weight"][tokens]
        n = len(tokens)
        for layer in range(self.config["n_layers"]):
            prefix = f"transformer.blocks.{layer}."
            fused = self.linear(self.layer_norm(x, prefix + "norm_1"), prefix + "attn.Wqkv")
            if self.clip:
                fused = fused.clamp(-self.clip, self.clip)
            q, k, v = (part.reshape(n, self.heads, -1) for part in fused.chunk(3, dim=1))
            x = x + self.linear(self.attention(q, k, v, arm), prefix + "attn.out_proj")
            h = self.linear(self.layer_norm(x, prefix + "norm_2"), prefix + "ffn.up_proj")
            x = x + self.linear(gelu(h), prefix + "ffn.down_proj")
        return self.layer_norm(x, "transformer.norm_f") @ self.w["transformer.wte.weight"].T


class GptJ(Family):
    def read(self, config):
        self.heads = config["n_head"]
        self.eps = config["layer_norm_epsilon"]
        self.scale = (config["n_embd"] // self.heads) ** -0.5
        self.positions = Rotary(frequencies(config["rotary_dim"], 10_000.0), interleaved=True)

    def forward(self, tokens, arm):
        x = self.w["transformer.wte.weight"][tokens]
        n = len(tokens)
        for layer in range(self.config["n_layer"]):
            prefix = f"transformer.h.{layer}."
            h = self.layer_norm(x, prefix + "ln_1")
            q, k, v = (
                self.linear(h, f"{prefix}attn.{part}_proj").view(n, self.heads, -1) for part in "qkv"
            )
            attended = self.linear(self.attention(q, k, v, arm), prefix + "attn.out_proj")
            inner = gelu_tanh(self.linear(h, prefix + "mlp.fc_in"))
            x = x + attended + self.linear(inner, prefix + "mlp.fc_out")
        return self.linear(self.layer_norm(x, "transformer.ln_f"), "lm_head")


class GptNeoX(Family):
    def read(self, config):
        self.heads = config["num_attention_heads"]
        self.eps = config["layer_norm_eps"]
        head_dim = config["hidden_size"] // self.heads
        self.scale = head_dim**-0.5
        rope = config["rope_parameters"]
        dim = int(head_dim * rope["partial_rotary_factor"])
        self.positions = Rotary(frequencies(dim, rope["rope_theta"]), theta=rope["rope_theta"])
        self.act = {"gelu": gelu, "gelu_new": gelu_tanh}[config["hidden_act"]]

    def forward(self, tokens, arm):
        x = self.w["gpt_neox.embed_in.weight"][tokens]
        n = len(tokens)
        for layer in range(self.config["num_hidden_layers"]):
            prefix = f"gpt_neox.layers.{layer}."
            h = self.layer_norm(x, prefix + "input_layernorm")
            fused = self.linear(h, prefix + "attention.query_key_value").view(n, self.heads, 3, -1)
            attended = self.attention(fused[:, :, 0], fused[:, :, 1], fused[:, :, 2], arm)
            attended = self.linear(attended, prefix + "attention.dense")
            before = x if self.config["use_parallel_residual"] else x + attended
            h = self.layer_norm(before, prefix + "post_attention_layernorm")
            inner = self.act(self.linear(h, prefix + "mlp.dense_h_to_4h"))
            x = x + attended + self.linear(inner, prefix + "mlp.dense_4h_to_h")
        return self.linear(self.layer_norm(x, "gpt_neox.final_layer_norm"), "embed_out")


def ntk_frequencies(dim, theta, factor):
    """NTK-aware (bloc97 2023; arXiv 2309.00071, definition 1): another base."""
    return frequencies(dim, theta * factor ** (dim / (dim - 2)))


def dynamic_frequencies(dim, theta, factor, length, step):
    """The base follows the text past `length`, in steps; transformers' `dynamic` at a step of 1."""

    def of_length(text):
        grown = length + math.ceil(max(text - length, 0) / step) * step
        return ntk_frequencies(dim, theta, factor * grown / length - (factor - 1))

    return of_length


def longrope_frequencies(dim, rope):
    """LongRoPE: one factor per pair, of two lists by the text's length."""

    def of_length(text):
        short = text <= rope["original_max_position_embeddings"]
        factors = torch.tensor(rope["short_factor"] if short else rope["long_factor"])
        return 1.0 / (factors * rope["rope_theta"] ** (torch.arange(0, dim, 2).float() / dim))

    return of_length


def llama3_frequencies(dim, rope):
    """Llama 3.1: wavelengths up to L/high stay, those from L/low on grow by the factor."""
    length = rope["original_max_position_embeddings"]
    low, high = rope["low_freq_factor"], rope["high_freq_factor"]
    out = []
    for f in frequencies(dim, rope["rope_theta"]).tolist():
        wavelength = 2 * math.pi / f
        if wavelength < length / high:
            out.append(f)
        elif wavelength > length / low:
            out.append(f / rope["factor"])
        else:
            smooth = (length / wavelength - low) / (high - low)
            out.append((1 - smooth) * f / rope["factor"] + smooth * f)
    return torch.tensor(out)


def yarn_frequencies(dim, rope):
    """YaRN, section 3.2: by the pairs' number of turns in the trained length."""
    length, s, theta = rope["original_max_position_embeddings"], rope["factor"], rope["rope_theta"]

    def pair(turns):
        return dim * math.log(length / (turns * 2 * math.pi)) / (2 * math.log(theta))

    first = max(math.floor(pair(rope.get("beta_fast") or 32)), 0)
    last = min(math.ceil(pair(rope.get("beta_slow") or 1)), dim - 1)
    out = []
    for i, f in enumerate(frequencies(dim, theta).tolist()):
        slowed = min(max((i - first) / (last - first), 0), 1)
        out.append((1 - slowed) * f + slowed * f / s)
    return torch.tensor(out)


class LlamaVariant(Family):
    """Mistral, Qwen2, Qwen3, Phi-3 and scaled LLaMA, which differ from LLaMA by details."""

    def read(self, config):
        self.heads = config["num_attention_heads"]
        self.kv_heads = config["num_key_value_heads"]
        self.head_dim = config.get("head_dim") or config["hidden_size"] // self.heads
        self.eps = config["rms_norm_eps"]
        self.scale = self.head_dim**-0.5
        if config.get("use_sliding_window", True):
            self.window = config.get("sliding_window")
        rope = config["rope_parameters"]
        dim = int(self.head_dim * rope.get("partial_rotary_factor", 1.0))
        kind = rope["rope_type"]
        factor = 1.0
        if kind == "llama3":
            inverse = llama3_frequencies(dim, rope)
        elif kind == "yarn":
            inverse = yarn_frequencies(dim, rope)
            factor = 0.1 * math.log(rope["factor"]) + 1
        elif kind == "dynamic":
            length = config["max_position_embeddings"]
            inverse = dynamic_frequencies(dim, rope["rope_theta"], rope["factor"], length, DYNAMIC_STEP)
        elif kind == "longrope":
            inverse = longrope_frequencies(dim, rope)
            length = rope["original_max_position_embeddings"]
            factor = math.sqrt(1 + math.log(config["max_position_embeddings"] / length) / math.log(length))
        else:
            inverse = frequencies(dim, rope["rope_theta"])
        self.positions = Rotary(inverse, attention_factor=factor, theta=rope["rope_theta"])
        if config["tie_word_embeddings"]:
            self.w["lm_head.weight"] = self.w["model.embed_tokens.weight"]

    def heads_of(self, h, prefix, n):
        """Query, key and value, [n, heads, head_dim] each."""
        sizes = [self.heads * self.head_dim] + 2 * [self.kv_heads * self.head_dim]
        if prefix + "qkv_proj.weight" in self.w:
            parts = self.linear(h, prefix + "qkv_proj").split(sizes, dim=1)
        else:
            parts = [self.linear(h, f"{prefix}{part}_proj") for part in "qkv"]
        q, k, v = (part.reshape(n, -1, self.head_dim) for part in parts)
        if prefix + "q_norm.weight" in self.w:
            q, k = self.rms_norm(q, prefix + "q_norm"), self.rms_norm(k, prefix + "k_norm")
        return q, k, v

    def forward(self, tokens, arm):
        x = self.w["model.embed_tokens.weight"][tokens]
        n = len(tokens)
        for layer in range(self.config["num_hidden_layers"]):
            prefix = f"model.layers.{layer}."
            q, k, v = self.heads_of(self.rms_norm(x, prefix + "input_layernorm"), prefix + "self_attn.", n)
            x = x + self.linear(self.attention(q, k, v, arm), prefix + "self_attn.o_proj")
            h = self.rms_norm(x, prefix + "post_attention_layernorm")
            if prefix + "mlp.gate_up_proj.weight" in self.w:
                gate, up = self.linear(h, prefix + "mlp.gate_up_proj").chunk(2, dim=1)
            else:
                gate, up = self.linear(h, prefix + "mlp.gate_proj"), self.linear(h, prefix + "mlp.up_proj")
            x = x + self.linear(gate * torch.sigmoid(gate) * up, prefix + "mlp.down_proj")
        return self.linear(self.rms_norm(x, "model.norm"), "lm_head")
