/**
 * Functions of ours that a student's function can be handed as an argument. They are named, not sent:
 * whoever traces has them too, and is told the shapes of the tensors they compute with, never values.
 *
 * All of them are energies: they take a batch `[B, ...]` and give one number for each example, `[B]`.
 * What an example looks like does not matter, except to the one that is for pictures: its numbers are
 * taken in row-major order, as D of them.
 *
 * @module
 */
import { ShapeError } from "../../errors.ts";
import { requireTensor } from "../../tensor/node.ts";
import { conv2d } from "../../tensor/images.ts";
import { format, sizeOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** A function of the tensors it computes with and of what it is called with. */
type Callable = (parameters: readonly Tensor[], x: Tensor) => Tensor;

/** The functions, by name; each says what its parameters are. */
const CALLABLES = {
  /** w · x, of w `[D]`. */
  linearEnergy: ([w], x) => rows(x, w.shape[0]).matmul(w),

  /** (x - c)ᵀ A (x - c) / 2, of A `[D, D]`, which need not be symmetric, and c `[D]`. */
  quadraticEnergy([A, c], x) {
    const offset = rows(x, c.shape[0]).sub(c);
    return offset.matmul(A).mul(offset).sum(1).mul(0.5);
  },

  /** The sum over all numbers of h (x² - 1)², of h `[D]`: two wells each, h high between them. */
  doubleWellEnergy: ([h], x) => rows(x, h.shape[0]).square().sub(1).square().mul(h).sum(1),

  /** -log of the sum over k of exp(-|x - mₖ|² / 2s²), of m `[K, D]` and s `[]`. */
  mixtureEnergy([m, s], x) {
    const squares = rows(x, m.shape[1]).unsqueeze(1).sub(m).square().sum(2);
    return squares.div(s.square().mul(-2)).logsumexp(1).neg();
  },

  /** w · tanh(K * x) over all places, of K `[C, 1, 3, 3]`, w `[C]` and x `[B, 1, H, W]`. */
  convolutionEnergy([K, w], x) {
    if (x.ndim !== 4 || x.shape[1] !== 1) throw refusal("pictures [B, 1, H, W]", x);
    const features = conv2d(x, K, undefined, { padding: 1 }).tanh();
    return features.mul(w.reshape(-1, 1, 1)).sum([1, 2, 3]);
  },

  /** w · tanh(V x + b), of V `[D, H]`, b `[H]` and w `[H]`: a network with one hidden layer. */
  mlpEnergy: ([V, b, w], x) => rows(x, V.shape[0]).matmul(V).add(b).tanh().matmul(w),
} satisfies Readonly<Record<string, Callable>>;

/** The name of a function that can be handed over. */
export type CallableName = keyof typeof CALLABLES;

/**
 * The function of a name, with the tensors it computes with.
 *
 * @throws {ShapeError} when it is called, if examples have another number of elements than it takes
 * @throws {DTypeError} when it is called with something that is no tensor
 *
 * @example The energy of two points
 * ```ts
 * import { callableOf } from "./callables.ts";
 * import { tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const energy = callableOf("linearEnergy", [tensor([1, 10])]);
 * assertEquals(await energy(tensor([[1, 2], [3, 4]])).tolist(), [21, 43]);
 * ```
 */
export function callableOf(
  name: CallableName,
  parameters: readonly Tensor[],
): (x: Tensor) => Tensor {
  const callable: Callable = CALLABLES[name];
  return (x) => callable(parameters, requireTensor("energy", x, "batch"));
}

/** A batch with each example's D numbers in a row, `[B, D]`. */
function rows(x: Tensor, D: number): Tensor {
  if (x.ndim === 0 || sizeOf(x.shape.slice(1)) !== D) {
    throw refusal(`a batch [B, ...] with ${D} numbers in each example`, x);
  }
  return x.reshape(x.shape[0], D);
}

function refusal(taken: string, { shape }: Tensor): ShapeError {
  return new ShapeError(
    `energy: takes ${taken}, and was given ${format(shape)}; hand over x in the shape it came in`,
  );
}
