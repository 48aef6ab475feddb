"""A Langevin chain of images in PyTorch: print its version, then, for each line read, make the chain
and print the seconds it took. The network is that of lib/models/ebm/networks.ts.

Usage: langevin.py THREADS STEPS BATCH WIDTHS HIDDEN
"""
import sys
import time

import torch
import torch.nn as nn

threads, steps, batch = (int(argument) for argument in sys.argv[1:4])
widths = [int(width) for width in sys.argv[4].split(",")]
hidden = int(sys.argv[5])
torch.set_num_threads(threads)

layers, side = [nn.Conv2d(1, widths[0], 5, stride=2, padding=2), nn.SiLU()], 14
for a, b in zip(widths, widths[1:]):
    layers += [nn.Conv2d(a, b, 3, stride=2, padding=1), nn.SiLU()]
    side = (side + 1) // 2
layers += [nn.Flatten(), nn.Linear(widths[-1] * side**2, hidden), nn.SiLU(), nn.Linear(hidden, 1)]
energy = nn.Sequential(*layers)
# As training does it: gradients with respect to the images alone.
energy.requires_grad_(False)


def chain(x):
    noise = torch.empty_like(x)
    for _ in range(steps):
        x.requires_grad_(True)
        (slope,) = torch.autograd.grad(energy(x).sum(), x)
        with torch.no_grad():
            x = (x - 10 * slope.clamp_(-0.03, 0.03)).clamp_(-1, 1)
            x = x.add_(noise.normal_(), alpha=0.005).clamp_(-1, 1)
    return x


print(torch.__version__, flush=True)
for _ in sys.stdin:
    start = torch.rand(batch, 1, 28, 28) * 2 - 1
    begun = time.perf_counter()
    chain(start)
    print(time.perf_counter() - begun, flush=True)
