/**
 * The small network and batch that nn.py trains.
 *
 * @module
 */
import {
  crossEntropy,
  Linear,
  manualSeed,
  randint,
  randn,
  relu,
  Sequential,
  type Tensor,
} from "../../../mod.ts";

/** The network with its first values, and its loss on the batch. */
export function network(): { net: Sequential; loss: () => Tensor } {
  manualSeed(2);
  const net = new Sequential(new Linear(6, 5), relu, new Linear(5, 3));
  const x = randn([8, 6]);
  const y = randint(0, 3, [8]);
  return { net, loss: () => crossEntropy(net.forward(x), y) };
}
