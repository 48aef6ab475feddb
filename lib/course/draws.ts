/**
 * Many draws from a function under check, by few traces.
 *
 * @module
 */
import type { Generator } from "../random/mod.ts";
import type { Tree } from "../runtime/tree.ts";
import type { TypedArray } from "../tensor/dtype.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { read } from "./expect.ts";
import { bind } from "./graph/bind.ts";
import type { Argument, Student } from "./student.ts";

/** A function, and how often it is applied to the same arguments. */
export interface Repetition {
  readonly name: string;
  readonly args: readonly Argument[];
  readonly times: number;
}

/**
 * The values of what a function gives for the same arguments again and again, one after the other. It
 * is traced once: small arguments, many times, keep a function's loops short.
 *
 * @param generator where the function's noise is drawn from
 * @param valuesIn the tensor that counts in what the function gives
 * @throws {StudentError} if it cannot be traced
 */
export async function drawMany(
  student: Student,
  { name, args, times }: Repetition,
  generator: Generator,
  valuesIn: (result: Tree) => Tensor,
): Promise<Float32Array> {
  const graph = await student.trace(name, args);
  const calls: TypedArray[] = [];
  for (let call = 0; call < times; call++) {
    calls.push(...await read(valuesIn(bind(graph, args, generator))));
  }
  const all = new Float32Array(calls.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const values of calls) {
    all.set(values, at);
    at += values.length;
  }
  return all;
}
