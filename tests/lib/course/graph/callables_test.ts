import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DTypeError, grad, ones, ShapeError, type Tensor, tensor, zeros } from "../../../../mod.ts";
import { type CallableName, callableOf } from "../../../../lib/course/graph/callables.ts";
import { inputsOf, signatureOf, tensorsOf } from "../../../../lib/course/graph/plain.ts";
import { readGraph } from "../../../../lib/course/graph/read.ts";
import { traceFunction } from "../../../../lib/course/graph/trace.ts";
import {
  type Argument,
  type CallableArgument,
  inProcess,
  StudentError,
} from "../../../../lib/course/student.ts";
import { leavesOf } from "../../../../lib/runtime/tree.ts";
import { withStudent } from "../runner/student_file.ts";

type Energy = (x: Tensor) => Tensor;

const x = tensor([[1, 2], [3, -1], [0, 0.5]]);

const ENERGIES: Record<
  Exclude<CallableName, "convolutionEnergy">,
  [parameters: Tensor[], at: (a: number, b: number) => number]
> = {
  linearEnergy: [[tensor([2, -3])], (a, b) => 2 * a - 3 * b],
  quadraticEnergy: [
    [tensor([[2, 1], [0, 4]]), tensor([1, -1])],
    (a, b) => (2 * (a - 1) ** 2 + (a - 1) * (b + 1) + 4 * (b + 1) ** 2) / 2,
  ],
  doubleWellEnergy: [
    [tensor([0.5, 2])],
    (a, b) => 0.5 * (a * a - 1) ** 2 + 2 * (b * b - 1) ** 2,
  ],
  mixtureEnergy: [
    [tensor([[0, 0], [2, 1]]), tensor(0.5)],
    (a, b) =>
      -Math.log(
        Math.exp(-2 * (a * a + b * b)) + Math.exp(-2 * ((a - 2) ** 2 + (b - 1) ** 2)),
      ),
  ],
  mlpEnergy: [
    [tensor([[1, -1, 0.5], [0, 2, -1]]), tensor([0, 0.5, -0.25]), tensor([1, 2, -3])],
    (a, b) => Math.tanh(a) + 2 * Math.tanh(-a + 2 * b + 0.5) - 3 * Math.tanh(a / 2 - b - 0.25),
  ],
};

const names = Object.keys(ENERGIES) as (keyof typeof ENERGIES)[];
const quadratic: CallableArgument = {
  callable: "quadraticEnergy",
  parameters: ENERGIES.quadraticEnergy[0],
};

for (const name of names) {
  Deno.test(`${name} gives each example its energy, whatever form examples have`, async () => {
    const [parameters, at] = ENERGIES[name];
    const energy = callableOf(name, parameters);
    const points = await x.tolist() as number[][];
    for (const batch of [x, x.reshape(3, 1, 2), x.reshape(3, 2, 1, 1)]) {
      assertEquals(energy(batch).shape, [3]);
      const energies = await energy(batch).data();
      points.forEach(([a, b], i) => assertAlmostEquals(energies[i], at(a, b), 1e-5));
    }
    assertEquals(energy(x.narrow(0, 0, 1)).shape, [1]);
  });
}

Deno.test("convolutionEnergy adds up what it sees at every place of a picture, and takes no other", async () => {
  const kernels = tensor([[0, 0, 0, 0, 1, 0, 0, 0, 0], [0, 0, 0, 1, 0, 0, 0, 0, 0]]);
  const energy = callableOf("convolutionEnergy", [
    kernels.reshape(2, 1, 3, 3),
    tensor([1, -2]),
  ]);
  const pictures = x.reshape(3, 1, 1, 2);
  assertEquals(energy(pictures).shape, [3]);
  const energies = await energy(pictures).data();
  // One kernel sees each pixel, the other the one to its left.
  (await x.tolist() as number[][]).forEach(([a, b], i) =>
    assertAlmostEquals(energies[i], Math.tanh(a) + Math.tanh(b) - 2 * Math.tanh(a), 1e-6)
  );
  assertThrows(
    () => energy(x),
    ShapeError,
    "energy: takes pictures [B, 1, H, W], and was given [3, 2]; hand over x in the shape it came in",
  );
});

