# SPDX-License-Identifier: GPL-3.0-or-later
"""Data-parallel training by several processes of one machine.

On a CPU whose cores are shared with other work, N processes of one thread each are faster than one process of N
threads: they wait for each other once per step instead of once per operation.
"""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FrameType

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import Tensor, nn


class Group:
    """The processes of a run, seen from the one with number `rank`."""

    def __init__(self, rank: int = 0, size: int = 1) -> None:
        self.rank, self.size = rank, size

    @property
    def leads(self) -> bool:
        """Whether this process keeps the logs and checkpoints."""
        return self.rank == 0

    def share(self, rows: Tensor) -> Tensor:
        """This process's part of a batch."""
        return rows.chunk(self.size)[self.rank]

    def average_gradients(self, parameters: Iterable[nn.Parameter]) -> None:
        """Replaces every gradient by its mean over the processes, in one message."""
        if self.size == 1:
            return
        gradients = [p.grad for p in parameters]
        flat = torch.cat([g.flatten() for g in gradients])
        dist.all_reduce(flat)
        flat /= self.size
        for gradient, mean in zip(gradients, flat.split([g.numel() for g in gradients])):
            gradient.copy_(mean.view_as(gradient))

    def decided(self, *values: float) -> list[float]:
        """The leading process's `values`, so that clocks and signals mean the same to all."""
        if self.size == 1:
            return list(values)
        message = torch.tensor(values, dtype=torch.float64)
        dist.broadcast(message, 0)
        return message.tolist()


def _enter(rank: int, work: Callable[[Group], None], size: int, rendezvous: str) -> None:
    if rank:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
    dist.init_process_group("gloo", init_method=f"file://{rendezvous}", rank=rank, world_size=size)
    work(Group(rank, size))
    dist.destroy_process_group()


def run(work: Callable[[Group], None], processes: int) -> None:
    """Calls `work` in each process; SIGTERM and Ctrl-C reach the leading one, which decides when all stop."""
    if processes == 1:
        work(Group())
        return
    with tempfile.TemporaryDirectory() as folder:
        rendezvous = str(Path(folder) / "rendezvous")
        children = mp.start_processes(
            _enter, (work, processes, rendezvous), nprocs=processes, join=False, start_method="spawn"
        )

        def forward(number: int, frame: FrameType | None) -> None:
            children.processes[0].terminate()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, forward)
        while not children.join():
            pass
