/**
 * Normal values in PyTorch's order of draws: one by one below 16 elements, in blocks from 16 on.
 *
 * @module
 */

import { GenlabError } from "../errors.ts";
import { checkCount } from "./count.ts";
import { cos, log, sin } from "./float32_math.ts";
import type { Generator } from "./generator.ts";

/** Elements of a Box-Muller block: 8 radii, 8 angles. */
const BLOCK = 16;
const HALF = 8;

/**
 * `n` normal values with the given mean and standard deviation, as
 * `torch.empty(n, dtype).normal_(mean, std)` fills them; with mean 0 and std 1, as `torch.randn(n)`.
 * In float32 they equal PyTorch's on a CPU with AVX2; in float64 to within rounding of log, sin and
 * cos.
 *
 * @throws {GenlabError} if `n` is not a count, or `std` is negative or NaN.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { Generator } from "./generator.ts";
 * import { normal } from "./normal.ts";
 *
 * const z = normal(new Generator(0), 3); // torch.manual_seed(0); torch.randn(3)
 * assertAlmostEquals(z[0], 1.5409961, 1e-6);
 * ```
 */
export function normal(
  generator: Generator,
  n: number,
  mean?: number,
  std?: number,
  dtype?: "float32",
): Float32Array<ArrayBuffer>;
export function normal(
  generator: Generator,
  n: number,
  mean: number,
  std: number,
  dtype: "float64",
): Float64Array<ArrayBuffer>;
export function normal(
  generator: Generator,
  n: number,
  mean: number,
  std: number,
  dtype: "float32" | "float64",
): Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
export function normal(
  generator: Generator,
  n: number,
  mean = 0,
  std = 1,
  dtype: "float32" | "float64" = "float32",
): Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> {
  checkCount("normal", n);
  if (!(std >= 0)) {
    throw new GenlabError(
      `normal: the standard deviation must be 0 or more, got std = ${std}; pass std, not log std`,
    );
  }
  const out = dtype === "float32" ? new Float32Array(n) : new Float64Array(n);
  if (n < BLOCK) {
    for (let i = 0; i < n; i++) out[i] = generator.gaussian() * std + mean;
  } else if (out instanceof Float32Array) {
    fillFloat32(generator, out, Math.fround(mean), Math.fround(std));
  } else {
    fillFloat64(generator, out, mean, std);
  }
  return out;
}

/**
 * Uniform values fill the array first; then each block of 16, `u`, turns into 8 Box-Muller pairs:
 * `r = sqrt(-2 log(1 - u[j]))`, `theta = 2 pi u[j + 8]`, `r cos(theta)` to j, `r sin(theta)` to
 * j + 8. Where the length is no multiple of 16, the last 16 elements are drawn again and redone.
 */
function fillFloat32(generator: Generator, out: Float32Array, mean: number, std: number): void {
  const n = out.length;
  for (let i = 0; i < n; i++) out[i] = generator.float();
  for (let start = 0; start + BLOCK <= n; start += BLOCK) blockFloat32(out, start, mean, std);
  if (n % BLOCK !== 0) {
    for (let i = n - BLOCK; i < n; i++) out[i] = generator.float();
    blockFloat32(out, n - BLOCK, mean, std);
  }
}

const TWO_PI_FLOAT32 = Math.fround(2 * Math.PI);

function blockFloat32(data: Float32Array, start: number, mean: number, std: number): void {
  for (let j = start; j < start + HALF; j++) {
    const radius = Math.fround(Math.sqrt(-2 * log(1 - data[j])));
    const theta = Math.fround(TWO_PI_FLOAT32 * data[j + HALF]);
    data[j] = Math.fround(radius * cos(theta)) * std + mean;
    data[j + HALF] = Math.fround(radius * sin(theta)) * std + mean;
  }
}

function fillFloat64(generator: Generator, out: Float64Array, mean: number, std: number): void {
  const n = out.length;
  for (let i = 0; i < n; i++) out[i] = generator.double();
  for (let start = 0; start + BLOCK <= n; start += BLOCK) blockFloat64(out, start, mean, std);
  if (n % BLOCK !== 0) {
    for (let i = n - BLOCK; i < n; i++) out[i] = generator.double();
    blockFloat64(out, n - BLOCK, mean, std);
  }
}

function blockFloat64(data: Float64Array, start: number, mean: number, std: number): void {
  for (let j = start; j < start + HALF; j++) {
    const radius = Math.sqrt(-2 * Math.log(1 - data[j]));
    const theta = 2 * Math.PI * data[j + HALF];
    data[j] = radius * Math.cos(theta) * std + mean;
    data[j + HALF] = radius * Math.sin(theta) * std + mean;
  }
}
