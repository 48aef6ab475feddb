/**
 * Mistakes in `qSample` and `reverseMean`.
 *
 * @module
 */
import { randnLike, sub, type Tensor } from "genlab";
import { qSample, reverseMean } from "../../../exercises/d_ddpm/solution.ts";
import type { Mistake } from "../corpus.ts";

type Sample = (x0: Tensor, alphaBarT: Tensor, eps: Tensor) => unknown;
type Mean = (xt: Tensor, epsHat: Tensor, betaT: Tensor, alphaBarT: Tensor) => unknown;

const signal = (alphaBar: Tensor) => alphaBar.sqrt();
const noise = (alphaBar: Tensor) => sub(1, alphaBar).sqrt();

/** Each names the check that has to catch it. */
export const sampleMistakes: readonly Mistake<Sample>[] = [
  {
    name: "data and noise beside each other",
    check: "q-shape",
    says: /an object, \{ xt, eps \}/,
    code: (x0, a, eps) => ({ xt: qSample(x0, a, eps), eps }),
  },
  {
    name: "summed over dimensions",
    check: "q-shape",
    says: /of shape \[7, 3\], received xt of shape \[7\]/,
    code: (x0, a, eps) => qSample(x0, a, eps).sum(1),
  },
  {
    name: "made for vectors only",
    check: "q-shape",
    says: /reshape/,
    code: (x0, a, eps) => qSample(x0, a.reshape(x0.shape[0], 1), eps.reshape(x0.shape[0], -1)),
  },
  {
    name: "the data unscaled",
    check: "q-data",
    says: /shrink.*eps = 0 and alphaBarT = 0.64/,
    code: (x0, a, eps) => x0.add(noise(a).mul(eps)),
  },
  {
    name: "the data times alphaBar",
    check: "q-data",
    says: /shrink/,
    code: (x0, a, eps) => x0.mul(a).add(noise(a).mul(eps)),
  },
  {
    name: "the root of the root",
    check: "q-data",
    says: /shrink/,
    code: (x0, a, eps) => x0.mul(signal(signal(a))).add(noise(a).mul(eps)),
  },
  {
    name: "coefficients swapped",
    check: "q-data",
    says: /shrink/,
    code: (x0, a, eps) => x0.mul(noise(a)).add(signal(a).mul(eps)),
  },
  {
    name: "data and noise swapped",
    check: "q-data",
    says: /shrink/,
    code: (x0, a, eps) => qSample(eps, a, x0),
  },
  {
    name: "1 - the root for the data",
    check: "q-data",
    says: /shrink/,
    code: (x0, a, eps) => x0.mul(sub(1, noise(a))).add(noise(a).mul(eps)),
  },
  {
    name: "divided by the root, as for a variance exploding process",
    check: "q-data",
    says: /shrink/,
    code: (x0, a, eps) => qSample(x0, a, eps).div(signal(a)),
  },
  {
    name: "clipped to [-1, 1]",
    check: "q-data",
    says: /shrink/,
    code: (x0, a, eps) => qSample(x0, a, eps).clamp(-1, 1),
  },
  {
    name: "the noise times 1 - alphaBar",
    check: "q-noise",
    says: /only the noise given/,
    code: (x0, a, eps) => x0.mul(signal(a)).add(sub(1, a).mul(eps)),
  },
  {
    name: "the noise times 1 - the root of alphaBar",
    check: "q-noise",
    says: /only the noise given/,
    code: (x0, a, eps) => x0.mul(signal(a)).add(sub(1, signal(a)).mul(eps)),
  },
  {
    name: "the noise unscaled",
    check: "q-noise",
    says: /only the noise given/,
    code: (x0, a, eps) => x0.mul(signal(a)).add(eps),
  },
  {
    name: "the noise subtracted",
    check: "q-noise",
    says: /only the noise given/,
    code: (x0, a, eps) => x0.mul(signal(a)).sub(noise(a).mul(eps)),
  },
  {
    name: "no noise",
    check: "q-noise",
    says: /only the noise given.*received 0/,
    code: (x0, a) => x0.mul(signal(a)),
  },
  {
    name: "noise of its own",
    check: "q-given-noise",
    says: /noise that it draws itself/,
    code: (x0, a) => qSample(x0, a, randnLike(x0)),
  },
  {
    name: "a small number under the root",
    check: "q-ends",
    says: /xt is x0.*alphaBarT = 1/,
    code: (x0, a, eps) => x0.mul(signal(a)).add(sub(1, a).add(1e-6).sqrt().mul(eps)),
  },
  {
    name: "alphaBar kept from its ends",
    check: "q-ends",
    says: /alphaBarT = /,
    code: (x0, a, eps) => qSample(x0, a.clamp(1e-4, 0.9999), eps),
  },
  {
    name: "the noise's root as the signal's angle",
    check: "q-ends",
    says: /received NaN/,
    code: (x0, a, eps) => qSample(x0, a, eps).mul(a.mul(sub(1, a)).div(a.mul(sub(1, a)))),
  },
  {
    name: "the first example's alphaBar for all",
    check: "q-examples",
    says: /its own alphaBar/,
    code: (x0, a, eps) => qSample(x0, a.narrow(0, 0, 1), eps),
  },
  {
    name: "the mean of alphaBar for all",
    check: "q-examples",
    says: /its own alphaBar/,
    code: (x0, a, eps) => qSample(x0, a.mean(), eps),
  },
  {
    name: "alphaBar as a row",
    check: "q-shape",
    says: /do not broadcast|received xt of shape/,
    code: (x0, a, eps) => qSample(x0, a.flatten(), eps),
  },
  {
    name: "detached from the data",
    check: "q-gradients",
    says: /gradient by x0/,
    code: (x0, a, eps) => qSample(x0.detach(), a, eps),
  },
  {
    name: "detached as a whole",
    check: "q-gradients",
    says: /gradient by x0/,
    code: (x0, a, eps) => qSample(x0, a, eps).detach(),
  },
];

