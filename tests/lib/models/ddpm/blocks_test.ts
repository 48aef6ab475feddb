import { assert } from "@std/assert";
import {
  Generator,
  type Module,
  randn,
  type Tensor,
  tensor,
  timeTable,
  UNet,
  type Variable,
} from "../../../../mod.ts";
import { Attention, ResidualBlock } from "../../../../lib/models/ddpm/blocks.ts";

const generator = new Generator(1);
const noise = (shape: readonly number[]) => randn(shape, { generator });

/** A module whose last layers do not begin at 0. */
function awake<M extends Module>(module: M): M {
  for (const parameter of module.parameters()) {
    parameter.value = parameter.value.add(noise(parameter.value.shape).mul(0.1));
  }
  return module;
}

/** 1 for the first of so many channels and 0 for the others. */
function first(channels: number): Tensor {
  return tensor(Array.from({ length: channels }, (_, i) => i === 0 ? 1 : 0));
}

/** The root mean square by which two results differ. */
async function gap(a: Tensor, b: Tensor): Promise<number> {
  return Math.sqrt(await a.sub(b).square().mean().item());
}

/** A result before and after 1 is added to the first number of a bias. */
async function gapOfBias(bias: Variable, run: () => Tensor): Promise<number> {
  const before = run();
  bias.value = bias.value.add(first(bias.value.size));
  return await gap(before, run());
}

// Normalised by itself, a channel is the same however bright it was: the gaps would be of rounding.
Deno.test("no channel is normalised by itself: what is added to an image depends on how bright each is", async () => {
  for (const channels of [8, 16, 24, 48]) {
    const x = noise([2, channels, 8, 8]);
    const brighter = x.add(first(channels).reshape(1, channels, 1, 1));
    const embedding = noise([2, 16]);
    const block = awake(new ResidualBlock(channels, channels, 16, { generator }));
    const attention = awake(new Attention(channels, { generator }));
    const added = {
      block: (to: Tensor) => block.forward(to, embedding).sub(to),
      attention: (to: Tensor) => attention.forward(to).sub(to),
    };
    for (const [name, add] of Object.entries(added)) {
      const found = await gap(add(x), add(brighter));
      assert(found > 1e-3, `${name} of ${channels} channels: ${found}`);
    }
    const found = await gapOfBias(block.conv1.bias!, () => added.block(x));
    assert(found > 1e-3, `the middle of a block of ${channels} channels: ${found}`);
  }
});

Deno.test("nor is a channel by itself before the last convolution", async () => {
  const unet = awake(new UNet({ times: timeTable(10, 16), widths: [8, 16, 16], generator }));
  const x = noise([2, 1, 8, 8]);
  const t = tensor([1, 10], { dtype: "int32" });
  const found = await gapOfBias(unet.up[1].conv2.bias!, () => unet.forward(x, t, t));
  assert(found > 1e-3, `${found}`);
});
