# SPDX-License-Identifier: GPL-3.0-or-later
"""CEPE, context expansion with parallel encoding (Yen et al. 2024, arXiv 2402.16617), around a frozen LLaMA decoder.

A small bidirectional encoder reads the earlier text in chunks that do not see each other; a cross-attention between
self-attention and MLP of the upper decoder layers reads the hidden states of all chunks. It has no positions, no gate
and no causal mask, so chunks may come in any order and number.

Shapes: M memories (documents), R decoder windows per memory, T tokens per window, N chunks of C tokens per memory,
S = N * C keys, K key/value heads, G query heads per key/value head, D dimensions per head, d model width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from corpus import MASK
from decoders import Attention, Block, Decoder, DecoderConfig, Positions


@dataclass(frozen=True)
class CepeConfig:
    """Sizes: the decoder's, the encoder's, and how many decoder layers, counted from the top, have cross-attention."""

    decoder: DecoderConfig
    encoder: DecoderConfig
    cross_layers: int

    def __post_init__(self) -> None:
        for name, config in (("decoder", self.decoder), ("encoder", self.encoder)):
            if config.kind != "lambda-llama":
                raise ValueError(f"{name}: expected kind lambda-llama, found {config.kind}")
        if not 1 <= self.cross_layers <= self.decoder.n_layers:
            raise ValueError(f"cross_layers: expected 1 to {self.decoder.n_layers}, found {self.cross_layers}")

    def to_dict(self) -> dict:
        return {"decoder": self.decoder.to_dict(), "encoder": self.encoder.to_dict(), "cross_layers": self.cross_layers}

    @staticmethod
    def from_dict(entries: dict) -> CepeConfig:
        return CepeConfig(
            DecoderConfig(**entries["decoder"]), DecoderConfig(**entries["encoder"]), entries["cross_layers"]
        )


def attend(q: Tensor, k: Tensor, v: Tensor, causal: bool = False) -> Tensor:
    """Softmax attention; on a CPU in float32, in which PyTorch's kernel is faster than in bfloat16."""
    if q.device.type != "cpu":
        return F.scaled_dot_product_attention(q, k, v, is_causal=causal)
    with torch.autocast("cpu", enabled=False):  # which would cast back
        return F.scaled_dot_product_attention(q.float(), k.float(), v.float(), is_causal=causal)


class SelfAttention(Attention):
    """The decoder's self-attention, or the encoder's, which has no causal mask."""

    def __init__(self, config: DecoderConfig, causal: bool) -> None:
        super().__init__(config)
        self.causal = causal

    def forward(self, x: Tensor, positions: Positions) -> Tensor:
        mixed = attend(*self.positioned_heads(x, positions), self.causal)
        return self.o(mixed.transpose(1, 2).flatten(2))


class Encoder(nn.Module):
    """LLaMA blocks without the causal mask; positions restart at 0 in every chunk."""

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.config = config
        self.embed = nn.Embedding(config.vocab_size, config.d_model)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.n_layers))
        for block in self.blocks:
            block.attn = SelfAttention(config, causal=False)
        self.norm = nn.RMSNorm(config.d_model, eps=config.norm_eps)
        self.positions = PositionTable(config)

    def forward(self, chunks: Tensor) -> Tensor:
        """Token ids [..., C] to normed hidden states [..., C, d]."""
        x = self.embed(chunks.flatten(0, -2))
        positions = self.positions(chunks.shape[-1], x.device)
        for block in self.blocks:
            x = block(x, positions)
        return self.norm(x).view(*chunks.shape, -1)

    def masked_language_loss(self, ids: Tensor, hidden: Tensor) -> Tensor:
        """Cross entropy of the tokens [B, C] at `hidden` (bool [B, C]), which the encoder reads as `<mask>`."""
        states = self(ids.masked_fill(hidden, MASK))[hidden]
        return F.cross_entropy(F.linear(states, self.embed.weight), ids[hidden])


