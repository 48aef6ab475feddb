import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { Conv2d, ConvTranspose2d, Linear } from "../../../lib/nn/mod.ts";
import { Generator } from "../../../lib/random/mod.ts";
import { grad } from "../../../lib/tensor/autodiff.ts";
import { zeros } from "../../../lib/tensor/creation.ts";
import { multiplyAdds } from "../../../tasks/answers/multiply_adds.ts";
import { better, sideBySide } from "../../../tasks/answers/side_by_side.ts";
import { errorOfMean, jackknifeError, meanOf } from "../../../tasks/answers/statistics.ts";
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
  assert(parseFloat(cell("Fréchet distance")) > 0);
});

Deno.test("who draws the better digits follows from the distances and their errors, either way", () => {
  const [near, far] = [{ frechet: 18, frechetError: 3 }, { frechet: 30, frechetError: 4 }];
  assert(/the DDPM draws the better/.test(better(near, far)));
  assert(/the energy-based model draws the better/.test(better(far, near)));
  // Two standard errors of the difference are 10 and 12.6.
  const unsure = { ...far, frechetError: 5.55 };
  for (const said of [better(near, unsure), better(unsure, near), better(near, near)]) {
    assert(/does not tell/.test(said), said);
  }
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
