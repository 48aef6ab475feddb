/**
 * A training step with all that training steps have: data, weights, Adam's moments and its count of
 * steps, a learning rate.
 *
 * @module
 */
import { grad, ones, sub, type Tensor, tensor, Variable, zeros } from "genlab";

/** A linear map of `n` inputs to `n` outputs that learns to give the sum of its inputs everywhere. */
export function linearRegression(n: number): {
  weight: Variable;
  /** One step of Adam on inputs `[B, n]`; gives the loss. */
  step(x: Tensor, learningRate: Tensor): Tensor;
} {
  const [weight, first, second] = [0, 1, 2].map(() => new Variable(zeros([n, n])));
  const count = new Variable(tensor(0));
  const step = (x: Tensor, learningRate: Tensor): Tensor => {
    const loss = x.matmul(weight.value).sub(x.matmul(ones([n, n]))).square().mean();
    const [slope] = grad(loss, [weight.value]);
    count.value = count.value.add(1);
    first.value = first.value.mul(0.9).add(slope.mul(0.1));
    second.value = second.value.mul(0.999).add(slope.square().mul(0.001));
    const mean = first.value.div(sub(1, tensor(0.9).pow(count.value)));
    const square = second.value.div(sub(1, tensor(0.999).pow(count.value)));
    weight.value = weight.value.sub(mean.mul(learningRate).div(square.sqrt().add(1e-8)));
    return loss;
  };
  return { weight, step };
}