/** The mean with its parts exchanged. */
function meanOf({ xt, found, scale }: { xt: Tensor; found: Tensor; scale: Tensor }): Tensor {
  return xt.sub(found).div(scale);
}

/** Each names the check that has to catch it. */
export const meanMistakes: readonly Mistake<Mean>[] = [
  {
    name: "one number for each example",
    check: "reverse-shape",
    says: /of shape \[7, 3\], received the mean of shape \[7, 1\]/,
    code: (xt, epsHat, b, a) => reverseMean(xt, epsHat, b, a).mean(1, true),
  },
  {
    name: "the scaling of the step not undone",
    check: "reverse-signal",
    says: /scaling of the step forward is undone/,
    code: (xt, epsHat, b, a) => xt.sub(epsHat.mul(b.div(noise(a)))),
  },
  {
    name: "multiplied by the root of alpha",
    check: "reverse-signal",
    says: /is undone/,
    code: (xt, epsHat, b, a) => xt.sub(epsHat.mul(b.div(noise(a)))).mul(sub(1, b).sqrt()),
  },
  {
    name: "divided by alpha, no root",
    check: "reverse-signal",
    says: /is undone/,
    code: (xt, epsHat, b, a) =>
      meanOf({ xt, found: epsHat.mul(b).div(noise(a)), scale: sub(1, b) }),
  },
  {
    name: "alphaBar for alpha",
    check: "reverse-signal",
    says: /is undone/,
    code: (xt, epsHat, b, a) =>
      meanOf({ xt, found: epsHat.mul(b).div(noise(a)), scale: signal(a) }),
  },
  {
    name: "beta for alpha",
    check: "reverse-signal",
    says: /is undone/,
    code: (xt, epsHat, b, a) => meanOf({ xt, found: epsHat.mul(b).div(noise(a)), scale: b.sqrt() }),
  },
  {
    name: "back to the data in one step",
    check: "reverse-signal",
    says: /is undone/,
    code: (xt, epsHat, _b, a) => meanOf({ xt, found: epsHat.mul(noise(a)), scale: signal(a) }),
  },
  {
    name: "the arguments in another order",
    check: "reverse-signal",
    says: /is undone/,
    code: (xt, epsHat, b, a) => reverseMean(xt, epsHat, a, b),
  },
  {
    name: "all of the noise taken away",
    check: "reverse-noise",
    says: /as far as this step added it/,
    code: (xt, epsHat, b, a) =>
      meanOf({ xt, found: epsHat.mul(noise(a)), scale: sub(1, b).sqrt() }),
  },
  {
    name: "the root of 1 - alphaBar forgotten",
    check: "reverse-noise",
    says: /as far as this step/,
    code: (xt, epsHat, b, a) =>
      meanOf({ xt, found: epsHat.mul(b).div(sub(1, a)), scale: sub(1, b).sqrt() }),
  },
  {
    name: "the root of beta",
    check: "reverse-noise",
    says: /as far as this step/,
    code: (xt, epsHat, b, a) =>
      meanOf({ xt, found: epsHat.mul(b.sqrt()).div(noise(a)), scale: sub(1, b).sqrt() }),
  },
  {
    name: "the root of alphaBar",
    check: "reverse-noise",
    says: /as far as this step/,
    code: (xt, epsHat, b, a) =>
      meanOf({ xt, found: epsHat.mul(b).div(signal(a)), scale: sub(1, b).sqrt() }),
  },
  {
    name: "alpha for beta",
    check: "reverse-noise",
    says: /as far as this step/,
    code: (xt, epsHat, b, a) =>
      meanOf({ xt, found: epsHat.mul(sub(1, b)).div(noise(a)), scale: sub(1, b).sqrt() }),
  },
  {
    name: "1 - the root of alphaBar",
    check: "reverse-noise",
    says: /as far as this step/,
    code: (xt, epsHat, b, a) =>
      meanOf({ xt, found: epsHat.mul(b).div(sub(1, signal(a))), scale: sub(1, b).sqrt() }),
  },
  {
    name: "the noise added",
    check: "reverse-noise",
    says: /as far as this step/,
    code: (xt, epsHat, b, a) => reverseMean(xt, epsHat.neg(), b, a),
  },
  {
    name: "the noise not divided",
    check: "reverse-noise",
    says: /as far as this step/,
    code: (xt, epsHat, b) => meanOf({ xt, found: epsHat.mul(b), scale: sub(1, b).sqrt() }),
  },
  {
    name: "only xt divided",
    check: "reverse-noise",
    says: /as far as this step/,
    code: (xt, epsHat, b, a) => xt.div(sub(1, b).sqrt()).sub(epsHat.mul(b).div(noise(a))),
  },
  {
    name: "new noise added",
    check: "reverse-no-noise",
    says: /noise that it draws itself/,
    code: (xt, epsHat, b, a) => reverseMean(xt, epsHat, b, a).add(randnLike(xt).mul(b.sqrt())),
  },
  {
    name: "a small number under the root",
    check: "reverse-noise",
    says: /as far as this step/,
    code: (xt, epsHat, b, a) =>
      meanOf({
        xt,
        found: epsHat.mul(b).div(sub(1, a).add(1e-5).sqrt()),
        scale: sub(1, b).sqrt(),
      }),
  },
  {
    name: "what is lost kept above 0.001",
    check: "reverse-first",
    says: /gives the data.*betaT = 0.00012/,
    code: (xt, epsHat, b, a) => reverseMean(xt, epsHat, b, a.clamp(undefined, 0.999)),
  },
  {
    name: "clipped to [-1, 1]",
    check: "reverse-signal",
    says: /is undone/,
    code: (xt, epsHat, b, a) => reverseMean(xt, epsHat, b, a).clamp(-1, 1),
  },
  {
    name: "the first example's coefficients for all",
    check: "reverse-examples",
    says: /at a time of its own/,
    code: (xt, epsHat, b, a) => reverseMean(xt, epsHat, b.narrow(0, 0, 1), a.narrow(0, 0, 1)),
  },
  {
    name: "the mean of beta for all",
    check: "reverse-examples",
    says: /at a time of its own/,
    code: (xt, epsHat, b, a) => reverseMean(xt, epsHat, b.mean(), a),
  },
  {
    name: "detached from the noise",
    check: "reverse-gradients",
    says: /gradient by epsHat/,
    code: (xt, epsHat, b, a) => reverseMean(xt, epsHat.detach(), b, a),
  },
  {
    name: "detached as a whole",
    check: "reverse-gradients",
    says: /gradient by xt/,
    code: (xt, epsHat, b, a) => reverseMean(xt, epsHat, b, a).detach(),
  },
];
