"""DDPM's training steps in PyTorch: print its version, then, for each line read, make some steps and
print the seconds they took. The network is that of lib/models/ddpm/unet.ts.

Usage: ddpm.py THREADS STEPS BATCH WIDTHS
"""
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

threads, steps, batch = (int(argument) for argument in sys.argv[1:4])
widths = [int(width) for width in sys.argv[4].split(",")]
GROUPS, EMBEDDING, TIMES, TIME_DIM, CLASSES = 8, 128, 201, 32, 10
torch.set_num_threads(threads)


class ResidualBlock(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.norm = nn.GroupNorm(GROUPS, inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.modulation = nn.Linear(EMBEDDING, 2 * outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.skip = nn.Identity() if inputs == outputs else nn.Conv2d(inputs, outputs, 1)

    def forward(self, x, embedding):
        scale, shift = self.modulation(embedding)[:, :, None, None].chunk(2, 1)
        h = F.group_norm(self.conv1(F.silu(self.norm(x))), GROUPS)
        return self.conv2(F.silu(h * (1 + scale) + shift)) + self.skip(x)


class Attention(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.norm = nn.GroupNorm(GROUPS, channels)
        self.qkv = nn.Conv2d(channels, 3 * channels, 1)
        self.out = nn.Conv2d(channels, channels, 1)

    def forward(self, x):
        B, C, H, W = x.shape
        q, k, v = self.qkv(self.norm(x)).reshape(B, 3, C, H * W).unbind(1)
        weights = (q.transpose(1, 2) @ k * C**-0.5).softmax(2)
        return x + self.out((v @ weights.transpose(1, 2)).reshape(B, C, H, W))


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        full, lowest, up = widths[0], widths[-1], widths[-2::-1]
        self.time1 = nn.Linear(TIME_DIM, EMBEDDING)
        self.time2 = nn.Linear(EMBEDDING, EMBEDDING)
        self.label = nn.Embedding(CLASSES + 1, EMBEDDING)
        self.stem = nn.Conv2d(1, full, 3, padding=1)
        self.down = nn.ModuleList(ResidualBlock(width, width) for width in widths[1:-1])
        self.shrink = nn.ModuleList(
            nn.Conv2d(a, b, 3, stride=2, padding=1) for a, b in zip(widths, widths[1:])
        )
        self.before, self.after = (ResidualBlock(lowest, lowest) for _ in range(2))
        self.attention = Attention(lowest)
        self.grow = nn.ModuleList(
            nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(widths[::-1], up)
        )
        self.up = nn.ModuleList(ResidualBlock(2 * width, width) for width in up)
        self.norm = nn.GroupNorm(GROUPS, full)
        self.out = nn.Conv2d(full, 1, 3, padding=1)
        self.times = torch.randn(TIMES, TIME_DIM)

    def forward(self, x, t, labels):
        time_part = self.time2(F.silu(self.time1(self.times[t])))
        embedding = F.silu(time_part + self.label(labels))
        h, skips = self.stem(x), []
        for i, shrink in enumerate(self.shrink):
            if i > 0:
                h = self.down[i - 1](h, embedding)
            skips.append(h)
            h = shrink(h)
        h = self.after(self.attention(self.before(h, embedding)), embedding)
        for grow, block in zip(self.grow, self.up):
            h = block(torch.cat([grow(h), skips.pop()], 1), embedding)
        return self.out(F.silu(self.norm(h)))


unet = UNet()
adam = torch.optim.Adam(unet.parameters())
x0 = torch.rand(batch, 1, 28, 28)
labels = torch.randint(0, CLASSES, (batch,))
alpha_bars = torch.linspace(1, 0, TIMES)


def step():
    t = torch.randint(1, TIMES, (batch,))
    noise = torch.randn_like(x0)
    kept = alpha_bars[t][:, None, None, None]
    xt = x0 * kept.sqrt() + noise * (1 - kept).sqrt()
    adam.zero_grad(set_to_none=True)
    loss = F.mse_loss(unet(xt, t, labels), noise)
    loss.backward()
    adam.step()
    return loss


print(torch.__version__, flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    for _ in range(steps):
        loss = step()
    loss.item()
    print(time.perf_counter() - start, flush=True)
