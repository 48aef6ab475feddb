/**
 * Random tensors, drawn as PyTorch draws them on a CPU: the same seed gives the same numbers.
 *
 * Draws are made on the host, in the order of the calls. Inside a compiled function a draw stands
 * for fresh values at every call and iteration.
 *
 * @module
 */
import { GenlabError, ShapeError } from "../errors.ts";
import {
  checkBounds,
  checkDraws,
  defaultGenerator,
  exponential,
  type Generator,
  multinomial as drawCategories,
  normal,
  randint as drawIntegers,
  randperm as drawPermutation,
  uniform,
} from "../random/mod.ts";
import { arange, type CreationOptions } from "./creation.ts";
import { checkDType, type DType, type TypedArray } from "./dtype.ts";
import { composed } from "./guard.ts";
import { requireTensor } from "./node.ts";
import { FLOATS, NUMBERS, requireDType } from "./primitives/rule.ts";
import { checkShape, format, type Shape, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import { currentTrace } from "./trace.ts";

/** Where random values come from. */
export interface DrawOptions {
  /** The stream to draw from; by default the one `manualSeed` seeds. */
  readonly generator?: Generator;
}

/** Dtype and generator of a random tensor. */
export interface RandomOptions extends CreationOptions, DrawOptions {}

/** What is drawn, as plain data. */
export type Distribution =
  | { readonly kind: "uniform" | "normal" | "exponential" | "permutation" }
  | { readonly kind: "integers"; readonly low: number; readonly high: number };

/** A draw to be made: what, how much, and from which stream. */
export interface Draw {
  readonly distribution: Distribution;
  readonly shape: Shape;
  readonly dtype: DType;
  readonly generator: Generator;
}

/** Makes a draw. */
export function sample({ distribution, shape, dtype, generator }: Draw): TypedArray {
  const n = sizeOf(shape);
  const float = dtype === "float64" ? "float64" : "float32";
  switch (distribution.kind) {
    case "uniform":
      return uniform(generator, n, 0, 1, float);
    case "normal":
      return normal(generator, n, 0, 1, float);
    case "exponential":
      return exponential(generator, n);
    case "permutation":
      return drawPermutation(generator, n);
    case "integers": {
      const { low, high } = distribution;
      if (dtype === "int32") return drawIntegers(generator, n, low, high, "int32");
      const values = drawIntegers(generator, n, low, high, "float64");
      return dtype === "float32" ? Float32Array.from(values) : values;
    }
  }
}

/** Draws now, or records the draw if a function is being traced. */
function draw(
  operation: string,
  distribution: Distribution,
  shape: Shape,
  dtype: DType,
  generator: Generator = defaultGenerator,
): Tensor {
  checkShape(operation, shape);
  checkDType(operation, dtype);
  const request = { distribution, shape: [...shape], dtype, generator };
  const trace = currentTrace();
  if (trace === undefined) return Tensor.fromValues(sample(request), request);
  const symbol = Tensor.symbol(request);
  trace.draws.push({ symbol, draw: request });
  return symbol;
}

/** Uniform values in [0, 1). */
export function rand(shape: Shape, { dtype = "float32", generator }: RandomOptions = {}): Tensor {
  requireDType("rand", dtype, FLOATS);
  return draw("rand", { kind: "uniform" }, shape, dtype, generator);
}

/**
 * Standard normal values.
 *
 * @example The same seed, the same numbers as `torch.manual_seed(0); torch.randn(2)`
 * ```ts
 * import { manualSeed, randn } from "genlab";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * manualSeed(0);
 * assertAlmostEquals(await randn([2]).narrow(0, 0, 1).item(), 1.5409960746765137, 1e-6);
 * ```
 */
export function randn(shape: Shape, { dtype = "float32", generator }: RandomOptions = {}): Tensor {
  requireDType("randn", dtype, FLOATS);
  return draw("randn", { kind: "normal" }, shape, dtype, generator);
}

/** Uniform values in [0, 1), in the shape and dtype of another tensor. */
export function randLike(x: Tensor, options: RandomOptions = {}): Tensor {
  const { shape, dtype } = requireTensor("randLike", x);
  return composed("randLike", () => rand(shape, { ...options, dtype: options.dtype ?? dtype }));
}

/** Standard normal values in the shape and dtype of another tensor. */
export function randnLike(x: Tensor, options: RandomOptions = {}): Tensor {
  const { shape, dtype } = requireTensor("randnLike", x);
  return composed("randnLike", () => randn(shape, { ...options, dtype: options.dtype ?? dtype }));
}

/**
 * Integers from `low` to below `high`, as int32.
 *
 * @throws {GenlabError} if a bound is no integer, there is none to draw, or the dtype does not hold all
 * of them
 */
export function randint(
  low: number,
  high: number,
  shape: Shape,
  { dtype = "int32", generator }: RandomOptions = {},
): Tensor {
  requireDType("randint", dtype, NUMBERS);
  // That it is not bool is known by now, but not to the compiler.
  if (dtype !== "bool") checkBounds(low, high, dtype);
  return draw("randint", { kind: "integers", low, high }, shape, dtype, generator);
}

/** The integers from 0 to below `n` in random order, as int32. */
export function randperm(n: number, { generator }: DrawOptions = {}): Tensor {
  return draw("randperm", { kind: "permutation" }, [n], "int32", generator);
}

/**
 * 1 with the probability that stands in the tensor, else 0; in its shape and dtype.
 *
 * @throws {GenlabError} where probabilities that are known do not lie in [0, 1]
 */
export function bernoulli(p: Tensor, { generator }: DrawOptions = {}): Tensor {
  requireDType("bernoulli", requireTensor("bernoulli", p, "probability").dtype, FLOATS);
  const wrong = p.values?.find((value) => !(value >= 0 && value <= 1));
  if (wrong !== undefined) {
    throw new GenlabError(
      `bernoulli: a probability lies in [0, 1], and ${wrong} does not; ` +
        "apply sigmoid if these are logits",
    );
  }
  return randLike(p, { generator }).lt(p).to(p.dtype);
}

/** How `multinomial` draws. */
export interface MultinomialOptions extends DrawOptions {
  /** Whether a category may come up again; false by default. */
  readonly replacement?: boolean;
}

/**
 * `n` categories drawn in proportion to the weights `p`: `[K]` gives `[n]` and `[B, K]` gives
 * `[B, n]`, int32. Weights need not sum to 1.
 *
 * Weights that a graph computes are not looked at: without replacement there must be n positive ones
 * in each row, or categories come up again.
 *
 * @throws {GenlabError} where weights that are known are negative or all 0, or too few are positive;
 * if n is no whole number of at least 1, or, without replacement, more than K
 * @throws {ShapeError} if the weights have another number of dimensions
 */
export function multinomial(p: Tensor, n: number, options: MultinomialOptions = {}): Tensor {
  requireTensor("multinomial", p, "weight");
  const { replacement = false, generator = defaultGenerator } = options;
  if (p.ndim < 1 || p.ndim > 2) {
    throw new ShapeError(
      `multinomial: the weights have shape ${format(p.shape)}; they are [K], or [B, K] for B rows`,
    );
  }
  requireDType("multinomial", p.dtype, FLOATS);
  const rows = p.ndim === 2 ? p.shape[0] : 1;
  if (p.values !== undefined && currentTrace() === undefined) {
    const weights = Float32Array.from(p.values);
    const values = drawCategories(generator, weights, n, replacement, rows);
    return Tensor.fromValues(values, { shape: [...p.shape.slice(0, -1), n], dtype: "int32" });
  }
  const categories = p.shape[p.ndim - 1];
  checkDraws(n, categories, replacement);
  const weights = p.to("float32").reshape([rows, categories]);
  const drawn = replacement
    ? invertCumulative(weights, n, generator)
    : largestRatios(weights, n, generator);
  return drawn.reshape([...p.shape.slice(0, -1), n]);
}

/** Counts the cumulative weights below each of n uniform draws: `[B, K]` to `[B, n]`. */
function invertCumulative(weights: Tensor, n: number, generator: Generator): Tensor {
  const [rows, categories] = weights.shape;
  const before = arange(categories);
  const upper = before.unsqueeze(1).le(before).to("float32");
  const cumulative = weights.matmul(upper);
  const share = cumulative.div(cumulative.narrow(1, categories - 1, 1)).to("float64");
  const u = rand([rows, n, 1], { dtype: "float64", generator });
  // The last share is 1 whatever the rounding, so it never counts.
  return share.narrow(1, 0, categories - 1).unsqueeze(1).lt(u).sum(2);
}

/** The n largest of weight over an exponential draw, largest first: `[B, K]` to `[B, n]`. */
function largestRatios(weights: Tensor, n: number, generator: Generator): Tensor {
  const draws = draw(
    "multinomial",
    { kind: "exponential" },
    weights.shape,
    "float32",
    generator,
  );
  const ratio = weights.div(draws);
  // Rank 0 is the largest; the k-th column of the result is the category of rank k.
  const rank = ratio.unsqueeze(2).lt(ratio.unsqueeze(1)).sum(2);
  return rank.unsqueeze(1).eq(arange(n).unsqueeze(1)).argmax(2);
}
