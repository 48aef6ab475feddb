import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  type GaussianMixture,
  mixtureLogDensity,
  mixtureScore,
} from "../../../lib/models/score.ts";
import { GenlabError, ShapeError } from "../../../lib/errors.ts";
import { Generator } from "../../../lib/random/mod.ts";
import { grad, randn, tensor } from "../../../mod.ts";

const PLANE: GaussianMixture = { means: [[-1.5, -1], [1.6, -0.9], [0, 1.6]], std: 0.15 };
const LINE: GaussianMixture = { means: [[-1], [2]], std: 0.3 };

Deno.test("the mixture's score is the gradient of its log density at every noise level", async () => {
  const generator = new Generator(0);
  for (const sigma of [0, 0.1, 0.7, 5]) {
    const x = randn([50, 2], { dtype: "float64", generator }).mul(1 + sigma);
    const [gradient] = grad(mixtureLogDensity(PLANE, x, sigma).sum(), [x]);
    const expected = await gradient.data();
    (await mixtureScore(PLANE, x, sigma).data()).forEach((value, i) =>
      assertAlmostEquals(value, expected[i], 1e-9 * Math.max(1, Math.abs(expected[i])))
    );
  }
});

Deno.test("the mixture's density integrates to 1 at every noise level", async () => {
  for (const sigma of [0, 0.5, 3]) {
    const step = 0.01;
    const places = Float64Array.from({ length: 6000 }, (_, i) => -30 + step * i);
    const x = tensor(places, { dtype: "float64" }).reshape(-1, 1);
    const mass = await mixtureLogDensity(LINE, x, sigma).exp().sum().item() * step;
    assertAlmostEquals(mass, 1, 1e-9);
  }
});

Deno.test("one component with noise is a Gaussian of variance std² + sigma²", async () => {
  const mixture = { means: [[1, 2]], std: 0.6 };
  const x = tensor([[4, 6]], { dtype: "float64" });
  const [variance, square] = [0.36 + 0.64, 3 ** 2 + 4 ** 2];
  assertAlmostEquals(
    await mixtureLogDensity(mixture, x, 0.8).item(),
    -square / (2 * variance) - Math.log(2 * Math.PI * variance),
    1e-12,
  );
  assertEquals(await mixtureScore(mixture, x, 0.8).tolist(), [[-3, -4]]);
});

Deno.test("far from all components, with little noise, density and score stay finite", async () => {
  const x = tensor([[40, -40]]);
  const score = await mixtureScore(PLANE, x, 0).data();
  assert(score.every(Number.isFinite));
  assert(Number.isFinite(await mixtureLogDensity(PLANE, x, 0).item()));
});

Deno.test("the marginal score is the mean of conditional scores, given where x came from", async () => {
  // Data in two places only: x0 is -1 or 1, and p(x0 | x) is known by Bayes' rule.
  const [sigma, x] = [0.8, 0.3];
  const likelihood = (x0: number) => Math.exp(-((x - x0) ** 2) / (2 * sigma ** 2));
  const conditional = (x0: number) => -(x - x0) / sigma ** 2;
  const expected = (likelihood(-1) * conditional(-1) + likelihood(1) * conditional(1)) /
    (likelihood(-1) + likelihood(1));
  const points = { means: [[-1], [1]], std: 1e-6 };
  const score = mixtureScore(points, tensor([[x]], { dtype: "float64" }), sigma);
  assertAlmostEquals(await score.item(), expected, 1e-9);
});

Deno.test("mistakes are refused by what they are", () => {
  const x = tensor([[0, 0]]);
  const empty = { means: [], std: 1 };
  const ragged = { means: [[0, 0], [1]], std: 1 };
  assertThrows(() => mixtureScore(PLANE, tensor([0, 0]), 1), ShapeError, "shape [2]");
  assertThrows(() => mixtureScore(PLANE, tensor([[0, 0, 0]]), 1), ShapeError, "points [B, 2]");
  assertThrows(() => mixtureLogDensity(PLANE, x, -1), GenlabError, "sigma is -1");
  assertThrows(() => mixtureLogDensity(PLANE, x, NaN), GenlabError, "sigma is NaN");
  assertThrows(() => mixtureScore(empty, x, 1), ShapeError, "at least one");
  assertThrows(() => mixtureScore(ragged, x, 1), ShapeError, "[2, 1]");
  assertThrows(() => mixtureScore({ means: [[0, 0]], std: 0 }, x, 1), GenlabError, "std is 0");
});