Deno.test("an energy takes a batch whose examples have as many numbers as it needs", () => {
  const energy = callableOf("linearEnergy", [tensor([1, 2])]);
  const message = (given: string) =>
    `energy: takes a batch [B, ...] with 2 numbers in each example, and was given ${given}; hand ` +
    "over x in the shape it came in";
  for (
    const [batch, given] of [[zeros([3, 3]), "[3, 3]"], [zeros([]), "[]"], [
      zeros([2]),
      "[2]",
    ]] as const
  ) {
    assertThrows(() => energy(batch), ShapeError, message(given));
  }
  const none: unknown = undefined;
  assertThrows(
    () => energy(none as Tensor),
    DTypeError,
    "energy: takes a tensor as a batch, not u",
  );
});

/** The gradient of the sum of energies, and of those of moved points: two calls, one detached. */
const slopes = (energy: Energy, x: Tensor, step: number) => {
  const [slope] = grad(energy(x).sum(), [x]);
  const moved = x.sub(slope.mul(step)).detach();
  return [slope, grad(energy(moved).sum(), [moved])[0]];
};

Deno.test("a function that is handed an energy is traced through it", async () => {
  const student = inProcess({ slopes });
  const args = [quadratic, x, 0.5];
  const { inputs } = await student.trace("slopes", args);
  // The energy's parameters stand where the energy stands among the arguments.
  assertEquals(inputs.map(({ shape }) => shape), [[2, 2], [2], [3, 2]]);
  assertEquals(tensorsOf(args), [...quadratic.parameters, x]);
  const [slope, next] = leavesOf(await student.call("slopes", args));
  const expected = slopes(callableOf(quadratic.callable, quadratic.parameters), x, 0.5);
  assertEquals(await slope.tolist(), await expected[0].tolist());
  assertEquals(await next.tolist(), await expected[1].tolist());
  // (A + Aᵀ)(x - c) / 2 at (1, 2).
  assertEquals((await slope.data()).slice(0, 2), Float32Array.of(1.5, 12));
});

Deno.test("gradients flow from the result to what the energy computes with, unless detached", async () => {
  const f = (energy: Energy, x: Tensor) => [energy(x), energy(x).detach(), energy(x.detach())];
  const [w] = ENERGIES.linearEnergy[0];
  const args: Argument[] = [{ callable: "linearEnergy", parameters: [w] }, x];
  const results = leavesOf(await inProcess({ f }).call("f", args));
  const slopesOf = async (result: Tensor) =>
    await Promise.all(grad(result.sum(), [w, x]).map(async (slope) => [...await slope.data()]));
  assertEquals(await slopesOf(results[0]), [[4, 1.5], [2, -3, 2, -3, 2, -3]]);
  assertEquals(await slopesOf(results[1]), [[0, 0], [0, 0, 0, 0, 0, 0]]);
  assertEquals(await slopesOf(results[2]), [[4, 1.5], [0, 0, 0, 0, 0, 0]]);
});

Deno.test("the same graph serves other values of the parameters", async () => {
  const f = (energy: Energy, x: Tensor) => grad(energy(x).sum(), [x])[0];
  const student = inProcess({ f });
  const other: CallableArgument = { callable: "linearEnergy", parameters: [tensor([5, 7])] };
  const [slope] = leavesOf(await student.call("f", [other, x]));
  assertEquals(await slope.tolist(), [[5, 7], [5, 7], [5, 7]]);
});

/** What comes of tracing a function that is handed an energy. */
function errorOf(f: unknown): Promise<StudentError> {
  return assertRejects(() => inProcess({ f }).trace("f", [quadratic, x]), StudentError);
}

Deno.test("what an energy does not take is said on the student's line", async () => {
  const wrong = await errorOf((energy: Energy, x: Tensor) => energy(x.sum(1)));
  assertEquals(wrong.kind, "threw");
  assert(wrong.message.startsWith("f: energy: takes a batch [B, ...] with 2"), wrong.message);
  assert(wrong.place !== undefined);
  const { message } = await errorOf((energy: (x: number) => Tensor) => energy(3));
  assert(message.startsWith("f: energy: takes a tensor as a batch, not a number"), message);
  const read = await errorOf((energy: Energy, x: Tensor) => energy(x).tolist());
  assert(read.message.startsWith("f: values cannot be read inside f"), read.message);
});

