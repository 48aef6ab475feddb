import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  diffuse,
  DTypeError,
  full,
  Generator,
  GenlabError,
  noiseLoss,
  type NoiseLossOptions,
  noiseSchedule,
  ones,
  randn,
  ShapeError,
  type Tensor,
  tensor,
  timeTable,
  UNet,
  zeros,
} from "../../../../mod.ts";

const T = 50;
const { alphaBars } = noiseSchedule("cosine", T);

Deno.test("diffuse takes sqrt(abar) of the image and sqrt(1 - abar) of the noise, for each image", async () => {
  const t = tensor([0, 10, 50], { dtype: "int32" });
  const xt = await diffuse(ones([3, 1, 2, 2]), t, full([3, 1, 2, 2], -2), alphaBars).data();
  [0, 10, 50].forEach((step, i) => {
    const expected = Math.sqrt(alphaBars[step]) - 2 * Math.sqrt(1 - alphaBars[step]);
    for (let k = 0; k < 4; k++) assertAlmostEquals(xt[4 * i + k], expected, 1e-6);
  });
  const wrong = () =>
    diffuse(ones([3, 4]), full([2], 1, { dtype: "int32" }), ones([3, 4]), alphaBars);
  assertThrows(wrong, ShapeError, "one time step for each image");
  const shared = () => diffuse(ones([3, 4]), t, ones([4]), alphaBars);
  assertThrows(shared, ShapeError, "the noise has shape [4] and the images [3, 4]");
  const none = () => diffuse(ones([3, 4]), t, 1 as unknown as Tensor, alphaBars);
  assertThrows(none, DTypeError, "diffuse: takes a tensor as a noise, not a number");
});

Deno.test("an untrained network predicts 0, so its loss is the noise's mean square", async () => {
  const unet = new UNet({ times: timeTable(T, 16), widths: [8, 8], generator: new Generator(0) });
  const x0 = zeros([64, 1, 8, 8]);
  const labels = zeros([64], { dtype: "int32" });
  const { t, losses } = noiseLoss(unet, x0, labels, { alphaBars, generator: new Generator(1) });
  assertEquals([t.shape, losses.shape], [[64], [64]]);
  const generator = new Generator(1);
  const steps = Int32Array.from({ length: 64 }, () => 1 + generator.uint32() % T);
  assertEquals(await t.data(), steps);
  const eps = randn([64, 1, 8, 8], { generator });
  const expected = await eps.square().flatten(1).mean(1).data();
  (await losses.data()).forEach((loss, i) => assertAlmostEquals(loss, expected[i], 1e-5));
  assert(Math.min(...steps) >= 1 && Math.max(...steps) <= T);
});

Deno.test("noise of another T, and a dropout that is no probability, are refused", () => {
  const unet = new UNet({ times: timeTable(T, 16), widths: [8, 8] });
  const labels = zeros([2], { dtype: "int32" });
  const loss = (options: NoiseLossOptions) => noiseLoss(unet, zeros([2, 1, 8, 8]), labels, options);
  const shorter = noiseSchedule("cosine", T - 1).alphaBars;
  assertThrows(() => loss({ alphaBars: shorter }), ShapeError, "alphaBars are those of 49 steps");
  for (const labelDropout of [-0.1, 2, NaN]) {
    assertThrows(() => loss({ alphaBars, labelDropout }), GenlabError, `is ${labelDropout}`);
  }
});

Deno.test("the class is not told in the fraction of cases that labelDropout says", async () => {
  class Watched extends UNet {
    told = zeros([1], { dtype: "int32" });
    override forward(xt: Tensor, t: Tensor, labels: Tensor): Tensor {
      this.told = labels;
      return super.forward(xt, t, labels);
    }
  }
  const unet = new Watched({ times: timeTable(T, 16), widths: [8, 8] });
  const labels = zeros([4000], { dtype: "int32" });
  for (const [labelDropout, least, most] of [[0, 0, 0], [undefined, 320, 480], [1, 4000, 4000]]) {
    const generator = new Generator(2);
    noiseLoss(unet, zeros([4000, 1, 2, 2]), labels, { alphaBars, labelDropout, generator });
    const untold = await unet.told.eq(unet.nullLabel).sum().item();
    assert(untold >= least! && untold <= most!, `${untold} of 4000 at ${labelDropout}`);
  }
});
