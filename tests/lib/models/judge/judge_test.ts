import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Matrix } from "ml-matrix";
import { inProject } from "../../../../lib/course/paths.ts";
import { loadMnist } from "../../../../lib/data/mnist.ts";
import { DataError, GenlabError, ShapeError } from "../../../../lib/errors.ts";
import { diversity } from "../../../../lib/models/judge/diversity.ts";
import { featureStatistics, frechetDistance } from "../../../../lib/models/judge/frechet.ts";
import { agreement, FEATURES, judge, PIXELS } from "../../../../lib/models/judge/judge.ts";
import { nearest } from "../../../../lib/models/judge/neighbours.ts";
import { LeNet, loadLeNet, saveLeNet } from "../../../../lib/models/lenet.ts";
import { saveSafetensors } from "../../../../lib/nn/mod.ts";
import { Generator } from "../../../../lib/random/mod.ts";
import { inTemporaryFolder } from "../../../temporary_folder.ts";

/** Statistics of normal features with these standard deviations and this mean in each dimension. */
function diagonal(mean: number, deviations: readonly number[]) {
  return {
    mean: new Float64Array(deviations.length).fill(mean),
    covariance: Matrix.diag(deviations.map((deviation) => deviation ** 2)),
  };
}

Deno.test("of independent features the Fréchet distance is the sum of their own", () => {
  const distance = frechetDistance(diagonal(0, [1, 2, 0]), diagonal(3, [4, 2, 5]));
  assertAlmostEquals(distance, 3 * 3 ** 2 + (4 - 1) ** 2 + 0 + 5 ** 2, 1e-10);
});

Deno.test("the Fréchet distance is symmetric, 0 to itself, and blind to turning both sets", () => {
  const generator = new Generator(0);
  const dim = 6;
  const draw = (scale: number) =>
    featureStatistics(
      Float64Array.from({ length: 50 * dim }, () => scale * generator.gaussian()),
      dim,
    );
  const [a, b] = [draw(1), draw(3)];
  assertAlmostEquals(frechetDistance(a, a), 0, 1e-10);
  assertAlmostEquals(frechetDistance(a, b), frechetDistance(b, a), 1e-9);
  const angle = 0.7;
  const turn = Matrix.eye(dim);
  turn.set(0, 0, Math.cos(angle)).set(0, 1, -Math.sin(angle));
  turn.set(1, 0, Math.sin(angle)).set(1, 1, Math.cos(angle));
  const [turnedA, turnedB] = [a, b].map(({ mean, covariance }) => ({
    mean: Float64Array.from(turn.mmul(Matrix.columnVector([...mean])).to1DArray()),
    covariance: turn.mmul(covariance).mmul(turn.transpose()),
  }));
  assertAlmostEquals(frechetDistance(turnedA, turnedB), frechetDistance(a, b), 1e-9);
});

Deno.test("means and covariances are NumPy's", () => {
  // numpy.cov([[1, 2], [3, 5], [8, 4]], rowvar=False)
  const { mean, covariance } = featureStatistics([1, 2, 3, 5, 8, 4], 2);
  assertEquals([...mean].map((value) => value.toFixed(6)), ["4.000000", "3.666667"]);
  const expected = [[13, 2.5], [2.5, 2.3333333]];
  covariance.to2DArray().flat().forEach((value, i) =>
    assertAlmostEquals(value, expected.flat()[i], 1e-6)
  );
  assertThrows(() => featureStatistics([1, 2], 2), ShapeError, "at least 2 rows");
  assertThrows(() => featureStatistics([1, 2, 3], 2), ShapeError, "rows of 2");
});

Deno.test("fewer features than dimensions still have a distance", () => {
  const generator = new Generator(1);
  const few = featureStatistics(
    Float64Array.from({ length: 5 * 20 }, () => generator.gaussian()),
    20,
  );
  const distance = frechetDistance(few, diagonal(0, Array(20).fill(1)));
  assert(distance > 0 && distance < 60, String(distance));
});

