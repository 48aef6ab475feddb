import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { clipGradNorm, GenlabError, type Tensor, tensor, zeros } from "../../../mod.ts";

async function values(gradients: readonly Tensor[]): Promise<number[]> {
  return (await Promise.all(gradients.map((gradient) => gradient.data()))).flatMap((
    one,
  ) => [...one]);
}

Deno.test("gradients too long are scaled as torch.nn.utils.clip_grad_norm_ scales them", async () => {
  const a = tensor([[1, -2], [3, 0.5]]);
  const b = tensor([0.25, 4, -1]);
  // a.grad, b.grad = ...; torch.nn.utils.clip_grad_norm_([a, b], 0.1)
  const expected = [
    ...[0.01787067949771881, -0.03574135899543762, 0.05361203849315643, 0.008935339748859406],
    ...[0.004467669874429703, 0.07148271799087524, -0.01787067949771881],
  ];
  const clipped = clipGradNorm([a, b], 0.1);
  assertEquals(clipped.map(({ shape }) => shape), [[2, 2], [3]]);
  (await values(clipped)).forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-8));
});

Deno.test("gradients short enough stay as they are, those of 0 too", async () => {
  const gradients = [tensor([[0.01, -0.02], [0.03, 0.005]]), zeros([3])];
  assertEquals(await values(clipGradNorm(gradients, 0.1)), await values(gradients));
  assertEquals(await values(clipGradNorm([zeros([2])], 0.1)), [0, 0]);
});

Deno.test("there is something to clip, and a length to clip it to", () => {
  assertThrows(() => clipGradNorm([], 1), GenlabError, "0 gradients");
  assertThrows(() => clipGradNorm([zeros([1])], 0), GenlabError, "maxNorm 0");
});
