/**
 * Right ways to write exercise D's functions, other than the official one.
 *
 * @module
 */
import {
  add,
  arange,
  cat,
  div,
  exp,
  full,
  linspace,
  maximum,
  mul,
  ones,
  onesLike,
  sqrt,
  stack,
  sub,
  type Tensor,
  tensor,
  where,
  zeros,
  zerosLike,
} from "genlab";
import * as solution from "../../../exercises/d_ddpm/solution.ts";

type Ways<F> = Readonly<Record<string, F>>;

const numbers = (T: number) => arange(T, { dtype: "float32" });

/** By what is special about each. */
export const rightLinears: Ways<typeof solution.linearBetas> = {
  "a range, scaled and moved": (T, lo, hi) => numbers(T).mul((hi - lo) / (T - 1)).add(lo),
  "two ends, mixed": (T, lo, hi) => {
    const way = numbers(T).div(T - 1);
    return sub(1, way).mul(lo).add(way.mul(hi));
  },
  "plain numbers": (T, lo, hi) => {
    const betas = [];
    for (let t = 1; t <= T; t++) betas.push(lo + (hi - lo) * (t - 1) / (T - 1));
    return tensor(betas);
  },
  "in float64": (T, lo, hi) => linspace(lo, hi, T, { dtype: "float64" }),
};

/** By what is special about each. */
export const rightCosines: Ways<typeof solution.cosineBetas> = {
  "with tensors, in float32": (T) => {
    const u = numbers(T + 1).div(T);
    const f = u.add(0.008).div(1.008).mul(Math.PI / 2).cos().square();
    return sub(1, f.narrow(0, 1, T).div(f.narrow(0, 0, T))).clamp(0, 0.999);
  },
  "what is left first, by its value at time 0": (T) => {
    const u = linspace(0, T, T + 1, { dtype: "float64" }).div(T);
    const f = u.add(0.008).div(1.008).mul(Math.PI / 2).cos().pow(2);
    const left = f.div(f.narrow(0, 0, 1));
    return sub(1, div(left.narrow(0, 1, T), left.narrow(0, 0, T))).clamp(undefined, 0.999);
  },
  "a plain loop": (T) => {
    const left = (t: number) => Math.pow(Math.cos(0.5 * Math.PI * (t / T + 0.008) / 1.008), 2);
    const betas = new Float32Array(T);
    for (let t = 1; t <= T; t++) betas[t - 1] = Math.min(0.999, 1 - left(t) / left(t - 1));
    return tensor(betas);
  },
  "the square by half the angle": (T) => {
    const left = (t: number) => (1 + Math.cos(Math.PI * (t / T + 0.008) / 1.008)) / 2;
    return tensor(
      Array.from({ length: T }, (_, i) => {
        const beta = (left(i) - left(i + 1)) / left(i);
        return beta > 0.999 ? 0.999 : beta;
      }),
    );
  },
  "the smaller of two": (T) => {
    const f = (t: number) => Math.cos((t / T + 0.008) / 1.008 * Math.PI / 2) ** 2;
    const betas = tensor([...Array(T).keys()].map((i) => 1 - f(i + 1) / f(i)));
    return betas.minimum(0.999);
  },
};

/** By what is special about each. */
export const rightBars: Ways<typeof solution.alphaBars> = {
  "alphas first": (betas) => {
    const alphas = betas.neg().add(1);
    return alphas.cumprod(-1);
  },
  "by logarithms": (betas) => sub(1, betas).log().cumsum(0).exp(),
  "by logarithms that are exact for small betas": (betas) => exp(betas.neg().log1p().cumsum(0)),
  "with a matrix of ones": (betas) => {
    const T = betas.size;
    const upTo = arange(T).unsqueeze(0).le(arange(T).unsqueeze(1)).to("float32");
    return upTo.matmul(sub(1, betas).log().unsqueeze(1)).squeeze(1).exp();
  },
  "with a square of products": (betas) => {
    const T = betas.size;
    const upTo = arange(T).unsqueeze(0).le(arange(T).unsqueeze(1));
    const logs = where(upTo, betas.neg().log1p().expand(T, T), 0);
    return logs.sum(1).exp();
  },
  "one step after the other": (betas) => {
    const T = betas.size;
    let left = ones([1]);
    const steps: Tensor[] = [];
    for (let t = 0; t < T; t++) {
      left = left.mul(sub(1, betas.narrow(0, t, 1)));
      steps.push(left);
    }
    return cat(steps);
  },
  "what was left, less what the step takes of it": (betas) => {
    let left = ones([1]);
    const steps = Array.from({ length: betas.size }, (_, t) => {
      left = left.sub(betas.narrow(0, t, 1).mul(left));
      return left;
    });
    return cat(steps);
  },
  "in float64": (betas) => sub(1, betas.to("float64")).cumprod(0).to("float32"),
};

