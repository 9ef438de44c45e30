"""The arms on LLaMA, written down from their definitions.

Position i is the query, j <= i the key, d = i - j. For every pair (i, j) an arm says two things: is
the key visible, and at which effective distance D(i, j) does it appear. Both are built here as full
matrices, and the logit of a pair is q . R(-D) k, each rotary pair turned by the effective distance of
that very (i, j). That is slow, and is meant to be: no cache, no rotated copy, no span, nothing that an
engine could share an error with.
"""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file


def parse(arm):
    """'lm-infinite:global=4,local=16' -> ('lm-infinite', {'global': 4, 'local': 16})."""
    name, _, rest = arm.partition(":")
    pairs = (part.split("=") for part in rest.split(",") if part)
    return name, {key: float(value) if "." in value else int(value) for key, value in pairs}


# These change frequencies, not distances.
RESCALING = ("linear-pi", "ntk", "dynamic-ntk", "yarn")
# These show every key.
ALL_KEYS = (*RESCALING, "vanilla", "ceiling", "self-extend", "rerope", "leaky-rerope", "dca")


def distances_of(name, p, i, j):
    """Effective distance of all pairs under an arm that shows all keys, [queries, keys].

    A key after the query has a distance too; nobody reads it.
    """
    d = i - j
    if name in (*RESCALING, "vanilla"):
        return d
    if name == "ceiling":
        return d.clamp(max=p["ceiling"])
    if name == "rerope":  # Su 2023
        return d.clamp(max=p["window"])
    if name == "leaky-rerope":  # Su 2023
        w, k = p["window"], p["factor"]
        return torch.where(d <= w, d.double(), w + (d - w) / k)
    if name == "self-extend":  # Jin et al. 2024, algorithm 1: grouped positions, shifted by w - w // g
        w, g = p["window"], p["group"]
        return torch.where(d < w, d, i // g + (w - w // g) - j // g)
    if name == "dca":  # An et al. 2024, section 3: positions of the query by how many chunks lie between
        s, c = p["chunk"], p["original"]
        apart = i // s - j // s
        intra = i % s
        successive = (i % s + s).clamp(max=c - 1)
        inter = torch.full_like(i, c - 1)
        return torch.where(apart == 0, intra, torch.where(apart == 1, successive, inter)) - j % s
    raise ValueError(f"unknown arm {name}")


def pairs_of(arm, first, last, n):
    """Visibility and effective distance for queries first <= i < last and keys 0 <= j < n.

    Returns (visible, distance): bool and int64 (double where distances are fractions), each
    [last - first, n].
    """
    name, p = parse(arm)
    i = torch.arange(first, last)[:, None]
    j = torch.arange(n)[None, :]
    d = i - j
    causal = d >= 0
    if name in ALL_KEYS:
        return causal, distances_of(name, p, i, j)
    if name == "window":
        return causal & (d < p["local"]), d
    if name == "lambda-mask":
        return causal & ((d < p["local"]) | (j < p["global"])), d
    if name == "lm-infinite":
        return causal & ((d < p["local"]) | (j < p["global"])), d.clamp(max=p["ceiling"])
    if name == "streaming-llm":
        visible = causal & ((j < p["sink"]) | (d < p["recent"]))
        # Slots: the rank of a key among the visible keys. The query is the last of them.
        rank = visible.long().cumsum(dim=1) - 1
        return visible, visible.long().sum(dim=1, keepdim=True) - 1 - rank
    raise ValueError(f"unknown arm {arm}")


class Llama:
    """LLaMA from its formulas: RMSNorm, RoPE on halves, grouped queries, SwiGLU."""

    def __init__(self, config, weights, dtype=torch.float64):
        rope = config.get("rope_parameters") or {}
        self.theta = float(config.get("rope_theta") or rope["rope_theta"])
        self.layers = config["num_hidden_layers"]
        self.heads = config["num_attention_heads"]
        self.kv_heads = config["num_key_value_heads"]
        self.head_dim = config.get("head_dim") or config["hidden_size"] // self.heads
        self.eps = config["rms_norm_eps"]
        self.dtype = dtype
        self.w = {name: tensor.to(dtype) for name, tensor in weights.items()}
        if config["tie_word_embeddings"]:
            self.w["lm_head.weight"] = self.w["model.embed_tokens.weight"]
        # The model's frequencies are float32 numbers; only what follows is done in `dtype`.
        exponent = torch.arange(0, self.head_dim, 2).float() / self.head_dim
        self.inverse_frequency = (1.0 / self.theta**exponent).to(torch.float64)

    @staticmethod
    def open(folder, dtype=torch.float64):
        folder = Path(folder)
        config = json.loads((folder / "config.json").read_text())
        weights = {}
        for file in sorted(folder.glob("model*.safetensors")):
            weights.update(load_file(file))
        return Llama(config, weights, dtype)

    def logits(self, tokens, arm, block=1 << 30):
        """Next-token logits [n, vocabulary] after each of `tokens`, under `arm`.

        `block` queries are done at a time; it bounds memory and changes nothing else.
        """
        name, p = parse(arm)
        if name == "truncate":
            return self._truncated(tokens, p["local"], p["stride"], block)
        x = self.w["model.embed_tokens.weight"][torch.as_tensor(tokens)]
        for layer in range(self.layers):
            prefix = f"model.layers.{layer}."
            h = self._norm(x, prefix + "input_layernorm.weight")
            x = x + self._linear(self._attention(h, prefix, arm, block), prefix + "self_attn.o_proj")
            h = self._norm(x, prefix + "post_attention_layernorm.weight")
            gate = self._linear(h, prefix + "mlp.gate_proj")
            up = self._linear(h, prefix + "mlp.up_proj")
            x = x + self._linear(gate * torch.sigmoid(gate) * up, prefix + "mlp.down_proj")
        return self._linear(self._norm(x, "model.norm.weight"), "lm_head")

    def _truncated(self, tokens, local, stride, block):
        """Sliding-window perplexity: each token is predicted in the first window that holds it.

        Row i predicts token i + 1, so it comes from the first window [k stride, k stride + local) that
        holds both; the last row counts as if one more token followed.
        """
        windows = {}
        rows = []
        for i in range(len(tokens)):
            k = 0
            while i + 1 >= k * stride + local:
                k += 1
            start = k * stride
            if start not in windows:
                windows = {start: self.logits(tokens[start : start + local], "vanilla", block)}
            rows.append(windows[start][i - start])
        return torch.stack(rows)

    def _attention(self, h, prefix, arm, block):
        n = h.shape[0]
        q = self._linear(h, prefix + "self_attn.q_proj").view(n, self.heads, self.head_dim)
        k = self._linear(h, prefix + "self_attn.k_proj").view(n, self.kv_heads, self.head_dim)
        v = self._linear(h, prefix + "self_attn.v_proj").view(n, self.kv_heads, self.head_dim)
        # Query head a reads key/value head a // group.
        group = self.heads // self.kv_heads
        k = torch.stack([k[:, a // group] for a in range(self.heads)], dim=1)
        v = torch.stack([v[:, a // group] for a in range(self.heads)], dim=1)
        angle = torch.arange(n, dtype=torch.float64)[:, None] * self.inverse_frequency
        cos, sin = angle.cos().to(self.dtype), angle.sin().to(self.dtype)
        out = []
        for first in range(0, n, block):
            last = min(first + block, n)
            visible, distance = pairs_of(arm, first, last, n)
            scores = self._scores(q[first:last], k, distance.clamp(min=0), cos, sin)
            scores = scores.masked_fill(~visible, float("-inf"))
            out.append(torch.einsum("hij,jhd->ihd", torch.softmax(scores, dim=-1), v))
        return torch.cat(out).reshape(n, self.heads * self.head_dim)

    def _scores(self, q, k, distance, cos, sin):
        """Logits [heads, queries, keys] of q . R(-D) k with D = distance [queries, keys].

        A rotary pair (a, b) is the complex number a + ib. RoPE turns the query by its position and
        the key by its own, so a pair gives Re(conj(q) k e^(-i D f)), which is
        (qa ka + qb kb) cos(D f) + (qa kb - qb ka) sin(D f).
        """
        half = self.head_dim // 2
        scores = 0
        for pair in range(half):
            qa, qb = q[:, :, pair].T[:, :, None], q[:, :, pair + half].T[:, :, None]
            ka, kb = k[:, :, pair].T[:, None, :], k[:, :, pair + half].T[:, None, :]
            c, s = cos[:, pair][distance], sin[:, pair][distance]
            scores = scores + (qa * ka + qb * kb) * c + (qa * kb - qb * ka) * s
        return scores / self.head_dim**0.5

    def _norm(self, x, name):
        return x / torch.sqrt(x.pow(2).mean(dim=-1, keepdim=True) + self.eps) * self.w[name]

    def _linear(self, x, name):
        y = x @ self.w[name + ".weight"].T
        return y + self.w[name + ".bias"] if name + ".bias" in self.w else y
