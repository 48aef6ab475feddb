/**
 * The figures that `deno task judge` gives, with those of real digits and of noise beside them.
 *
 * @module
 */
import type { Mnist } from "../../lib/data/mnist.ts";
import { diversity } from "../../lib/models/judge/diversity.ts";
import { uniformNoise } from "../../lib/models/judge/foils.ts";
import { featureStatistics, frechetDistance } from "../../lib/models/judge/frechet.ts";
import { agreement, FEATURES, judge, PIXELS } from "../../lib/models/judge/judge.ts";
import { nearest } from "../../lib/models/judge/neighbours.ts";
import type { LeNet } from "../../lib/models/lenet.ts";
import { Generator } from "../../lib/random/mod.ts";
import { median } from "../median.ts";

/** Training images whose features are the measure for all others. */
const REFERENCE = 10_000;
/** Images whose nearest training images are looked for, at most. */
const LOOKED_UP = 500;
/** Classes there are. */
const CLASSES = 10;
/** The probability of a class from which the classifier counts as sure of it. */
const SURE = 0.9;

/** What is found of a set of images. */
export interface Assessment {
  readonly count: number;
  /** The fraction that the classifier takes for what the labels say; null without labels. */
  readonly agreement: number | null;
  /** The mean probability that the classifier gives to the class it takes an image for. */
  readonly confidence: number;
  /** The fraction of images for which that probability is at least 0.9. */
  readonly sure: number;
  /** The Fréchet distance to training images in the classifier's features. */
  readonly frechet: number;
  /** The mean distance of features within a class. */
  readonly diversity: number;
  /** The median distance to the nearest training image in pixels; null where it was not looked for. */
  readonly nearest: number | null;
  /** How many are taken for each class. */
  readonly classCounts: number[];
}

/** Assesses images; see {@linkcode makeAssessor}. */
export type Assess = (
  images: Uint8Array,
  labels: ArrayLike<number> | undefined,
  options?: { readonly lookUp?: boolean },
) => Promise<Assessment>;

/**
 * Takes the measure of the training images, and gives a function that assesses others against it:
 * bytes `[N, 28, 28]`, what they are meant to be `[N]`, and whether the nearest training images are
 * looked for, as they are by default.
 */
export async function makeAssessor(lenet: LeNet, train: Mnist): Promise<Assess> {
  const measured = await judge(lenet, train.images.subarray(0, REFERENCE * PIXELS));
  const reference = featureStatistics(measured.features, FEATURES);
  return async (images, labels, { lookUp = true } = {}) => {
    const { classes, confidence, features } = await judge(lenet, images);
    const some = images.subarray(0, LOOKED_UP * PIXELS);
    return {
      count: classes.length,
      agreement: labels === undefined ? null : agreement(classes, labels),
      confidence: confidence.reduce((sum, p) => sum + p, 0) / classes.length,
      sure: confidence.filter((p) => p >= SURE).length / classes.length,
      frechet: frechetDistance(featureStatistics(features, FEATURES), reference),
      diversity: diversity(features, labels ?? classes),
      nearest: lookUp ? median((await nearest(some, train.images, PIXELS)).distances) : null,
      classCounts: Array.from(
        { length: CLASSES },
        (_, digit) => classes.reduce((count, found) => count + (found === digit ? 1 : 0), 0),
      ),
    };
  };
}

/**
 * As many test images as there are samples, with the samples' labels where those are known. Those of
 * a class are spread evenly over the test set, as its first ones are no fair sample: the Fréchet
 * distance of the first 50 of each class is twice that of 50 drawn at random.
 */
export function realImages(
  test: Mnist,
  count: number,
  labels: ArrayLike<number> | undefined,
): { images: Uint8Array; labels: Uint8Array } {
  const chosen = new Int32Array(count);
  const asked = Map.groupBy(chosen.keys(), (i) => labels?.[i]);
  for (const [label, places] of asked) {
    const members = [...test.labels.keys()].filter((i) =>
      (label ?? test.labels[i]) === test.labels[i]
    );
    const stride = members.length / places.length;
    places.forEach((place, i) => chosen[place] = members[Math.floor(i * stride)]);
  }
  const images = new Uint8Array(count * PIXELS);
  chosen.forEach((from, to) =>
    images.set(test.images.subarray(from * PIXELS, (from + 1) * PIXELS), to * PIXELS)
  );
  return { images, labels: Uint8Array.from(chosen, (index) => test.labels[index]) };
}

/** Images of noise: every byte as likely as any other. */
export function noiseImages(count: number): Uint8Array {
  return uniformNoise(count, new Generator(0));
}
