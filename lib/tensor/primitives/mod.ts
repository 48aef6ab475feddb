/**
 * The table of primitives: everything a tensor can be made by. Losses, norms and activations are
 * compositions of these.
 *
 * @module
 */
import { BINARY, SELECTION, UNARY } from "./elementwise.ts";
import { INDEXING } from "./indexing.ts";
import { LINEAR } from "./linear.ts";
import { MOVEMENT } from "./movement.ts";
import { REDUCTION } from "./reduction.ts";
import type { Rule } from "./rule.ts";

/** Every primitive's rules, by name. */
export const PRIMITIVES = {
  ...UNARY,
  ...BINARY,
  ...SELECTION,
  ...REDUCTION,
  ...MOVEMENT,
  ...INDEXING,
  ...LINEAR,
};

/** The name of a primitive. */
export type PrimitiveName = keyof typeof PRIMITIVES;

/** The attributes of the primitive `P`. */
export type Attributes<P extends PrimitiveName> = typeof PRIMITIVES[P] extends Rule<infer A> ? A
  : never;

/** The attributes of some primitive. */
export type AnyAttributes = { [P in PrimitiveName]: Attributes<P> }[PrimitiveName];

/** The rules of one primitive. */
export function ruleOf<P extends PrimitiveName>(primitive: P): Rule<Attributes<P>> {
  return PRIMITIVES[primitive] as unknown as Rule<Attributes<P>>;
}
