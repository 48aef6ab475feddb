/**
 * Right ways to write exercise A's functions, other than the official one.
 *
 * @module
 */
import {
  add,
  binaryCrossEntropyWithLogits,
  cat,
  exp,
  full,
  maximum,
  minimum,
  mul,
  ones,
  rand,
  randn,
  randnLike,
  stack,
  type Tensor,
  zeros,
  zerosLike,
} from "genlab";

/** log sigmoid(l), stable. */
const logSigmoid = (logits: Tensor) => logits.neg().softplus().neg();

/** By what is special about each. */
export const rightReparameterizations: Readonly<
  Record<string, (mu: Tensor, logvar: Tensor, scale?: number) => Tensor>
> = {
  "the root of the variance": (mu, logvar) => mu.add(logvar.exp().sqrt().mul(randn(mu.shape))),
  "the power 1/2 of the variance": (mu, logvar) => mu.add(logvar.exp().pow(0.5).mul(randnLike(mu))),
  "noise first, mean last": (mu, logvar) => randnLike(logvar).mul(logvar.div(2).exp()).add(mu),
  "functions for methods": (mu, logvar) => add(mu, mul(exp(mul(0.5, logvar)), randn(mu.shape))),
  "noise drawn with dimensions first": (mu, logvar) =>
    mu.add(logvar.mul(0.5).exp().mul(randn([mu.shape[1], mu.shape[0]]).transpose(0, 1))),
  "noise drawn in one row": (mu, logvar) =>
    mu.add(logvar.mul(0.5).exp().mul(randn([mu.size]).reshape(mu.shape))),
  "noise in double precision": (mu, logvar) =>
    mu.add(logvar.mul(0.5).exp().mul(randn(mu.shape, { dtype: "float64" }).to("float32"))),
  "noise from two draws": (mu, logvar) =>
    mu.add(logvar.mul(0.5).exp().mul(randnLike(mu).add(randnLike(mu)).mul(Math.SQRT1_2))),
  "in double precision": (mu, logvar) =>
    mu.to("float64").add(logvar.to("float64").mul(0.5).exp().mul(randn(mu.shape))),
  "an example at a time": (mu, logvar) => {
    const [B, D] = mu.shape;
    const std = logvar.mul(0.5).exp();
    const rows = Array.from(
      { length: B },
      (_, i) => mu.narrow(0, i, 1).add(std.narrow(0, i, 1).mul(randn([1, D]))),
    );
    return cat(rows);
  },
  "a dimension at a time": (mu, logvar) => {
    const column = (t: Tensor, j: number) => t.narrow(1, j, 1);
    const std = logvar.mul(0.5).exp();
    const [B, D] = mu.shape;
    const columns = Array.from(
      { length: D },
      (_, j) => column(mu, j).add(column(std, j).mul(randn([B, 1]))),
    );
    return cat(columns, 1);
  },
  "noise subtracted, divided by the precision": (mu, logvar) =>
    mu.sub(randnLike(mu).div(logvar.mul(-0.5).exp())),
  "a power of the root of e": (mu, logvar) =>
    mu.add(full([], Math.sqrt(Math.E)).pow(logvar).mul(randnLike(mu))),
  "the root of the root, squared": (mu, logvar) =>
    mu.add(logvar.div(4).exp().square().mul(randn(mu.shape))),
  "each row's largest scale taken out, and put back": (mu, logvar) => {
    const half = logvar.div(2);
    const largest = half.amax(1, true);
    return mu.add(half.sub(largest).exp().mul(randnLike(mu)).mul(largest.exp()));
  },
  "a default parameter, and both terms stacked": (mu, logvar, scale = 0.5) =>
    stack([mu, logvar.mul(scale).exp().mul(randnLike(mu))]).sum(0),
  "noise by Box and Muller": (mu, logvar) => {
    const radius = rand(mu.shape).neg().add(1).log().mul(-2).sqrt();
    const eps = radius.mul(rand(mu.shape).mul(2 * Math.PI).cos());
    return mu.add(logvar.mul(0.5).exp().mul(eps));
  },
};

