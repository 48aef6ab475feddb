import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  DTypeError,
  Generator,
  GenlabError,
  grad,
  randn,
  ShapeError,
  stack,
  type Tensor,
  tensor,
  timeTable,
  UNet,
  type UNetOptions,
  type Variable,
} from "../../../../mod.ts";

const times = timeTable(10, 16);
const one = tensor([1], { dtype: "int32" });

/** A network whose last layers do not begin at 0. */
function awake(options: Partial<UNetOptions> = {}): UNet {
  const generator = new Generator(1);
  const unet = new UNet({ times, widths: [8, 16, 16], ...options, generator });
  const fill = ({ shape }: Variable): Tensor => randn(shape, { generator }).mul(0.1);
  for (const parameter of unet.parameters()) parameter.value = parameter.value.add(fill(parameter));
  return unet;
}

Deno.test("28, 32 and 64 pixels come out as they went in", () => {
  const deeper = new UNet({ times, widths: [8, 8, 16, 16] });
  for (const [unet, side] of [[awake(), 28], [awake(), 32], [deeper, 32], [deeper, 64]] as const) {
    assertEquals(unet.forward(randn([1, 1, side, side]), one, one).shape, [1, 1, side, side]);
  }
});

Deno.test("three convolutions of stride 2 take 64 pixels to 8, where attention looks", () => {
  const unet = new UNet({ times, widths: [8, 8, 8, 16] });
  let h = unet.stem.forward(randn([1, 1, 64, 64]));
  const sides = unet.shrink.map((shrink) => {
    h = shrink.forward(h);
    return h.shape.slice(2);
  });
  assertEquals(sides, [[32, 32], [16, 16], [8, 8]]);
  assertEquals(unet.middle[1].forward(h).shape, [1, 16, 8, 8]);
});

Deno.test("what is predicted begins at 0", async () => {
  const unet = new UNet({ times, widths: [8, 8] });
  assertEquals(await unet.forward(randn([1, 1, 4, 4]), one, one).abs().amax().item(), 0);
});

Deno.test("pixels, time step and class all matter, and so does every parameter", async () => {
  const unet = awake();
  const x = randn([1, 1, 8, 8], { generator: new Generator(2) });
  const at = async (t: number, label: number, xt = x) => {
    const [time, told] = [t, label].map((value) => tensor([value], { dtype: "int32" }));
    return await unet.forward(xt, time, told).data();
  };
  const base = await at(1, 3);
  const others = [
    await at(2, 3),
    await at(1, 4),
    await at(1, unet.nullLabel),
    await at(1, 3, x.neg()),
  ];
  for (const other of others) assert(other.some((value, i) => Math.abs(value - base[i]) > 1e-4));

  const loss = unet.forward(x, one, one).square().sum();
  const gradients = grad(loss, unet.parameters().map(({ value }) => value));
  const names = unet.namedParameters().map(([name]) => name);
  const sizes = await stack(gradients.map((gradient) => gradient.abs().sum())).data();
  sizes.forEach((size, i) => assert(size > 0, `${names[i]} has no gradient`));
});

Deno.test("every pixel depends on pixels far away", async () => {
  const unet = awake();
  const x = randn([1, 1, 32, 32], { generator: new Generator(3) });
  const corner = unet.forward(x, one, one).narrow(2, 0, 1).narrow(3, 0, 1).sum();
  const [gradient] = grad(corner, [x]);
  const opposite = gradient.narrow(2, 31, 1).narrow(3, 31, 1);
  assert(Math.abs(await opposite.item()) > 0);
});

Deno.test("the default network has about 650,000 parameters", () => {
  const unet = new UNet({ times: timeTable(200, 32) });
  const sizes = unet.parameters().map(({ value }) => value.size);
  assertEquals(sizes.reduce((sum, size) => sum + size, 0), 657345);
});

Deno.test("what does not fit is refused, with the way out", () => {
  const unet = awake();
  const x = randn([1, 1, 8, 8]);
  const float = randn([1]);
  const refused = (run: () => unknown, kind: new (message: string) => Error, words: string) => {
    assertThrows(run, kind, words);
  };
  refused(() => unet.forward(randn([1, 1, 30, 28]), one, one), ShapeError, "multiples of 4");
  refused(() => unet.forward(x, float, one), DTypeError, "UNet: t is float32");
  refused(() => unet.forward(x, one, float), DTypeError, "UNet: labels is float32");
  refused(() => unet.forward(randn([2, 1, 8, 8]), one, one), ShapeError, "it takes [2]");
  const late = tensor([11], { dtype: "int32" });
  refused(() => unet.forward(x, late, one), GenlabError, "t is 11; the time steps go from 0 to 10");
  refused(() => new UNet({ times, widths: [12, 16] }), ShapeError, "multiples of 8");
  refused(() => new UNet({ times, widths: [8] }), ShapeError, "at least 2");
  refused(() => new UNet({ times: randn([4]) }), ShapeError, "times has shape [4]");
});
