/**
 * The training images nearest to samples: a model that has learned its data by heart draws them.
 *
 * @module
 */
import { ShapeError } from "../../errors.ts";
import { compile } from "../../runtime/compile.ts";
import { Tensor } from "../../tensor/tensor.ts";

/** Images that are looked up at once. */
const BATCH = 100;

/** The nearest of some images to each of others. */
export interface Neighbours {
  /** Where they are, `[N]`. */
  readonly indices: Int32Array;
  /** How far, as the root of the sum of squared differences of pixels from 0 to 1, `[N]`. */
  readonly distances: Float64Array;
}

/**
 * For each image the nearest of others, by the Euclidean distance of their pixels.
 *
 * @param images bytes `[N, ...]`
 * @param among bytes `[M, ...]`
 * @param pixels bytes of one image
 * @throws {ShapeError} if the bytes are no whole number of images, or there are none
 *
 * @example
 * ```ts
 * import { nearest } from "./neighbours.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const among = Uint8Array.of(0, 0, 255, 0, 255, 255);
 * const { indices, distances } = await nearest(Uint8Array.of(255, 255), among, 2);
 * assertEquals([indices[0], distances[0]], [2, 0]);
 * ```
 */
export async function nearest(
  images: Uint8Array,
  among: Uint8Array,
  pixels: number,
): Promise<Neighbours> {
  const [count, others] = [images.length / pixels, among.length / pixels];
  if (![count, others].every((n) => Number.isSafeInteger(n) && n > 0)) {
    throw new ShapeError(
      `nearest: ${images.length} and ${among.length} bytes are not images of ${pixels}; give whole ` +
        "ones, at least one of each",
    );
  }
  const table = Tensor.fromValues(grey(among), { shape: [others, pixels], dtype: "float32" });
  const norms = table.square().sum(1);
  // |x - y|² is least where 2 x y - |y|² is largest.
  const find = compile((x: Tensor) => x.matmul(table.transpose(0, 1)).mul(2).sub(norms).argmax(1));
  const indices = new Int32Array(count);
  for (let start = 0; start < count; start += BATCH) {
    const size = Math.min(BATCH, count - start);
    const part = images.subarray(start * pixels, (start + size) * pixels);
    const x = Tensor.fromValues(grey(part), { shape: [size, pixels], dtype: "float32" });
    indices.set(await (await find(x)).data(), start);
  }
  const distances = Float64Array.from(indices, (index, i) => {
    let squares = 0;
    for (let k = 0; k < pixels; k++) {
      squares += ((images[i * pixels + k] - among[index * pixels + k]) / 255) ** 2;
    }
    return Math.sqrt(squares);
  });
  return { indices, distances };
}

/** Bytes as grey levels from 0 to 1; in a loop, as 47 million of them take seconds otherwise. */
function grey(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  const levels = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) levels[i] = bytes[i] / 255;
  return levels;
}