/** By what is special about each. */
export const rightDivergences: Readonly<Record<string, (mu: Tensor, logvar: Tensor) => Tensor>> = {
  "with the paper's signs": (mu, logvar) =>
    logvar.add(1).sub(mu.pow(2)).sub(logvar.exp()).sum(1).mul(-0.5),
  "with expm1": (mu, logvar) => logvar.expm1().sub(logvar).add(mu.square()).mul(0.5).sum(-1),
  "each term summed by itself": (mu, logvar) =>
    logvar.exp().sum(1).add(mu.square().sum(1)).sub(mu.shape[1]).sub(logvar.sum(1)).div(2),
  "from the standard deviation": (mu, logvar) => {
    const std = logvar.mul(0.5).exp();
    return std.square().add(mu.square()).sub(1).mul(0.5).sub(std.log()).sum(1);
  },
  "the mean over dimensions times their number": (mu, logvar) =>
    logvar.exp().add(mu.square()).sub(1).sub(logvar).mul(0.5).mean(1).mul(mu.shape[1]),
  "in double precision": (mu, logvar) => {
    const [m, l] = [mu.to("float64"), logvar.to("float64")];
    return l.exp().add(m.square()).sub(1).sub(l).mul(0.5).sum(1);
  },
  "as a matrix product": (mu, logvar) =>
    logvar.exp().add(mu.square()).sub(1).sub(logvar).mul(0.5).matmul(ones([mu.shape[1]])),
  "variances by logsumexp": (mu, logvar) =>
    logvar.logsumexp(1).exp().add(mu.square().sum(1)).sub(logvar.sum(1)).sub(mu.shape[1]).div(2),
  "means as a product of a row and a column": (mu, logvar) => {
    const [B, D] = mu.shape;
    const ofMeans = mu.reshape(B, 1, D).matmul(mu.reshape(B, D, 1)).reshape(B);
    return ofMeans.add(logvar.exp().sub(logvar).sub(1).sum(1)).mul(0.5);
  },
  "a dimension at a time": (mu, logvar) => {
    let total = zeros([mu.shape[0]]);
    for (let j = 0; j < mu.shape[1]; j++) {
      const [m, l] = [mu, logvar].map((t) => t.narrow(1, j, 1).squeeze(1));
      total = total.add(l.exp().add(m.square()).sub(1).sub(l));
    }
    return total.mul(0.5);
  },
  "both terms side by side": (mu, logvar) =>
    cat([logvar.expm1().sub(logvar), mu.square()], 1).sum(1).mul(0.5),
  "the absolute value of the sum without minus": (mu, logvar) =>
    logvar.add(1).sub(mu.mul(mu)).sub(logvar.exp()).mul(0.5).sum(1).abs(),
};

/** By what is special about each. */
export const rightLikelihoods: Readonly<Record<string, (logits: Tensor, x: Tensor) => Tensor>> = {
  "softplus(l) - l x": (logits, x) => logits.softplus().sub(logits.mul(x)).sum(1),
  "a softplus for each side": (logits, x) =>
    x.mul(logits.neg().softplus()).add(x.neg().add(1).mul(logits.softplus())).sum(1),
  "log sigmoid for each side": (logits, x) =>
    x.mul(logSigmoid(logits)).add(x.mul(-1).add(1).mul(logSigmoid(logits.neg()))).sum(1).neg(),
  "relu, abs and log1p": (logits, x) =>
    logits.relu().sub(logits.mul(x)).add(logits.abs().neg().exp().log1p()).sum(-1),
  "maximum, abs and log": (logits, x) =>
    maximum(logits, 0).sub(logits.mul(x)).add(logits.abs().neg().exp().add(1).log()).sum(1),
  "a lower clamp": (logits, x) =>
    logits.clamp(0).sub(logits.mul(x)).add(logits.abs().mul(-1).exp().log1p()).sum(1),
  "logsumexp of 0 and l": (logits, x) =>
    stack([zerosLike(logits), logits]).logsumexp(0).sub(logits.mul(x)).sum(1),
  "log(exp(0) + exp(l)), with the larger taken out": (logits, x) => {
    const larger = maximum(logits, 0);
    const sum = logits.sub(larger).exp().add(larger.neg().exp());
    return larger.add(sum.log()).sub(logits.mul(x)).sum(1);
  },
  "log sigmoid by the smaller of l and 0": (logits, x) => {
    const logp = (l: Tensor) => minimum(l, 0).sub(l.abs().neg().exp().log1p());
    return x.mul(logp(logits)).add(x.neg().add(1).mul(logp(logits.neg()))).neg().sum(1);
  },
  "half of l and |l|": (logits, x) =>
    logits.abs().add(logits).mul(0.5).sub(logits.mul(x)).add(logits.abs().neg().exp().log1p())
      .sum(1),
  "as a matrix product": (logits, x) =>
    logits.softplus().matmul(ones([logits.shape[1]])).sub(logits.mul(x).sum(1)),
  "log-softmax over the two values": (logits, x) => {
    const logp = stack([zerosLike(logits), logits], 2).logSoftmax(2);
    return stack([x.neg().add(1), x], 2).mul(logp).sum([1, 2]).neg();
  },
  "the loss's mean times the number of pixels": (logits, x) =>
    binaryCrossEntropyWithLogits(logits, x, { reduction: "none" }).mean(1).mul(x.shape[1]),
  "x detached, being data": (logits, x) =>
    binaryCrossEntropyWithLogits(logits, x.detach(), { reduction: "none" }).sum(1),
};