Deno.test("features that are no numbers have no statistics", () => {
  for (const wrong of [NaN, Infinity]) {
    assertThrows(() => featureStatistics([1, 2, wrong, 4], 2), GenlabError, "NaN or infinite");
  }
});

Deno.test("the shipped LeNet is right on at least 98.8 % of the test set", async () => {
  const lenet = await loadLeNet(inProject("data", "models", "lenet.safetensors"));
  const test = await loadMnist({ train: false });
  const { classes, confidence, features } = await judge(lenet, test.images);
  const right = agreement(classes, test.labels);
  assert(right >= 0.988, `${right}`);
  assertEquals(features.length, 10000 * FEATURES);
  assert(confidence.every((p) => p >= 0.1 && p <= 1.00001));
});

Deno.test("what is judged does not depend on what is judged with it", async () => {
  const lenet = await loadLeNet(inProject("data", "models", "lenet.safetensors"));
  const { images } = await loadMnist({ train: false });
  const all = await judge(lenet, images.subarray(0, 501 * PIXELS));
  const last = await judge(lenet, images.subarray(500 * PIXELS, 501 * PIXELS));
  assertEquals(last.classes[0], all.classes[500]);
  assertAlmostEquals(last.confidence[0], all.confidence[500], 1e-5);
});

Deno.test("each image's nearest is itself where it is there, and the closest where not", async () => {
  const { images } = await loadMnist({ train: false });
  const some = images.subarray(0, 150 * PIXELS);
  const { indices, distances } = await nearest(some, images.subarray(0, 300 * PIXELS), PIXELS);
  assertEquals([...indices], Array.from({ length: 150 }, (_, i) => i));
  assert(distances.every((distance) => distance === 0));
  const others = await nearest(Uint8Array.of(0, 90), Uint8Array.of(0, 255, 0, 100, 255, 90), 2);
  assertEquals([...others.indices], [1]);
  assertAlmostEquals(others.distances[0], 10 / 255, 1e-12);
});

Deno.test("diversity is the mean distance within classes, and 0 of copies", () => {
  assertEquals(diversity([0, 3, 10, 14, 19], [0, 0, 1, 1, 1]), (3 + 4 + 9 + 5) / 4);
  assertEquals(diversity([7, 7, 7], [2, 2, 2]), 0);
  assertEquals(diversity([7, 8], [1, 2]), NaN);
  assertThrows(() => diversity([1, 2, 3], [0, 1]), ShapeError, "3 features");
});

Deno.test("images and labels that do not fit are refused", async () => {
  const lenet = new LeNet();
  await assertRejects(() => judge(lenet, new Uint8Array(100)), ShapeError, "100 bytes");
  await assertRejects(() => judge(lenet, new Uint8Array()), ShapeError, "0 bytes");
  assertThrows(() => agreement([1, 2], [1]), ShapeError, "2 images have 1 labels");
  assertEquals(agreement([1, 2, 3, 4], [1, 2, 0, 0]), 0.5);
});

Deno.test("a LeNet that is read sees what the one that was written sees", async () => {
  await inTemporaryFolder(async (folder) => {
    const lenet = new LeNet();
    await saveLeNet(`${folder}/judge.safetensors`, lenet, { steps: "0" });
    const read = await loadLeNet(`${folder}/judge.safetensors`);
    const images = Uint8Array.from({ length: 3 * PIXELS }, (_, i) => i % 256);
    assertEquals(await judge(read, images), await judge(lenet, images));
  });
});

Deno.test("a file of another model is not taken for a LeNet", async () => {
  await inTemporaryFolder(async (folder) => {
    await saveSafetensors(`${folder}/other.safetensors`, new LeNet(), { model: "other" });
    const load = () => loadLeNet(`${folder}/other.safetensors`);
    await assertRejects(load, DataError, "holds no LeNet");
  });
});
