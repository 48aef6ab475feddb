/**
 * Computes a broad sample of graphs on the device that is named, and prints the results. Run by
 * webgpu_test.ts, which compares devices.
 *
 * @module
 */
import {
  avgPool2d,
  binaryCrossEntropyWithLogits,
  cat,
  compile,
  conv2d,
  convTranspose2d,
  crossEntropy,
  type DeviceName,
  grad,
  groupNorm,
  manualSeed,
  multinomial,
  oneHot,
  rand,
  randint,
  randn,
  setDevice,
  stack,
  type Tensor,
  tensor,
  where,
} from "genlab";
import { linearRegression } from "./training.ts";

/** A function's value with its gradients with respect to its arguments. */
function withGradients(fn: (...args: Tensor[]) => Tensor, ...args: Tensor[]): Tensor[] {
  const output = fn(...args);
  const weights = randn(output.shape);
  return [output, ...grad(output.mul(weights).sum(), args)];
}

const x = () => randn([3, 5]);
const positive = () => rand([3, 5]).add(0.5);
const images = () => randn([2, 4, 7, 7]);

const GRAPHS: Record<string, () => Tensor[]> = {
  ...Object.fromEntries(
    ([
      "neg",
      "abs",
      "exp",
      "sin",
      "cos",
      "tanh",
      "sigmoid",
      "silu",
      "softplus",
      "relu",
      "erf",
      "square",
    ] as const)
      .map((name) => [name, () => withGradients((x) => x[name](), x())]),
  ),
  ...Object.fromEntries(
    (["log", "sqrt", "log1p", "expm1"] as const)
      .map((name) => [name, () => withGradients((x) => x[name](), positive())]),
  ),
  ...Object.fromEntries(
    (["add", "sub", "mul", "div", "maximum", "minimum"] as const)
      .map((name) => [name, () => withGradients((a, b) => a[name](b), x(), randn([5]))]),
  ),
  pow: () => [
    ...withGradients((a) => a.pow(3), x()),
    ...withGradients((a) => a.pow(-0.5), positive()),
  ],
  powOfTensors: () => withGradients((a, b) => a.pow(b), positive(), randn([3, 1])),
  clamp: () => withGradients((x) => x.clamp(-0.5, 0.5), x()),
  where: () => withGradients((a, b) => where(a.lt(b), a, b.mul(2)), x(), x()),
  comparisons: () => {
    const [a, b] = [randint(0, 3, [20]), randint(0, 3, [20])];
    return [a.eq(b), a.ne(b), a.lt(b), a.le(b), a.gt(b), a.ge(b), a.eq(b).logicalNot()];
  },
  truth: () => [where(x().lt(0), x().lt(0), x().lt(0)), x().lt(0).to("int32"), x().to("bool")],
  integers: () => {
    const [a, b] = [randint(-50, 50, [4, 3]), randint(1, 9, [3])];
    return [
      a.add(b),
      a.sub(b),
      a.mul(b),
      a.div(b),
      a.maximum(b),
      a.sum(0),
      a.amax(1),
      a.to("float32"),
    ];
  },
  reductions: () => [
    ...withGradients((x) => x.sum(0), x()),
    ...withGradients((x) => x.mean([0, 1], true), x()),
    ...withGradients((x) => x.amax(1), x()),
    ...withGradients((x) => x.amin(), x()),
    ...withGradients((x) => x.var(1), x()),
    ...withGradients((x) => x.logsumexp(1), x()),
    x().argmax(1),
    x().argmax(),
  ],
  softmax: () => [
    ...withGradients((x) => x.softmax(1), x()),
    ...withGradients((x) => x.logSoftmax(1), randn([2, 4, 3])),
  ],
  losses: () => [
    ...withGradients(
      (x) => binaryCrossEntropyWithLogits(x, tensor([0, 1, 0.5])),
      randn([2, 3]).sum(0),
    ),
    ...withGradients((x) => crossEntropy(x, randint(0, 4, [6])), randn([6, 4])),
  ],
  products: () => [
    ...withGradients((a, b) => a.matmul(b), randn([3, 5]), randn([5, 4])),
    ...withGradients((a, b) => a.matmul(b), randn([2, 3, 5]), randn([5, 4])),
    ...withGradients((a, b) => a.matmul(b), randn([2, 3, 5]), randn([2, 5, 2])),
    ...withGradients((a, b) => a.matmul(b.transpose(0, 1)).add(1), randn([3, 5]), randn([4, 5])),
    ...withGradients((a, b) => a.matmul(b), randn([5]), randn([5])),
  ],
  ...Object.fromEntries(
    [[1, 0], [1, 1], [2, 1]].map(([stride, padding]) => [
      `conv2d with stride ${stride}, padding ${padding}`,
      () =>
        withGradients(
          (x, w, b) => conv2d(x, w, b, { stride, padding }),
          images(),
          randn([6, 4, 3, 3]),
          randn([6]),
        ),
    ]),
  ),
  ...Object.fromEntries(
    [1, 2].map((stride) => [
      `convTranspose2d with stride ${stride}`,
      () =>
        withGradients(
          (x, w) => convTranspose2d(x, w, undefined, { stride, padding: 1 }),
          images(),
          randn([4, 3, 3, 3]),
        ),
    ]),
  ),
  pooling: () => withGradients((x) => avgPool2d(x, 2), images()),
  groupNorm: () => [
    ...withGradients((x) => groupNorm(x, 2), images()),
    ...withGradients((x, w, b) => groupNorm(x, 1, w, b), images(), randn([4]), randn([4])),
    ...withGradients((x, w, b) => groupNorm(x, 2, w, b), images(), randn([2, 4]), randn([2, 4])),
  ],
  movement: () => [
    ...withGradients((x) => x.reshape(5, 3).transpose(0, 1), x()),
    ...withGradients((x) => x.unsqueeze(0).expand(2, 3, 5), x()),
    ...withGradients((x) => x.narrow(1, 1, 3), x()),
    ...withGradients((x) => x.pad(0, 1, 2), x()),
    ...withGradients((a, b) => cat([a, b, a], 1), x(), x()),
    ...withGradients((a, b) => stack([a, b], 1), x(), x()),
  ],
  gather: () => [
    ...withGradients((x) => x.gather(1, randint(0, 5, [3, 4])), x()),
    ...withGradients((x) => x.gather(0, randint(0, 3, [1, 5])), x()),
    ...withGradients((x) => x.indexSelect(0, randint(0, 3, [6])), x()),
    oneHot(randint(0, 4, [5]), 4),
  ],
  multinomial: () => [
    multinomial(tensor([0.1, 0.2, 0.7]).mul(1), 20, { replacement: true }),
    multinomial(tensor([0.1, 0.2, 0.7]).mul(1), 2),
  ],
  secondDerivative: () => {
    const [a] = [x()];
    const [slope] = grad(a.tanh().mul(a).sum(), [a]);
    return grad(slope.square().sum(), [a]);
  },
};

