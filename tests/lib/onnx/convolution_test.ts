import { assertEquals } from "@std/assert";
import { conv2d, grad, tensor } from "genlab";

Deno.test("a weight gradient of many taps of a large image is right, too", async () => {
  const [size, kernel] = [1100, 5];
  const pixels = Float32Array.from({ length: size * size }, (_, i) => i * 31 % 17 - 8);
  const weight = tensor(new Float32Array(kernel * kernel), { shape: [1, 1, kernel, kernel] });
  const [slope] = grad(conv2d(tensor(pixels, { shape: [1, 1, size, size] }), weight).sum(), [
    weight,
  ]);
  // Each tap sees all pixels but those that lie too near to the edges.
  const seen = size - kernel + 1;
  const expected = Array.from({ length: kernel * kernel }, (_, tap) => {
    let sum = 0;
    for (let row = 0; row < seen; row++) {
      const start = (row + Math.floor(tap / kernel)) * size + tap % kernel;
      for (let i = start; i < start + seen; i++) sum += pixels[i];
    }
    return sum;
  });
  assertEquals([...await slope.data()], expected);
});
