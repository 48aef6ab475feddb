/**
 * Gradients against finite differences: the first derivative against differences of the function, the
 * second against differences of the first along a direction.
 *
 * @module
 */
import { assert } from "@std/assert";
import {
  compile,
  type DType,
  grad,
  type Shape,
  type Tensor,
  tensor,
  type TypedArray,
} from "../../../mod.ts";

/** How differences are taken, and how far from them a derivative may be. */
export interface Differences {
  readonly dtype: DType;
  readonly step: number;
  /** Times 1 + |expected|. */
  readonly tolerance: number;
}

/** Central differences of a smooth function: wrong by about 1e-9. */
export const SMOOTH: Differences = { dtype: "float64", step: 1e-6, tolerance: 1e-7 };

/**
 * ONNX Runtime has no float64 convolution. A convolution is linear in the input and in the kernel, so
 * differences of any width are exact, and so is float32 where all values are small whole numbers.
 */
export const BILINEAR: Differences = { dtype: "float32", step: 1, tolerance: 0 };

/** Nor has it a float64 error function: here float32 leaves 3 digits. */
export const SINGLE: Differences = { dtype: "float32", step: 2 ** -6, tolerance: 1e-3 };

/** Values of an input. */
export interface Values {
  readonly shape: Shape;
  readonly values: readonly number[];
}

/** A function and the point at which its derivatives are checked. */
export interface GradientCase {
  readonly name: string;
  readonly fn: (...inputs: Tensor[]) => Tensor;
  readonly inputs: readonly Values[];
  /** `SMOOTH` unless said otherwise. */
  readonly differences?: Differences;
}

function generate(shape: Shape, value: (i: number) => number): Values {
  const n = shape.reduce((product, size) => product * size, 1);
  return { shape, values: Array.from({ length: n }, (_, i) => value(i)) };
}

/** Distinct values of either sign between -1.5 and 1.5, none 0. */
export function mixed(...shape: number[]): Values {
  return generate(shape, (i) => ((i * 5 + 3) % 13 - 6) / 4.2 + 0.013 * i + 0.007);
}

/** Distinct values between 0.3 and 2. */
export function positive(...shape: number[]): Values {
  return generate(shape, (i) => 0.3 + ((i * 5 + 3) % 13) / 8 + 0.011 * i);
}

/** Whole numbers from -3 to 3. */
export function whole(...shape: number[]): Values {
  return generate(shape, (i) => (i * 5 + 3) % 7 - 3);
}

/** The given values. */
export function given(shape: Shape, values: readonly number[]): Values {
  return { shape, values };
}

/** 1, -2, 3, 1, -2, 3, ...: weights and directions. */
function weights(shape: Shape, dtype: DType, first = 0): Tensor {
  const { values } = generate(shape, (i) => [1, -2, 3][(i + first) % 3]);
  return tensor(Float64Array.from(values), { shape, dtype });
}

/** A case's function as a number: the sum of its result, weighted. */
function loss({ fn }: GradientCase, inputs: readonly Tensor[]): Tensor {
  const y = fn(...inputs);
  return y.mul(weights(y.shape, y.dtype)).sum();
}

/** The case's inputs, each element moved. */
function point(
  { inputs, differences = SMOOTH }: GradientCase,
  move: (input: number, index: number) => number,
): Tensor[] {
  return inputs.map(({ shape, values }, input) =>
    tensor(Float64Array.from(values, (value, i) => value + move(input, i)), {
      shape,
      dtype: differences.dtype,
    })
  );
}

function assertDerivative(
  received: number,
  expected: number,
  { tolerance }: Differences,
  where: () => string,
): void {
  assert(
    Math.abs(received - expected) <= tolerance * (1 + Math.abs(expected)),
    `${where()}: received ${received}, expected ${expected} from differences`,
  );
}

function describe({ name, inputs }: GradientCase, input: number, index: number): string {
  const values = inputs.map(({ shape, values }) => `[${shape}](${values.join(", ")})`);
  return `${name} at ${values.join(" and ")}, argument ${input}, index ${index}`;
}

/** Checks the gradient of a case for every element of every input. */
export async function checkFirst(one: GradientCase): Promise<void> {
  const { inputs, differences = SMOOTH } = one;
  const evaluate = compile((xs: readonly Tensor[]) => loss(one, xs));
  const gradients = compile((xs: readonly Tensor[]) => grad(loss(one, xs), xs));
  const received = await readAll(await gradients(point(one, () => 0)));
  const { step } = differences;
  for (const [input, { values }] of inputs.entries()) {
    for (let index = 0; index < values.length; index++) {
      const at = async (amount: number) => {
        const moved = point(one, (a, i) => a === input && i === index ? amount : 0);
        return await (await evaluate(moved)).item();
      };
      const expected = (await at(step) - await at(-step)) / (2 * step);
      const where = () => describe(one, input, index);
      assertDerivative(received[input][index], expected, differences, where);
    }
  }
}

/** Checks the product of a case's second derivative with a direction in all inputs at once. */
export async function checkSecond(one: GradientCase): Promise<void> {
  const { inputs, differences = SMOOTH } = one;
  const { dtype, step } = differences;
  const directions = inputs.map(({ shape }, i) => weights(shape, dtype, i));
  const steps = await readAll(directions);
  const gradients = compile((xs: readonly Tensor[]) => grad(loss(one, xs), xs));
  const products = compile((xs: readonly Tensor[]) => {
    const along = grad(loss(one, xs), xs).map((g, i) => g.mul(directions[i]).sum());
    return grad(along.reduce((total, part) => total.add(part)), xs);
  });
  const at = async (amount: number) =>
    await readAll(await gradients(point(one, (a, i) => amount * steps[a][i])));
  const [ahead, behind] = [await at(step), await at(-step)];
  const received = await readAll(await products(point(one, () => 0)));
  for (const [input, values] of received.entries()) {
    values.forEach((value, index) => {
      const expected = (ahead[input][index] - behind[input][index]) / (2 * step);
      const where = () => `second derivative of ${describe(one, input, index)}`;
      assertDerivative(value, expected, differences, where);
    });
  }
}

function readAll(tensors: readonly Tensor[]): Promise<TypedArray[]> {
  return Promise.all(tensors.map((x) => x.data()));
}

/** The primitives a case's function is made of, before it is differentiated. */
export function primitivesOf(one: GradientCase): ReadonlySet<Tensor["primitive"]> {
  const found = new Set<Tensor["primitive"]>();
  const seen = new Set<Tensor>();
  const stack = [one.fn(...point(one, () => 0))];
  for (let x = stack.pop(); x !== undefined; x = stack.pop()) {
    if (seen.has(x)) continue;
    seen.add(x);
    found.add(x.primitive);
    stack.push(...x.inputs);
  }
  return found;
}
