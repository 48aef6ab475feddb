/** Files of parameters: the safetensors format, its strict reading, and putting parameters back. */
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  DataError,
  Linear,
  loadParameters,
  loadSafetensors,
  ones,
  relu,
  saveSafetensors,
  Sequential,
  tensor,
  zeros,
} from "../../../mod.ts";
import { decodeSafetensors, encodeSafetensors } from "../../../lib/nn/safetensors.ts";

async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A file with the given header, padded as asked, and so many bytes of values. */
function file(header: unknown, size: number, values: number[] = []): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(
    typeof header === "string" ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + json.length + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(values, 8 + json.length);
  return bytes;
}

const F32 = (begin: number, end: number, shape = [(end - begin) / 4]) => ({
  dtype: "F32",
  shape,
  data_offsets: [begin, end],
});

Deno.test("a file of the reference implementation is read in full", async () => {
  const path = new URL("../../fixtures/python.safetensors", import.meta.url).pathname;
  const { tensors, metadata } = await loadSafetensors(path);
  assertEquals(metadata, { format: "np", note: "größer" });
  assertEquals(
    Object.entries(tensors).map(([name, { dtype, shape }]) => [name, dtype, shape]).sort(),
    [
      ["labels", "int32", [3]],
      ["mask", "bool", [2, 1]],
      ["net.0.weight", "float32", [2, 3]],
      ["nothing", "float32", [0, 3]],
      ["steps", "float64", []],
    ],
  );
  const small = Math.fround(3e-8);
  assertEquals(
    await tensors["net.0.weight"].tolist(),
    [[0.5, -1.25, small], [Infinity, -0, Math.fround(1 / 3)]],
  );
  assertEquals(await tensors.steps.item(), 300);
  assertEquals(await tensors.labels.tolist(), [-7, 0, 2147483647]);
  assertEquals(await tensors.mask.tolist(), [[true], [false]]);
});

