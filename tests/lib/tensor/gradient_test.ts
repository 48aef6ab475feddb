import { assertEquals } from "@std/assert";
import {
  arange,
  conv2d,
  detach,
  grad,
  manualSeed,
  maximum,
  minimum,
  randn,
  tensor,
} from "../../../mod.ts";
import { type PrimitiveName, PRIMITIVES } from "../../../lib/tensor/primitives/mod.ts";
import { noGradient } from "../../../lib/tensor/primitives/rule.ts";
import { ELEMENTWISE_CASES } from "./gradient_cases_elementwise.ts";
import { LINEAR_CASES } from "./gradient_cases_linear.ts";
import { STRUCTURE_CASES } from "./gradient_cases_structure.ts";
import { checkFirst, checkSecond, primitivesOf } from "./gradients.ts";

const CASES = [...ELEMENTWISE_CASES, ...STRUCTURE_CASES, ...LINEAR_CASES];

for (const one of CASES) {
  Deno.test(`first and second derivatives agree with differences: ${one.name}`, async () => {
    await checkFirst(one);
    await checkSecond(one);
  });
}

Deno.test("every primitive with a gradient occurs in a case", () => {
  const occurring = new Set(CASES.flatMap((one) => [...primitivesOf(one)]));
  const differentiable = (Object.keys(PRIMITIVES) as PrimitiveName[])
    .filter((name) => PRIMITIVES[name].gradient !== noGradient);
  assertEquals(differentiable.filter((name) => !occurring.has(name)), []);
});

Deno.test("where a function has a corner, its gradient is PyTorch's choice", async () => {
  const corner = tensor([-1, 0, 1]);
  const slopes = async (y: (x: typeof corner) => typeof corner) =>
    await grad(y(corner).sum(), [corner])[0].tolist();
  assertEquals(await slopes((x) => x.relu()), [0, 0, 1]);
  assertEquals(await slopes((x) => x.abs()), [-1, 0, 1]);
  assertEquals(await slopes((x) => x.maximum(0)), [0, 0.5, 1]);
  assertEquals(await slopes((x) => minimum(0, x)), [1, 0.5, 0]);
  assertEquals(await slopes((x) => maximum(x, x)), [1, 1, 1]);
  assertEquals(await slopes((x) => x.clamp(0, 1)), [0, 1, 1]);
  assertEquals(await slopes((x) => x.clamp(-1, 0)), [1, 1, 0]);
  assertEquals(await slopes((x) => x.pow(0)), [0, 0, 0]);
  assertEquals(await slopes((x) => x.pow(1)), [1, 1, 1]);
  assertEquals(await slopes((x) => x.square().sqrt().relu()), [-1, NaN, 1]);
  assertEquals(await slopes((x) => x.square().amax()), [-1, 0, 1]);
});

Deno.test("ties share the gradient of amax and amin", async () => {
  const x = tensor([[2, 7, 7], [7, 2, 2]]);
  const slopes = async (y: typeof x) => await grad(y.sum(), [x])[0].tolist();
  assertEquals(await slopes(x.amax(1)), [[0, 0.5, 0.5], [1, 0, 0]]);
  assertEquals(await slopes(x.amin(1)), [[1, 0, 0], [0, 0.5, 0.5]]);
  assertEquals(await slopes(x.amax().mul(3)), [[0, 1, 1], [1, 0, 0]]);
});

Deno.test("the extremum is found again where its value was read and x is computed anew", async () => {
  const x = tensor([1, 3]);
  const y = x.mul(0.1).amax();
  // As another session may round it.
  y.resolve(Float32Array.of(0.3000001));
  assertEquals(await grad(y.mul(10), [x])[0].tolist(), [0, 1]);
});

Deno.test("x^0 is constant, at 0 too and in every derivative", async () => {
  const x = tensor([0, 2]);
  const [slope] = grad(x.pow(0).mul(x).sum(), [x]);
  assertEquals(await slope.tolist(), [1, 1]);
  assertEquals(await grad(slope.mul(x).sum(), [x])[0].tolist(), [1, 1]);
});

