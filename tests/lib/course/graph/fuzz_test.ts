import { assert, assertEquals } from "@std/assert";
import { Generator, grad, rand, randn, type Tensor, tensor } from "../../../../mod.ts";
import { bind } from "../../../../lib/course/graph/bind.ts";
import { LIMITS, type Limits } from "../../../../lib/course/graph/limits.ts";
import { signatureOf } from "../../../../lib/course/graph/plain.ts";
import { readGraph } from "../../../../lib/course/graph/read.ts";
import { traceFunction } from "../../../../lib/course/graph/trace.ts";
import { readAnswer } from "../../../../lib/course/runner/answer.ts";
import { StudentError } from "../../../../lib/course/student_error.ts";
import { leavesOf } from "../../../../lib/runtime/tree.ts";

const LIMITED: Limits = { ...LIMITS, elements: 2 ** 14 };
const X = tensor([[1, 2, 3], [4, 5, 6]]);
const ASKED = [signatureOf(X)];

/** Functions whose graphs hold something of everything. */
const FUNCTIONS: Record<string, (x: Tensor) => unknown> = {
  noise: (x) => ({ xt: x.add(randn([2, 3])), u: [rand([4])] }),
  moves: (x) => x.transpose(0, 1).reshape(6).narrow(0, 1, 4).pad(0, 1, 2).expand(2, 7),
  slopes: (x) => grad(x.clamp(0).logsumexp(1).sum(), [x]),
  images: (x) => grad(x.reshape(1, 1, 2, 3).matmul(x.transpose(0, 1)).exp().mean(), [x]),
};

/** What stands in the place of something right. */
const WRONG: unknown[] = [
  ...[null, true, -1, 0, 1, 2, 0.5, 1e9, -0, 1e308, "", "add", "caller", "float64"],
  ...[[], [0], [[]], {}, { kind: "normal" }, { length: 3 }, { toJSON: 1 }],
];

/** Changes one place of plain data: replaces, removes, repeats, or adds. */
function mutate(data: unknown, generator: Generator): unknown {
  const pick = (n: number) => Math.floor(generator.double() * n);
  const copy = structuredClone(data);
  let holder = copy as Record<string, unknown>;
  for (;;) {
    const keys = Object.keys(holder);
    const key = keys[pick(keys.length)];
    const child = holder[key];
    const isHolder = typeof child === "object" && child !== null && Object.keys(child).length > 0;
    if (isHolder && pick(4) > 0) {
      holder = child as Record<string, unknown>;
      continue;
    }
    const change = pick(4);
    if (change === 0) delete holder[key];
    else if (change === 1 && Array.isArray(holder)) holder.push(child);
    else if (change === 2) holder[`${key}x`] = child;
    else holder[key] = WRONG[pick(WRONG.length)];
    return copy;
  }
}

for (const [name, f] of Object.entries(FUNCTIONS)) {
  Deno.test(`a mutated graph is rejected or as good as another: ${name}`, () => {
    const generator = new Generator(1);
    const original: unknown = JSON.parse(
      JSON.stringify(traceFunction({ f }, "f", ASKED)),
    );
    let rejected = 0;
    for (let i = 0; i < 1000; i++) {
      let data = original;
      for (let changes = i % 3; changes >= 0; changes--) data = mutate(data, generator);
      try {
        const graph = readGraph(JSON.parse(JSON.stringify(data)), ASKED, LIMITED);
        for (const result of leavesOf(bind(graph, [X], generator))) {
          assert(result.size <= LIMITED.elements);
        }
      } catch (error) {
        if (!(error instanceof StudentError)) throw error;
        assertEquals(error.kind, "rejected");
        rejected++;
      }
    }
    // Most changes break something; some only change what is computed.
    assert(rejected > 500 && rejected < 1000, `${rejected} of 1000 were rejected`);
  });
}

Deno.test("a mutated answer is rejected or an answer", () => {
  const generator = new Generator(2);
  const answers = [
    JSON.stringify({ id: 1, graph: { version: 1 } }),
    JSON.stringify({
      id: 1,
      fault: { kind: "threw", message: "f", place: { line: 1, column: 2 } },
    }),
  ];
  const characters = '{}[]",:01e-\\utrue\u0000\u001b';
  for (let i = 0; i < 4000; i++) {
    const text = [...answers[i % 2]];
    for (let changes = i % 5; changes >= 0; changes--) {
      const at = Math.floor(generator.double() * text.length);
      const character = characters[Math.floor(generator.double() * characters.length)];
      text.splice(at, Math.floor(generator.double() * 3), character);
    }
    try {
      const { id } = readAnswer(text.join(""));
      assert(Number.isSafeInteger(id) && id >= 0);
    } catch (error) {
      if (!(error instanceof StudentError)) throw error;
      assertEquals(error.kind, "rejected");
    }
  }
});
