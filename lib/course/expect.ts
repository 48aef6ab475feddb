/**
 * What checks assert with: each helper throws a `CheckFailure` that says what there should be, what
 * there is, and where.
 *
 * @module
 */
import { evaluateTensors } from "../runtime/evaluate.ts";
import type { Tree } from "../runtime/tree.ts";
import { isFloat, type TypedArray } from "../tensor/dtype.ts";
import { format, sameShape, type Shape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { CheckFailure } from "./check.ts";
import type { PlainGraph } from "./graph/plain.ts";

/** Values of tensors, all computed in one run. */
export async function read(...tensors: readonly Tensor[]): Promise<TypedArray[]> {
  await evaluateTensors(tensors);
  return tensors.map(({ values }) => values!);
}

/**
 * The result as the tensor it should be.
 *
 * @param what names it: `z`
 * @param where says what the function was called with: `for mu and logvar [7, 3]`
 * @throws {CheckFailure} if it is no tensor, has another shape, or is not of a floating dtype
 *
 * @example
 * ```ts
 * import { expectTensor } from "./expect.ts";
 * import { CheckFailure } from "./check.ts";
 * import { zeros } from "genlab";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => expectTensor(zeros([2]), "z", [3], "for x [3]"), CheckFailure, "z of shape [2]");
 * ```
 */
export function expectTensor(
  result: Tree,
  what: string,
  shape: Shape,
  where: string,
): Tensor {
  if (!(result instanceof Tensor)) {
    const received = result === undefined ? "nothing" : describeFields(result);
    throw new CheckFailure({ expected: `one tensor, ${what}`, received, where });
  }
  if (!sameShape(result.shape, shape)) {
    throw new CheckFailure({
      expected: `${what} of shape ${format(shape)}`,
      received: `${what} of shape ${format(result.shape)}`,
      where,
    });
  }
  if (!isFloat(result.dtype)) {
    throw new CheckFailure({
      expected: `${what} of dtype float32`,
      received: `${what} of dtype ${result.dtype}`,
      where,
    });
  }
  return result;
}

/**
 * Expects of a traced function that it computes with what it is given, and draws nothing.
 *
 * @param where says what it was traced for
 * @throws {CheckFailure} if it draws noise of its own
 */
export function expectNothingDrawn({ draws }: PlainGraph, where: string): void {
  if (draws.length === 0) return;
  throw new CheckFailure({
    expected: "nothing random inside the function",
    received: "noise that it draws itself",
    where,
  });
}

/**
 * The tensors of an object that should have these fields, each with its shape; others do no harm.
 *
 * @param where says what the function was called with
 * @throws {CheckFailure} if it is no such object, or a field has another shape or holds no real numbers
 */
export function expectFields<K extends string>(
  result: Tree,
  shapes: Readonly<Record<K, Shape>>,
  where: string,
): Record<K, Tensor> {
  const names = Object.keys(shapes) as K[];
  const expected = `an object, { ${names.join(", ")} }`;
  if (result === undefined || result instanceof Tensor) {
    const received = result === undefined ? "nothing" : `a tensor of shape ${format(result.shape)}`;
    throw new CheckFailure({ expected, received, where });
  }
  const fields = new Map(Object.entries(result) as [string, Tree][]);
  if (Array.isArray(result) || names.some((name) => !fields.has(name))) {
    throw new CheckFailure({ expected, received: describeFields(result), where });
  }
  return Object.fromEntries(
    names.map((name) => [name, expectTensor(fields.get(name), name, shapes[name], where)]),
  ) as Record<K, Tensor>;
}

function describeFields(result: Exclude<Tree, Tensor | void>): string {
  return Array.isArray(result)
    ? `an array of ${result.length}`
    : `an object, { ${Object.keys(result).join(", ")} }`;
}

/** How far values may be from what they should be. */
export interface Tolerance {
  /** Share of the expected value. */
  readonly rtol?: number;
  /** Absolute; for all elements, or each its own. */
  readonly atol?: number | ArrayLike<number>;
  /** Names the values: `z`. */
  readonly what: string;
  /** Their shape, to name the index. By default they have one dimension. */
  readonly shape?: Shape;
  /** Says what the function was called with. */
  readonly where: string;
}

/**
 * Compares values with what they should be: `|received - expected| <= rtol |expected| + atol`.
 * NaN is never close.
 *
 * @throws {CheckFailure} that names the element farthest beyond its tolerance, the first of equals
 *
 * @example
 * ```ts
 * import { expectClose } from "./expect.ts";
 * import { CheckFailure } from "./check.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const options = { rtol: 1e-5, what: "kl", where: "for D = 3" };
 * expectClose([1, 2], [1.000001, 2], options);
 * assertThrows(() => expectClose([1, 5], [1, 2], options), CheckFailure, "kl[1] = 2");
 * ```
 */
export function expectClose(
  received: ArrayLike<number>,
  expected: ArrayLike<number>,
  { rtol = 0, atol = 0, what, shape = [expected.length], where }: Tolerance,
): void {
  let worst = -1;
  let excess = 1;
  for (let i = 0; i < expected.length; i++) {
    const allowed = rtol * Math.abs(expected[i]) + (typeof atol === "number" ? atol : atol[i]);
    const ratio = Math.abs(received[i] - expected[i]) / allowed;
    // 0 of 0 allowed is equality; any other NaN is none.
    const beyond = received[i] === expected[i] ? 0 : Number.isNaN(ratio) ? Infinity : ratio;
    if (beyond > excess) [worst, excess] = [i, beyond];
  }
  if (worst < 0) return;
  const place = `${what}${indexOf(worst, shape)}`;
  throw new CheckFailure({
    expected: `${place} = ${digits(expected[worst])}`,
    received: digits(received[worst]),
    where,
  });
}

/** The index of an element by its place in row-major order: `[3, 1]`; nothing for a scalar. */
export function indexOf(place: number, shape: Shape): string {
  if (shape.length === 0) return "";
  const index: number[] = [];
  for (const size of shape.toReversed()) {
    index.unshift(place % size);
    place = Math.floor(place / size);
  }
  return format(index);
}

/** A number with as many digits as float32 has. */
export function digits(x: number): string {
  return String(Number(x.toPrecision(7)));
}