Deno.test("transposed tensors are padded along the dimension that was named", async () => {
  const x = tensor([[1, 2, 3], [4, 5, 6]]).transpose(0, 1).pad(1, 1, 0).transpose(0, 1);
  assertEquals(await x.tolist(), [[0, 0, 0], [1, 2, 3], [4, 5, 6]]);
});

Deno.test("a convolution's weights have the same gradient whether its images were transposed or not", async () => {
  manualSeed(0);
  const weight = randn([2, 3, 2, 2]);
  const images = randn([2, 5, 4, 3]).permute(0, 3, 1, 2);
  const gradient = async () => {
    const y = conv2d(images, weight, undefined, { padding: [1, 2] });
    const target = arange(y.size).reshape(y.shape);
    return await grad(y.mul(target).sum(), [weight])[0].data();
  };
  const transposed = await gradient();
  await images.data();
  assertEquals(transposed, await gradient());
});

Deno.test("logsumexp passes over -Infinity", async () => {
  const x = tensor([-Infinity, 0, Math.log(3)]);
  const y = x.logsumexp(0);
  assertEquals(Math.fround(await y.exp().item()), 4);
  assertEquals(await grad(y, [x])[0].tolist(), [0, 0.25, 0.75]);
});

Deno.test("logsumexp of float64 beyond the range of float32 is finite", async () => {
  const x = tensor([1e300, -1e300], { dtype: "float64" });
  assertEquals(await x.logsumexp(0).item(), 1e300);
});

Deno.test("what the output does not depend on has gradient 0, in its own shape and dtype", async () => {
  const [x, y, z] = [tensor([1, 2]), tensor([[3]]), tensor(4, { dtype: "float64" })];
  const gradients = grad(x.mul(detach(y.sum())).sum(), [x, y, z]);
  assertEquals(await gradients[0].tolist(), [3, 3]);
  assertEquals(await gradients[1].tolist(), [[0]]);
  assertEquals([await gradients[2].item(), gradients[2].dtype], [0, "float64"]);
});

Deno.test("a tensor's gradient for itself is 1, and an intermediate has one too", async () => {
  const x = tensor(3);
  const y = x.square();
  const [gx, gy] = grad(y.mul(5), [x, y]);
  assertEquals([await gx.item(), await gy.item()], [30, 5]);
  assertEquals(await grad(x, [x])[0].item(), 1);
  assertEquals(await grad(tensor([[2]]), [x])[0].item(), 0);
});

Deno.test("an intermediate that is permuted back has a gradient", async () => {
  const turned = tensor([[1, 2, 3], [4, 5, 6]]).transpose(0, 1);
  const [slope] = grad(turned.transpose(0, 1).square().sum(), [turned]);
  assertEquals(await slope.tolist(), [[2, 8], [4, 10], [6, 12]]);
});

Deno.test("comparisons, integers and truth values pass no gradient", async () => {
  const x = tensor([1.5, -0.5]);
  const zero = [0, 0];
  for (
    const y of [x.gt(0), x.to("int32"), x.to("bool"), x.eq(x), x.argmax(), x.lt(1).logicalNot()]
  ) {
    assertEquals(await grad(y.to("float32").sum(), [x])[0].tolist(), zero);
  }
});

Deno.test("a graph of 20,000 operations is differentiated without recursion", () => {
  const x = tensor(1);
  let y = x;
  for (let i = 0; i < 20_000; i++) y = y.add(x);
  assertEquals(grad(y, [x])[0].shape, []);
});

Deno.test("gradients of gradients go on: the fifth derivative of x^5 is 120", async () => {
  const x = tensor(0.7, { dtype: "float64" });
  let y = x.mul(x).mul(x).mul(x).mul(x);
  for (let i = 0; i < 5; i++) [y] = grad(y, [x]);
  assertEquals(Math.round(await y.item() * 1e9) / 1e9, 120);
});
