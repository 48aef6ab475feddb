/**
 * What PyTorch computed, from tests/fixtures/nn.json (made by nn.py), and comparisons with it.
 *
 * @module
 */
import { AssertionError } from "@std/assert";
import type { Tensor } from "../../../mod.ts";

/** A tensor's shape and values, row-major. */
export interface Values {
  shape: number[];
  values: number[];
}

/** nn.json. */
export interface Fixtures {
  init: { seed: number; layers: { call: string; sha256: Record<string, string> }[] }[];
  layers: { call: string; x: string; y: Values; gradients: Record<string, Values> }[];
  optimizers: {
    call: string;
    losses: number[];
    parameters: Record<string, Values>;
    averages: Values[];
  }[];
}

/** The fixtures. */
export const FIXTURES: Fixtures = JSON.parse(
  Deno.readTextFileSync(new URL("../../fixtures/nn.json", import.meta.url)),
);

/** Asserts that a tensor has the shape expected and, to a tolerance relative to the largest, the values. */
export async function assertClose(
  actual: Tensor,
  { shape, values }: Values,
  label: string,
  tolerance = 2e-6,
): Promise<void> {
  const data = await actual.data();
  if (String(actual.shape) !== String(shape)) {
    throw new AssertionError(`${label}: shape [${actual.shape}], expected [${shape}]`);
  }
  const scale = Math.max(1, ...values.map(Math.abs));
  values.forEach((value, i) => {
    if (!(Math.abs(data[i] - value) <= tolerance * scale)) {
      throw new AssertionError(`${label}: element ${i} is ${data[i]}, expected ${value}`);
    }
  });
}
