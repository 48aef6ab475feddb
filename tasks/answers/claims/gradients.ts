/**
 * What is differentiated with respect to what: answers 18 and 20 to 23.
 *
 * @module
 */
import { EnergyMLP } from "../../../lib/models/ebm/networks.ts";
import { energyLoss } from "../../../lib/models/ebm/process/loss.ts";
import { lineChart } from "../../../lib/plot/line_chart.ts";
import { grad } from "../../../lib/tensor/autodiff.ts";
import { tensor } from "../../../lib/tensor/creation.ts";
import { randn } from "../../../lib/tensor/random.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import type { Claim } from "../claim.ts";
import { largestGap, short } from "../statistics.ts";

/** A step of training, with samples let go of and without. */
export const needed: Claim = {
  number: 18,
  topic: "which gradients are needed",
  sheet: "For sampling those of the inputs, for training those of the parameters.",
  brief:
    "training needs both, and detached samples: else the gradient is off by {relativeErrorIfNotDetached%}",
  async run({ generator }) {
    const energy = new EnergyMLP({ hidden: [32, 32], generator });
    const real = randn([64, 2], { generator });
    let x = randn([64, 2], { generator });
    const steps = 10;
    for (let step = 0; step < steps; step++) {
      x = x.sub(grad(energy.forward(x).sum(), [x])[0].mul(0.5));
    }
    const slopesFor = async (fake: Tensor) => {
      const { loss } = energyLoss(energy.forward(real), energy.forward(fake), 0);
      const weights = energy.parameters().map(({ value }) => value);
      const slopes = await Promise.all(grad(loss, weights).map((slope) => slope.data()));
      return slopes.flatMap((values) => [...values]);
    };
    const [detached, attached] = [await slopesFor(x.detach()), await slopesFor(x)];
    const norm = (values: readonly number[]) => Math.hypot(...values);
    const off = norm(attached.map((value, i) => value - detached[i])) / norm(detached);
    return {
      verdict: "qualified",
      result:
        `A step of training needs both: ${steps} gradients by the input to make its samples, then one ` +
        `by the ${detached.length} parameters. Samples are detached in between; if they are not, the ` +
        `gradient by the parameters goes back through the chain as well and is off by ${
          short(100 * off)
        } % of its length here, and it costs second derivatives.`,
      evidence: {
        numbers: {
          inputGradients: steps,
          parameters: detached.length,
          relativeErrorIfNotDetached: off,
        },
        sureness: "one network of new weights, 64 points, a chain of 10 steps without noise",
      },
    };
  },
};

/** A chain that goes by fresh gradients, and one whose gradients pile up. */
export const accumulation: Claim = {
  number: 20,
  topic: "gradients that accumulate",
  sheet: "Set the gradient of x to zero before each step.",
  brief:
    "not here: the same gradient twice differs by {repeatGap}; where they pile up, x swings to {lateAccumulated} for ever",
  async run() {
    const x = tensor([3, -1]);
    const slopeOf = async () => [...await grad(x.square().sum().mul(0.5), [x])[0].data()];
    const [first, second] = [await slopeOf(), await slopeOf()];
    const repeatGap = largestGap(first, second);
    const [steps, stepSize] = [60, 0.1];
    const fresh = [3];
    const piled = [3];
    let pile = 0;
    for (let i = 0; i < steps; i++) {
      fresh.push(fresh[i] - stepSize * fresh[i]);
      pile += piled[i];
      piled.push(piled[i] - stepSize * pile);
    }
    const late = Math.max(...piled.slice(-20).map(Math.abs));
    return {
      verdict: "qualified",
      result: String
        .raw`That is a rule of libraries that add every gradient to the last one, as PyTorch does in its backward pass. Here a gradient is a new tensor: asked for twice it is the same to ${
        short(repeatGap)
      }, and there is nothing to zero. Where they do pile up, a chain on $x^2/2$ does not come down but swings for ever, like a pendulum: after ${steps} steps it still reaches ${
        late.toFixed(1)
      } from a start at 3, against ${short(fresh[steps])} with fresh gradients.`,
      evidence: {
        numbers: { repeatGap, lateFresh: fresh[steps], lateAccumulated: late },
        picture: {
          title: "Down x²/2 with fresh gradients and with accumulated ones",
          png: await lineChart({
            title: "Accumulated gradients swing",
            xLabel: "step",
            yLabel: "x",
            width: 560,
            height: 280,
            series: [{ name: "fresh", y: fresh }, { name: "accumulated", y: piled }],
          }),
          scale: 1,
        },
      },
    };
  },
};

/** x² + 3x at 2. */
export const check: Claim = {
  number: 21,
  topic: "a gradient by hand",
  sheet: "$y = x^2 + 3x$ has the slope $2x + 3$, which is 7 at $x = 2$.",
  brief: "{slope}, by differences {differenceQuotient}",
  async run() {
    const x = tensor(2, { dtype: "float64" });
    const f = (x: Tensor) => x.square().add(x.mul(3));
    const slope = await grad(f(x), [x])[0].item();
    const h = 1e-6;
    const at = async (value: number) => await f(tensor(value, { dtype: "float64" })).item();
    const difference = (await at(2 + h) - await at(2 - h)) / (2 * h);
    return {
      verdict: slope === 7 ? "confirmed" : "corrected",
      result: `Automatic differentiation gives ${slope}, a difference quotient ${
        difference.toFixed(6)
      }.`,
      evidence: { numbers: { slope, differenceQuotient: difference } },
    };
  },
};

/** A product of two vectors, by either of them. */
export const withWeights: Claim = {
  number: 22,
  topic: "gradients of a linear form",
  sheet: String.raw`$y = w^\top x$ has $\nabla_w y = x$ and $\nabla_x y = w$.`,
  brief: "largest difference {largestGap}",
  async run({ generator }) {
    const [w, x] = [randn([5], { generator }), randn([5], { generator })];
    const [byW, byX] = grad(w.mul(x).sum(), [w, x]);
    const gap = Math.max(
      largestGap(await byW.data(), await x.data()),
      largestGap(await byX.data(), await w.data()),
    );
    return {
      verdict: gap === 0 ? "confirmed" : "corrected",
      result:
        `Of five random numbers each, both are met exactly: the largest difference is ${gap}.`,
      evidence: { numbers: { largestGap: gap } },
    };
  },
};

/** What detach lets go of. */
export const detach: Claim = {
  number: 23,
  topic: "detach",
  sheet: "`detach()` stops gradients; without it they flow.",
  brief: "slope of x·x at 3: {whole}, with one factor detached {half}",
  async run() {
    const x = tensor(3);
    const slopeOf = async (y: Tensor) => await grad(y, [x])[0].item();
    const [whole, half] = [await slopeOf(x.mul(x)), await slopeOf(x.mul(x.detach()))];
    let chain: Tensor = x;
    for (let step = 0; step < 3; step++) chain = chain.sub(chain.mul(0.1));
    const through = await slopeOf(chain);
    const value = await x.detach().item();
    return {
      verdict: whole === 6 && half === 3 ? "confirmed" : "corrected",
      result: String
        .raw`The value stays (${value}), the slope goes: of $x\cdot x$ at 3 it is ${whole}, and ${half} if one factor is detached. Through three steps of a chain ${
        through.toFixed(3)
      } of it flows, $(1-0.1)^3$. In a chain that makes samples detach is to be kept, see answer 18.`,
      evidence: { numbers: { whole, half, throughThreeSteps: through } },
    };
  },
};
