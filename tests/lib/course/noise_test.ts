import { assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { CheckFailure } from "../../../lib/course/check.ts";
import { expectIndependent, type NoiseOf } from "../../../lib/course/independence.ts";
import { expectStandardNormal } from "../../../lib/course/noise.ts";
import { Generator, normal, uniform } from "../../../lib/random/mod.ts";

const N = 300_000;

function check(values: ArrayLike<number>): void {
  expectStandardNormal(values, "z", "for x");
}

/** What is received where there should be standard normal noise. */
function received(values: ArrayLike<number>): string {
  return assertThrows(() => check(values), CheckFailure).finding.received;
}

const NORMAL = normal(new Generator(1), N);

Deno.test("standard normal noise of any seed passes", () => {
  for (let seed = 0; seed < 10; seed++) check(normal(new Generator(seed), N));
});

Deno.test("a mean off by 0.02 and a deviation off by 0.015 are seen", () => {
  assertMatch(received(NORMAL.map((z) => z + 0.02)), /^mean 0\.02/);
  assertMatch(received(NORMAL.map((z) => z * 1.015)), /^standard deviation 1\.01/);
  assertMatch(received(NORMAL.map((z) => z / 1.015)), /^standard deviation 0\.98/);
});

Deno.test("other distributions of mean 0 and variance 1 are seen", () => {
  const u = uniform(new Generator(2), N, -1, 1);
  assertMatch(received(u.map((x) => x * Math.sqrt(3))), /but .* below -/);
  const logistic = u.map((x) => Math.atanh(x * 0.9999999) * 2 * Math.sqrt(3) / Math.PI);
  assertMatch(received(logistic), /but .* below -/);
  assertMatch(received(NORMAL.map((z) => z < 0 ? -1 : 1)), /but .* below/);
});

Deno.test("noise clipped at 4 is seen, as are NaN and infinities", () => {
  assertMatch(received(NORMAL.map((z) => Math.max(-4, Math.min(4, z)))), /beyond 4$/);
  assertEquals(received(NORMAL.with(5, NaN)), "mean NaN");
  received(NORMAL.with(5, Infinity));
});

Deno.test("a kurtosis off by 0.1 is seen, with mean and variance right", () => {
  const generator = new Generator(4);
  const sums = new Float64Array(N).map(() => 0);
  for (let i = 0; i < 12; i++) uniform(generator, N, -0.5, 0.5).forEach((u, j) => sums[j] += u);
  assertMatch(received(sums), /but kurtosis 2\.[89]/);
  const mixed = NORMAL.map((z, i) => z * Math.sqrt(i % 2 === 0 ? 0.8 : 1.2));
  assertMatch(received(mixed), /but kurtosis 3\.1/);
});

/** Independent noise, but for what is made of it. */
function noise(change: (noise: Float32Array, rows: number, columns: number) => void): NoiseOf {
  const generator = new Generator(3);
  return ([rows, columns]) => {
    const values = normal(generator, rows * columns);
    change(values, rows, columns);
    return Promise.resolve(values);
  };
}

const shared = async (change: Parameters<typeof noise>[0]) => {
  const { finding } = await assertRejects(
    () => expectIndependent(noise(change), "z", (shape) => `[${shape}]`),
    CheckFailure,
  );
  return finding.received;
};

Deno.test("independent noise passes, and so does what is constant", async () => {
  for (let i = 0; i < 10; i++) await expectIndependent(noise(() => {}), "z", String);
  await expectIndependent(noise((values) => values.fill(1)), "z", String);
});

Deno.test("noise that is used again is seen, with either sign", async () => {
  const row = await shared((z, rows, D) => z.copyWithin((rows - 1) * D, 0, D));
  assertEquals(row, "z[63] = z[0]");
  const minus = await shared((z, _rows, D) => {
    for (let j = 0; j < D; j++) z[D + j] = -z[j];
  });
  assertEquals(minus, "z[1] = -z[0]");
  const column = await shared((z, rows, D) => {
    for (let i = 0; i < rows; i++) z[i * D + 3] = z[i * D + 2];
  });
  assertEquals(column, "z[:, 3] = z[:, 2]");
});

Deno.test("noise that is shared in part is seen", async () => {
  const dims = await shared((z, rows, D) => {
    for (let i = 0; i < rows; i++) z[i * D + 1] = 0.4 * z[i * D] + 0.9165 * z[i * D + 1];
  });
  assertMatch(dims, /correlation 0\.\d+ between z\[:, 0\] and z\[:, 1\]/);
  const examples = await shared((z, rows, D) => {
    for (let j = 0; j < D; j++) z[(rows - 1) * D + j] += z[j];
  });
  assertMatch(examples, /correlation 0\.\d+ between z\[0\] and z\[3\]/);
});

Deno.test("noise of one size with signs of its own is seen", async () => {
  const sizes = await shared((z, rows, D) => {
    for (let i = 0; i < rows; i++) {
      for (let j = 1; j < D; j++) z[i * D + j] = Math.abs(z[i * D]) * Math.sign(z[i * D + j]);
    }
  });
  assertEquals(sizes, "correlation of sizes 1.000 between z[:, 0] and z[:, 1]");
});

Deno.test("an example and a dimension without noise are seen", async () => {
  const example = await shared((z, rows, D) => z.fill(0, (rows - 1) * D));
  assertEquals(example, "z[63] = 0 in all its elements");
  const dimension = await shared((z, rows, D) => {
    for (let i = 0; i < rows; i++) z[i * D + 2] = 1;
  });
  assertEquals(dimension, "z[:, 2] = 1 in all its elements");
});

Deno.test("elements used again elsewhere are seen", async () => {
  const again = await shared((z) => z.set(z.subarray(0, z.length / 2).toReversed(), z.length / 2));
  assertEquals(again, "2048 different sizes among the 4096 elements of z");
});

Deno.test("noise with its mean taken out is seen", async () => {
  const centred = await shared((z) => {
    const mean = z.reduce((sum, value) => sum + value, 0) / z.length;
    z.forEach((value, i) => z[i] = value - mean);
  });
  assertMatch(centred, /the mean of its elements taken out/);
});

Deno.test("noise divided by its own size is seen: all of it, each example, by its variance", async () => {
  const divide = (z: Float32Array, size: number) => z.forEach((value, i) => z[i] = value / size);
  const length = (z: Float32Array) => Math.hypot(...z) / Math.sqrt(z.length);
  assertMatch(await shared((z) => divide(z, length(z))), /the mean square of z is 1/);
  const examples = await shared((z, rows, D) => {
    for (let i = 0; i < rows; i++) {
      const row = z.subarray(i * D, (i + 1) * D);
      divide(row, length(row));
    }
  });
  assertMatch(examples, /the mean square of z\[0\] is 1/);
  const byVariance = await shared((z) => {
    const mean = z.reduce((sum, value) => sum + value, 0) / z.length;
    divide(z, length(z.map((value) => value - mean)));
  });
  assertMatch(byVariance, /the variance of z is 1/);
});

Deno.test("of few values mean, deviation and distribution are seen, and no tails are missed", () => {
  const n = 10_000;
  for (let seed = 0; seed < 50; seed++) check(normal(new Generator(seed), n));
  const u = uniform(new Generator(2), n, -1, 1);
  assertMatch(received(u.map((x) => x * Math.sqrt(3))), /but .* below -/);
  assertMatch(received(normal(new Generator(1), n, 0, 1.1)), /^standard deviation 1\.[01]/);
  assertEquals(received(new Float32Array(n).fill(0.5)), "0.5 in all of 10000 elements");
});
