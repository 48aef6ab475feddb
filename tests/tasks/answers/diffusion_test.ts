import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { Generator } from "../../../lib/random/mod.ts";
import { sampleStd } from "../../../tasks/answers/claims/gaussian_sampler.ts";
import { blindLoss } from "../../../tasks/answers/claims/time_blind.ts";
import { answerOf, numbersOf } from "./small.ts";

Deno.test("answer 1: chains that take every step meet the closed form", async () => {
  const { verdict, evidence: { numbers } } = await answerOf(1);
  assertEquals(verdict, "confirmed");
  assertLess(numbers.worstInStandardErrors, 4.5);
  assertLess(numbers.meanGap, 0.03);
  assertLess(numbers.varianceGap, 0.04);
});

Deno.test("answer 2: the product over 1000 linear steps is the paper's, and betas belong to a T", async () => {
  const { alphaBarT, alphaBarOf100Steps, largestGap } = await numbersOf(2);
  // Computed in Python from the definition.
  assertAlmostEquals(alphaBarT, 4.0358297653756754e-5, 1e-12);
  assertAlmostEquals(alphaBarOf100Steps, 0.364, 5e-4);
  assertLess(largestGap, 1e-13);
});

Deno.test("answer 3: the mean by the noise is that by the data, but not where they are clipped", async () => {
  const { largestGap, gapWhereClipped } = await numbersOf(3);
  assertLess(largestGap, 1e-12);
  assert(gapWhereClipped > 0.1, `${gapWhereClipped}`);
});

Deno.test("answer 4 is upside down: Bayes' rule and chains say so", async () => {
  const { verdict, evidence: { numbers } } = await answerOf(4);
  assertEquals(verdict, "corrected");
  assertLess(numbers.largestGapToBayes, 1e-15);
  // Of 100 linear steps from 0.001 to 0.2, at t = 20, computed in Python.
  assertAlmostEquals(numbers.right, 0.0360131801851432, 1e-14);
  assertAlmostEquals(numbers.sheet, 0.0426512327444935, 1e-14);
  const error = numbers.varianceSeenError;
  assertLess(Math.abs(numbers.varianceSeen - numbers.right), 4.5 * error);
  assert(Math.abs(numbers.varianceSeen - numbers.sheet) > 20 * error);
});

Deno.test("answer 5: a sum over 784 pixels has 784 times the slope of their mean", async () => {
  const numbers = await numbersOf(5);
  assertAlmostEquals(numbers.slopeOfSumOverSlopeOfMean, 784, 0.01);
  assertAlmostEquals(numbers.weightOfSecondStepInBound, 0.2726920842780491, 1e-10);
  assertAlmostEquals(numbers.weightOfLastStepInBound, 0.010204493468637875, 1e-10);
});

Deno.test("answer 6: embeddings have one length, differ by time, and are our table in another order", async () => {
  const numbers = await numbersOf(6);
  assertLess(numbers.squaredLengthGap, 1e-12);
  assertLess(numbers.lagGap, 1e-10);
  assert(numbers.leastDistance > 1);
  assertLess(numbers.gapToOurTableReordered, 1e-6);
});

Deno.test("answer 7 prints the frequencies of d = 16: those of d = 8 are powers of ten", async () => {
  const { verdict, evidence: { numbers } } = await answerOf(7);
  assertEquals(verdict, "corrected");
  const { frequency1, frequency2, frequency3 } = numbers;
  for (const [k, frequency] of [frequency1, frequency2, frequency3].entries()) {
    assertAlmostEquals(frequency, [0.1, 0.01, 0.001][k], 1e-15);
  }
  assertAlmostEquals(numbers.largestErrorOfTheVector, Math.sin(10 ** -0.5) - Math.sin(0.1), 1e-12);
  assertLess(numbers.gapToD16, 1e-15);
});

Deno.test("answer 8: what time is worth at two points is what an integral says", () => {
  // Integrated over x with NumPy, on 160,001 points from -8 to 8.
  const { told, blind } = blindLoss(1, 50_000, new Generator(1));
  assertAlmostEquals(told, 0.19131986727006817, 0.02);
  assertAlmostEquals(blind, 0.4342899637419282, 0.02);
  const wide = blindLoss(784, 200, new Generator(2));
  assert(wide.told < wide.blind && wide.blind < 0.01, `${wide.told} ${wide.blind}`);
});

