import { assert, assertEquals } from "@std/assert";
import { type DType, grad, manualSeed, type Shape, type Tensor, tensor } from "../../../mod.ts";
import { promote } from "../../../lib/tensor/dtype.ts";
import { CREATION, DRAWS, type Inputs, OPERATIONS } from "./pytorch_operations.ts";

/** A tensor in tensor_ops.json; what JSON has no number for is a string. */
interface Recorded {
  dtype: DType;
  shape: Shape;
  values: (number | string)[];
}

/** tests/fixtures/tensor_ops.json, written by tensor_ops.py. */
interface Fixture {
  torch: string;
  seed: number;
  promotion: Record<string, DType>;
  cases: {
    call: string;
    inputs: Record<string, Recorded>;
    result: Recorded;
    gradients?: Record<string, (number | string)[]>;
  }[];
  creation: { call: string; result: Recorded }[];
  draws: { call: string; result: Recorded }[];
}

const fixture: Fixture = JSON.parse(
  Deno.readTextFileSync(new URL("../../fixtures/tensor_ops.json", import.meta.url)),
);

/** How far values may be from PyTorch's: `relative` times the value plus `absolute`. */
interface Tolerance {
  readonly relative: number;
  readonly absolute: number;
}

const DEFAULT: Tolerance = { relative: 2e-6, absolute: 1e-37 };

/** Where values of order 1 cancel, the last bit of 1 is all that can be compared. */
const CANCELS: Tolerance = { relative: 2e-6, absolute: 1e-6 };

/** Calls that need more than the default, by how they begin. */
const TOLERANCES: readonly (readonly [string, Tolerance])[] = [
  // Gradients 1 - tanh^2 and (exp(x) - 1) + 1, in PyTorch as here.
  ["x.tanh()", CANCELS],
  ["x.expm1()", CANCELS],
  // Sums of terms of either sign.
  ...["x.softmax", "x.var", "x @ y", "F.conv", "F.avg_pool2d", "F.group_norm"]
    .map((call) => [call, CANCELS] as const),
  // PyTorch's log(1 + exp(-|l|)) loses what is small beside 1.
  ["F.binary_cross_entropy", CANCELS],
  ["F.cross_entropy", CANCELS],
  // PyTorch's gradient exp(x - logsumexp) carries the rounding of logits of 10,000; ours does not.
  ["x.logsumexp(1)", { relative: 3e-4, absolute: 1e-37 }],
];

function toleranceOf(call: string): Tolerance {
  return TOLERANCES.find(([start]) => call.startsWith(start))?.[1] ?? DEFAULT;
}

function fromRecord({ dtype, shape, values }: Recorded): Tensor {
  return tensor(Float64Array.from(values, Number), { shape, dtype });
}

/** 1, -2, 3, 1, -2, 3, ...: what the script multiplies results by before it differentiates. */
function weightsLike(y: Tensor): Tensor {
  return tensor(Float32Array.from({ length: y.size }, (_, i) => [1, -2, 3][i % 3]), {
    shape: y.shape,
  });
}

async function assertValues(
  x: Tensor,
  expected: (number | string)[],
  { relative, absolute }: Tolerance,
  what: string,
): Promise<void> {
  const received = await x.data();
  assertEquals(received.length, expected.length, what);
  expected.forEach((value, i) => {
    const want = x.dtype === "float32" ? Math.fround(Number(value)) : Number(value);
    // Both zeros are one zero here.
    const close = Object.is(received[i] + 0, want + 0) ||
      Math.abs(received[i] - want) <= relative * Math.abs(want) + absolute;
    assert(close, `${what}[${i}]: received ${received[i]}, PyTorch has ${want}`);
  });
}

function assertSignature(y: Tensor, { dtype, shape }: Recorded, what: string): void {
  assertEquals([y.dtype, ...y.shape], [dtype, ...shape], `dtype and shape of ${what}`);
}

const byCall = Map.groupBy(fixture.cases, ({ call }) => call);

Deno.test("every call the fixture holds has an operation, and every operation a call", () => {
  assertEquals(Object.keys(OPERATIONS).toSorted(), [...byCall.keys()].toSorted());
  assertEquals(Object.keys(CREATION).toSorted(), fixture.creation.map(({ call }) => call).sort());
  assertEquals(Object.keys(DRAWS), fixture.draws.map(({ call }) => call));
});

for (const [call, cases] of byCall) {
  Deno.test(`${call} and its gradients are PyTorch's`, async () => {
    for (const { inputs, result, gradients = {} } of cases) {
      const operands = Object.fromEntries(
        Object.entries(inputs).map(([name, record]) => [name, fromRecord(record)]),
      );
      const kinds = Object.entries(operands).map(([name, { dtype, shape }]) =>
        `${name}: ${dtype}[${shape}]`
      );
      const what = `${call} with ${kinds.join(", ")}`;
      const y = OPERATIONS[call](operands as Inputs);
      assertSignature(y, result, what);
      const tolerance = toleranceOf(call);
      await assertValues(y, result.values, tolerance, what);
      const names = Object.keys(gradients);
      // Nothing comes of nothing: a sum of no elements is refused.
      if (names.length === 0 || y.size === 0) continue;
      const received = grad(y.mul(weightsLike(y)).sum(), names.map((name) => operands[name]));
      for (const [i, name] of names.entries()) {
        const gradient = `gradient for ${name} of ${what}`;
        await assertValues(received[i], gradients[name], tolerance, gradient);
      }
    }
  });
}

const EXACT: Tolerance = { relative: 0, absolute: 0 };

Deno.test("linspace and arange round as PyTorch does, to the last bit", async () => {
  for (const { call, result } of fixture.creation) {
    const y = CREATION[call]();
    assertSignature(y, result, call);
    await assertValues(y, result.values, EXACT, call);
  }
});

Deno.test("tensors drawn one after the other are PyTorch's", async () => {
  manualSeed(fixture.seed);
  for (const { call, result } of fixture.draws) {
    const y = DRAWS[call]();
    assertSignature(y, result, call);
    // The last bit of a logarithm or a cosine may differ.
    await assertValues(y, result.values, call.includes("randn") ? DEFAULT : EXACT, call);
  }
});

Deno.test("operands meet in the dtype of torch.result_type", () => {
  const operand = (name: string) =>
    isNaN(Number(name))
      ? { dtype: name.replace("[]", "") as DType, shape: name.endsWith("[]") ? [] : [1] }
      : Number(name);
  for (const [pair, dtype] of Object.entries(fixture.promotion)) {
    assertEquals(promote(pair.split(", ").map(operand)), dtype, pair);
  }
  assertEquals(Object.keys(fixture.promotion).length, 80);
});