Deno.test("what is written is read back, whatever its dtype, and lies aligned in the file", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/new/folder/x.safetensors`;
    const content = {
      mask: tensor([true, false, true]),
      odd: tensor([0.1, NaN, -0]),
      exact: tensor([Math.PI, 5e-324], { dtype: "float64" }),
      index: tensor([[1], [-1]], { dtype: "int32" }),
      lazy: ones([2]).add(1),
      ["__proto__"]: zeros([0]),
    };
    await saveSafetensors(path, content, { epoch: "3", "": "空" });
    const { tensors, metadata } = await loadSafetensors(path);
    assertEquals(metadata, { epoch: "3", "": "空" });
    assertEquals(Object.keys(tensors).sort(), Object.keys(content).sort());
    for (const [name, x] of Object.entries(content)) {
      assertEquals(tensors[name].dtype, x.dtype);
      assertEquals(tensors[name].shape, x.shape);
      assertEquals(await tensors[name].data(), await x.data());
    }

    const bytes = await Deno.readFile(path);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    assertEquals(length % 8, 0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    for (const [name, { values }] of Object.entries(tensors)) {
      assertEquals(header[name].data_offsets[0] % values!.BYTES_PER_ELEMENT, 0, name);
    }
    assertEquals([...Deno.readDirSync(`${folder}/new/folder`)].length, 1);
  });
});

Deno.test("every file that is cut is refused", () => {
  const tensors = { a: tensor([1, 2]), b: tensor([true]) };
  const whole = encodeSafetensors({ tensors, metadata: {} });
  decodeSafetensors(whole, "whole");
  for (let length = 0; length < whole.length; length++) {
    const error = assertThrows(
      () => decodeSafetensors(whole.slice(0, length), "m.safetensors"),
      DataError,
      "m.safetensors: ",
    );
    assert(!error.message.includes("\n"));
  }
});

Deno.test("files that contradict themselves are refused, each for its fault", () => {
  const header = (entries: Record<string, unknown>, size: number, values?: number[]) =>
    file(entries, size, values);
  const faults: [string, Uint8Array<ArrayBuffer>][] = [
    ["something follows the last tensor", header({ a: F32(0, 4) }, 5)],
    ["it is cut", header({ a: F32(0, 8) }, 4)],
    ["begins at byte 2 of the values, where 4 is next", header({ a: F32(0, 4), b: F32(2, 6) }, 6)],
    ["begins at byte 0 of the values, where 4 is next", header({ a: F32(0, 4), b: F32(0, 4) }, 4)],
    [
      "begins at byte 8 of the values, where 4 is next",
      header({ a: F32(0, 4), b: F32(8, 12) }, 12),
    ],
    ["takes 12 bytes, and its data_offsets [0, 4] hold 4", header({ a: F32(0, 4, [3]) }, 4)],
    ["hold -4", header({ a: F32(4, 0, [1]) }, 4)],
    ['has dtype "BF16"', header({ a: { ...F32(0, 4), dtype: "BF16" } }, 4)],
    ["has dtype undefined", header({ a: null }, 4)],
    ["are not lists of sizes", header({ a: { dtype: "F32", shape: [1] } }, 4)],
    ["are not lists of sizes", header({ a: F32(0, 4, [-1]) }, 4)],
    ["are not lists of sizes", header({ a: F32(0, 4, [0.5]) }, 4)],
    ["are not lists of sizes", header({ a: { ...F32(0, 4), data_offsets: [0] } }, 4)],
    ["bytes other than 0 and 1", header({ a: { ...F32(0, 1, [1]), dtype: "BOOL" } }, 1, [2])],
    ['holds "step", which is no text', header({ __metadata__: { step: 1 } }, 0)],
    ["__metadata__ is no JSON object", header({ __metadata__: ["x"] }, 0)],
    ["its header is no JSON object", file("{", 0)],
    ["its header is no JSON object", file("[]", 0)],
    ["its header is no JSON object", file("null", 0)],
    ["its header is said to have", new Uint8Array(16).fill(255)],
  ];
  for (const [fault, bytes] of faults) {
    assertThrows(() => decodeSafetensors(bytes, "m.safetensors"), DataError, fault);
  }
});

Deno.test("tensors may stand in the file in any order, and the header be padded", async () => {
  const padded = `${JSON.stringify({ b: F32(4, 8), a: F32(0, 4), none: F32(4, 4) })}   `;
  const { tensors } = decodeSafetensors(file(padded, 8, [0, 0, 128, 63, 0, 0, 0, 64]), "m");
  assertEquals(await tensors.a.tolist(), [1]);
  assertEquals(await tensors.b.tolist(), [2]);
  assertEquals(tensors.none.shape, [0]);
});

Deno.test("a file that is not there, or cannot be written, is named", async () => {
  await withFolder(async (folder) => {
    const read = await assertRejects(() => loadSafetensors(`${folder}/no.safetensors`), DataError);
    assert(read.message.includes(`cannot read ${folder}/no.safetensors`));
    await Deno.mkdir(`${folder}/taken`);
    const written = await assertRejects(
      () => saveSafetensors(`${folder}/taken`, { a: ones([1]) }),
      DataError,
    );
    assert(written.message.includes(`cannot write ${folder}/taken`));
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["taken"]);
  });
});

Deno.test("names that would be lost in a file are refused", async () => {
  const { weight } = new Linear(1, 1);
  const twice = [["w", weight], ["w", weight]] as const;
  await assertRejects(() => saveSafetensors("never", twice), DataError, "are called w");
  const reserved = { __metadata__: ones([1]) };
  await assertRejects(() => saveSafetensors("never", reserved), DataError, "rename it");
});

Deno.test("parameters go back into a network of the same form", async () => {
  const make = () => new Sequential(new Linear(3, 2), relu, new Linear(2, 1));
  const [source, target] = [make(), make()];
  const saved = source.namedParameters().map(([name, { value }]) => [name, value] as const);
  loadParameters(target, Object.fromEntries(saved));
  for (const [i, { value }] of target.parameters().entries()) {
    assertEquals(await value.data(), await saved[i][1].data());
  }
});

Deno.test("tensors of another network are refused, and nothing is changed", async () => {
  const layer = new Linear(2, 1);
  const before = await layer.weight.value.tolist();
  const weight = zeros([1, 2]);
  const fails = (tensors: Parameters<typeof loadParameters>[1], message: string) =>
    assertThrows(() => loadParameters(layer, tensors), DataError, message);
  fails({ weight }, "bias missing, none left over");
  fails({ weight, bias: zeros([1]), "2.bias": weight }, "none missing, 2.bias left over");
  fails(
    { a: weight, b: weight, c: weight, d: weight, e: weight },
    "a, b, c, d and 1 more left over",
  );
  fails({ weight, bias: zeros([2]) }, "bias is float32 [1] in the model and float32 [2]");
  fails({ weight, bias: zeros([1], { dtype: "float64" }) }, "float64 [1] in the tensors");
  assertEquals(await layer.weight.value.tolist(), before);
});
