/**
 * The table of primitives: everything a tensor can be made by. Losses, norms and activations are
 * compositions of these.
 *
 * @module
 */
import type { DType } from "../dtype.ts";
import type { Shape } from "../shape.ts";
import { BINARY, SELECTION, UNARY } from "./elementwise.ts";
import { INDEXING } from "./indexing.ts";
import { type Convolution, LINEAR } from "./linear.ts";
import { MOVEMENT } from "./movement.ts";
import { type GroupNormalization, NORMALIZATION, type Normalization } from "./normalization.ts";
import { REDUCTION, type Reduction } from "./reduction.ts";
import type { None, Rule } from "./rule.ts";

/** The primitives that are told nothing but their inputs. */
export type PlainPrimitive =
  | ("neg" | "abs" | "exp" | "log" | "log1p" | "expm1" | "sqrt" | "sin" | "cos" | "tanh")
  | ("sigmoid" | "silu" | "siluSlope" | "softplusTail" | "relu" | "erf" | "logicalNot" | "detach")
  | ("add" | "sub" | "mul" | "div" | "pow" | "maximum" | "minimum" | "eq" | "lt" | "le")
  | ("where" | "clamp" | "matmul");

/** What each primitive is told beside its inputs. */
export interface PrimitiveAttributes extends Record<PlainPrimitive, None> {
  /** Conversion to a dtype. */
  readonly cast: { readonly dtype: DType };
  /** Sums. */
  readonly sum: Reduction;
  /** Largest elements. */
  readonly amax: Reduction;
  /** Smallest elements. */
  readonly amin: Reduction;
  /** Place of the largest element along a dimension. */
  readonly argmax: { readonly dim: number; readonly keepdim: boolean };
  /** The same elements in another shape. */
  readonly reshape: { readonly shape: Shape };
  /** Dimensions of size 1 repeated. */
  readonly expand: { readonly shape: Shape };
  /** Dimensions in another order. */
  readonly permute: { readonly order: readonly number[] };
  /** A range of a dimension. */
  readonly narrow: { readonly dim: number; readonly start: number; readonly length: number };
  /** Zeros before and after a dimension. */
  readonly pad: { readonly dim: number; readonly before: number; readonly after: number };
  /** Tensors joined along a dimension. */
  readonly cat: { readonly dim: number };
  /** Elements picked by index along a dimension. */
  readonly gather: { readonly dim: number };
  /** Zeros of a shape, with elements added by index along a dimension. */
  readonly scatterAdd: { readonly dim: number; readonly shape: Shape };
  /** Cross-correlation. */
  readonly conv2d: Convolution;
  /** Its transpose, with rows and columns added to the output. */
  readonly convTranspose2d: Convolution & { readonly outputPadding: readonly [number, number] };
  /** Its gradient for a weight of this height and width. */
  readonly conv2dWeight: Convolution & { readonly kernel: readonly number[] };
  /** The last dimension brought to mean 0 and variance 1. */
  readonly standardize: Normalization;
  /** What it is multiplied by for that, 1 / sqrt(variance + eps). */
  readonly inverseDeviation: Normalization;
  /** Groups of channels standardised, then each channel scaled and shifted. */
  readonly groupNorm: GroupNormalization;
}

/** The name of a primitive. */
export type PrimitiveName = keyof PrimitiveAttributes;

/** Every primitive's rules, by name. */
export const PRIMITIVES: { readonly [P in PrimitiveName]: Rule<PrimitiveAttributes[P]> } = {
  ...UNARY,
  ...BINARY,
  ...SELECTION,
  ...REDUCTION,
  ...MOVEMENT,
  ...INDEXING,
  ...LINEAR,
  ...NORMALIZATION,
};

/** The attributes of some primitive. */
export type AnyAttributes = PrimitiveAttributes[PrimitiveName];

/** The rules of one primitive. */
export function ruleOf<P extends PrimitiveName>(primitive: P): Rule<PrimitiveAttributes[P]> {
  return PRIMITIVES[primitive];
}
