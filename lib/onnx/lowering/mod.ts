/**
 * The table of lowerings: how each primitive is written in ONNX.
 *
 * @module
 */
import type { PrimitiveName } from "../../tensor/primitives/mod.ts";
import { ELEMENTWISE } from "./elementwise.ts";
import { PRODUCTS } from "./linear.ts";
import { NORMALIZATIONS } from "./normalization.ts";
import type { Lowering } from "./rule.ts";
import { STRUCTURE } from "./structure.ts";

/** One rule for every primitive; a missing one does not compile. */
const LOWERINGS: { readonly [P in PrimitiveName]: Lowering<P> } = {
  ...ELEMENTWISE,
  ...STRUCTURE,
  ...PRODUCTS,
  ...NORMALIZATIONS,
};

/** The rule of one primitive. */
export function loweringOf<P extends PrimitiveName>(primitive: P): Lowering<P> {
  return LOWERINGS[primitive];
}