class PositionTable:
    """RoPE angles by length, made once per length; no part of a checkpoint."""

    def __init__(self, config: DecoderConfig) -> None:
        self._config = config
        self._tables: dict[int, Positions] = {}

    def __call__(self, length: int, device: torch.device) -> Positions:
        if length > self._config.max_positions:
            raise ValueError(f"expected at most {self._config.max_positions} tokens, found {length}")
        if length not in self._tables:
            self._tables[length] = Positions(self._config, length).to(device)
        return self._tables[length]


class CrossAttention(nn.Module):
    """Grouped-query attention from decoder states to encoder states, with its own RMSNorm on the query side."""

    def __init__(self, config: DecoderConfig, encoder_width: int) -> None:
        super().__init__()
        self.config = config
        kv_width = config.n_kv_heads * config.head_dim
        self.norm = nn.RMSNorm(config.d_model, eps=config.norm_eps)
        self.q = nn.Linear(config.d_model, config.d_model, bias=False)
        self.k = nn.Linear(encoder_width, kv_width, bias=False)
        self.v = nn.Linear(encoder_width, kv_width, bias=False)
        self.o = nn.Linear(config.d_model, config.d_model, bias=False)

    def forward(self, x: Tensor, memory: Tensor, visible: Sequence[int], guides: list[Tensor] | None = None) -> Tensor:
        """x [M, R, T, d], memory [M, S, d_enc]; window r of every memory sees the first `visible[r]` keys.

        With `guides`, adds to it how far the heads are from looking at their own target (see `_guide`).
        """
        heads, width = self.config.n_kv_heads, self.config.head_dim
        m, r, t, _ = x.shape
        # Query heads of one key/value head become more queries of it, so keys and values are never repeated.
        q = self.q(self.norm(x)).view(m, r, t, heads, -1, width).permute(0, 3, 1, 4, 2, 5)  # [M, K, R, G, T, D]
        k = self.k(memory).view(m, -1, heads, width).transpose(1, 2)  # [M, K, S, D]
        v = self.v(memory).view(m, -1, heads, width).transpose(1, 2)
        if guides is not None:
            guides.append(self._guide(q, k))
        group = q.shape[3]
        if len(set(visible)) == 1:
            mixed = self._attend_first(q.flatten(2, 4), k, v, visible[0]).view(m, heads, r, group, t, width)
        else:
            parts = [self._attend_first(q[:, :, i].flatten(2, 3), k, v, n) for i, n in enumerate(visible)]
            mixed = torch.stack(parts, dim=2).view(m, heads, r, group, t, width)
        return self.o(mixed.permute(0, 2, 4, 1, 3, 5).flatten(3))

    @staticmethod
    def _guide(q: Tensor, k: Tensor) -> Tensor:
        """Mean -ln p of the key at each query's own place, over the query heads of the first key/value head.

        When the memory is the windows' own text, that key is the token to predict. Alignment as a loss: Garg et al.
        2019 (1909.02074).
        """
        q, k = q[:, 0].transpose(1, 2), k[:, 0]  # [M, G, R, T, D], [M, S, D]
        logits = torch.einsum("mgqd,msd->mgqs", q.flatten(2, 3), k) * q.shape[-1] ** -0.5
        return (logits.logsumexp(-1) - logits.diagonal(dim1=-2, dim2=-1)).mean()

    @staticmethod
    def _attend_first(q: Tensor, k: Tensor, v: Tensor, visible: int) -> Tensor:
        if visible == 0:
            return torch.zeros_like(q)
        return attend(q, k[:, :, :visible], v[:, :, :visible])


