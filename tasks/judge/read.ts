/**
 * Samples and labels from `.npy` files.
 *
 * @module
 */
import { DataError } from "../../lib/errors.ts";
import { decodeNpy, type NpyArray } from "../../lib/data/npy.ts";

/**
 * Samples: bytes `[N, 28, 28]`.
 *
 * @throws {DataError} if the file is missing, damaged, or holds something else
 */
export async function readSamples(path: string): Promise<Uint8Array> {
  const { shape, data } = await read(path);
  const [count, ...sides] = shape;
  if (!(data instanceof Uint8Array) || sides.join() !== "28,28" || count < 2) {
    throw new DataError(
      `${path} holds ${
        describe({ shape, data })
      }; samples are uint8 [N, 28, 28] with at least two ` +
        "of them, as `deno task sample` writes them",
    );
  }
  return data;
}

/**
 * Labels of samples: digits `[count]`.
 *
 * @throws {DataError} if the file is missing, damaged, or holds something else
 */
export async function readLabels(path: string, count: number): Promise<ArrayLike<number>> {
  const { shape, data } = await read(path);
  if (shape.length !== 1 || shape[0] !== count || data.some((label) => label < 0 || label > 9)) {
    throw new DataError(
      `${path} holds ${describe({ shape, data })}; labels of ${count} samples are as many digits ` +
        "from 0 to 9",
    );
  }
  return data;
}

async function read(path: string): Promise<NpyArray> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) {
      throw new DataError(`cannot read ${path} (there is no such file): draw samples first`);
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DataError(`cannot read ${path} (${reason}): draw samples first`, { cause });
  }
  return decodeNpy(bytes, path);
}

function describe({ shape, data }: NpyArray): string {
  return `${data instanceof Uint8Array ? "uint8" : "int32"} [${shape.join(", ")}]`;
}
