import { assertEquals, assertStringIncludes } from "@std/assert";
import { compile, grad, Linear, type Tensor, tensor, Variable } from "genlab";

Deno.test("gradients end at a variable, whether or not its value was computed", async () => {
  for (const read of [false, true]) {
    const x = tensor([1, 2]);
    const y = x.square();
    if (read) await y.data();
    const variable = new Variable(tensor([0, 0]));
    variable.value = y;
    const [gx, own] = grad(variable.value.square().sum(), [x, variable.value]);
    assertEquals(await gx.tolist(), [0, 0]);
    assertEquals(await own.tolist(), [2, 8]);
  }
});

Deno.test("a variable is printed with dtype and shape, in its layer too", () => {
  assertEquals(`${new Variable(tensor([[1, 2, 3]]))}`, "Variable(float32 [1, 3])");
  assertStringIncludes(Deno.inspect(new Linear(3, 2)), "weight: Variable(float32 [2, 3])");
});

Deno.test("a variable lets go of what its value was made from, computed before or after", async () => {
  const before = tensor([1]).exp();
  await before.data();
  const first = new Variable(before);
  const second = new Variable(tensor([1]).exp());
  await second.value.data();
  assertEquals([first.value.inputs, second.value.inputs], [[], []]);
});

Deno.test("what no gradient flows through lets go of its graph once it is computed", async () => {
  const x = tensor([0.5, 2]);
  const made: [name: string, made: Tensor, inputs: number][] = [
    ["detached", x.exp().detach(), 0],
    ["truth values", x.gt(1), 0],
    ["integers", x.to("int32"), 0],
    ["what gradients flow through", x.exp(), 1],
  ];
  for (const [name, { shape }] of made) assertEquals(shape, [2], name);
  await Promise.all(made.map(([, y]) => y.data()));
  assertEquals(
    made.map(([name, { inputs }]) => [name, inputs.length]),
    made.map(([n, , i]) => [n, i]),
  );
  assertEquals(x.detach().inputs, []);
});

Deno.test("a compiled function may use the value of a variable that was not yet computed", async () => {
  const variable = new Variable(tensor([1, 2]));
  variable.value = variable.value.add(1);
  const captured = variable.value;
  const product = compile((x: Tensor) => captured.mul(x));
  assertEquals(await (await product(tensor([10, 10]))).tolist(), [20, 30]);
  assertEquals(await captured.tolist(), [2, 3]);
  assertEquals(await (await product(tensor([1, -1]))).tolist(), [2, -3]);
});
