"""CEPE (arXiv 2402.16617) from its formulas, on top of the LLaMA of arms.py.

The encoder is a LLaMA without a causal mask whose positions restart in every chunk; padding is hidden
as a key. Each decoder layer with cross-attention adds, between self-attention and MLP,
W_o softmax(q K^T / sqrt(headDim)) V with q from the normed residual stream and K, V projected from
the encoder's normed last hidden states of all chunks. No positions, no causal mask, no gate.
"""

import torch

from arms import Llama


class Cepe(Llama):
    """The decoder; `encode` and `context_logits` are what CEPE adds."""

    def __init__(self, config, weights, dtype=torch.float64):
        super().__init__(config, {n: w for n, w in weights.items() if not n.startswith("encoder.")}, dtype)
        encoder = {
            n.replace("encoder.", "model.", 1): w for n, w in weights.items() if n.startswith("encoder.")
        }
        self.encoder = Llama(dict(config["encoder_config"], tie_word_embeddings=False), encoder, dtype)
        self.first_cross = self.layers - config["num_cross_attn_layers"]

    def encode(self, chunk, mask):
        """Hidden states [visible, e] of one chunk [n], where mask [n] is true."""
        e = self.encoder
        n = len(chunk)
        angle = torch.arange(n, dtype=torch.float64)[:, None] * e.inverse_frequency
        turn = torch.polar(torch.ones_like(angle), angle)
        x = e.w["model.embed_tokens.weight"][torch.as_tensor(chunk)]
        for layer in range(e.layers):
            prefix = f"model.layers.{layer}."
            h = e._norm(x, prefix + "input_layernorm.weight")
            q, k, v = (
                e._linear(h, prefix + f"self_attn.{p}_proj").view(n, -1, e.head_dim).transpose(0, 1)
                for p in "qkv"
            )
            k, v = (t.repeat_interleave(e.heads // e.kv_heads, dim=0) for t in (k, v))
            q, k = rotate(q, turn), rotate(k, turn)
            scores = (q @ k.transpose(1, 2) / e.head_dim**0.5).masked_fill(~mask, float("-inf"))
            mixed = (scores.softmax(dim=-1) @ v).transpose(0, 1).reshape(n, -1)
            x = x + e._linear(mixed, prefix + "self_attn.o_proj")
            h = e._norm(x, prefix + "post_attention_layernorm.weight")
            gate = e._linear(h, prefix + "mlp.gate_proj")
            up = e._linear(h, prefix + "mlp.up_proj")
            x = x + e._linear(gate * torch.sigmoid(gate) * up, prefix + "mlp.down_proj")
        return e._norm(x, "model.norm.weight")[mask]

    def context_logits(self, tokens, chunks, masks=None):
        """Next-token logits [n, vocabulary] after `tokens` with `chunks` as context.

        Also returns, per layer with cross-attention, the attention [heads, n, keys].
        """
        masks = masks or [torch.ones(len(c), dtype=torch.bool) for c in chunks]
        states = [self.encode(c, m) for c, m in zip(chunks, masks) if m.any()]
        phi = torch.cat(states) if states else None
        attention = []
        x = self.w["model.embed_tokens.weight"][torch.as_tensor(tokens)]
        for layer in range(self.layers):
            prefix = f"model.layers.{layer}."
            h = self._norm(x, prefix + "input_layernorm.weight")
            x = x + self._linear(self._attention(h, prefix, "vanilla", 1 << 30), prefix + "self_attn.o_proj")
            if phi is not None and layer >= self.first_cross:
                added, weights = self._cross(x, phi, prefix + "cross_attn.")
                x = x + added
                attention.append(weights)
            h = self._norm(x, prefix + "post_attention_layernorm.weight")
            gate = self._linear(h, prefix + "mlp.gate_proj")
            up = self._linear(h, prefix + "mlp.up_proj")
            x = x + self._linear(gate * torch.sigmoid(gate) * up, prefix + "mlp.down_proj")
        return self._linear(self._norm(x, "model.norm.weight"), "lm_head"), attention

    def _cross(self, x, phi, prefix):
        h = self._norm(x, prefix + "layernorm.weight")
        q = self._linear(h, prefix + "q_proj").view(len(h), self.heads, -1).transpose(0, 1)
        k = self._linear(phi, prefix + "k_proj").view(len(phi), self.kv_heads, -1).transpose(0, 1)
        v = self._linear(phi, prefix + "v_proj").view(len(phi), self.kv_heads, -1).transpose(0, 1)
        k, v = (t.repeat_interleave(self.heads // self.kv_heads, dim=0) for t in (k, v))
        weights = (q @ k.transpose(1, 2) / self.head_dim**0.5).softmax(dim=-1)
        return self._linear((weights @ v).transpose(0, 1).reshape(len(h), -1), prefix + "o_proj"), weights


def rotate(x, turn):
    """Turns the rotary pairs (i, i + half) of x [heads, n, headDim], as complex numbers."""
    half = x.shape[-1] // 2
    z = torch.complex(x[..., :half], x[..., half:]) * turn
    return torch.cat([z.real, z.imag], dim=-1)
