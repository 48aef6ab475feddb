import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  compile,
  DTypeError,
  Generator,
  GenlabError,
  manualSeed,
  rand,
  ShapeError,
  type Tensor,
  tensor,
  zeros,
} from "../../../mod.ts";
import {
  binarizeMnist,
  corruptDiscrete,
  makeNoiseSchedule,
  TinyDiscreteDenoiser,
} from "../../../lib/models/discrete.ts";

const T = 10;
const BETAS = makeNoiseSchedule(T);

/** A batch of `B` images of `side` x `side` pixels, all in one state. */
function constant(state: number, B = 1, side = 400): Tensor {
  return tensor(new Int32Array(B * side * side).fill(state), { shape: [B, side, side] });
}

/** How many elements have a value. */
function count(values: ArrayLike<number>, value: number): number {
  return Array.from(values).filter((element) => element === value).length;
}

/** Five standard deviations of a binomial count: a right program fails once in 1.7 million seeds. */
function assertFrequency(successes: number, n: number, p: number): void {
  assertAlmostEquals(successes, n * p, 5 * Math.sqrt(n * p * (1 - p)));
}

Deno.test("the schedule rises evenly from betaMin to betaMax", async () => {
  const betas = await BETAS.data();
  assertEquals(betas.length, T);
  betas.forEach((beta, i) => assertAlmostEquals(beta, 0.05 + i * 0.55 / 9, 1e-7));
  assertEquals(await makeNoiseSchedule(3, 0, 1).tolist(), [0, 0.5, 1]);
  assertEquals(await makeNoiseSchedule(1, 0.25, 1).tolist(), [0.25]);
});

Deno.test("a pixel at the threshold is black", async () => {
  const images = tensor([[[[0, 0.5], [Math.fround(0.5 + 1e-7), 1]]]]);
  const binary = binarizeMnist(images);
  assertEquals([binary.shape, binary.dtype], [[1, 2, 2], "int32"]);
  assertEquals(await binary.tolist(), [[[0, 0], [1, 1]]]);
  assertEquals(await binarizeMnist(images, 0.9).tolist(), [[[0, 0], [0, 1]]]);
});

Deno.test("a pixel becomes each other state with probability beta / K", async () => {
  for (const K of [2, 3, 5]) {
    for (const [t, beta] of [[1, 0.05], [10, 0.6]]) {
      manualSeed(K);
      const xt = await corruptDiscrete(constant(1), t, BETAS, K).data();
      for (let state = 0; state < K; state++) {
        const p = beta / K + (state === 1 ? 1 - beta : 0);
        assertFrequency(count(xt, state), xt.length, p);
      }
    }
  }
});

Deno.test("with two states, half of the replacements change nothing", async () => {
  const seed = 3;
  manualSeed(seed);
  const xt = await corruptDiscrete(constant(1), T, BETAS, 2).data();
  // The first draw of the corruption decides what is replaced.
  const generator = new Generator(seed);
  const draws = await rand([1, 400, 400], { generator }).data();
  const beta = (await BETAS.data())[T - 1];
  const replaced = xt.filter((_, i) => draws[i] < beta);
  const kept = xt.filter((_, i) => draws[i] >= beta);
  assertEquals(count(kept, 1), kept.length);
  assertFrequency(count(replaced, 0), replaced.length, 0.5);
});

Deno.test("at beta 0 nothing changes, and at beta 1 nothing is left of the image", async () => {
  const betas = tensor([0, 1]);
  for (const state of [0, 1]) {
    assertEquals(count(await corruptDiscrete(constant(state), 1, betas, 2).data(), state), 160000);
    const destroyed = await corruptDiscrete(constant(state), 2, betas, 2).data();
    assertFrequency(count(destroyed, 0), destroyed.length, 0.5);
  }
});

Deno.test("one t for all is the same as a number, a scalar and a vector", async () => {
  const x0 = constant(1, 3, 28);
  const results = [];
  for (const t of [4, tensor(4, { dtype: "int32" }), tensor([4, 4, 4], { dtype: "int32" })]) {
    manualSeed(0);
    results.push(await corruptDiscrete(x0, t, BETAS, 2).tolist());
  }
  assertEquals(results[1], results[0]);
  assertEquals(results[2], results[0]);
});

Deno.test("each example has the noise of its own t", async () => {
  manualSeed(0);
  const t = tensor([10, 1, 5], { dtype: "int32" });
  const xt = await corruptDiscrete(constant(1, 3), t, BETAS, 2).data();
  [0.6, 0.05, 0.05 + 4 * 0.55 / 9].forEach((beta, i) => {
    const example = xt.slice(i * 160000, (i + 1) * 160000);
    assertFrequency(count(example, 0), example.length, beta / 2);
  });
});

Deno.test("the number of draws does not depend on t", async () => {
  const after = [];
  for (const t of [1, 10]) {
    manualSeed(0);
    corruptDiscrete(constant(0, 2, 28), t, BETAS, 2);
    after.push(await rand([1]).item());
  }
  assertEquals(after[0], after[1]);
});

