import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { GenlabError } from "../../../../lib/errors.ts";
import { auroc } from "../../../../lib/models/judge/auroc.ts";
import {
  inverted,
  shuffledPixels,
  turned,
  uniformNoise,
} from "../../../../lib/models/judge/foils.ts";
import { PIXELS } from "../../../../lib/models/judge/judge.ts";
import { Generator } from "../../../../lib/random/mod.ts";

Deno.test("the area under the ROC curve is the share of pairs in order, ties counting half", () => {
  const generator = new Generator(0);
  // Few levels, so that there are many ties.
  const draw = (count: number, shift: number) =>
    Array.from({ length: count }, () => Math.round(3 * generator.gaussian() + shift));
  const [lower, higher] = [draw(60, 0), draw(40, 2)];
  const pairs = lower.flatMap((low) =>
    higher.map((high) => high > low ? 1 : high === low ? 0.5 : 0)
  );
  const share = pairs.reduce((sum: number, one) => sum + one, 0) / pairs.length;
  assertAlmostEquals(auroc(lower, higher), share, 1e-12);
  assertAlmostEquals(auroc(higher, lower), 1 - share, 1e-12);
  assertEquals(auroc([1, 2], [3, 4]), 1);
  assertEquals(auroc([1, 1], [1]), 0.5);
  assertThrows(() => auroc([], [1]), GenlabError, "at least one");
  assertThrows(() => auroc([NaN], [1]), GenlabError, "numbers");
});

Deno.test("images that are no digits keep what they say they keep", () => {
  const generator = new Generator(1);
  const images = uniformNoise(3, generator);
  assertEquals(images.length, 3 * PIXELS);
  assert(new Set(images).size === 256, "every grey level is there");

  const shuffled = shuffledPixels(images, generator);
  for (let i = 0; i < 3; i++) {
    const [before, after] = [images, shuffled].map((all) =>
      all.slice(i * PIXELS, (i + 1) * PIXELS)
    );
    assert(before.some((level, p) => level !== after[p]));
    assertEquals(before.toSorted(), after.toSorted());
  }
  assertEquals(inverted(inverted(images)), images);
  assertEquals(inverted(images)[5], 255 - images[5]);
  assertEquals(turned(turned(turned(turned(images)))), images);
});

Deno.test("turned to the left, the right end of the first row comes to the top left", () => {
  const image = new Uint8Array(PIXELS);
  image[27] = 1;
  image[0] = 2;
  const left = turned(image);
  assertEquals([left[0], left[27 * 28]], [1, 2]);
});