Deno.test("an energy is no result, and none that was kept from another call serves", async () => {
  const { message } = await errorOf((energy: Energy) => energy);
  assertEquals(message, "f returns a function; return tensors");
  let kept: Energy | undefined;
  const student = inProcess({ f: (energy: Energy, x: Tensor) => (kept ??= energy)(x) });
  await student.trace("f", [quadratic, x]);
  const error = await assertRejects(() => student.trace("f", [quadratic, x]), StudentError);
  assert(error.message.startsWith("f uses a tensor from another call"), error.message);
});

Deno.test("a graph has to name the parameters among its inputs", () => {
  const f = (energy: Energy, x: Tensor) => energy(x);
  const asked = [quadratic, x].map(signatureOf);
  const graph = traceFunction({ f }, "f", asked);
  assertEquals(readGraph(JSON.parse(JSON.stringify(graph)), asked), graph);
  assertEquals(inputsOf(asked), graph.inputs);
  const inputs = [graph.inputs.slice(2), [graph.inputs[2], ...graph.inputs.slice(0, 2)]];
  for (const given of inputs) {
    const error = assertThrows(() => readGraph({ ...graph, inputs: given }, asked), StudentError);
    assertEquals(error.kind, "rejected");
  }
});

Deno.test("in a runner an energy is a function whose parameters have no values", async () => {
  let printed = "";
  await withStudent(
    `import { grad } from "genlab";
     export function f(energy, x) {
       console.log(typeof energy, energy.length, Object.keys(energy).length);
       const [first, second] = [energy(x), energy(x)];
       console.log(first.values, second.inputs.every(({ values }) => values === undefined));
       return grad(energy(x).sum(), [x])[0];
     }`,
    async (student) => {
      const [slope] = leavesOf(await student.call("f", [quadratic, x]));
      const energy = callableOf(quadratic.callable, quadratic.parameters);
      assertEquals(await slope.tolist(), await grad(energy(x).sum(), [x])[0].tolist());
    },
    { print: (text) => printed += text },
  );
  assert(printed.includes("function 1 0\n"), printed);
  assert(printed.includes("undefined "), printed);
});

/** What a file may try with an energy; the argument of each is the energy. */
const ATTEMPTS = [
  "kept ??= energy; return kept(x);",
  "energy.call = () => x; return energy(x);",
  "energy = (x) => x.sum(1).mul(0); return energy(x);",
  "energy === kept; kept = energy; return energy(x);",
  "x.constructor.prototype.matmul = function () { return this.sum(1); }; return energy(x);",
  "Function.prototype.toString = () => 'passed'; return energy(x).mul(0);",
  "Object.defineProperty(energy, 'name', { value: 'passed' }); return energy(x);",
];

Deno.test("what a file does to an energy changes its own graph, and nothing else", async () => {
  const right = callableOf(quadratic.callable, quadratic.parameters);
  const expected = await right(x).tolist();
  await withStudent(
    "let kept;\n" +
      ATTEMPTS.map((code, i) => `export function f${i}(energy, x) { ${code} }`).join("\n"),
    async (student) => {
      for (const i of ATTEMPTS.keys()) {
        for (let call = 0; call < 2; call++) {
          try {
            const graph = await student.trace(`f${i}`, [quadratic, x]);
            assertEquals(graph.inputs.length, 3);
          } catch (error) {
            assert(error instanceof StudentError, String(error));
          }
        }
      }
      assertEquals(await right(x).tolist(), expected);
    },
  );
});

Deno.test("an energy may stand anywhere among the arguments, and more than once", async () => {
  const f = (x: Tensor, near: Energy, scale: number, far: Energy) => near(x).sub(far(x).mul(scale));
  const linear = (w: Tensor): CallableArgument => ({ callable: "linearEnergy", parameters: [w] });
  const args = [x, linear(ones([2])), 10, linear(tensor([0, 1]))];
  const [result] = leavesOf(await inProcess({ f }).call("f", args));
  assertEquals(await result.tolist(), [3 - 20, 2 + 10, 0.5 - 5]);
});