Deno.test("answer 8: the shipped network does badly if it is told a wrong time", async () => {
  const numbers = await numbersOf(8);
  const { networkTold, networkMisled, smallNetworkTold, smallNetworkNeverTold } = numbers;
  assert(networkMisled > 3 * networkTold, `${networkTold} ${networkMisled}`);
  // Two steps of training: both have found next to nothing yet, of noise whose variance is 1.
  for (const error of [smallNetworkTold, smallNetworkNeverTold]) assertAlmostEquals(error, 1, 0.1);
  assertAlmostEquals(
    numbers.smallNetworkDifference,
    smallNetworkNeverTold - smallNetworkTold,
    1e-9,
  );
});

Deno.test("answer 9: the ratio falls at every step, through 1 where the schedules say", async () => {
  const numbers = await numbersOf(9);
  assertEquals([numbers.risesLinear, numbers.risesCosine], [0, 0]);
  assertEquals([numbers.stepOfRatio1Linear, numbers.stepOfRatio1Cosine], [260, 497]);
  // torchvision's test images: mean 0.1325, standard deviation 0.3105 of pixels from 0 to 1.
  assertAlmostEquals(numbers.varianceOfPixels, (2 * 0.3105) ** 2, 1e-3);
  assertAlmostEquals(
    numbers.meanSquareOfPixels,
    (2 * 0.3105) ** 2 + (2 * 0.1325 - 1) ** 2,
    1e-3,
  );
});

Deno.test("answer 10: 64 comes to 8 with padding and to 7 without", async () => {
  const { padded, withoutPadding, from28 } = await numbersOf(10);
  assertEquals([padded, withoutPadding, from28], [8, 7, 4]);
});

Deno.test("answer 11: the shipped network finds most of the noise", async () => {
  const { verdict, evidence: { numbers } } = await answerOf(11);
  assertEquals(verdict, "confirmed");
  assertLess(numbers.loss, 0.1);
});

Deno.test("answer 12: the sheet's scale is the paper's plus one", async () => {
  const { gapOneHigher, gapSameLetter } = await numbersOf(12);
  assertLess(gapOneHigher, 1e-5);
  assert(gapSameLetter > 1);
});

Deno.test("answer 13: the samplers' variance on Gaussian data", () => {
  // Computed in Python by another form of the step, from the noise.
  const expected = { linear: [0.369955, 0.485447], cosine: [0.426826, 0.49213] } as const;
  for (const schedule of ["linear", "cosine"] as const) {
    [10, 100].forEach((steps, i) =>
      assertAlmostEquals(sampleStd(0.5, { schedule, steps, eta: 0 }), expected[schedule][i], 1e-6)
    );
  }
  const ancestral = (steps: number) => sampleStd(0.5, { schedule: "linear", steps, eta: 1 });
  assertAlmostEquals(ancestral(10), 0.333475, 1e-6);
  assertAlmostEquals(ancestral(100), 0.468219, 1e-6);
  // All 1000 steps come near the data's own.
  assertAlmostEquals(ancestral(1000), 0.5, 5e-3);
});

Deno.test("answer 13: the cosine schedule is nearer to the data in all twelve cases", async () => {
  const numbers = await numbersOf(13);
  assertEquals([numbers.casesWhereCosineIsBetter, numbers.cases], [12, 12]);
  assertAlmostEquals(numbers.ddim10Linear, 0.5039221376172411, 1e-9);
  assertAlmostEquals(numbers.ddim10Cosine, 0.3581934641212242, 1e-9);
});

Deno.test("answer 14: an evaluation a step, two with guidance", async () => {
  const { T, evaluations, evaluationsGuided } = await numbersOf(14);
  assertEquals([T, evaluations, evaluationsGuided], [200, 4, 8]);
});

Deno.test("answer 15: the samplers differ in their noise, and samples keep a variance", async () => {
  const numbers = await numbersOf(15);
  assert(numbers.stdDdim > 0.3 && numbers.stdDdim > numbers.stdAncestral);
  const difference = numbers.diversityDdim - numbers.diversityAncestral;
  assertAlmostEquals(numbers.difference, difference, 1e-9);
  assert(numbers.diversityDdim > 0);
});
