# SPDX-License-Identifier: GPL-3.0-or-later
"""Small decoder-only transformers that map one to one onto three Hugging Face architectures.

=============  ====================  =====================================================================
kind           HF class              what is particular
=============  ====================  =====================================================================
lambda-llama   LlamaForCausalLM      RMSNorm, half-split RoPE, grouped-query attention, SwiGLU
lambda-mpt     MptForCausalLM        ALiBi, LayerNorm without bias, GELU
lambda-gptj    GPTJForCausalLM       interleaved partial RoPE, parallel residual, biases in norm, MLP, head
=============  ====================  =====================================================================

Embedding and output head are tied in all three. Sources: RoPE, Su et al. 2021 (arXiv 2104.09864); ALiBi, Press et
al. 2021 (2108.12409); LLaMA, Touvron et al. 2023 (2302.13971); GQA, Ainslie et al. 2023 (2305.13245); SwiGLU,
Shazeer 2020 (2002.05202); the parallel residual, Wang & Komatsuzaki 2021 (GPT-J-6B); linear position interpolation,
Chen et al. 2023 (2306.15595).

Shapes: B windows, T positions, H query heads, K key/value heads, D dimensions per head, V vocabulary.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

KINDS = ("lambda-llama", "lambda-mpt", "lambda-gptj")

BLOCKWISE_LIMIT = 1024


@dataclass(frozen=True)
class DecoderConfig:
    """Sizes of a decoder; `default_config` has those of each kind.

    `max_positions` is the training length in tokens, `position_scale` the factor of linear position interpolation.
    """

    kind: str = "lambda-llama"
    vocab_size: int = 2048
    d_model: int = 256
    n_layers: int = 6
    n_heads: int = 8
    n_kv_heads: int = 4
    d_ff: int = 768
    rotary_dim: int = 32
    rope_theta: float = 10000.0
    position_scale: float = 1.0
    max_positions: int = 512
    norm_eps: float = 1e-5

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind: expected one of {', '.join(KINDS)}, found {self.kind!r}")
        if self.d_model % self.n_heads or self.n_heads % self.n_kv_heads:
            raise ValueError(
                f"expected n_heads | d_model and n_kv_heads | n_heads, "
                f"found {self.n_heads} | {self.d_model} and {self.n_kv_heads} | {self.n_heads}"
            )
        if self.kind != "lambda-llama" and self.n_kv_heads != self.n_heads:
            raise ValueError(f"n_kv_heads: expected the {self.n_heads} heads in {self.kind}, found {self.n_kv_heads}")
        if self.kind == "lambda-mpt" and self.d_ff != 4 * self.d_model:
            raise ValueError(f"d_ff: expected 4 x {self.d_model} in MPT, found {self.d_ff}")
        if self.kind == "lambda-llama" and self.rotary_dim != self.head_dim:
            raise ValueError(f"rotary_dim: expected the head's {self.head_dim} in LLaMA, found {self.rotary_dim}")

    @property
    def head_dim(self) -> int:
        return self.d_model // self.n_heads

    @property
    def alibi(self) -> bool:
        return self.kind == "lambda-mpt"

    def to_dict(self) -> dict:
        return asdict(self)


def default_config(kind: str, d_model: int = 256, n_heads: int = 8, **sizes) -> DecoderConfig:
    """The published sizes of `kind`, 5.2 M parameters at a vocabulary of 2,048; `sizes` overrides any of them."""
    head_dim = d_model // n_heads
    particular = {
        "lambda-llama": {"n_kv_heads": n_heads // 2, "d_ff": 3 * d_model, "rotary_dim": head_dim},
        "lambda-mpt": {"n_kv_heads": n_heads, "d_ff": 4 * d_model, "rotary_dim": head_dim},
        "lambda-gptj": {"n_kv_heads": n_heads, "d_ff": 4 * d_model, "rotary_dim": head_dim // 2},
    }[kind]
    return DecoderConfig(**{"kind": kind, "d_model": d_model, "n_heads": n_heads, **particular, **sizes})


def rope_angles(config: DecoderConfig, positions: Tensor) -> tuple[Tensor, Tensor]:
    """Cosine and sine of the rotation of every frequency at `positions` [T]; each [T, rotary_dim / 2], float32."""
    exponents = torch.arange(0, config.rotary_dim, 2, device=positions.device).float() / config.rotary_dim
    frequencies = 1.0 / (config.rope_theta**exponents) / config.position_scale
    angles = positions.float()[:, None] * frequencies
    return angles.cos(), angles.sin()


def rotate(x: Tensor, cos: Tensor, sin: Tensor, interleaved: bool) -> Tensor:
    """Applies RoPE to x [..., T, D] in float32 and returns its dtype; GPT-J pairs neighbours, LLaMA halves."""
    if interleaved:
        turned, rest = x[..., : 2 * cos.shape[-1]], x[..., 2 * cos.shape[-1] :]
        even, odd = turned[..., 0::2], turned[..., 1::2]
        pairs = torch.stack((even * cos - odd * sin, odd * cos + even * sin), dim=-1)
        return torch.cat((pairs.flatten(-2).to(x.dtype), rest), dim=-1)
    first, second = x.chunk(2, dim=-1)
    return torch.cat((first * cos - second * sin, second * cos + first * sin), dim=-1).to(x.dtype)


def alibi_slopes(n_heads: int) -> Tensor:
    """Slopes [H] of ALiBi, 2^(-8/H), 2^(-16/H), ... (section 3); H is a power of two here."""
    if n_heads & (n_heads - 1):
        raise ValueError(f"ALiBi: expected a power of two for n_heads, found {n_heads}")
    return 2.0 ** (-8.0 / n_heads * torch.arange(1, n_heads + 1))


def alibi_bias(n_heads: int, length: int) -> Tensor:
    """Additive causal mask [H, T, T]: -slope * (query - key), and -inf where the key lies ahead."""
    positions = torch.arange(length)
    distance = positions[:, None] - positions[None, :]
    bias = -alibi_slopes(n_heads)[:, None, None] * distance
    return bias.masked_fill(distance < 0, float("-inf"))


def blockwise_attention(q: Tensor, k: Tensor, v: Tensor, bias: Tensor | None, block: int = 128) -> Tensor:
    """Causal attention, `block` queries at a time against the keys up to their end; the arguments of PyTorch's own.

    For a compiled training step on a CPU: matrix products and one fused softmax per block take half the time of
    PyTorch's flash kernel (forward and backward, heads of 32 dimensions, 512 positions). Past some 1,000 positions
    the unrolled blocks would be too many to compile.
    """
    batch, heads, length, head_dim = q.shape
    q, k, v = (t.flatten(0, 1) for t in (q, k, v))
    positions = torch.arange(length, device=q.device)
    mixed = []
    for start in range(0, length, block):
        end = min(start + block, length)
        logits = (q[:, start:end] @ k[:, :end].transpose(1, 2)).float() * head_dim**-0.5
        if bias is None:
            logits = logits.masked_fill(positions[start:end, None] < positions[:end], float("-inf"))
        else:
            logits = (logits.view(batch, heads, end - start, end) + bias[:, start:end, :end]).flatten(0, 1)
        mixed.append(logits.softmax(-1).to(v.dtype) @ v[:, :end])
    return torch.cat(mixed, dim=1).view(batch, heads, length, head_dim)


class Attention(nn.Module):
    """Causal self-attention; `heads` gives un-rotated projections so that other context policies can be tried."""

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.config = config
        self.q = nn.Linear(config.d_model, config.n_heads * config.head_dim, bias=False)
        self.k = nn.Linear(config.d_model, config.n_kv_heads * config.head_dim, bias=False)
        self.v = nn.Linear(config.d_model, config.n_kv_heads * config.head_dim, bias=False)
        self.o = nn.Linear(config.n_heads * config.head_dim, config.d_model, bias=False)

    def heads(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """x [B, T, d] -> queries [B, H, T, D], keys and values [B, K, T, D], without positions."""
        shape = (*x.shape[:2], -1, self.config.head_dim)
        return tuple(p(x).view(shape).transpose(1, 2) for p in (self.q, self.k, self.v))

    def positioned_heads(self, x: Tensor, positions: Positions) -> tuple[Tensor, Tensor, Tensor]:
        """As `heads`, with RoPE applied (if the kind has it) and keys and values repeated for every query head."""
        q, k, v = self.heads(x)
        if not self.config.alibi:
            interleaved = self.config.kind == "lambda-gptj"
            q = rotate(q, positions.cos, positions.sin, interleaved)
            k = rotate(k, positions.cos, positions.sin, interleaved)
        group = self.config.n_heads // self.config.n_kv_heads
        if group > 1:
            k, v = (t.repeat_interleave(group, dim=1) for t in (k, v))
        return q, k, v

    def forward(self, x: Tensor, positions: Positions) -> Tensor:
        q, k, v = self.positioned_heads(x, positions)
        bias = positions.bias if self.config.alibi else None
        if torch.compiler.is_compiling() and x.device.type == "cpu" and x.shape[1] <= BLOCKWISE_LIMIT:
            mixed = blockwise_attention(q, k, v, bias)
        elif bias is not None:
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        else:
            mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.o(mixed.transpose(1, 2).flatten(2))

    @torch.no_grad()
    def first_key_mass(self, x: Tensor, positions: Positions, from_query: int) -> Tensor:
        """Mean attention probability on position 0 over windows, heads and queries from `from_query` on."""
        q, k, _ = (t.float() for t in self.positioned_heads(x, positions))
        logits = q @ k.transpose(-1, -2) * self.config.head_dim**-0.5
        if self.config.alibi:
            logits = logits + positions.bias
        else:
            ahead = torch.ones(logits.shape[-2:], dtype=torch.bool, device=x.device).triu(1)
            logits = logits.masked_fill(ahead, float("-inf"))
        return logits.softmax(-1)[..., from_query:, 0].mean()


class SwiGlu(nn.Module):
    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.gate = nn.Linear(config.d_model, config.d_ff, bias=False)
        self.up = nn.Linear(config.d_model, config.d_ff, bias=False)
        self.down = nn.Linear(config.d_ff, config.d_model, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.down(F.silu(self.gate(x)) * self.up(x))


class GeluMlp(nn.Module):
    """MPT: exact GELU without biases. GPT-J: the tanh approximation with biases."""

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        biased = config.kind == "lambda-gptj"
        self.approximate = "tanh" if biased else "none"
        self.up = nn.Linear(config.d_model, config.d_ff, bias=biased)
        self.down = nn.Linear(config.d_ff, config.d_model, bias=biased)

    def forward(self, x: Tensor) -> Tensor:
        return self.down(F.gelu(self.up(x), approximate=self.approximate))


def _norm(config: DecoderConfig) -> nn.Module:
    if config.kind == "lambda-llama":
        return nn.RMSNorm(config.d_model, eps=config.norm_eps)
    return nn.LayerNorm(config.d_model, eps=config.norm_eps, bias=config.kind == "lambda-gptj")


class Block(nn.Module):
    """One layer: attention then MLP, or both side by side from the same norm (GPT-J)."""

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.parallel = config.kind == "lambda-gptj"
        self.norm1 = _norm(config)
        self.attn = Attention(config)
        self.norm2 = None if self.parallel else _norm(config)
        self.mlp = SwiGlu(config) if config.kind == "lambda-llama" else GeluMlp(config)

    def forward(self, x: Tensor, positions: Positions) -> Tensor:
        normed = self.norm1(x)
        if self.parallel:
            return x + self.attn(normed, positions) + self.mlp(normed)
        x = x + self.attn(normed, positions)
        return x + self.mlp(self.norm2(x))


class Positions(nn.Module):
    """Precomputed RoPE angles or ALiBi bias for positions 0 .. length - 1; not part of a checkpoint."""

    def __init__(self, config: DecoderConfig, length: int) -> None:
        super().__init__()
        if config.alibi:
            self.register_buffer("bias", alibi_bias(config.n_heads, length), persistent=False)
        else:
            cos, sin = rope_angles(config, torch.arange(length))
            self.register_buffer("cos", cos, persistent=False)
            self.register_buffer("sin", sin, persistent=False)


class Decoder(nn.Module):
    """A decoder of one of `KINDS` for windows of at most `config.max_positions` tokens."""

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.config = config
        self.embed = nn.Embedding(config.vocab_size, config.d_model)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.n_layers))
        self.norm = _norm(config)
        self.head_bias = nn.Parameter(torch.zeros(config.vocab_size)) if config.kind == "lambda-gptj" else None
        self.positions = Positions(config, config.max_positions)
        self._initialise()

    def _initialise(self) -> None:
        """GPT-2's scheme: normal(0, 0.02), output projections scaled by 1 / sqrt(2 * layers), biases zero."""
        for name, parameter in self.named_parameters():
            if parameter.ndim == 2:
                residual = name.endswith(("attn.o.weight", "mlp.down.weight"))
                nn.init.normal_(parameter, std=0.02 / (2 * self.config.n_layers) ** 0.5 if residual else 0.02)
            elif name.endswith("bias"):
                nn.init.zeros_(parameter)

    def hidden(self, ids: Tensor) -> Tensor:
        """Token ids [B, T], T = max_positions or (RoPE kinds, eager) fewer, to normed hidden states [B, T, d]."""
        return self.norm(self._residual(ids))

    def _residual(self, ids: Tensor) -> Tensor:
        x = self.embed(ids)
        positions = self._positions(ids.shape[1])
        for block in self.blocks:
            x = block(x, positions)
        return x

    def _positions(self, length: int) -> Positions:
        if length == self.config.max_positions:
            return self.positions
        if length > self.config.max_positions:
            raise ValueError(f"expected at most {self.config.max_positions} tokens, found {length}")
        return Positions(self.config, length).to(self.embed.weight.device)

    def logits(self, hidden: Tensor) -> Tensor:
        return F.linear(hidden, self.embed.weight, self.head_bias)

    def forward(self, ids: Tensor) -> Tensor:
        """Logits [B, T, V]."""
        return self.logits(self.hidden(ids))

    def loss(self, ids: Tensor, targets: Tensor, teacher: Tensor | None = None, weight: float = 0.0) -> Tensor:
        """Mean next-token cross entropy in nats.

        With a `teacher`'s logits [B, T, V], `weight` of it is the cross entropy to the teacher's distribution
        instead (Hinton et al. 2015, arXiv 1503.02531, at temperature 1).
        """
        if teacher is None:
            return self._head_loss(self._residual(ids), targets)
        return self._taught_loss(self._residual(ids), targets, teacher, weight)

    def _head_loss(self, residual: Tensor, targets: Tensor) -> Tensor:
        return F.cross_entropy(self.logits(self.norm(residual)).flatten(0, 1), targets.flatten())

    def _taught_loss(self, residual: Tensor, targets: Tensor, teacher: Tensor, weight: float) -> Tensor:
        found = self.logits(self.norm(residual)).float().log_softmax(-1)
        soft = -(teacher.float().softmax(-1) * found).sum(-1).mean()
        return weight * soft + (1 - weight) * F.nll_loss(found.flatten(0, 1), targets.flatten())

    def compile_parts(self) -> None:
        """Compiles the block (once: all layers share its graph) and the head; minutes quicker than the whole."""
        for block in self.blocks:
            block.compile()
        self._head_loss = torch.compile(self._head_loss)
        self._taught_loss = torch.compile(self._taught_loss)

    @torch.no_grad()
    def first_key_mass(self, ids: Tensor, from_query: int = 64) -> list[float]:
        """The sink watch: per layer, the mean attention probability on position 0 (Xiao et al. 2023, 2309.17453)."""
        x, masses = self.embed(ids), []
        positions = self._positions(ids.shape[1])
        for block in self.blocks:
            masses.append(block.attn.first_key_mass(block.norm1(x), positions, from_query).item())
            x = block(x, positions)
        return masses

    def parameter_count(self) -> int:
        return sum(p.numel() for p in self.parameters())
