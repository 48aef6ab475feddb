import { assert, assertEquals } from "@std/assert";
import { allocate, type DType, DTYPES } from "../../../lib/tensor/dtype.ts";
import { formatTensor } from "../../../lib/tensor/print.ts";

/** One array of print.py: the call that made it, and how NumPy prints it. */
interface Case {
  call: string;
  dtype: DType;
  shape: number[];
  values: (number | boolean | string)[];
  repr: string;
}

const { numpy, cases }: { numpy: string; cases: Case[] } = JSON.parse(
  Deno.readTextFileSync(new URL("../../fixtures/print.json", import.meta.url)),
);

for (const dtype of DTYPES) {
  Deno.test(`${dtype} tensors print as NumPy ${numpy} prints arrays`, () => {
    const chosen = cases.filter((one) => one.dtype === dtype);
    assert(chosen.length > 10, `${chosen.length} cases`);
    for (const { call, shape, values, repr } of chosen) {
      const array = allocate(dtype, values.length);
      array.set(values.map(Number));
      assertEquals(formatTensor({ shape, dtype, values: array }), repr, `array(${call}, ${dtype})`);
    }
  });
}

Deno.test("a tensor without values prints its shape and dtype, and how to read it", () => {
  assertEquals(
    formatTensor({ shape: [2, 3], dtype: "float32" }),
    "tensor(shape=[2, 3], dtype=float32, not computed yet: await .data(), .item() or .tolist())",
  );
  assertEquals(
    formatTensor({ shape: [], dtype: "bool" }),
    "tensor(shape=[], dtype=bool, not computed yet: await .data(), .item() or .tolist())",
  );
});

Deno.test("a million elements print as their ends", () => {
  const values = new Int32Array(1e6).map((_, i) => i);
  assertEquals(
    formatTensor({ shape: [1e6], dtype: "int32", values }),
    "tensor([     0,      1,      2, ..., 999997, 999998, 999999], dtype=int32)",
  );
});
