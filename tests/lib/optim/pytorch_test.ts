/** Optimizers against PyTorch: twelve steps, the learning rate halved after six. */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Adam, EMA, type Optimizer, SGD, type Variable } from "../../../mod.ts";
import { assertClose, FIXTURES } from "../nn/fixtures.ts";
import { network } from "./network.ts";

const OPTIMIZERS: Record<string, (parameters: Variable[]) => Optimizer> = {
  "Adam()": (p) => new Adam(p),
  "Adam(lr=0.02, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.1)": (p) =>
    new Adam(p, { lr: 0.02, betas: [0.8, 0.95], eps: 1e-4, weightDecay: 0.1 }),
  "Adam(lr=0.05, betas=(0, 0.5))": (p) => new Adam(p, { lr: 0.05, betas: [0, 0.5] }),
  "SGD(lr=0.2)": (p) => new SGD(p, { lr: 0.2 }),
  "SGD(lr=0.1, momentum=0.9)": (p) => new SGD(p, { lr: 0.1, momentum: 0.9 }),
  "SGD(lr=0.1, momentum=0.5, weight_decay=0.05)": (p) =>
    new SGD(p, { lr: 0.1, momentum: 0.5, weightDecay: 0.05 }),
};

for (const { call, losses, parameters, averages } of FIXTURES.optimizers) {
  Deno.test(`${call} takes PyTorch's steps, and EMA(0.9) PyTorch's averages`, async () => {
    const { net, loss } = network();
    const optimizer = OPTIMIZERS[call](net.parameters());
    const ema = new EMA(net.parameters(), 0.9);
    for (const [step, expected] of losses.entries()) {
      const value = loss();
      optimizer.step(value);
      ema.update();
      assertAlmostEquals(await value.item(), expected, 2e-6, `loss of step ${step}`);
      if (step === 5) optimizer.lr /= 2;
    }
    const named = net.namedParameters();
    assertEquals(named.map(([name]) => name), Object.keys(parameters));
    for (const [i, [name, { value }]] of named.entries()) {
      await assertClose(value, parameters[name], name, 5e-6);
      await assertClose(ema.values[i], averages[i], `average of ${name}`, 5e-6);
    }
  });
}