const [device] = Deno.args;
await setDevice(device as DeviceName);
const results: Record<string, (number[] | string)[]> = {};

async function report(name: string, compute: () => Promise<Tensor[]> | Tensor[]): Promise<void> {
  manualSeed(7);
  try {
    const tensors = await compute();
    results[name] = [];
    for (const tensor of tensors) results[name].push([...await tensor.data()]);
  } catch (error) {
    results[name] = [String(error)];
  }
}

for (const [name, compute] of Object.entries(GRAPHS)) await report(name, compute);
for (const repeat of [undefined, 4]) {
  await report(`Adam, ${repeat === undefined ? "call by call" : "repeated"}`, async () => {
    const { weight, step } = linearRegression(6);
    const noisy = compile((x: Tensor, rate: Tensor) => step(x.add(randn([3, 6])), rate), {
      repeat,
    });
    const losses = [];
    for (let i = 0; i < 2; i++) losses.push(await noisy(rand([3, 6]), tensor(0.1)));
    return [...losses, weight.value];
  });
}
await report("Adam, not compiled", async () => {
  const { weight, step } = linearRegression(6);
  const losses = [];
  for (let i = 0; i < 3; i++) losses.push(tensor(await step(rand([3, 6]), tensor(0.1)).item()));
  return [...losses, weight.value];
});
// JSON has no NaN and no infinity.
console.log(
  JSON.stringify(
    results,
    (_, value) => Number.isFinite(value) || typeof value !== "number" ? value : String(value),
  ),
);
