/**
 * Mistakes in `ddimStep`.
 *
 * @module
 */
import { randnLike, sub, type Tensor } from "genlab";
import { ddimStep } from "../../../exercises/d_ddpm/solution.ts";
import type { Mistake } from "../corpus.ts";

type Step = (
  xt: Tensor,
  epsHat: Tensor,
  alphaBarT: Tensor,
  alphaBarPrev: Tensor,
  eta: number,
  noise: Tensor,
) => unknown;

const signal = (alphaBar: Tensor) => alphaBar.sqrt();
const lost = (alphaBar: Tensor) => sub(1, alphaBar);
const dataIn = (xt: Tensor, epsHat: Tensor, a: Tensor) =>
  xt.sub(epsHat.mul(lost(a).sqrt())).div(signal(a));
const variance = (a: Tensor, p: Tensor) => lost(p).div(lost(a)).mul(sub(1, a.div(p)));
const sigma = (a: Tensor, p: Tensor, eta: number) => variance(a, p).sqrt().mul(eta);

/** The parts of a step, of which a mistake exchanges some. */
interface Parts {
  readonly data?: Tensor;
  readonly old?: Tensor;
  readonly fresh?: Tensor;
}

/** A step in which some parts are wrong: the data, and what old and new noise are multiplied by. */
function stepOf(
  [xt, epsHat, a, p, eta, noise]: Parameters<Step>,
  { data, old, fresh }: Parts,
): Tensor {
  const std = sigma(a, p, eta);
  const x0Hat = data ?? dataIn(xt, epsHat, a);
  const direction = old ?? lost(p).sub(std.square()).clamp(0).sqrt();
  return signal(p).mul(x0Hat).add(direction.mul(epsHat)).add((fresh ?? std).mul(noise));
}

