/**
 * The Fréchet distance between two sets of features (Heusel et al. 2017, equation 6), which takes each
 * set for a Gaussian.
 *
 * @module
 */
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { GenlabError, ShapeError } from "../../errors.ts";

/** The mean and the covariance of a set of features. */
export interface FeatureStatistics {
  /** `[D]` */
  readonly mean: Float64Array;
  /** `[D, D]`, with n - 1 in the denominator. */
  readonly covariance: Matrix;
}

/**
 * The statistics of features `[N, D]`, in float64.
 *
 * @param features row after row
 * @param dim D
 * @throws {ShapeError} if there are fewer than two rows, or no whole number of them
 * @throws {GenlabError} if a feature is not finite
 */
export function featureStatistics(features: ArrayLike<number>, dim: number): FeatureStatistics {
  const count = features.length / dim;
  if (!Number.isSafeInteger(count) || count < 2) {
    throw new ShapeError(
      `featureStatistics: ${features.length} numbers are not at least 2 rows of ${dim}`,
    );
  }
  const mean = new Float64Array(dim);
  for (let i = 0; i < features.length; i++) mean[i % dim] += features[i] / count;
  if (!mean.every(Number.isFinite)) {
    throw new GenlabError(
      "featureStatistics: a feature is NaN or infinite, so there is no mean; look for what diverged",
    );
  }
  const covariance = Matrix.zeros(dim, dim);
  const centred = new Float64Array(dim);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < dim; i++) centred[i] = features[row * dim + i] - mean[i];
    for (let i = 0; i < dim; i++) {
      for (let j = 0; j <= i; j++) {
        covariance.set(i, j, covariance.get(i, j) + centred[i] * centred[j] / (count - 1));
      }
    }
  }
  for (let i = 0; i < dim; i++) {
    for (let j = 0; j < i; j++) covariance.set(j, i, covariance.get(i, j));
  }
  return { mean, covariance };
}

/**
 * |m1 - m2|² + tr(C1 + C2 - 2 (C1^½ C2 C1^½)^½): 0 for equal statistics. The root of the product is
 * taken of its symmetric form, whose eigenvalues are real and not negative.
 *
 * The fewer samples there are, the larger it comes out: compare at equal counts only.
 *
 * @throws {ShapeError} if the features have not as many dimensions
 *
 * @example Two lines of points with deviations 1 and 3, a distance of 2 apart
 * ```ts
 * import { featureStatistics, frechetDistance } from "./frechet.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const narrow = featureStatistics([-Math.SQRT1_2, Math.SQRT1_2], 1);
 * const wide = featureStatistics([2 - 3 * Math.SQRT1_2, 2 + 3 * Math.SQRT1_2], 1);
 * assertAlmostEquals(frechetDistance(narrow, wide), 2 ** 2 + (3 - 1) ** 2, 1e-12);
 * ```
 */
export function frechetDistance(a: FeatureStatistics, b: FeatureStatistics): number {
  if (a.mean.length !== b.mean.length) {
    throw new ShapeError(
      `frechetDistance: the features have ${a.mean.length} and ${b.mean.length} dimensions; ` +
        "compare features of one network",
    );
  }
  const squares = a.mean.reduce((sum, mean, i) => sum + (mean - b.mean[i]) ** 2, 0);
  const root = symmetricRoot(a.covariance);
  const product = root.mmul(b.covariance).mmul(root);
  const overlap = eigenvalues(product).values
    .reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0);
  return squares + a.covariance.trace() + b.covariance.trace() - 2 * overlap;
}

/** V sqrt(L) V^T, of C = V L V^T. */
function symmetricRoot(matrix: Matrix): Matrix {
  const { values, vectors } = eigenvalues(matrix);
  // Rounding leaves values that are 0 a little to either side of it.
  const roots = Matrix.diag(values.map((value) => Math.sqrt(Math.max(0, value))));
  return vectors.mmul(roots).mmul(vectors.transpose());
}

function eigenvalues(matrix: Matrix): { values: number[]; vectors: Matrix } {
  // Half of it and half of its transpose: a product is symmetric but for rounding.
  const symmetric = Matrix.add(matrix, matrix.transpose()).mul(0.5);
  const decomposition = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  return {
    values: decomposition.realEigenvalues,
    vectors: decomposition.eigenvectorMatrix,
  };
}
