import { assert, assertEquals, assertRejects } from "@std/assert";
import { DeviceError, type DType, setDevice, type Tensor, tensor } from "../../../mod.ts";
import { DTYPES, isFloat } from "../../../lib/tensor/dtype.ts";
import {
  type AnyAttributes,
  type PrimitiveName,
  PRIMITIVES,
  ruleOf,
} from "../../../lib/tensor/primitives/mod.ts";

const matrix = (dtype: DType, rows = 2, columns = 3) =>
  tensor(Float64Array.from({ length: rows * columns }, (_, i) => i % 5 + 1), {
    shape: [rows, columns],
    dtype,
  });
const index = tensor([[0, 1, 1], [2, 0, 0]], { dtype: "int32" });
const images = (dtype: DType) => matrix(dtype, 2, 25).reshape(1, 2, 5, 5);

/** Inputs and attributes of the primitives that do not take two matrices of one dtype. */
const SPECIAL: Partial<Record<PrimitiveName, (dtype: DType) => [Tensor[], object]>> = {
  where: (dtype) => [[index.eq(0), matrix(dtype), matrix(dtype)], {}],
  clamp: (dtype) => [[matrix(dtype), tensor(2).to(dtype), tensor(3).to(dtype)], {}],
  sum: (dtype) => [[matrix(dtype)], { dims: [1], keepdim: false }],
  amax: (dtype) => [[matrix(dtype)], { dims: [0, 1], keepdim: true }],
  amin: (dtype) => [[matrix(dtype)], { dims: [0], keepdim: false }],
  argmax: (dtype) => [[matrix(dtype)], { dim: 1, keepdim: false }],
  reshape: (dtype) => [[matrix(dtype)], { shape: [3, 2] }],
  expand: (dtype) => [[matrix(dtype)], { shape: [4, 2, 3] }],
  permute: (dtype) => [[matrix(dtype)], { order: [1, 0] }],
  narrow: (dtype) => [[matrix(dtype)], { dim: 1, start: 1, length: 2 }],
  pad: (dtype) => [[matrix(dtype)], { dim: 1, before: 1, after: 2 }],
  cat: (dtype) => [[matrix(dtype), matrix(dtype)], { dim: 0 }],
  gather: (dtype) => [[matrix(dtype), index], { dim: 1 }],
  scatterAdd: (dtype) => [[matrix(dtype), index], { dim: 1, shape: [2, 3] }],
  matmul: (dtype) => [[matrix(dtype), matrix(dtype, 3, 2)], {}],
  conv2d: (dtype) => [
    [images(dtype), matrix(dtype, 2, 18).reshape(2, 2, 3, 3)],
    { stride: [2, 2], padding: [1, 1] },
  ],
  convTranspose2d: (dtype) => [
    [images(dtype), matrix(dtype, 2, 9).reshape(2, 1, 3, 3)],
    { stride: [2, 2], padding: [1, 1], outputPadding: [1, 1] },
  ],
  standardize: (dtype) => [[matrix(dtype)], { eps: 0.1 }],
  inverseDeviation: (dtype) => [[matrix(dtype)], { eps: 0.1 }],
  groupNorm: (dtype) => [
    [images(dtype), tensor([1, 2]).to(dtype), tensor([3, 4]).to(dtype)],
    { groups: 2, eps: 0.1 },
  ],
  conv2dWeight: (dtype) => [
    [images(dtype), matrix(dtype, 3, 9).reshape(1, 3, 3, 3)],
    { stride: [1, 1], padding: [0, 0], kernel: [3, 3] },
  ],
};

/** The primitive on inputs of the dtype, or nothing where its rule does not take the dtype. */
function build(primitive: PrimitiveName, dtype: DType, to: DType): Tensor | undefined {
  const { arity } = ruleOf(primitive);
  const [inputs, attributes] = SPECIAL[primitive]?.(dtype) ??
    [arity === 1 ? [matrix(dtype)] : [matrix(dtype), matrix(dtype)], { dtype: to }];
  try {
    const [first, ...others] = inputs;
    return first.apply(primitive, others, attributes as AnyAttributes);
  } catch {
    return undefined;
  }
}

/** What the CPU of ONNX Runtime 1.30 has no kernel for, and float32 is used for instead. */
const MISSING = ["erf float64", "conv2d float64", "convTranspose2d float64"];

Deno.test("on the cpu every primitive works in every dtype its rule takes, but for three", async () => {
  await setDevice("cpu");
  const missing: string[] = [];
  let computed = 0;
  for (const primitive of Object.keys(PRIMITIVES) as PrimitiveName[]) {
    let accepted = 0;
    for (const dtype of DTYPES) {
      for (const to of primitive === "cast" ? DTYPES : [dtype]) {
        const y = build(primitive, dtype, to);
        if (y === undefined) continue;
        accepted++;
        try {
          assertEquals((await y.data()).length, y.size, `${primitive} ${dtype}`);
          computed++;
        } catch (error) {
          if (!(error instanceof DeviceError)) throw error;
          assert(error.message.includes('to("float32")'), error.message);
          assertEquals(error.message.includes("\n"), false);
          missing.push(`${primitive} ${dtype}`);
        }
      }
    }
    assert(accepted > 0, `${primitive} was refused in every dtype: are its inputs wrong?`);
  }
  assertEquals(missing, MISSING);
  assert(computed > 100, `${computed} combinations`);
});

Deno.test("a missing kernel is an error when read, and names the way out", async () => {
  await setDevice("cpu");
  const x = tensor([1], { dtype: "float64" });
  const error = await assertRejects(() => x.erf().data(), DeviceError, "Erf");
  assert(error.message.includes('to("float32")'), error.message);
});

Deno.test("functions of a real number take integers and truth values as float32", () => {
  const operations = [
    "exp",
    "log",
    "log1p",
    "expm1",
    "sqrt",
    "sin",
    "cos",
    "tanh",
    "sigmoid",
  ] as const;
  for (const operation of [...operations, "softplus", "erf", "mean", "var", "logsumexp"] as const) {
    assertEquals(matrix("int32")[operation]().dtype, "float32", operation);
    assertEquals(matrix("bool")[operation]().dtype, "float32", operation);
    assertEquals(matrix("float64")[operation]().dtype, "float64", operation);
  }
  assertEquals(matrix("int32").softmax(0).dtype, "float32");
  assertEquals(matrix("bool").sum().dtype, "int32");
  assertEquals(matrix("int32").div(matrix("int32")).dtype, "float32");
});

Deno.test("a whole number leaves integers whole, any other makes them float32", () => {
  const x = matrix("int32");
  assertEquals([x.add(2).dtype, x.add(2.5).dtype, x.mul(true).dtype], [
    "int32",
    "float32",
    "int32",
  ]);
  assertEquals([x.lt(0.5).dtype, x.clamp(0, 1).dtype, x.clamp(0.5).dtype], [
    "bool",
    "int32",
    "float32",
  ]);
  assertEquals(matrix("float64").add(0.1).dtype, "float64");
  assertEquals(matrix("bool").mul(0.5).dtype, "float32");
});

Deno.test("only floating dtypes take gradients", () => {
  assertEquals(DTYPES.filter(isFloat), ["float32", "float64"]);
});
