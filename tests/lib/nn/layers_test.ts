/** Layers against PyTorch: first values, outputs, gradients. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  Conv2d,
  ConvTranspose2d,
  DTypeError,
  Embedding,
  Generator,
  grad,
  GroupNorm,
  type Layer,
  Linear,
  manualSeed,
  type Module,
  ones,
  rand,
  randint,
  randn,
  ShapeError,
  type Tensor,
  tensor,
} from "../../../mod.ts";
import { readInit } from "../random/fixtures.ts";
import { assertClose, FIXTURES } from "./fixtures.ts";

type ModuleLayer = Extract<Layer, Module>;

const LAYERS: Record<string, () => ModuleLayer> = {
  "Linear(785, 64)": () => new Linear(785, 64),
  "Linear(64, 1568)": () => new Linear(64, 1568),
  "Linear(3, 2, bias=False)": () => new Linear(3, 2, { bias: false }),
  "Linear(1, 7)": () => new Linear(1, 7),
  "Linear(5, 3)": () => new Linear(5, 3),
  "Linear(5, 3, bias=False)": () => new Linear(5, 3, { bias: false }),
  "Conv2d(3, 8, 3)": () => new Conv2d(3, 8, 3),
  "Conv2d(1, 32, (3, 5))": () => new Conv2d(1, 32, [3, 5]),
  "Conv2d(2, 4, 1, bias=False)": () => new Conv2d(2, 4, 1, { bias: false }),
  "Conv2d(2, 3, 3, stride=2, padding=1)": () => new Conv2d(2, 3, 3, { stride: 2, padding: 1 }),
  "Conv2d(2, 3, (3, 2), bias=False)": () => new Conv2d(2, 3, [3, 2], { bias: false }),
  "Conv2d(2, 2, 3, stride=(2, 1), padding=(0, 1))": () =>
    new Conv2d(2, 2, 3, { stride: [2, 1], padding: [0, 1] }),
  "ConvTranspose2d(8, 4, 4)": () => new ConvTranspose2d(8, 4, 4),
  "ConvTranspose2d(3, 5, (2, 3))": () => new ConvTranspose2d(3, 5, [2, 3]),
  "ConvTranspose2d(3, 2, 4, stride=2, padding=1)": () =>
    new ConvTranspose2d(3, 2, 4, { stride: 2, padding: 1 }),
  "ConvTranspose2d(2, 3, 3, stride=2, padding=1, output_padding=1)": () =>
    new ConvTranspose2d(2, 3, 3, { stride: 2, padding: 1, outputPadding: 1 }),
  "ConvTranspose2d(2, 3, (2, 3), bias=False)": () =>
    new ConvTranspose2d(2, 3, [2, 3], { bias: false }),
  "Embedding(10, 16)": () => new Embedding(10, 16),
  "Embedding(3, 5)": () => new Embedding(3, 5),
  "Embedding(7, 33)": () => new Embedding(7, 33),
  "Embedding(6, 4)": () => new Embedding(6, 4),
  "GroupNorm(2, 6)": () => new GroupNorm(2, 6),
  "GroupNorm(3, 3, eps=0.5)": () => new GroupNorm(3, 3, { eps: 0.5 }),
};

async function sha256(layer: Module): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const [name, { value }] of layer.namedParameters()) {
    const digest = await crypto.subtle.digest("SHA-256", await value.data());
    hashes[name] = new Uint8Array(digest).toHex();
  }
  return hashes;
}

for (const { seed, layers } of FIXTURES.init) {
  Deno.test(`layers made after manualSeed(${seed}) have PyTorch's first values, bit for bit`, async () => {
    manualSeed(seed);
    const made = layers.map(({ call }) => ({ call, layer: LAYERS[call]() }));
    for (const [i, { call, layer }] of made.entries()) {
      assertEquals({ call, sha256: await sha256(layer) }, layers[i]);
    }
  });
}

Deno.test("the five layers of the golden file have their first values", async () => {
  manualSeed(0);
  for (const [call, parameters] of Object.entries(readInit())) {
    const layer = LAYERS[call.replaceAll(",", ", ")]();
    assertEquals(layer.namedParameters().map(([name]) => name), Object.keys(parameters));
    for (const [name, { value }] of layer.namedParameters()) {
      const { shape, first, last } = parameters[name];
      const values = [...await value.data()];
      assertEquals(value.shape, shape);
      assertEquals(values.slice(0, first.length), first);
      assertEquals(values.slice(-last.length), last);
    }
  }
});

Deno.test("a layer draws from the generator it is given, and leaves the default one alone", async () => {
  manualSeed(0);
  const expected = await rand([3]).tolist();
  const { sha256: hashes } = FIXTURES.init[0].layers[0];

  manualSeed(0);
  const layer = new Linear(785, 64, { generator: new Generator(0) });
  assertEquals(await sha256(layer), hashes);
  new Conv2d(1, 2, 3, { generator: new Generator(1) });
  new ConvTranspose2d(1, 2, 3, { generator: new Generator(2) });
  new Embedding(3, 4, { generator: new Generator(3) });
  assertEquals(await rand([3]).tolist(), expected);
});

const INPUTS: Record<string, () => ReturnType<typeof randn>> = {
  "randn(4, 5)": () => randn([4, 5]),
  "randn(2, 3, 5)": () => randn([2, 3, 5]),
  "randn(5)": () => randn([5]),
  "randn(2, 2, 6, 7)": () => randn([2, 2, 6, 7]),
  "randn(2, 2, 5, 4)": () => randn([2, 2, 5, 4]),
  "randn(1, 2, 6, 4)": () => randn([1, 2, 6, 4]),
  "randn(2, 3, 3, 4)": () => randn([2, 3, 3, 4]),
  "randn(1, 2, 3, 3)": () => randn([1, 2, 3, 3]),
  "randint(0, 6, (2, 5))": () => randint(0, 6, [2, 5]),
  "randn(2, 6, 3, 2)": () => randn([2, 6, 3, 2]),
  "randn(2, 3, 4)": () => randn([2, 3, 4]),
};

for (const { call, x: xCall, y: expected, gradients } of FIXTURES.layers) {
  Deno.test(`${call} of ${xCall} gives PyTorch's output and gradients`, async () => {
    manualSeed(1);
    const layer = LAYERS[call]();
    const x = INPUTS[xCall]();
    const y = layer.forward(x);
    await assertClose(y, expected, "output");

    const weighted = y.mul(randn(y.shape)).sum();
    const targets = layer.namedParameters().map(([name, { value }]) => [name, value] as const);
    const named = x.dtype === "float32" ? [...targets, ["x", x] as const] : targets;
    assertEquals(named.map(([name]) => name), Object.keys(gradients));
    const computed = grad(weighted, named.map(([, target]) => target));
    for (const [i, [name]] of named.entries()) {
      await assertClose(computed[i], gradients[name], `gradient of ${name}`, 5e-6);
    }
  });
}

Deno.test("inputs that do not fit are named together with the layer and its sizes", () => {
  const fails = (layer: ModuleLayer, x: ReturnType<typeof ones>, message: string) =>
    assertThrows(() => layer.forward(x), ShapeError, message);
  fails(
    new Linear(785, 64),
    ones([128, 784]),
    "Linear(785, 64): the input [128, 784] has 784 features",
  );
  fails(new Linear(2, 3), tensor(1), "Linear(2, 3): the input [] has no dimensions");
  fails(new Conv2d(3, 8, 3), ones([28, 28]), "Conv2d(3, 8, 3): the input has shape [28, 28]");
  fails(
    new Conv2d(3, 8, [3, 5]),
    ones([1, 1, 9, 9]),
    "Conv2d(3, 8, [3, 5]): the input [1, 1, 9, 9]",
  );
  fails(new ConvTranspose2d(8, 4, 4), ones([1, 4, 9, 9]), "ConvTranspose2d(8, 4, 4): the input");
  fails(new GroupNorm(2, 6), ones([2, 5, 3]), "GroupNorm(2, 6): the input [2, 5, 3]");
  const index = (i: number) => tensor([0, i], { dtype: "int32" });
  fails(new Embedding(10, 2), index(10), "there is no vector 10; indices go from 0 to 9");
  fails(new Embedding(10, 2), index(-1), "there is no vector -1");
});

Deno.test("inputs of another dtype are refused with the way to convert them", () => {
  const pixels = ones([1, 1, 4, 4], { dtype: "int32" });
  for (const layer of [new Linear(4, 2), new Conv2d(1, 2, 3), new GroupNorm(1, 1)]) {
    assertThrows(() => layer.forward(pixels), DTypeError, 'convert with to("float32")');
  }
  assertThrows(() => new Embedding(3, 2).forward(ones([2])), DTypeError, 'to("int32")');
});

Deno.test("what is no tensor is named together with the layer", () => {
  const layers = [new Linear(4, 2), new Conv2d(1, 2, 3), new GroupNorm(1, 1), new Embedding(3, 2)];
  for (const layer of layers) {
    for (const x of [layer.weight, undefined, [1, 2]] as unknown[] as Tensor[]) {
      assertThrows(() => layer.forward(x), DTypeError, `${layer}: takes a tensor as an input`);
    }
  }
});

Deno.test("layers of impossible sizes cannot be made", () => {
  assertThrows(() => new Linear(0, 3), ShapeError, "Linear(0, 3): 0 is no size");
  assertThrows(() => new Linear(2, 1.5), ShapeError, "Linear(2, 1.5): 1.5 is no size");
  assertThrows(() => new Conv2d(1, 1, [3, 0]), ShapeError, "0 is no size");
  assertThrows(() => new ConvTranspose2d(-1, 1, 3), ShapeError, "-1 is no size");
  const cube = [3, 3, 3] as unknown as [number, number];
  assertThrows(
    () => new Conv2d(1, 1, cube),
    ShapeError,
    "Conv2d: the kernel is one number, or one",
  );
  assertThrows(() => new Embedding(NaN, 1), ShapeError, "NaN is no size");
  assertThrows(() => new GroupNorm(4, 6), ShapeError, "6 channels do not divide into 4 groups");
  const message = assertThrows(() => new GroupNorm(0, 6), ShapeError).message;
  assert(!message.includes("\n"));
});
