import { assert, assertAlmostEquals } from "@std/assert";
import {
  Adam,
  cat,
  compile,
  energyLoss,
  EnergyMLP,
  Generator,
  grad,
  langevin,
  langevinSampler,
  logsumexp,
  rand,
  randn,
  type Tensor,
  tensor,
  where,
} from "../../../../mod.ts";

/** Two round heaps of points in the plane: a density that is known. */
const WEIGHTS = [0.7, 0.3];
const MEANS = [[-1, 0], [1, 0.6]];
const STD = 0.5;

/** Minus the logarithm of the density, without what does not depend on x: `[B, 2]` to `[B]`. */
function exactEnergy(x: Tensor): Tensor {
  const distances = x.unsqueeze(1).sub(tensor(MEANS)).square().sum(2);
  const logWeights = tensor(WEIGHTS.map(Math.log));
  return logsumexp(logWeights.sub(distances.div(2 * STD ** 2)), 1).neg();
}

/** The gradient of that energy, on the host: the distances to the means, as likely as each is. */
function exactSlope([x, y]: readonly number[]): number[] {
  const shares = MEANS.map(([mx, my], k) =>
    WEIGHTS[k] * Math.exp(-((x - mx) ** 2 + (y - my) ** 2) / (2 * STD ** 2))
  );
  const total = shares[0] + shares[1];
  return [x, y].map((value, axis) =>
    shares.reduce((sum, share, k) => sum + share / total * (value - MEANS[k][axis]), 0) / STD ** 2
  );
}

/** Points of the mixture, `[B, 2]`. */
function mixture(B: number, generator: Generator): Tensor {
  const first = rand([B, 1], { generator }).lt(WEIGHTS[0]);
  const means = where(first, tensor(MEANS[0]), tensor(MEANS[1]));
  return means.add(randn([B, 2], { generator }).mul(STD));
}

/** Points on a grid over the mixture. */
const GRID = [-2, -1.2, -0.4, 0.4, 1.2, 2].flatMap((x) => [-1, 0, 1].map((y) => [x, y]));

async function slopesOf(energy: (x: Tensor) => Tensor): Promise<number[][]> {
  const points = tensor(GRID);
  const [slopes] = grad(energy(points).sum(), [points]);
  const values = await slopes.data();
  return GRID.map((_, i) => [values[2 * i], values[2 * i + 1]]);
}

/** The share of the first heap and the moments of x, each with the error it is known to. */
function momentsOf(values: ArrayLike<number>) {
  const xs = Array.from(values).filter((_, i) => i % 2 === 0);
  const mean = xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const variance = xs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / xs.length;
  return { share: xs.filter((x) => x < 0).length / xs.length, mean, variance };
}

/** The standard normal distribution function, by the series of erf. */
function normalShare(z: number): number {
  let [term, sum] = [z, z];
  for (let k = 1; k < 60; k++) {
    term *= -z * z / (2 * k);
    sum += term / (2 * k + 1);
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI);
}

/** Of the mixture itself. The share is that of x below 0, where each heap has a little. */
const EXACT = {
  share: WEIGHTS.reduce((sum, w, k) => sum + w * normalShare(-MEANS[k][0] / STD), 0),
  mean: WEIGHTS.reduce((sum, w, k) => sum + w * MEANS[k][0], 0),
  variance: STD ** 2 + WEIGHTS[0] * WEIGHTS[1] * (MEANS[0][0] - MEANS[1][0]) ** 2,
};

Deno.test("the slope of a known mixture is what its density says", async () => {
  const slopes = await slopesOf(exactEnergy);
  GRID.forEach((point, i) =>
    exactSlope(point).forEach((expected, axis) =>
      assertAlmostEquals(slopes[i][axis], expected, 1e-4, `at ${point}`)
    )
  );
});

Deno.test("chains that all begin in one heap of a mixture come to its shares and moments", async () => {
  const generator = new Generator(4);
  const B = 4000;
  const start = randn([B, 2], { generator }).mul(STD).add(tensor(MEANS[1]));
  const stepSize = 0.03;
  const x = await langevin(exactEnergy, start, {
    steps: 500,
    stepSize,
    noiseScale: Math.sqrt(2 * stepSize),
    noise: (shape) => randn(shape, { generator }),
  });
  const { share, mean, variance } = momentsOf(await x.data());
  // 5 standard errors, and what steps of this size add to the variance of a heap: 1 / (1 - eta / 2
  // s²) times s², 6 % of it.
  assertAlmostEquals(share, EXACT.share, 5 * Math.sqrt(0.21 / B) + 0.005);
  assertAlmostEquals(mean, EXACT.mean, 5 * Math.sqrt(EXACT.variance / B) + 0.01);
  assertAlmostEquals(variance, EXACT.variance, 0.08);
});

Deno.test("an energy trained on points of a mixture has its slopes", async () => {
  const generator = new Generator(5);
  const network = new EnergyMLP({ hidden: [64, 64], generator });
  const adam = new Adam(network.parameters(), { lr: 3e-3, betas: [0, 0.999] });
  const B = 256;
  const stepSize = 0.05;
  const energy = (x: Tensor) => network.forward(x);
  const sample = langevinSampler(energy, [B, 2], {
    steps: 20,
    stepSize,
    noiseScale: Math.sqrt(2 * stepSize),
    noise: (shape) => randn(shape, { generator }),
  });
  const learn = compile((fake: Tensor) => {
    const energies = energy(cat([mixture(B, generator), fake]));
    const { loss } = energyLoss(energies.narrow(0, 0, B), energies.narrow(0, B, B), 0.001);
    adam.step(loss);
    return loss;
  });
  let chains = randn([B, 2], { generator }).mul(2);
  for (let step = 0; step < 300; step++) {
    adam.lr = 3e-3 * (1 - step / 300);
    chains = await sample(chains);
    await learn(chains);
  }
  const slopes = await slopesOf(energy);
  let [squares, error] = [0, 0];
  GRID.forEach((point, i) =>
    exactSlope(point).forEach((expected, axis) => {
      squares += expected ** 2;
      error += (slopes[i][axis] - expected) ** 2;
    })
  );
  assert(error / squares < 0.1, `${error / squares} of the slopes' squares is wrong`);
});
