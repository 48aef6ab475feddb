import { assert, assertEquals, assertThrows } from "@std/assert";
import { grad, groupNorm, manualSeed, randn, ShapeError, type Tensor, tensor, zeros } from "genlab";

/** The largest difference between two tensors. */
async function difference(a: Tensor, b: Tensor): Promise<number> {
  assertEquals(a.shape, b.shape);
  return await a.sub(b).abs().amax().item();
}

Deno.test("each example may have its own scale and shift of a channel", async () => {
  manualSeed(3);
  const [x, scale, shift] = [randn([3, 4, 5, 2]), randn([3, 4]), randn([3, 4])];
  const y = groupNorm(x, 2, scale, shift);
  const apart = groupNorm(x, 2).mul(scale.reshape(3, 4, 1, 1)).add(shift.reshape(3, 4, 1, 1));
  assert(await difference(y, apart) < 1e-6);
  const weights = randn(y.shape);
  const inputs = [x, scale, shift];
  const gradients = grad(y.mul(weights).sum(), inputs);
  const expected = grad(apart.mul(weights).sum(), inputs);
  for (const [i, gradient] of gradients.entries()) {
    assert(await difference(gradient, expected[i]) < 1e-5, `gradient ${i}`);
  }
});

Deno.test("what is common to all numbers of a group takes few digits from its deviations", async () => {
  // Deviations of whole numbers are exact in float32, however large the mean.
  const deviations = tensor([-3, 1, 2, 0, 5, -1, -4, 0]).reshape(1, 2, 4);
  const far = groupNorm(deviations.add(100_000), 1);
  assert(await difference(far, groupNorm(deviations, 1)) < 1e-3);
});

Deno.test("standardised rows have mean 0 and variance 1, less what eps makes of it", async () => {
  const x = tensor([[1, 3], [10, 10], [-2, 6]]);
  const rows = x.apply("standardize", [], { eps: 1 });
  // Variances are 1, 0 and 16, to which 1 is added.
  const expected = [
    [-1, 1].map((v) => v / Math.sqrt(2)),
    [0, 0],
    [-4, 4].map((v) => v / Math.sqrt(17)),
  ];
  assert(await difference(rows, tensor(expected)) < 1e-6);
  const inverse = x.apply("inverseDeviation", [], { eps: 1 });
  assert(await difference(inverse, tensor([[1 / Math.sqrt(2)], [1], [1 / Math.sqrt(17)]])) < 1e-6);
});

Deno.test("numbers to normalise there have to be", () => {
  const nothing = zeros([2, 0]);
  assertThrows(() => nothing.apply("standardize", [], { eps: 1 }), ShapeError, "[2, 0]");
  assertThrows(() => nothing.apply("inverseDeviation", [], { eps: 1 }), ShapeError, "[2, 0]");
});

Deno.test("a scale for some of the examples is refused", () => {
  const x = zeros([3, 4, 2]);
  assertThrows(() => groupNorm(x, 2, zeros([2, 4])), ShapeError, "[3, 4]");
  assertThrows(() => groupNorm(x, 2, undefined, zeros([1, 4])), ShapeError, "bias");
});

Deno.test("silu is x sigmoid(x), to the last digits of x", async () => {
  const points = [-100, -18.5, -15, -5, -1.278, -1e-3, 0, 0.5, 3, 17, 100];
  const x = tensor(points);
  const values = await x.silu().data();
  const [slope] = grad(x.silu().sum(), [x]);
  const slopes = await slope.data();
  for (const [i, point] of points.entries()) {
    const s = 1 / (1 + Math.exp(-point));
    const tolerance = 1.2e-7 * (1 + Math.abs(point));
    const exact = 1 / (1 + Math.exp(-Math.fround(point)));
    assert(Math.abs(values[i] - point * exact) <= tolerance, `silu(${point}) is ${values[i]}`);
    const expected = s * (1 + point * (1 - s));
    assert(Math.abs(slopes[i] - expected) <= 2 * tolerance, `slope at ${point} is ${slopes[i]}`);
  }
});