Deno.test("a compiled corruption is drawn anew each time, at the t it is given", async () => {
  const corrupt = compile((t: Tensor) => corruptDiscrete(constant(0, 2, 28), t, BETAS, 2), {
    repeat: 2,
  });
  const xt = await (await corrupt(tensor([1, 10], { dtype: "int32" }))).to("float32")
    .mean([2, 3]).data();
  assert(xt[0] !== xt[2] || xt[1] !== xt[3]);
  // Expected are 0.025 and 0.3, with standard deviations of 0.006 and 0.016.
  for (const i of [0, 2]) assert(xt[i] < 0.06 && xt[i + 1] > 0.2, String(xt));
});

Deno.test("what cannot be corrupted is refused in a line that names value and rule", () => {
  const x0 = constant(0, 2, 4);
  const int32 = { dtype: "int32" } as const;
  for (const t of [0, 11, -1, 1.5, NaN, tensor(0, int32), tensor([3, 11], int32)]) {
    const error = assertThrows(() => corruptDiscrete(x0, t, BETAS, 2), GenlabError, "from 1 to 10");
    assert(!error.message.includes("\n"));
  }
  const cases: [() => unknown, new (message: string) => Error, string][] = [
    [() => corruptDiscrete(x0, tensor([1, 2]), BETAS, 2), DTypeError, "t is float32"],
    [() => corruptDiscrete(x0, tensor([1, 2, 3], int32), BETAS, 2), ShapeError, "t has shape [3]"],
    [() => corruptDiscrete(x0, tensor([[1], [2]], int32), BETAS, 2), ShapeError, "[2, 1]"],
    [() => corruptDiscrete(zeros([2, 4, 4]), 1, BETAS, 2), DTypeError, "x0 is float32"],
    [() => corruptDiscrete(tensor(1, int32), 1, BETAS, 2), ShapeError, "[B, ...]"],
    [() => corruptDiscrete(x0, 1, BETAS.reshape(2, 5), 2), ShapeError, "betas has shape [2, 5]"],
    [() => corruptDiscrete(x0, 1, BETAS, 1), GenlabError, "K is 1"],
    [() => corruptDiscrete(x0, 1, BETAS, 2.5), GenlabError, "K is 2.5"],
    [() => makeNoiseSchedule(0), ShapeError, "T is 0"],
    [() => makeNoiseSchedule(2.5), ShapeError, "T is 2.5"],
    [() => makeNoiseSchedule(10, -0.1), GenlabError, "betaMin is -0.1"],
    [() => makeNoiseSchedule(10, 0, 1.5), GenlabError, "betaMax is 1.5"],
    [() => makeNoiseSchedule(10, NaN), GenlabError, "betaMin is NaN"],
    [() => binarizeMnist(zeros([28, 28])), ShapeError, "[28, 28]"],
    [() => binarizeMnist(zeros([1, 3, 28, 28])), ShapeError, "one channel"],
    [() => new TinyDiscreteDenoiser(2, T).forward(x0, 1), ShapeError, "[B, 28, 28]"],
    [() => new TinyDiscreteDenoiser(2, T, 8, 4, 4).forward(x0, 11), GenlabError, "t is 11"],
  ];
  for (const [mistake, type, part] of cases) {
    const { message } = assertThrows(mistake, type, part);
    assert(!message.includes("\n"), message);
  }
});

Deno.test("the denoiser has the notebook's layers under PyTorch's names", () => {
  const model = new TinyDiscreteDenoiser(2, T);
  assertEquals(model.namedParameters().map(([name, { shape }]) => [name, [...shape]]), [
    ["net.0.weight", [64, 785]],
    ["net.0.bias", [64]],
    ["net.2.weight", [1568, 64]],
    ["net.2.bias", [1568]],
  ]);
});

Deno.test("the denoiser reads pixels in rows, t / T last, and gives class before place", async () => {
  const [K, height, width] = [3, 2, 2];
  const model = new TinyDiscreteDenoiser(K, T, 2, height, width);
  const [hidden, hiddenBias, output, outputBias] = model.parameters();
  // One hidden unit copies pixel (1, 0), the other t / T.
  hidden.value = tensor([[0, 0, 1, 0, 0], [0, 0, 0, 0, 1]]);
  hiddenBias.value = zeros([2]);
  // Logit of class 2 at (0, 1) is the first unit, that of class 1 at (1, 1) the second.
  const rows = Array.from({ length: K * height * width }, () => [0, 0]);
  rows[2 * 4 + 1] = [1, 0];
  rows[1 * 4 + 3] = [0, 1];
  output.value = tensor(rows);
  outputBias.value = zeros([12]);
  const xt = tensor([[[0, 0], [2, 0]], [[1, 1], [1, 1]]], { dtype: "int32" });
  const logits = await model.forward(xt, tensor([5, 10], { dtype: "int32" })).tolist();
  assertEquals(logits, [
    [[[0, 0], [0, 0]], [[0, 0], [0, 0.5]], [[0, 2], [0, 0]]],
    [[[0, 0], [0, 0]], [[0, 0], [0, 1]], [[0, 1], [0, 0]]],
  ]);
});
