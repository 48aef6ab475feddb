import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  Generator,
  grad,
  manualSeed,
  rand,
  randn,
  type Tensor,
  tensor,
  Variable,
} from "../../../../mod.ts";
import { NotImplemented } from "../../../../lib/course/not_implemented.ts";
import { inProcess, StudentError } from "../../../../lib/course/student.ts";
import { leavesOf } from "../../../../lib/runtime/tree.ts";

const x = tensor([1, 2]);

/** What comes of tracing a function, if it is an error. */
function errorOf(f: unknown, ...args: (Tensor | number)[]): Promise<StudentError> {
  return assertRejects(() => inProcess({ f }).trace("f", args), StudentError);
}

Deno.test("numbers are handed over as they are, and their defaults apply", async () => {
  const f = (x: Tensor, low: number, high = 10) => x.mul(low).add(high);
  const result = await inProcess({ f }).call("f", [x, 3]);
  assertEquals(await leavesOf(result)[0].tolist(), [13, 16]);
});

Deno.test("results keep the form in which they were returned", async () => {
  const f = (x: Tensor) => ({ a: x, b: [x.neg(), { c: x.exp() }] });
  const graph = await inProcess({ f }).trace("f", [x]);
  assertEquals(graph.output, { a: 0, b: [1, { c: 2 }] });
});

Deno.test("a draw from the default generator is the caller's", async () => {
  const { draws, streams } = await inProcess({ f: () => randn([2]) }).trace("f", []);
  assertEquals(draws.map(({ stream }) => stream), ["caller"]);
  assertEquals(streams, []);
});

Deno.test("a seed inside a function shows, and makes each call the same", async () => {
  const byDefault = () => {
    manualSeed(3);
    return randn([2]);
  };
  const byOwn = () => randn([2], { generator: new Generator(3) });
  for (const f of [byDefault, byOwn]) {
    const student = inProcess({ f });
    const { draws, streams } = await student.trace("f", []);
    assertEquals(draws.map(({ stream }) => stream), [0]);
    assertEquals(streams, ["3"]);
    const [first] = leavesOf(await student.call("f", [], new Generator(0)));
    assertEquals(await first.tolist(), await randn([2], { generator: new Generator(3) }).tolist());
  }
});

Deno.test("tracing leaves the default generator as it was", async () => {
  manualSeed(5);
  const f = () => {
    manualSeed(1);
    return rand([1]);
  };
  await inProcess({ f }).trace("f", []);
  const next = await rand([1]).item();
  manualSeed(5);
  assertEquals(next, await rand([1]).item());
});

Deno.test("a constant of one value is written once", async () => {
  const { constants } = await inProcess({ f: () => tensor(new Float32Array(1000)) }).trace("f", []);
  assertEquals(constants, [{ dtype: "float32", shape: [1000], values: [0] }]);
});

Deno.test("a variable is the constant it holds", async () => {
  const scale = new Variable(tensor([2, 3]));
  const result = await inProcess({ f: (x: Tensor) => x.mul(scale.value) }).call("f", [x]);
  assertEquals(await leavesOf(result)[0].tolist(), [2, 6]);
});

Deno.test("deep graphs are written without recursion", async () => {
  const f = (x: Tensor) => {
    let y = x;
    for (let i = 0; i < 9000; i++) y = y.neg();
    return y;
  };
  assertEquals((await inProcess({ f }).trace("f", [x])).nodes.length, 9000);
});

Deno.test("what is not written yet is told from what throws", async () => {
  const notWritten = await errorOf(() => {
    throw new NotImplemented("reparameterize");
  });
  assertEquals(notWritten.kind, "not-written");
  assertEquals(notWritten.message, "not written yet: reparameterize");
  const threw = await errorOf((x: Tensor) => x.add(tensor([1, 2, 3])), x);
  assertEquals(threw.kind, "threw");
  assert(threw.message.startsWith("f: add: shapes [2] and [3] do not broadcast"), threw.message);
  assert(threw.place !== undefined);
  assertEquals((await errorOf((x: { a: { b: number } }) => x.a.b, x)).kind, "threw");
});

Deno.test("a thrown value that is no error is named", async () => {
  const noError: unknown = "no\nway";
  const { message } = await errorOf(() => {
    throw noError;
  });
  assertEquals(message, "f: threw no way; throw an Error, which knows where it comes from");
});

const MISTAKES: [string, unknown, StudentError["kind"], string][] = [
  [
    "no function",
    undefined,
    "missing",
    'the file exports no f; write "export" before "function f"',
  ],
  ["not a function", 3, "type", "f is a number, and has to be a function"],
  ["asynchronous", (x: Tensor) => Promise.resolve(x), "type", "f is asynchronous"],
  ["reading", (x: Tensor) => x.sum().item(), "threw", "f: values cannot be read inside f"],
  ["nothing", () => {}, "type", "f returns nothing; end it with return"],
  ["a number", () => 0.5, "type", "f returns 0.5; make it a tensor, with tensor(0.5)"],
  ["a number inside", () => ({ a: [1] }), "type", "f returns, at .a[0], 1; make it a tensor"],
  ["a class", () => new Date(0), "type", "f returns a value of class Date; return tensors"],
  ["null", () => null, "type", "f returns null; return tensors"],
  ["infinity", (x: Tensor) => x.mul(1 / 0), "type", "f computes with the number Infinity"],
  ["not a number", (x: Tensor) => x.add(Math.log(-1)), "type", "f computes with the number NaN"],
];

const repeated = (x: Tensor) => Array.from({ length: 10_001 }).reduce<Tensor>((y) => y.neg(), x);
const tabulated = (x: Tensor) =>
  x.sum().add(tensor(Array.from({ length: 2 ** 18 + 1 }, (_, i) => i)));
MISTAKES.push(
  ["loops", repeated, "rejected", "f takes 10001 operations, and 10000 are allowed; work on whole"],
  [
    "tables",
    tabulated,
    "rejected",
    "f computes with 262145 constant numbers, and 262144 are allowed",
  ],
);
const endless: unknown[] = [];
endless.push(endless);
MISTAKES.push(["a cycle", () => endless, "type", "f returns arrays or objects nested without end"]);

for (const [name, f, kind, message] of MISTAKES) {
  Deno.test(`a function that cannot be traced says why: ${name}`, async () => {
    const error = await errorOf(f, x);
    assertEquals(error.kind, kind);
    assert(error.message.startsWith(message), error.message);
    assert(!error.message.includes("\n"));
  });
}

Deno.test("a variable that is set inside a function is refused", async () => {
  const count = new Variable(tensor(0));
  const error = await errorOf((x: Tensor) => {
    count.value = count.value.add(1);
    return x;
  }, x);
  assertEquals(error.kind, "type");
  assert(error.message.startsWith("f sets a Variable"), error.message);
});

Deno.test("a tensor that was kept from another call is refused", async () => {
  let kept: Tensor | undefined;
  const student = inProcess({ f: (x: Tensor) => kept ??= x });
  await student.trace("f", [x]);
  const error = await assertRejects(() => student.trace("f", [x]), StudentError);
  assert(error.message.startsWith("f uses a tensor from another call"), error.message);
});

Deno.test("an inherited name is no function of the file", async () => {
  const error = await assertRejects(() => inProcess({}).trace("toString", []), StudentError);
  assertEquals(error.kind, "missing");
});

Deno.test("a function may differentiate what it computes", async () => {
  const f = (x: Tensor) => grad(x.pow(3).sum(), [x])[0];
  const [slope] = leavesOf(await inProcess({ f }).call("f", [x]));
  assertEquals(await slope.tolist(), [3, 12]);
});
