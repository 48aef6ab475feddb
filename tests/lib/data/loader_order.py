"""Write loader_order.jsonl, a case a line: the order in which PyTorch's DataLoader visits a dataset, and where it leaves
the random stream.

Needs PyTorch (made with 1.13): python3 loader_order.py > loader_order.jsonl
"""
import itertools, json
import torch
from torch.utils.data import DataLoader


def case(seed, n, batch_size, shuffle, drop_last, own_generator):
    """Two passes and one that stops after its first batch; `rand` tells where each left the stream."""
    generator = torch.Generator() if own_generator else torch.default_generator
    generator.manual_seed(seed)
    loader = DataLoader(range(n), batch_size=batch_size, shuffle=shuffle, drop_last=drop_last,
                        generator=generator if own_generator else None)
    passes = []
    for stop in (None, None, 1):
        batches = [batch.tolist() for batch in itertools.islice(iter(loader), stop)]
        passes.append({"batches": batches, "rand": torch.rand((), generator=generator).item()})
    return {"seed": seed, "n": n, "batchSize": batch_size, "shuffle": shuffle, "dropLast": drop_last,
            "ownGenerator": own_generator, "length": len(loader), "passes": passes}


if __name__ == "__main__":
    seeds = (0, 1, 123, 2**31 - 1, 2**33 + 5)
    sizes = ((7, 3), (6, 3), (2, 4))
    flags = (False, True)
    for seed, (n, batch_size), *options in itertools.product(seeds, sizes, flags, flags, flags):
        print(json.dumps(case(seed, n, batch_size, *options)))
