/**
 * The safetensors format: the length of a header as a little-endian uint64, the header in JSON (for
 * each tensor its dtype, shape and place), then the values in little-endian order.
 * Source: https://github.com/huggingface/safetensors, "Format".
 *
 * @module
 */
import { DataError } from "../errors.ts";
import { allocate, type DType } from "../tensor/dtype.ts";
import { format, type Shape, sizeOf } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** Named tensors, and texts about them. */
export interface TensorFile {
  /** The tensors by name. */
  readonly tensors: Record<string, Tensor>;
  /** The texts by name. */
  readonly metadata: Record<string, string>;
}

/** The format's names of our dtypes, the widest first: in this order values lie aligned. */
const FORMAT_NAMES: Record<DType, string> = {
  float64: "F64",
  float32: "F32",
  int32: "I32",
  bool: "BOOL",
};
const DTYPES: ReadonlyMap<unknown, DType> = new Map(
  Object.entries(FORMAT_NAMES).map(([dtype, name]) => [name, dtype as DType]),
);
/** The length of a header is a multiple of this, so that values lie aligned behind it. */
const ALIGNMENT = 8;
/** The key under which the header holds texts. */
const METADATA = "__metadata__";
/** What the format allows. */
const LONGEST_HEADER = 100_000_000;

/** What the header says of a tensor; `data_offsets` count from the end of the header. */
interface Entry {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly begin: number;
  readonly end: number;
}

/**
 * The bytes of a file that holds computed tensors.
 *
 * @throws {DataError} if a tensor has the name the format keeps for metadata
 */
export function encodeSafetensors({ tensors, metadata }: TensorFile): Uint8Array<ArrayBuffer> {
  if (Object.hasOwn(tensors, METADATA)) {
    throw new DataError(
      `saveSafetensors: a tensor is called ${METADATA}, which the format keeps for texts; rename it`,
    );
  }
  const widths = Object.keys(FORMAT_NAMES);
  const ordered = Object.entries(tensors).sort(([, a], [, b]) =>
    widths.indexOf(a.dtype) - widths.indexOf(b.dtype)
  );
  // Entries rather than assignments: a tensor may be called "__proto__".
  const header: [string, unknown][] = Object.keys(metadata).length > 0
    ? [[METADATA, metadata]]
    : [];
  let end = 0;
  for (const [name, { dtype, shape, values }] of ordered) {
    const begin = end;
    end += values!.byteLength;
    header.push([name, { dtype: FORMAT_NAMES[dtype], shape, data_offsets: [begin, end] }]);
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const length = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(8 + length + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.fill(0x20, 8, 8 + length).set(json, 8);
  let at = 8 + length;
  for (const [, { values }] of ordered) {
    const { buffer, byteOffset, byteLength } = values!;
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

/**
 * The tensors in the bytes of a file. Every byte must be accounted for: what is cut, overlaps, or
 * contradicts itself is an error.
 *
 * @param file what messages call it
 * @throws {DataError} naming the file and what is wrong with it
 */
export function decodeSafetensors(bytes: Uint8Array<ArrayBuffer>, file: string): TensorFile {
  const fail = (fault: string): never => {
    throw new DataError(`${file}: ${fault}; get the file anew, or save it again`);
  };
  const { header, start } = readHeader(bytes, fail);
  const { [METADATA]: texts = {}, ...listed } = header;
  const entries = Object.entries(listed).map(([name, value]) =>
    [name, readEntry(name, value, fail)] as const
  );

  const data = bytes.subarray(start);
  let expected = 0;
  // What is empty comes before what begins at the same byte.
  const inPlace = entries.toSorted(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  for (const [name, { begin, end }] of inPlace) {
    if (begin !== expected) {
      fail(`tensor "${name}" begins at byte ${begin} of the values, where ${expected} is next`);
    }
    expected = end;
  }
  if (expected !== data.length) {
    const fault = expected > data.length ? "it is cut" : "something follows the last tensor";
    fail(`${fault}: the header lists ${expected} bytes of values, and there are ${data.length}`);
  }
  const tensors = entries.map(([name, { dtype, shape, begin, end }]) => {
    const values = allocate(dtype, sizeOf(shape));
    new Uint8Array(values.buffer).set(data.subarray(begin, end));
    if (dtype === "bool" && values.some((value) => value > 1)) {
      fail(`tensor "${name}" is BOOL and holds bytes other than 0 and 1`);
    }
    return [name, Tensor.fromValues(values, { shape, dtype })] as const;
  });
  return { tensors: Object.fromEntries(tensors), metadata: readMetadata(texts, fail) };
}

type Fail = (fault: string) => never;

function readHeader(
  bytes: Uint8Array<ArrayBuffer>,
  fail: Fail,
): { header: Record<string, unknown>; start: number } {
  if (bytes.length < 8) {
    fail(
      `it has ${bytes.length} bytes; a safetensors file begins with 8 that say how long its ` +
        `header is`,
    );
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > LONGEST_HEADER || Number(length) > bytes.length - 8) {
    fail(
      `it is cut, or no safetensors file: its header is said to have ${length} bytes, of which ` +
        `${bytes.length - 8} are there`,
    );
  }
  const start = 8 + Number(length);
  const header = parseJson(bytes.subarray(8, start));
  return isRecord(header) ? { header, start } : fail("its header is no JSON object");
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function readEntry(name: string, value: unknown, fail: Fail): Entry {
  const { dtype: formatName, shape, data_offsets: offsets } = isRecord(value) ? value : {};
  const dtype = DTYPES.get(formatName);
  if (dtype === undefined) {
    const known = [...DTYPES.keys()].join(", ");
    return fail(`tensor "${name}" has dtype ${JSON.stringify(formatName)}, and ${known} are read`);
  }
  if (!isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) {
    return fail(`the shape or data_offsets of tensor "${name}" are not lists of sizes`);
  }
  const [begin, end] = offsets;
  const size = sizeOf(shape) * allocate(dtype, 1).byteLength;
  if (end - begin !== size) {
    fail(
      `tensor "${name}" of ${formatName} ${format(shape)} takes ${size} bytes, and its ` +
        `data_offsets [${begin}, ${end}] hold ${end - begin}`,
    );
  }
  return { dtype, shape, begin, end };
}

function readMetadata(value: unknown, fail: Fail): Record<string, string> {
  if (!isRecord(value)) return fail(`its ${METADATA} is no JSON object`);
  return Object.fromEntries(
    Object.entries(value).map(([key, text]) => [
      key,
      typeof text === "string" ? text : fail(`its ${METADATA} holds "${key}", which is no text`),
    ]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
