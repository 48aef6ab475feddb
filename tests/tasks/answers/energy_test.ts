import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { Generator } from "../../../lib/random/mod.ts";
import { runChains, twoWells } from "../../../tasks/answers/claims/chains.ts";
import { grain, picked } from "../../../tasks/answers/claims/worst.ts";
import { noiseAt, scoreByDifferences } from "../../../tasks/answers/claims/two_wells.ts";
import { answerOf, numbersOf } from "./small.ts";

Deno.test("answer 16: energies tell digits from noise, and an exact energy is lowest where no data are", async () => {
  const numbers = await numbersOf(16);
  assert(numbers.aurocUniformNoise > 0.99 && numbers.aurocShuffledPixels > 0.99);
  // |x|² / 2 of 784 standard normal numbers: mean 392, variance 392.
  assertAlmostEquals(numbers.exactMeanEnergyOfData, 392, 5 * Math.sqrt(392 / 200));
  assert(numbers.exactLeastEnergyOfData > 300);
});

Deno.test("answer 17: the noise of a chain sets its temperature", async () => {
  const numbers = await numbersOf(17);
  assertAlmostEquals(numbers.expectedAtTemperature1, 1 / (1 - 0.1 / 2), 1e-12);
  assertLess(numbers.worstInStandardErrors, 4.5);
  assertLess(numbers.varianceOfLittleNoise, 2e-4);
  assertAlmostEquals(numbers.temperatureOfImageChains, 1.25e-6, 1e-12);
});

Deno.test("answer 18: samples that are not detached change the gradient", async () => {
  const { inputGradients, parameters, relativeErrorIfNotDetached } = await numbersOf(18);
  assertEquals([inputGradients, parameters], [10, 2 * 32 + 32 + 32 * 32 + 32 + 32 + 1]);
  assert(relativeErrorIfNotDetached > 0.01);
});

Deno.test("answer 19: noise moves chains between near wells only, and spreads them within", async () => {
  const numbers = await numbersOf(19);
  assertAlmostEquals(numbers.crossedNearFull, 0.5, 5 * Math.sqrt(0.25 / 300));
  assertEquals(numbers.crossedNearNone, 0);
  assertEquals(numbers.crossedFarFull, 0);
  assertLess(numbers.spreadNone, 1e-6);
  assertAlmostEquals(numbers.spreadFull, 0.5, 0.1);
  const { sameClassFromSameStart, sameClassByChance, diversityDifferenceError } = numbers;
  // In 40 steps noise of 0.005 moves a pixel by 0.03: 18 of 20 chains and more keep their class.
  assert(sameClassFromSameStart >= 0.9);
  // Ten classes alike would have 0.1; two classes alone, 0.5.
  assert(sameClassByChance >= 0.1 && sameClassByChance < 0.5 && diversityDifferenceError > 0);
});

Deno.test("two wells: the slope is that of the energy, and chains without noise end at its lowest points", () => {
  const slope = twoWells(3, 0.5);
  const energy = (x: number) =>
    -Math.log(Math.exp(-((x - 3) ** 2) / 0.5) + Math.exp(-((x + 3) ** 2) / 0.5));
  for (const x of [-2.5, -0.2, 1, 3.4]) {
    assertAlmostEquals(slope(x), (energy(x + 1e-5) - energy(x - 1e-5)) / 2e-5, 1e-6);
  }
  const options = { steps: 500, stepSize: 0.02, noiseScale: 0, generator: new Generator(0) };
  const [left, right] = runChains(Float64Array.of(-1, 0.5), { slope, ...options });
  assertAlmostEquals(left, -3, 1e-6);
  assertAlmostEquals(right, 3, 1e-6);
});

Deno.test("answer 20: gradients here are new each time; accumulated ones swing", async () => {
  const numbers = await numbersOf(20);
  assertEquals(numbers.repeatGap, 0);
  assertAlmostEquals(numbers.lateFresh, 3 * 0.9 ** 60, 1e-12);
  assert(numbers.lateAccumulated > 2.5);
});

Deno.test("answers 21 to 23: gradients by hand", async () => {
  const { slope, differenceQuotient } = await numbersOf(21);
  assertEquals(slope, 7);
  assertAlmostEquals(differenceQuotient, 7, 1e-6);
  assertEquals((await numbersOf(22)).largestGap, 0);
  const { whole, half, throughThreeSteps } = await numbersOf(23);
  assertEquals([whole, half], [6, 3]);
  assertAlmostEquals(throughThreeSteps, 0.729, 1e-6);
});

Deno.test("answer 24: clamped chains pile up at the bounds", async () => {
  const numbers = await numbersOf(24);
  assertAlmostEquals(numbers.varianceOfTruncatedNormal, 0.29112509477279314, 1e-12);
  assert(numbers.variance > 0.35 && numbers.shareOnBounds > 0.1);
  assert(numbers.shareOutsideIfClampedBefore > 0.1);
  assert(numbers.shareOfPixelsOnBounds > 0.7);
});

