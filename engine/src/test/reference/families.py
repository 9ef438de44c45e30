"""The arms on other families than LLaMA, written down from the families' definitions.

As in arms.py, visibility and effective distance of every (query, key) pair are full matrices, and a
logit is formed from the distance of that very pair: a rotary pair is turned by it, ALiBi takes
slope x distance off.
"""

import math

import torch

from arms import Llama, pairs_of, parse


def visible_pairs(arm, window, n):
    """Visibility and effective distance [n, n] under an arm on a model with its own sliding window.

    The model's window bounds what an arm may call recent: `local` and `recent` are at most the window,
    and where an arm would show all keys it shows those with d < window. Global keys stay visible.
    """
    if window is None:
        return pairs_of(arm, 0, n, n)
    name, p = parse(arm)
    if name == "vanilla":
        return pairs_of(f"window:local={window}", 0, n, n)
    for key in ("local", "recent"):
        if key in p:
            p[key] = min(p[key], window)
    visible, distance = pairs_of(name + ":" + ",".join(f"{k}={v}" for k, v in p.items()), 0, n, n)
    if name == "ceiling":
        i, j = torch.arange(n)[:, None], torch.arange(n)[None, :]
        visible = visible & (i - j < window)
    return visible, distance


class Rotary:
    """RoPE on the first `dim` features of a head: float32 frequencies, everything else in double."""

    def __init__(self, inverse_frequency, interleaved=False, attention_factor=1.0):
        self.inverse_frequency = inverse_frequency.to(torch.float64)
        self.half = len(inverse_frequency)
        self.interleaved = interleaved
        self.square = attention_factor**2

    def products(self, q, k, distance, heads):
        """q . R(-D) k for all pairs, [heads, queries, keys]."""
        angle = torch.arange(int(distance.max()) + 1, dtype=torch.float64)[:, None] * self.inverse_frequency
        cos, sin = angle.cos(), angle.sin()
        scores = 0
        for pair in range(self.half):
            a, b = (2 * pair, 2 * pair + 1) if self.interleaved else (pair, pair + self.half)
            qa, qb = q[:, :, a].T[:, :, None], q[:, :, b].T[:, :, None]
            ka, kb = k[:, :, a].T[:, None, :], k[:, :, b].T[:, None, :]
            c, s = cos[:, pair][distance], sin[:, pair][distance]
            scores = scores + (qa * ka + qb * kb) * c + (qa * kb - qb * ka) * s
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
        scores = self.positions.products(q, k, distance, heads) * self.scale
        scores = scores + self.positions.bias(distance, heads)
        scores = scores.masked_fill(~visible, float("-inf"))
        return torch.einsum("hij,jhd->ihd", torch.softmax(scores, dim=-1), v).reshape(n, -1)


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
