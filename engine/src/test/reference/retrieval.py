"""Arms that retrieve keys for what they say, written down from their definitions.

As in arms.py everything is a full matrix: logits at the distance of retrieved keys are formed for all
pairs, a choice is made per query (and head), and one softmax runs over what is visible. `Retrieving`
puts that in place of a family's attention.
"""

import torch

from arms import pairs_of, parse

DEFAULTS = {"k": 0, "from": 0, "to": 1000}


def best(scores, count):
    """Mask of the `count` largest of each row, -inf never; of equal ones the first."""
    order = torch.sort(scores, dim=-1, descending=True, stable=True)
    mask = torch.zeros_like(scores, dtype=torch.bool)
    mask.scatter_(-1, order.indices[..., :count], True)
    return mask & (scores > -torch.inf)


class Retrieving:
    """A family whose attention retrieves. `closest` is the least difference between the last number
    that was chosen and the first that was not: a fixture in which that is tiny would test rounding."""

    def logits(self, tokens, arm, block=None):
        self.layer = 0
        self.closest = float("inf")
        return super().logits(tokens, arm)

    def choose(self, scores, count):
        chosen = best(scores, count)
        if count < scores.shape[-1]:
            ranked = torch.sort(scores, dim=-1, descending=True).values
            gap = ranked[..., count - 1] - ranked[..., count] if count else torch.full_like(ranked[..., 0], torch.inf)
            # Repeated tokens have the same key and value in the first layer: either may be chosen.
            gap = gap[(ranked[..., count] > -torch.inf) & (gap > 1e-12)]
            if gap.numel():
                self.closest = min(self.closest, gap.min().item())
        return chosen

    def attention(self, q, k, v, arm):
        name, p = parse(arm)
        n, heads = q.shape[0], q.shape[1]
        group = heads // k.shape[1]
        k = torch.stack([k[:, a // group] for a in range(heads)], dim=1)
        v = torch.stack([v[:, a // group] for a in range(heads)], dim=1)
        local = min(p["local"], self.window or p["local"])
        i, j = torch.arange(n)[:, None], torch.arange(n)[None, :]
        d = i - j
        middle = (d >= local) & (j >= p["global"])
        if name == "lm-infinite":
            p = {**DEFAULTS, "middle": max(1, p["ceiling"] // 2), **p}
            plain = f"lm-infinite:global={p['global']},local={local},ceiling={p['ceiling']}"
            visible, distance = pairs_of(plain, 0, n, n)
            fixed = p["middle"]
        else:
            visible, distance = (d >= 0) & ((d < local) | (j < p["global"])), d.clamp(max=local)
            fixed = local
        scores = self.scores(q, k, distance.clamp(min=0))
        apart = self.scores(q, k, torch.full((n, n), fixed))
        if name == "lm-infinite":
            shown = middle.expand(heads, n, n) & False
            if p["from"] <= self.layer < p["to"]:
                shown = self.choose(apart.masked_fill(~middle, -torch.inf), p["k"])
        else:
            shown = self.blocks(q, k, d, middle, local, p).expand(heads, n, n)
        self.layer += 1
        scores = scores.masked_fill(~visible, -torch.inf)
        scores = torch.where(shown, apart, scores)
        return torch.einsum("hij,jhd->ihd", torch.softmax(scores, dim=-1), v).reshape(n, -1)

    def scores(self, q, k, distance):
        heads = q.shape[1]
        return self.positions.products(q, k, distance, heads) * self.scale + self.positions.bias(distance, heads)

    def blocks(self, q, k, d, middle, local, p):
        """The middle keys that InfLLM shows, [n, n]: chosen blocks, and what fills no block yet."""
        n, heads = q.shape[0], q.shape[1]
        near = self.positions.products(q, k, d.clamp(min=0), heads)
        judged = (near * ((d > 0) & (d < local))).sum(dim=1)  # [heads, n]
        apart = self.positions.products(q, k, torch.full((n, n), local), heads)
        whole = max(0, n - p["global"]) // p["block"]
        relevance = []
        for block in range(whole):
            first = p["global"] + block * p["block"]
            keys = slice(first, first + p["block"])
            # Of a block that has not left every query's sight the sum is not complete, and not used.
            complete = first + p["block"] + local - 1 <= n
            mask = self.choose(judged[:, keys], p["representatives"]) if complete else judged[:, keys] > -torch.inf
            relevance.append((apart[:, :, keys] * mask[:, None, :]).sum(dim=(0, 2)))
        shown = middle.clone()
        for query in range(n):
            gone = max(0, query - local + 1 - p["global"])
            available = gone // p["block"]
            if available > p["blocks"]:
                row = torch.stack([relevance[b][query] for b in range(available)])
                chosen = self.choose(row, p["blocks"])
                for block in range(available):
                    first = p["global"] + block * p["block"]
                    shown[query, first : first + p["block"]] = chosen[block]
        return shown
