import { assertEquals } from "@std/assert";
import {
  arange,
  type DType,
  full,
  linspace,
  ones,
  onesLike,
  tensor,
  zeros,
  zerosLike,
} from "../../../mod.ts";
import { DTYPES } from "../../../lib/tensor/dtype.ts";

Deno.test("numbers become float32 and truth values bool, in the shape they are nested in", async () => {
  const x = tensor([[1, 2, 3], [4, 5, 6]]);
  assertEquals([x.dtype, ...x.shape], ["float32", 2, 3]);
  assertEquals(await x.tolist(), [[1, 2, 3], [4, 5, 6]]);
  const y = tensor([[true], [false]]);
  assertEquals([y.dtype, ...y.shape], ["bool", 2, 1]);
  assertEquals(await y.tolist(), [[true], [false]]);
  assertEquals([tensor(5).dtype, tensor(5).ndim], ["float32", 0]);
  assertEquals(tensor(true).dtype, "bool");
  assertEquals(tensor([1, true]).dtype, "float32");
});

Deno.test("nothing has a shape too", () => {
  assertEquals(tensor([]).shape, [0]);
  assertEquals(tensor([[], []]).shape, [2, 0]);
  assertEquals([zeros([0, 3]).size, zeros([]).size], [0, 1]);
});

Deno.test("typed arrays keep their type; bytes and shorts become int32", () => {
  const kinds: [Parameters<typeof tensor>[0], DType][] = [
    [new Float32Array(2), "float32"],
    [new Float64Array(2), "float64"],
    [new Int32Array(2), "int32"],
    [new Uint8Array(2), "int32"],
    [new Uint8ClampedArray(2), "int32"],
    [new Int8Array(2), "int32"],
    [new Int16Array(2), "int32"],
    [new Uint16Array(2), "int32"],
  ];
  for (const [array, dtype] of kinds) assertEquals(tensor(array).dtype, dtype);
});

Deno.test("a tensor does not change with the array it was made from", async () => {
  const array = Float32Array.of(1, 2);
  const nested = [[3], [4]];
  const [x, y] = [tensor(array), tensor(nested)];
  array[0] = 100;
  nested[0][0] = 100;
  assertEquals(await x.tolist(), [1, 2]);
  assertEquals(await y.tolist(), [[3], [4]]);
});

Deno.test("a shape folds a flat array, and a dtype converts it", async () => {
  const x = tensor([0, 1, 2, -0.5], { shape: [2, 2], dtype: "bool" });
  assertEquals(await x.tolist(), [[false, true], [true, true]]);
  const y = tensor(Float64Array.of(1.9, -1.9), { dtype: "int32" });
  assertEquals(await y.tolist(), [1, -1]);
  assertEquals(await tensor([0.1], { dtype: "float64" }).item(), 0.1);
  assertEquals(await tensor([NaN], { dtype: "bool" }).tolist(), [true]);
});

Deno.test("constants have every dtype", async () => {
  for (const dtype of DTYPES) {
    assertEquals([...await zeros([2], { dtype }).data()], [0, 0]);
    assertEquals([...await ones([1, 2], { dtype }).data()], [1, 1]);
    const like = zeros([2, 1], { dtype });
    assertEquals([zerosLike(like).dtype, onesLike(like).dtype], [dtype, dtype]);
    assertEquals([zerosLike(like).shape, onesLike(like).shape], [[2, 1], [2, 1]]);
    assertEquals([...await zerosLike(full([2], 7)).data()], [0, 0]);
    assertEquals(onesLike(like, { dtype: "int32" }).dtype, "int32");
  }
  assertEquals(await full([2], -3.5).tolist(), [-3.5, -3.5]);
  assertEquals(await full([2], 3.9, { dtype: "int32" }).tolist(), [3, 3]);
  assertEquals(await full([], true).tolist(), true);
  assertEquals([...await full([2], 256, { dtype: "bool" }).data()], [1, 1]);
});

Deno.test("arange stops before its end, and is whole where its arguments are", async () => {
  assertEquals(await arange(4).tolist(), [0, 1, 2, 3]);
  assertEquals(await arange(1, 8, 3).tolist(), [1, 4, 7]);
  assertEquals(await arange(3, 0, -1).tolist(), [3, 2, 1]);
  assertEquals(await arange(2, 2).tolist(), []);
  assertEquals([arange(3).dtype, arange(3.5).dtype], ["int32", "float32"]);
  assertEquals(arange(3, { dtype: "float64" }).dtype, "float64");
  assertEquals(arange(0, 3, 1, { dtype: "float32" }).dtype, "float32");
  assertEquals(arange(1, 3, { dtype: "float32" }).dtype, "float32");
  assertEquals(await arange(1, 3, { dtype: "float32" }).tolist(), [1, 2]);
  // The last number is not counted.
  assertEquals(await arange(2 ** 31 - 1, 2 ** 31).tolist(), [2 ** 31 - 1]);
});

Deno.test("linspace includes both ends and mirrors around its middle", async () => {
  for (const steps of [2, 3, 10, 33, 1000]) {
    const values = await linspace(1e-4, 0.02, steps).data();
    assertEquals([values[0], values[steps - 1]], [Math.fround(1e-4), Math.fround(0.02)]);
  }
  assertEquals(await linspace(-1, 1, 5).tolist(), [-1, -0.5, 0, 0.5, 1]);
  assertEquals(await linspace(7, 9, 1).tolist(), [7]);
  assertEquals(await linspace(7, 9, 0).tolist(), []);
});