/** alphaBars and the same one step before. */
function leftOf(betas: Tensor): [after: Tensor, before: Tensor] {
  const after = solution.alphaBars(betas);
  return [after, cat([ones([1]), after.narrow(0, 0, betas.size - 1)])];
}

/** By what is special about each. */
export const rightPosteriors: Ways<typeof solution.posteriorVariance> = {
  "a fraction first": (betas) => {
    const [after, before] = leftOf(betas);
    return before.neg().add(1).div(after.neg().add(1)).mul(betas);
  },
  "what was left before, by division": (betas) => {
    const after = solution.alphaBars(betas);
    const before = after.div(sub(1, betas));
    return betas.mul(sub(1, before)).div(sub(1, after));
  },
  "padded by one step": (betas) => {
    const after = sub(1, betas).cumprod(0);
    const lost = sub(1, after);
    return betas.mul(lost.pad(0, 1, 0).narrow(0, 0, betas.size)).div(lost);
  },
  "by precisions": (betas) => {
    const [, before] = leftOf(betas);
    const alphas = sub(1, betas);
    const precision = div(1, sub(1, before)).add(alphas.div(betas));
    return div(1, precision);
  },
  "one chain with time 0, cut twice": (betas) => {
    const T = betas.size;
    const all = cat([tensor([1]), sub(1, betas)]).cumprod(0);
    const [now, prev] = [all.narrow(0, 1, T), all.narrow(0, 0, T)];
    return sub(1, prev).div(sub(1, now)).mul(betas);
  },
  "0 put in front": (betas) => {
    const T = betas.size;
    const [after, before] = leftOf(betas);
    const rest = betas.mul(sub(1, before)).div(sub(1, after)).narrow(0, 1, T - 1);
    return cat([zeros([1]), rest]);
  },
};

/** By what is special about each. */
export const rightRatios: Ways<typeof solution.snr> = {
  "one over what is left, less 1, turned over": (left) => div(1, div(1, left).sub(1)),
  "one over the noise, less 1": (left) => div(1, sub(1, left)).sub(1),
  "by logarithms": (left) => left.log().sub(left.neg().log1p()).exp(),
  "standard deviations, squared": (left) => left.sqrt().div(sub(1, left).sqrt()).square(),
  "one for signal and noise": (left) => left.div(onesLike(left).sub(left)),
};

/** By what is special about each. */
export const rightSamples: Ways<typeof solution.qSample> = {
  "noise first": (x0, a, eps) => add(mul(sqrt(sub(1, a)), eps), mul(sqrt(a), x0)),
  "powers": (x0, a, eps) => x0.mul(a.pow(0.5)).add(eps.mul(a.neg().add(1).pow(0.5))),
  "noise as wide as it is beside data of size 1, then both shrunk": (x0, a, eps) =>
    x0.add(eps.mul(sub(1, a).div(a).sqrt())).mul(a.sqrt()),
  "coefficients expanded": (x0, a, eps) => {
    const left = a.expand(x0.shape);
    return left.sqrt().mul(x0).add(onesLike(left).sub(left).sqrt().mul(eps));
  },
  "flat, and shaped again": (x0, a, eps) => {
    const B = x0.shape[0];
    const column = a.reshape(B, 1);
    const flat = x0.reshape(B, -1).mul(column.sqrt());
    return flat.add(eps.reshape(B, -1).mul(sub(1, column).sqrt())).reshape(x0.shape);
  },
};

/** By what is special about each. */
export const rightMeans: Ways<typeof solution.reverseMean> = {
  "both terms divided": (xt, epsHat, b, a) => {
    const alpha = sub(1, b);
    return xt.div(alpha.sqrt()).sub(epsHat.mul(b).div(alpha.sqrt().mul(sub(1, a).sqrt())));
  },
  "times one over the root": (xt, epsHat, b, a) =>
    xt.sub(b.mul(sub(1, a).pow(-0.5)).mul(epsHat)).mul(sub(1, b).pow(-0.5)),
  "by the data": (xt, epsHat, b, a) => {
    const [alpha, before] = [sub(1, b), a.div(sub(1, b))];
    const x0Hat = xt.sub(sub(1, a).sqrt().mul(epsHat)).div(a.sqrt());
    const ofData = before.sqrt().mul(b).div(sub(1, a));
    const ofNoisy = alpha.sqrt().mul(sub(1, before)).div(sub(1, a));
    return ofData.mul(x0Hat).add(ofNoisy.mul(xt));
  },
  "by the score": (xt, epsHat, b, a) => {
    const score = epsHat.neg().div(sub(1, a).sqrt());
    return xt.add(b.mul(score)).div(sub(1, b).sqrt());
  },
};

