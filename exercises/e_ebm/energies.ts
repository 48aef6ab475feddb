/**
 * Energies to try the functions on, each in two forms: as what a student's function is handed, and as
 * its definition on the host in float64.
 *
 * @module
 */
import { normals, type Sample, sampleOf, uniforms } from "../../lib/course/samples.ts";
import type { CallableArgument } from "../../lib/course/student.ts";
import type { Generator } from "../../lib/random/mod.ts";

/** An energy of examples that are D numbers each. */
export interface Landscape {
  /** Names it: `a quadratic energy`. */
  readonly name: string;
  readonly D: number;
  /** What the student's function is handed. */
  readonly energy: CallableArgument;
  /** The energy of one example. */
  at(x: ArrayLike<number>): number;
}

/** The sum of f over 0 to n - 1. */
function sum(n: number, f: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += f(i);
  return total;
}

function handed(callable: CallableArgument["callable"], parameters: Sample[]): CallableArgument {
  return { callable, parameters: parameters.map(({ tensor }) => tensor) };
}

/** w · x: a slope that is the same everywhere. */
export function linear({ values: w, ...rest }: Sample): Landscape {
  return {
    name: "a linear energy",
    D: w.length,
    energy: handed("linearEnergy", [{ values: w, ...rest }]),
    at: (x) => sum(w.length, (i) => w[i] * x[i]),
  };
}

/** (x - c)ᵀ A (x - c) / 2: the energy of a Gaussian, if A is symmetric and positive. */
export function quadratic(A: Sample, c: Sample): Landscape {
  const D = c.values.length;
  const offset = (x: ArrayLike<number>, i: number) => x[i] - c.values[i];
  return {
    name: "a quadratic energy",
    D,
    energy: handed("quadraticEnergy", [A, c]),
    at: (x) => sum(D, (i) => sum(D, (j) => offset(x, i) * A.values[i * D + j] * offset(x, j))) / 2,
  };
}

/** curvature |x - centre|² / 2 in D dimensions. */
export function bowl(D: number, curvature: number, centre = 0): Landscape {
  const A = new Float32Array(D * D);
  for (let i = 0; i < D; i++) A[i * (D + 1)] = curvature;
  return quadratic(sampleOf(A, [D, D]), sampleOf(new Float32Array(D).fill(centre), [D]));
}

/** The sum of h (x² - 1)²: two wells in every dimension. */
export function doubleWell({ values: h, ...rest }: Sample): Landscape {
  return {
    name: "an energy with two wells",
    D: h.length,
    energy: handed("doubleWellEnergy", [{ values: h, ...rest }]),
    at: (x) => sum(h.length, (i) => h[i] * (x[i] ** 2 - 1) ** 2),
  };
}

/** -log of the sum of Gaussians of standard deviation s around K means `[K, D]`. */
export function mixture(means: Sample, s: number): Landscape {
  const [K, D] = means.tensor.shape;
  const std = Math.fround(s);
  const squares = (x: ArrayLike<number>, k: number) =>
    sum(D, (i) => (x[i] - means.values[k * D + i]) ** 2);
  return {
    name: "the energy of a mixture",
    D,
    energy: handed("mixtureEnergy", [means, sampleOf([s], [])]),
    at(x) {
      const exponents = Array.from({ length: K }, (_, k) => -squares(x, k) / (2 * std ** 2));
      const largest = Math.max(...exponents);
      return -largest - Math.log(sum(K, (k) => Math.exp(exponents[k] - largest)));
    },
  };
}

/** w · tanh(V x + b): a network with one hidden layer. */
export function network(V: Sample, b: Sample, w: Sample): Landscape {
  const [D, H] = V.tensor.shape;
  return {
    name: "the energy of a network",
    D,
    energy: handed("mlpEnergy", [V, b, w]),
    at: (x) =>
      sum(H, (h) => {
        const before = sum(D, (i) => x[i] * V.values[i * H + h]);
        return w.values[h] * Math.tanh(before + b.values[h]);
      }),
  };
}

/** The sum over all places of w · tanh(K * x), of pictures H high and W wide. */
export function pictures([H, W]: readonly [number, number], generator: Generator): Landscape {
  const C = 3;
  const K = normals(generator, [C, 1, 3, 3], 0.5);
  const w = normals(generator, [C]);
  const pixel = (x: ArrayLike<number>, i: number, j: number) =>
    i < 0 || i >= H || j < 0 || j >= W ? 0 : x[i * W + j];
  const seen = (x: ArrayLike<number>, c: number, place: number) =>
    sum(9, (k) => {
      const [i, j] = [Math.floor(place / W) + Math.floor(k / 3) - 1, place % W + k % 3 - 1];
      return K.values[9 * c + k] * pixel(x, i, j);
    });
  return {
    name: "an energy of pictures",
    D: H * W,
    energy: handed("convolutionEnergy", [K, w]),
    at: (x) => sum(C, (c) => w.values[c] * sum(H * W, (place) => Math.tanh(seen(x, c, place)))),
  };
}

/** An energy of every kind, for examples of D numbers of order 1. */
export function landscapes(D: number, generator: Generator): Landscape[] {
  const hidden = 12;
  return [
    quadratic(normals(generator, [D, D]), normals(generator, [D])),
    doubleWell(uniforms(generator, [D], 0.5, 1.5)),
    mixture(normals(generator, [4, D]), 0.6),
    network(
      normals(generator, [D, hidden], 1 / Math.sqrt(D)),
      normals(generator, [hidden], 0.5),
      normals(generator, [hidden]),
    ),
  ];
}