/** Each names the check that has to catch it. */
export const ddimMistakes: readonly Mistake<Step>[] = [
  {
    name: "the data beside the step",
    check: "ddim-shape",
    says: /an array of 2/,
    code: (
      ...args
    ) => [ddimStep(...args), dataIn(...(args.slice(0, 3) as [Tensor, Tensor, Tensor]))],
  },
  {
    name: "averaged over each example",
    check: "ddim-shape",
    says: /received x at the earlier time of shape \[7, 1\]/,
    code: (...args) => ddimStep(...args).mean(1, true),
  },
  {
    name: "the noise not scaled before it is taken away",
    check: "ddim-data",
    says: /step to time 0 gives the data/,
    code: (...args) => {
      const [xt, epsHat, a] = args;
      return stepOf(args, { data: xt.sub(epsHat).div(signal(a)) });
    },
  },
  {
    name: "the data without the root of alphaBar",
    check: "ddim-data",
    says: /gives the data/,
    code: (...args) => {
      const [xt, epsHat, a] = args;
      return stepOf(args, { data: xt.sub(lost(a).sqrt().mul(epsHat)).div(a) });
    },
  },
  {
    name: "the data not scaled back",
    check: "ddim-data",
    says: /gives the data/,
    code: (...args) => {
      const [xt, epsHat, a] = args;
      return stepOf(args, { data: xt.sub(lost(a).sqrt().mul(epsHat)) });
    },
  },
  {
    name: "the variance of the noise taken away",
    check: "ddim-data",
    says: /gives the data/,
    code: (...args) => {
      const [xt, epsHat, a] = args;
      return stepOf(args, { data: xt.sub(lost(a).mul(epsHat)).div(signal(a)) });
    },
  },
  {
    name: "the noise added to the data",
    check: "ddim-data",
    says: /gives the data/,
    code: (...args) => {
      const [xt, epsHat, a] = args;
      return stepOf(args, { data: dataIn(xt, epsHat.neg(), a) });
    },
  },
  {
    name: "the earlier alphaBar for the data",
    check: "ddim-data",
    says: /gives the data/,
    code: (...args) => {
      const [xt, epsHat, , p] = args;
      return stepOf(args, { data: dataIn(xt, epsHat, p) });
    },
  },
  {
    name: "the two alphaBars swapped",
    check: "ddim-data",
    says: /gives the data/,
    code: (xt, epsHat, a, p, eta, noise) => ddimStep(xt, epsHat, p, a, eta, noise),
  },
  {
    name: "the data clipped to [-1, 1]",
    check: "ddim-data",
    says: /gives the data/,
    code: (...args) => {
      const [xt, epsHat, a] = args;
      return stepOf(args, { data: dataIn(xt, epsHat, a).clamp(-1, 1) });
    },
  },
  {
    name: "the data at the end, whatever the earlier time",
    check: "ddim-still",
    says: /changes nothing/,
    code: (xt, epsHat, a) => dataIn(xt, epsHat, a),
  },
  {
    name: "noise at time 0 as well",
    check: "ddim-data",
    says: /gives the data/,
    code: (...args) => {
      const [, , a, p, eta] = args;
      return stepOf(args, { fresh: sub(1, a.div(p)).sqrt().mul(eta) });
    },
  },
  {
    name: "noise of its own",
    check: "ddim-given-noise",
    says: /noise that it draws itself/,
    code: (xt, epsHat, a, p, eta) => ddimStep(xt, epsHat, a, p, eta, randnLike(xt)),
  },
  {
    name: "noise of its own, where there is new noise",
    check: "ddim-given-noise",
    says: /eta = 1/,
    code: (xt, epsHat, a, p, eta, noise) =>
      ddimStep(xt, epsHat, a, p, eta, eta > 0 ? randnLike(xt) : noise),
  },
  {
    name: "alphaBar kept from becoming small",
    check: "ddim-deterministic",
    says: /alphaBarT = 0.00004, alphaBarPrev = 0.004/,
    code: (xt, epsHat, a, p, eta, noise) => ddimStep(xt, epsHat, a.clamp(1e-3), p, eta, noise),
  },
  {
    name: "the data with the later alphaBar",
    check: "ddim-data",
    says: /gives the data/,
    code: (...args) => {
      const [xt, epsHat, a, p] = args;
      return stepOf(args, { data: dataIn(xt, epsHat, a).mul(signal(a)).div(signal(p)) });
    },
  },
  {
    name: "the data times alphaBar, no root",
    check: "ddim-still",
    says: /changes nothing/,
    code: (...args) => {
      const [xt, epsHat, a, p] = args;
      return stepOf(args, { data: dataIn(xt, epsHat, a).mul(signal(p)) });
    },
  },
  {
    name: "the old noise left out",
    check: "ddim-still",
    says: /changes nothing/,
    code: (...args) => stepOf(args, { old: args[3].sub(args[3]) }),
  },
  {
    name: "the old noise without the root",
    check: "ddim-still",
    says: /changes nothing/,
    code: (...args) => {
      const [, , a, p, eta] = args;
      return stepOf(args, { old: lost(p).sub(sigma(a, p, eta).square()) });
    },
  },
  {
    name: "1 less the root for the old noise",
    check: "ddim-still",
    says: /changes nothing/,
    code: (...args) => stepOf(args, { old: sub(1, signal(args[3])) }),
  },
  {
    name: "the old noise of the later time",
    check: "ddim-data",
    says: /gives the data/,
    code: (...args) => stepOf(args, { old: lost(args[2]).sqrt() }),
  },
  {
    name: "the old noise subtracted",
    check: "ddim-still",
    says: /changes nothing/,
    code: (...args) => stepOf(args, { old: lost(args[3]).sqrt().neg() }),
  },
  {
    name: "no room made for the new noise",
    check: "ddim-posterior",
    says: /step of DDPM/,
    code: (...args) => stepOf(args, { old: lost(args[3]).sqrt() }),
  },
  {
    name: "standard deviations that add up",
    check: "ddim-posterior",
    says: /step of DDPM/,
    code: (...args) => {
      const [, , a, p, eta] = args;
      return stepOf(args, { old: lost(p).sqrt().sub(sigma(a, p, eta)) });
    },
  },
  {
    name: "the standard deviation taken from the variance",
    check: "ddim-posterior",
    says: /step of DDPM/,
    code: (...args) => {
      const [, , a, p, eta] = args;
      return stepOf(args, { old: lost(p).sub(sigma(a, p, eta)).clamp(0).sqrt() });
    },
  },
  {
    name: "eta left out",
    check: "ddim-deterministic",
    says: /none is new/,
    code: (xt, epsHat, a, p, _eta, noise) => ddimStep(xt, epsHat, a, p, 1, noise),
  },
  {
    name: "nothing new, whatever eta is",
    check: "ddim-posterior",
    says: /step of DDPM/,
    code: (xt, epsHat, a, p, _eta, noise) => ddimStep(xt, epsHat, a, p, 0, noise),
  },
  {
    name: "eta the wrong way round",
    check: "ddim-deterministic",
    says: /none is new/,
    code: (xt, epsHat, a, p, eta, noise) => ddimStep(xt, epsHat, a, p, 1 - eta, noise),
  },
  {
    name: "the new noise with its variance",
    check: "ddim-posterior",
    says: /step of DDPM/,
    code: (...args) => stepOf(args, { fresh: variance(args[2], args[3]).mul(args[4]) }),
  },
  {
    name: "the new noise not scaled",
    check: "ddim-deterministic",
    says: /none is new|gives the data/,
    code: (...args) =>
      stepOf(args, {
        fresh: sub(1, args[3]).gt(0).to("float32").mul(
          sub(1, args[2].div(args[3])).gt(0).to("float32"),
        ),
      }),
  },
  {
    name: "the new noise left out",
    check: "ddim-posterior",
    says: /step of DDPM/,
    code: (...args) => stepOf(args, { fresh: args[3].sub(args[3]) }),
  },
  {
    name: "the new noise subtracted",
    check: "ddim-posterior",
    says: /step of DDPM/,
    code: (...args) => stepOf(args, { fresh: sigma(args[2], args[3], -args[4]) }),
  },
  {
    name: "the posterior's variance upside down",
    check: "ddim-data",
    says: /received NaN|gives the data/,
    code: (...args) => {
      const [, , a, p, eta] = args;
      const std = lost(a).div(lost(p)).mul(sub(1, a.div(p))).sqrt().mul(eta);
      return stepOf(args, { fresh: std, old: lost(p).sub(std.square()).clamp(0).sqrt() });
    },
  },
  {
    name: "alphaBar for the quotient of two",
    check: "ddim-still",
    says: /changes nothing/,
    code: (...args) => {
      const [, , a, p, eta] = args;
      const std = lost(p).div(lost(a)).mul(lost(a)).sqrt().mul(eta);
      return stepOf(args, { fresh: std, old: lost(p).sub(std.square()).clamp(0).sqrt() });
    },
  },
  {
    name: "the quotient upside down",
    check: "ddim-posterior",
    says: /received NaN|step of DDPM/,
    code: (...args) => {
      const [, , a, p, eta] = args;
      const std = lost(p).div(lost(a)).mul(sub(1, p.div(a)).abs()).sqrt().mul(eta);
      return stepOf(args, { fresh: std, old: lost(p).sub(std.square()).clamp(0).sqrt() });
    },
  },
  {
    name: "the whole step's variance, as DDPM's other choice",
    check: "ddim-data",
    says: /gives the data/,
    code: (...args) => {
      const [, , a, p, eta] = args;
      const std = sub(1, a.div(p)).sqrt().mul(eta);
      return stepOf(args, { fresh: std, old: lost(p).sub(std.square()).clamp(0).sqrt() });
    },
  },
  {
    name: "eta under the root",
    check: "ddim-eta",
    says: /share of the new noise's standard deviation/,
    code: (xt, epsHat, a, p, eta, noise) => ddimStep(xt, epsHat, a, p, Math.sqrt(eta), noise),
  },
  {
    name: "eta squared",
    check: "ddim-eta",
    says: /share of the new noise's standard deviation/,
    code: (xt, epsHat, a, p, eta, noise) => ddimStep(xt, epsHat, a, p, eta ** 2, noise),
  },
  {
    name: "eta for the new noise only",
    check: "ddim-deterministic",
    says: /none is new/,
    code: (...args) => stepOf(args, { old: lost(args[3]).sub(variance(args[2], args[3])).sqrt() }),
  },
  {
    name: "new noise wherever eta is not 0",
    check: "ddim-eta",
    says: /share of the new noise's standard deviation/,
    code: (xt, epsHat, a, p, eta, noise) => ddimStep(xt, epsHat, a, p, eta === 0 ? 0 : 1, noise),
  },
  {
    name: "the first example's times for all",
    check: "ddim-examples",
    says: /times of its own/,
    code: (xt, epsHat, a, p, eta, noise) =>
      ddimStep(xt, epsHat, a.narrow(0, 0, 1), p.narrow(0, 0, 1), eta, noise),
  },
  {
    name: "the first example's earlier time for all",
    check: "ddim-examples",
    says: /times of its own/,
    code: (xt, epsHat, a, p, eta, noise) => ddimStep(xt, epsHat, a, p.narrow(0, 0, 1), eta, noise),
  },
  {
    name: "detached from the noise that is found",
    check: "ddim-gradients",
    says: /gradient by epsHat/,
    code: (xt, epsHat, a, p, eta, noise) => ddimStep(xt, epsHat.detach(), a, p, eta, noise),
  },
  {
    name: "detached as a whole",
    check: "ddim-gradients",
    says: /gradient by xt/,
    code: (...args) => ddimStep(...args).detach(),
  },
];