/** By what is special about each. */
export const rightEmbeddings: Ways<typeof solution.timeEmbedding> = {
  "exp of a logarithm": (t, dim, period = 10000) => {
    const frequencies = numbers(dim / 2).mul(-2 * Math.log(period) / dim).exp();
    const angles = t.to("float32").reshape(-1, 1).mul(frequencies);
    return stack([angles.sin(), angles.cos()], -1).reshape(t.shape[0], dim);
  },
  "t over powers, one pair after the other": (t, dim, period = 10000) => {
    const pairs: Tensor[] = [];
    for (let k = 0; k < dim / 2; k++) {
      const angle = t.div(period ** (2 * k / dim));
      pairs.push(angle.sin(), angle.cos());
    }
    return stack(pairs, 1);
  },
  "even and odd places": (t, dim, period = 10000) => {
    const even = tensor(Array.from({ length: dim }, (_, i) => i % 2 === 0));
    const k = tensor(Array.from({ length: dim }, (_, i) => Math.floor(i / 2)));
    const angles = t.to("float32").unsqueeze(1).mul(full([dim], period).pow(k.mul(-2 / dim)));
    return where(even, angles.sin(), angles.cos());
  },
  "a table of plain numbers": (t, dim, period = 10000) => {
    const table = Array.from({ length: dim / 2 }, (_, k) => period ** (-2 * k / dim));
    const angles = t.to("float32").unsqueeze(1).matmul(tensor([table]));
    return stack([angles.sin(), angles.cos()], 2).flatten(1, 2);
  },
};

/** By what is special about each. */
export const rightLosses: Ways<typeof solution.epsilonLoss> = {
  "mean of the squares": (eps, epsHat) => eps.sub(epsHat).square().mean(),
  "sum over the number of elements": (eps, epsHat) => epsHat.sub(eps).pow(2).sum().div(eps.size),
  "averages of examples, averaged": (eps, epsHat) =>
    epsHat.sub(eps).square().flatten(1).mean(1).mean(),
  "a product of the errors with themselves": (eps, epsHat) => {
    const error = epsHat.sub(eps).flatten();
    return error.matmul(error).div(error.size);
  },
  "the noise that is in the data detached": (eps, epsHat) =>
    epsHat.sub(eps.detach()).square().mean(),
};

/** By what is special about each. */
export const rightGuidances: Ways<typeof solution.guidedEpsilon> = {
  "two shares": (uncond, cond, scale) => uncond.mul(1 - scale).add(cond.mul(scale)),
  "the paper's form, with its w": (uncond, cond, scale) => {
    const w = scale - 1;
    return cond.mul(1 + w).sub(uncond.mul(w));
  },
  "from the class": (uncond, cond, scale) => cond.add(cond.sub(uncond).mul(scale - 1)),
};

/** By what is special about each. */
export const rightSteps: Ways<typeof solution.ddimStep> = {
  "the formula in the paper": (xt, epsHat, a, p, eta, noise) => {
    const x0Hat = xt.sub(sub(1, a).sqrt().mul(epsHat)).div(a.sqrt());
    const sigma = sub(1, p).div(sub(1, a)).sqrt().mul(sub(1, a.div(p)).sqrt()).mul(eta);
    const direction = sub(sub(1, p), sigma.mul(sigma)).sqrt();
    return p.sqrt().mul(x0Hat).add(direction.mul(epsHat)).add(sigma.mul(noise));
  },
  "no new noise where eta is 0": (xt, epsHat, a, p, eta, noise) => {
    const x0Hat = xt.sub(sub(1, a).sqrt().mul(epsHat)).div(a.sqrt());
    if (eta === 0) return x0Hat.mul(p.sqrt()).add(epsHat.mul(sub(1, p).sqrt()));
    const variance = sub(1, p).mul(sub(1, a.div(p))).div(sub(1, a)).mul(eta ** 2);
    const direction = maximum(sub(1, p).sub(variance), zerosLike(variance)).sqrt();
    return x0Hat.mul(p.sqrt()).add(epsHat.mul(direction)).add(noise.mul(variance.sqrt()));
  },
  "by alpha and beta of the step": (xt, epsHat, a, p, eta, noise) => {
    const beta = p.sub(a).div(p);
    const variance = beta.mul(sub(1, p)).div(sub(1, a)).mul(eta * eta);
    const old = sub(1, p).sub(variance).sqrt();
    const scaled = xt.sub(epsHat.mul(sub(1, a).sqrt())).mul(p.div(a).sqrt());
    return scaled.add(old.mul(epsHat)).add(variance.sqrt().mul(noise));
  },
  "through qSample, with both noises as one": (xt, epsHat, a, p, eta, noise) => {
    const x0Hat = xt.sub(epsHat.mul(sub(1, a).sqrt())).div(a.sqrt());
    const share = sub(1, a.div(p)).div(sub(1, a)).sqrt().mul(eta);
    const mixed = epsHat.mul(sub(1, share.square()).sqrt()).add(noise.mul(share));
    return solution.qSample(x0Hat, p, mixed);
  },
};
