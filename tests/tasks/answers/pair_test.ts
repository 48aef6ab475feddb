import { assert, assertAlmostEquals, assertEquals, assertLess, assertMatch } from "@std/assert";
import { Conv2d, ConvTranspose2d, Linear } from "../../../lib/nn/mod.ts";
import { Generator } from "../../../lib/random/mod.ts";
import { grad } from "../../../lib/tensor/autodiff.ts";
import { zeros } from "../../../lib/tensor/creation.ts";
import { multiplyAdds } from "../../../tasks/answers/multiply_adds.ts";
import { better, sideBySide } from "../../../tasks/answers/side_by_side.ts";
import {
  errorOfMean,
  jackknifeError,
  meanOf,
  percent,
  percentWithError,
} from "../../../tasks/answers/statistics.ts";
import { models } from "./small.ts";

Deno.test("the pair: as many parameters and as much time, and the page gives both", async () => {
  const { result, evidence: { numbers, table } } = await sideBySide(models);
  const { parametersDdpm, parametersEbm, secondsOfTrainingDdpm, secondsOfTrainingEbm } = numbers;
  assertEquals([parametersDdpm, parametersEbm], [89_233, 89_217]);
  assertAlmostEquals(secondsOfTrainingDdpm / secondsOfTrainingEbm, 1, 0.05);
  assert(!/NaN|undefined/.test(result), result);
  for (const row of table!.rows) {
    assertEquals(row.length, table!.head.length);
    assert(!/NaN|undefined/.test(row.join()), row.join());
  }
  const digits = table!.head.indexOf("test digits");
  const cell = (name: string) => String(table!.rows.find(([first]) => first === name)![digits]);
  assertEquals(cell("judge sees the class asked for"), "100 % of 20");
  const untold = table!.head.indexOf("DDPM, not told");
  assertEquals(
    table!.rows.find(([name]) => name === "judge sees the class asked for")![untold],
    "",
  );
  assertAlmostEquals(numbers.ddpmNearerBy, numbers.frechetEbm - numbers.frechetDdpm, 1e-9);
  assertAlmostEquals(
    numbers.ddpmNotToldNearerBy,
    numbers.frechetEbm - numbers.frechetDdpmNotTold,
    1e-9,
  );
  assert(parseFloat(cell("Fréchet distance")) > 0);
});

Deno.test("who draws the better digits follows from the distances and their errors, either way", () => {
  const [near, far] = [{ frechet: 18, frechetError: 3 }, { frechet: 30, frechetError: 4 }];
  const farther = { frechet: 70, frechetError: 3 };
  const start = "Told the class, the DDPM is ";
  const so = "So at this size and after this time ";
  const [ofDdpm, ofEbm] = ["the DDPM", "the energy-based model"].map((name) =>
    `${name} draws the better digits`
  );
  assertEquals(
    better(near, farther, far),
    `${start}12 ± 5 nearer than the energy-based model, and not told 40 ± 5 farther. ` +
      `${so}${ofDdpm} if the DDPM is told the class; if it is not, ${ofEbm}.`,
  );
  assertEquals(
    better(near, near, far).split(". ")[1],
    `${so}${ofDdpm}, whether the DDPM is told the class or not.`,
  );
  assertMatch(better(far, farther, near), new RegExp(`${ofEbm}, whether the DDPM is told`));
  // Two standard errors of the difference are 10 for the sets above, and here 12.6.
  const unsure = { ...far, frechetError: 5.55 };
  const unknown = "the distances do not tell which draws the better digits";
  assertMatch(better(near, unsure, unsure), new RegExp(`${so}${unknown}, whether`));
  assertMatch(better(unsure, farther, near), new RegExp(`${so}${unknown} if .*; if it .*${ofEbm}`));
});

Deno.test("multiply-adds of layers and of their gradients are what the layers' sizes say", () => {
  const options = { generator: new Generator(0) };
  const x = zeros([2, 3, 8, 8]);
  const down = new Conv2d(3, 5, 3, { stride: 2, padding: 1, ...options });
  const forward = 2 * 5 * 4 * 4 * 3 * 9;
  assertEquals(multiplyAdds(down.forward(x)), forward);
  // Of the sum of squares, forward and back to x and to the weight.
  const loss = down.forward(x).square().sum();
  assertEquals(multiplyAdds(...grad(loss, [x])), 2 * forward);
  assertEquals(multiplyAdds(...grad(loss, [x, down.weight.value])), 3 * forward);
  // Every number of the input is multiplied with 5 kernels of 2 x 2.
  const up = new ConvTranspose2d(3, 5, 2, { stride: 2, ...options });
  assertEquals(multiplyAdds(up.forward(x)), x.size * 5 * 4);
  const linear = new Linear(7, 4, options);
  assertEquals(multiplyAdds(linear.forward(zeros([6, 7]))), 6 * 7 * 4);
  // What is used twice is computed once.
  const once = linear.forward(zeros([6, 7]));
  assertEquals(multiplyAdds(once.add(once), once), 6 * 7 * 4);
});

Deno.test("the jackknife gives a mean the standard error that is known of it", () => {
  const generator = new Generator(0);
  const values = Array.from({ length: 40 }, () => generator.gaussian());
  const without = values.map((_, i) => meanOf(values.toSpliced(i, 1)));
  assertAlmostEquals(jackknifeError(without), errorOfMean(values), 1e-12);
  assertLess(0, jackknifeError(without));
});

Deno.test("what is nearly all or nothing is not said to be", () => {
  assertEquals([0, 0.004, 0.0001, 0.5, 0.994, 0.996, 0.9999, 1].map(percent), [
    ...["0 %", "0.4 %", "0.1 %", "50 %", "99 %", "99.6 %", "99.9 %", "100 %"],
  ]);
  assertEquals(percentWithError(0.998, 500), "99.8 ± 0.2 %");
  assertEquals(percentWithError(1, 500), "100 % of 500");
});