class Cepe(nn.Module):
    """The frozen decoder with its encoder and cross-attention."""

    def __init__(self, config: CepeConfig) -> None:
        super().__init__()
        self.config = config
        self.decoder = Decoder(config.decoder)
        for block in self.decoder.blocks:
            block.attn = SelfAttention(config.decoder, causal=True)
        self.decoder.requires_grad_(False)
        self.encoder = Encoder(config.encoder)
        self.cross = nn.ModuleList(
            CrossAttention(config.decoder, config.encoder.d_model) for _ in range(config.cross_layers)
        )
        self.positions = PositionTable(config.decoder)

    @staticmethod
    def around(decoder: Decoder, encoder_layers: int, cross_layers: int) -> Cepe:
        """A CEPE that starts from the decoder's own weights.

        The encoder is the decoder's embedding and first layers, without their causal mask. Cross-attention is the
        self-attention of its layer; the gain of the norm that self-attention has in front of its keys and values
        moves into their projections, because the encoder's states are normed without it.
        """
        encoder = replace(decoder.config, n_layers=encoder_layers)
        model = Cepe(CepeConfig(decoder.config, encoder, cross_layers))
        model.decoder.load_state_dict(decoder.state_dict())
        with torch.no_grad():
            model.encoder.embed.weight.copy_(decoder.embed.weight)
            model.encoder.embed.weight[MASK] = decoder.embed.weight.mean(0)  # never seen by the decoder
            for mine, theirs in zip(model.encoder.blocks, decoder.blocks):
                mine.load_state_dict(theirs.state_dict())
            for cross, block in zip(model.cross, decoder.blocks[-cross_layers:], strict=True):
                gain = block.norm1.weight
                cross.norm.weight.copy_(gain)
                cross.q.weight.copy_(block.attn.q.weight)
                cross.k.weight.copy_(block.attn.k.weight * gain)
                cross.v.weight.copy_(block.attn.v.weight * gain)
                cross.o.weight.copy_(block.attn.o.weight)
        return model

    def encode(self, chunks: Tensor) -> Tensor:
        """Chunks [M, N, C] to memory [M, N * C, d]."""
        return self.encoder(chunks).flatten(1, 2)

    def hidden(
        self,
        ids: Tensor,
        memory: Tensor | None,
        visible: Sequence[int] | None = None,
        guides: list[Tensor] | None = None,
    ) -> Tensor:
        """Windows [M, R, T] to normed hidden states [M, R, T, d]; without a memory this is the decoder itself."""
        m, r, t = ids.shape
        if memory is not None and visible is None:
            visible = [memory.shape[1]] * r
        positions = self.positions(t, ids.device)
        x = self.decoder.embed(ids.flatten(0, 1))
        first = self.config.decoder.n_layers - self.config.cross_layers
        for layer, block in enumerate(self.decoder.blocks):
            x = x + block.attn(block.norm1(x), positions)
            if memory is not None and layer >= first:
                cross = self.cross[layer - first]
                x = x + cross(x.view(m, r, t, -1), memory, visible, guides).flatten(0, 1)
            x = x + block.mlp(block.norm2(x))
        return self.decoder.norm(x).view(m, r, t, -1)

    def nll(
        self,
        ids: Tensor,
        targets: Tensor,
        memory: Tensor | None,
        visible: Sequence[int] | None = None,
        guides: list[Tensor] | None = None,
    ) -> Tensor:
        """Next-token negative log likelihood in nats, [M, R, T]."""
        logits = self.decoder.logits(self.hidden(ids, memory, visible, guides))
        return F.cross_entropy(logits.flatten(0, 2).float(), targets.flatten(), reduction="none").view(targets.shape)

    def trained_parameters(self) -> list[tuple[str, nn.Parameter]]:
        return [(name, p) for name, p in self.named_parameters() if not name.startswith("decoder.")]


def as_windows(tokens: Tensor, length: int) -> tuple[Tensor, Tensor]:
    """Tokens [M, R * T] as windows: inputs `<s>` and T - 1 tokens, and the T tokens to predict; both [M, R, T]."""
    targets = tokens.view(tokens.shape[0], -1, length)
    return F.pad(targets[..., :-1], (1, 0), value=0), targets
