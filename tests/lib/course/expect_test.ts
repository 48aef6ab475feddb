import { assertEquals, assertThrows } from "@std/assert";
import { randnLike, type Tensor, tensor, zeros } from "../../../mod.ts";
import { CheckFailure, type Finding } from "../../../lib/course/check.ts";
import {
  expectClose,
  expectFields,
  expectNothingDrawn,
  expectTensor,
  indexOf,
  read,
} from "../../../lib/course/expect.ts";
import { slope } from "../../../lib/course/slope.ts";
import { inProcess } from "../../../lib/course/student.ts";
import type { Tree } from "../../../lib/runtime/tree.ts";

/** What is found by a check that has to fail. */
function finding(check: () => unknown): Finding {
  return assertThrows(check, CheckFailure).finding;
}

const TOLERANCE = { rtol: 1e-3, what: "y", where: "for x" };

Deno.test("values within the tolerance are close, NaN and infinities never to numbers", () => {
  expectClose([1.0009, -0.9991, 0], [1, -1, 0], TOLERANCE);
  for (const wrong of [1.0011, NaN, Infinity, -1]) {
    const { expected, received, where } = finding(() => expectClose([wrong], [1], TOLERANCE));
    assertEquals([expected, received, where], ["y[0] = 1", String(wrong), "for x"]);
  }
  finding(() => expectClose([1e-30], [0], TOLERANCE));
  finding(() => expectClose([NaN], [NaN], TOLERANCE));
});

Deno.test("the element farthest beyond its own tolerance is named, with its index", () => {
  const options = { ...TOLERANCE, shape: [2, 3], rtol: 0 };
  const found = finding(() =>
    expectClose([0, 2, 0, 0, 0, 9], [0, 0, 0, 0, 0, 0], { ...options, atol: [1, 1, 1, 1, 1, 100] })
  );
  assertEquals(found.expected, "y[0, 1] = 0");
  const first = finding(() => expectClose([0, 3, 3], [0, 0, 0], { ...options, shape: [3] }));
  assertEquals(first.expected, "y[1] = 0");
});

Deno.test("noise that a function draws itself is found in its graph", async () => {
  const student = inProcess({
    given: (x: Tensor) => x.mul(2),
    own: (x: Tensor) => x.add(randnLike(x)),
  });
  expectNothingDrawn(await student.trace("given", [zeros([2])]), "for x");
  const graph = await student.trace("own", [zeros([2])]);
  const { received } = finding(() => expectNothingDrawn(graph, "for x"));
  assertEquals(received, "noise that it draws itself");
});

Deno.test("an index counts in row-major order; a scalar has none", () => {
  assertEquals(indexOf(5, [2, 3]), "[1, 2]");
  assertEquals(indexOf(0, []), "");
});

Deno.test("a result must be one tensor of the shape and dtype", () => {
  const cases: [Tree, string, string][] = [
    [zeros([2, 1]), "z of shape [2]", "z of shape [2, 1]"],
    [zeros([2], { dtype: "int32" }), "z of dtype float32", "z of dtype int32"],
    [[zeros([2])], "one tensor, z", "an array of 1"],
    [{ z: zeros([2]) }, "one tensor, z", "an object, { z }"],
    [undefined, "one tensor, z", "nothing"],
  ];
  for (const [result, expected, received] of cases) {
    const found = finding(() => expectTensor(result, "z", [2], "for x"));
    assertEquals([found.expected, found.received], [expected, received]);
  }
  for (const dtype of ["float32", "float64"] as const) {
    const z = zeros([2], { dtype });
    assertEquals(expectTensor(z, "z", [2], "for x"), z);
  }
});

Deno.test("an object must have the fields, each of its shape, and may have others", () => {
  const shapes = { a: [2], b: [] };
  const a = zeros([2]);
  const b = tensor(1);
  const cases: [Tree, string][] = [
    [a, "a tensor of shape [2]"],
    [undefined, "nothing"],
    [[a, b], "an array of 2"],
    [{ a }, "an object, { a }"],
    [{ a, B: b }, "an object, { a, B }"],
    [{ a, b: a }, "b of shape [2]"],
  ];
  for (const [result, received] of cases) {
    assertEquals(finding(() => expectFields(result, shapes, "for x")).received, received);
  }
  const fields: Record<"a" | "b", Tensor> = expectFields({ b, a }, shapes, "for x");
  assertEquals(fields, { a, b });
  assertEquals(expectFields({ a, b, c: [b] }, shapes, "for x"), { a, b });
});

Deno.test("tensors are read together, those with known values as well", async () => {
  const x = tensor([1, 2]);
  assertEquals((await read(x, x.mul(2))).map((values) => [...values]), [[1, 2], [2, 4]]);
});

Deno.test("the slope of a square is exact for any step", () => {
  assertEquals(slope((x) => x * x / 2, 3, 0.5), 3);
});