Deno.test("answer 25: variances follow 1 / (1 - eta / 2), up to eta = 2", async () => {
  const numbers = await numbersOf(25);
  assertAlmostEquals(numbers.expected05, 4 / 3, 1e-12);
  assertLess(numbers.worstInStandardErrors, 4.5);
  assertAlmostEquals(numbers.variance19, 20, 20 * 5 * Math.sqrt(2 / 2000));
  assert(numbers.variance21 > 1e6);
  assertAlmostEquals(numbers.memory002, -1 / Math.log(0.98), 1e-9);
});

Deno.test("answer 26: the exact noise is the score of the noisy density", async () => {
  assertLess((await numbersOf(26)).largestGap, 1e-8);
  // eps = -sqrt(1 - abar) score; of one Gaussian: at c = 0 and s = 1 noisy data stay standard normal.
  assertAlmostEquals(noiseAt(1.5, 0.36, { centre: 0, std: 1 }), 0.8 * 1.5, 1e-12);
  assertAlmostEquals(scoreByDifferences(1.5, 0.36, { centre: 0, std: 1 }), -1.5, 1e-6);
});

Deno.test("answer 26: the pair's ways from noise move on at every step", async () => {
  const { firstMoveDdpm, lastMoveDdpm, firstMoveEbm, lastMoveEbm } = await numbersOf(26);
  for (const move of [firstMoveDdpm, lastMoveDdpm, firstMoveEbm, lastMoveEbm]) {
    assert(move > 0 && move < 2, `${move}`);
  }
  // Ten times a slope of at most 0.03, and a noise of 0.005.
  assertLess(firstMoveEbm, Math.hypot(0.3, 0.005) + 1e-3);
});

Deno.test("answer 27: a constant energy has no gap", async () => {
  const { ddpmLoss, largeDdpmLoss, gapOfConstantEnergy } = await numbersOf(27);
  assertEquals(gapOfConstantEnergy, 0);
  assertLess(ddpmLoss, 0.12);
  assertLess(largeDdpmLoss, 0.12);
});

Deno.test("answer 28: what both cost", async () => {
  const { verdict, evidence: { numbers, table } } = await answerOf(28);
  assertEquals(verdict, "qualified");
  assertEquals(table?.rows.length, 6);
  // By hand: products of weights with the pixels of what each layer gives.
  const forward = 14 ** 2 * 16 * 25 + 7 ** 2 * 32 * 16 * 9 + 4 ** 2 * 64 * 32 * 9 + 1024 * 64 + 64;
  // The slope does without the energy itself, which the last 64 are for.
  assertEquals(numbers.multiplyAddsEbm, 2 * forward - 64);
  assertEquals(numbers.multiplyAddsDdpm, 5_784_240);
});

Deno.test("answer 29: both draw the well they are asked for", async () => {
  const numbers = await numbersOf(29);
  assert(numbers.ddpmRight > 0.99 && numbers.ebmRight > 0.99);
  assertAlmostEquals(numbers.ebmRightUntold, 0.5, 5 * Math.sqrt(0.25 / 1000));
  // Who steers sees what was asked for.
  assert(numbers.ebmDigitsSeenBySteering > 0.7, `${numbers.ebmDigitsSeenBySteering}`);
  assert(numbers.steeredByJudgeSeenByJudge > 0.7, `${numbers.steeredByJudgeSeenByJudge}`);
  assert(numbers.steeredByJudgeSeenByJudge > numbers.steeredByJudgeSeenByOther);
});

Deno.test("answer 30: noise is grainier than digits, and blur takes grain away", async () => {
  const numbers = await numbersOf(30);
  assert(numbers.classesOfChains >= 1 && numbers.shareOfLargestClass <= 1);
  for (const share of [numbers.inkOfDigits, numbers.inkTrained]) {
    assert(share > 0 && share < 0.5, `${share}`);
  }
  // In four steps; one in ten by chance, with a standard error of 0.07.
  assert(numbers.rightTrained >= 0.3, `${numbers.rightTrained}`);
  const generator = new Generator(0);
  const noise = Uint8Array.from({ length: 50 * 784 }, () => Math.floor(256 * generator.float()));
  // Second differences of independent values have 6 times their variance, first ones twice.
  assertAlmostEquals(grain(noise), 3, 0.05);
  // Of means of two neighbours: 1 and 1/2.
  const blurred = noise.map((_, i) => (noise[i] + noise[(i + 1) % noise.length]) / 2);
  assertAlmostEquals(grain(blurred), 2, 0.05);
  assert(numbers.grainOfDigits < 2);
});

Deno.test("images are picked by their places, the first ten of them", () => {
  const images = Uint8Array.from({ length: 20 * 784 }, (_, i) => Math.floor(i / 784));
  const places = [7, 3, ...Array.from({ length: 18 }, () => 5)];
  const found = picked(images, places);
  assertEquals(found.length, 10 * 784);
  assertEquals([found[0], found[783], found[784], found[2 * 784]], [7, 7, 3, 5]);
});
