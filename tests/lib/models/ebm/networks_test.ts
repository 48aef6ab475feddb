import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  ConvEnergy,
  DataError,
  DTypeError,
  EnergyMLP,
  Generator,
  grad,
  LeNet,
  loadEbm,
  randn,
  saveEbm,
  saveSafetensors,
  ShapeError,
  type Tensor,
  zeros,
} from "../../../../mod.ts";
import { inTemporaryFolder } from "../../../temporary_folder.ts";

const make = (size = 28) =>
  new ConvEnergy({ widths: [4, 8, 8], hidden: 8, size, generator: new Generator(1) });

Deno.test("images of any size have one energy each", () => {
  for (const size of [28, 32, 13]) {
    assertEquals(make(size).forward(zeros([3, 1, size, size])).shape, [3]);
  }
  assertThrows(() => make().forward(zeros([3, 1, 32, 32])), ShapeError, "[B, 1, 28, 28]");
  assertThrows(() => new ConvEnergy({ widths: [] }), ShapeError, "at least 1 convolution");
});

Deno.test("an energy does not depend on its neighbours", async () => {
  const x = randn([4, 1, 28, 28], { generator: new Generator(2) });
  const network = make();
  const together = await network.forward(x).data();
  for (let i = 0; i < 4; i++) {
    const alone = await network.forward(x.narrow(0, i, 1)).item();
    assertAlmostEquals(alone, together[i], 1e-6);
  }
});

Deno.test("every parameter and every pixel matters", async () => {
  const generator = new Generator(3);
  for (
    const [network, x] of [
      [make(), randn([2, 1, 28, 28], { generator })],
      [new EnergyMLP({ generator }), randn([2, 2], { generator })],
    ] as const
  ) {
    const values = network.parameters().map(({ value }) => value);
    const slopes = grad(network.forward(x).sum(), [...values, x]);
    for (const [i, slope] of slopes.entries()) {
      const name = network.namedParameters()[i]?.[0] ?? "x";
      assert(await slope.abs().amax().item() > 0, name);
    }
    assert((await slopes[values.length].data()).every((slope) => slope !== 0));
  }
});

Deno.test("what is no tensor has no energy", () => {
  const array = [[1, 2]] as unknown as Tensor;
  for (const network of [new EnergyMLP(), make()]) {
    const message = `${network.constructor.name}: takes a tensor as an input, not`;
    assertThrows(() => network.forward(array), DTypeError, message);
  }
});

Deno.test("points of another dimension are refused", () => {
  for (const shape of [[2], [5, 3], [5, 2, 1]]) {
    const energies = () => new EnergyMLP().forward(zeros(shape));
    assertThrows(energies, ShapeError, `shape [${shape.join(", ")}]; it takes points [B, 2]`);
  }
});

Deno.test("an energy without hidden layers is linear", async () => {
  const network = new EnergyMLP({ inputs: 3, hidden: [] });
  const x = randn([5, 3]);
  const doubled = await network.forward(x.mul(2)).sub(network.forward(x)).data();
  const once = await network.forward(x).sub(network.forward(zeros([5, 3]))).data();
  doubled.forEach((value, i) => assertAlmostEquals(value, once[i], 1e-5));
});

Deno.test("a saved energy is read as it was, and nothing else is taken for one", async () => {
  await inTemporaryFolder(async (folder) => {
    const network = make(20);
    await saveEbm(`${folder}/ebm.safetensors`, network, { seed: "1" });
    const { energy, metadata } = await loadEbm(`${folder}/ebm.safetensors`);
    assertEquals([energy.widths, energy.size, metadata.seed], [[4, 8, 8], 20, "1"]);
    const x = randn([2, 1, 20, 20]);
    assertEquals(await energy.forward(x).data(), await network.forward(x).data());

    await saveSafetensors(`${folder}/lenet.safetensors`, new LeNet(), { model: "lenet" });
    await assertRejects(() => loadEbm(`${folder}/lenet.safetensors`), DataError, "holds no energy");
    await saveSafetensors(`${folder}/old.safetensors`, network, { model: "ebm", energy: "{" });
    await assertRejects(() => loadEbm(`${folder}/old.safetensors`), DataError, "which network");
    await assertRejects(() => loadEbm(`${folder}/none.safetensors`), DataError, "cannot read");
  });
});
