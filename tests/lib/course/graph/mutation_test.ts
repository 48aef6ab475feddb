/**
 * Messages that were changed, byte by byte or piece by piece: whatever comes, the reader gives a graph
 * within its limits or says that it is none, and ONNX Runtime outlives what it gives.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { fileURLToPath } from "node:url";
import { LIMITS, type Limits } from "../../../../lib/course/graph/limits.ts";
import type { PlainGraph } from "../../../../lib/course/graph/plain.ts";
import { readGraph } from "../../../../lib/course/graph/read.ts";
import { readAnswer } from "../../../../lib/course/runner/answer.ts";
import { StudentError } from "../../../../lib/course/student_error.ts";
import { Generator } from "../../../../lib/random/mod.ts";
import { sizeOf } from "../../../../lib/tensor/shape.ts";
import { ASKED, randomGraph } from "./random_graphs.ts";

const LIMITED: Limits = { ...LIMITS, elements: 2 ** 14, products: 2 ** 18 };

/** What text is made of that looks like a graph. */
const PIECES = [
  ...'{}[],:"-0123456789.eE\\u \n\u0000\ud800é',
  ...["null", "true", "1e999", "-1", "2147483648", "9007199254740993", '""', "[]", "{}", "[[[[[["],
  ...['"add"', '"gather"', '"shape":', '"__proto__":', '"constructor"', '"length":', '"toJSON":'],
];

/** Text with some places changed: cut out, replaced, repeated, or moved. */
function changed(text: string, generator: Generator): string {
  const pick = (n: number) => Math.floor(generator.double() * n);
  let result = text;
  for (let changes = pick(3); changes >= 0; changes--) {
    const [at, length] = [pick(result.length + 1), pick(8)];
    const [before, part, after] = [
      result.slice(0, at),
      result.slice(at, at + length),
      result.slice(at + length),
    ];
    const piece = PIECES[pick(PIECES.length)];
    result =
      [before + after, before + piece + after, before + part + piece + part + after][pick(3)];
  }
  return result;
}

/** A graph with other numbers in some places: many of those are valid. */
function renumbered(graph: PlainGraph, generator: Generator): PlainGraph {
  const pick = (n: number) => Math.floor(generator.double() * n);
  return JSON.parse(JSON.stringify(graph), (_, value) => {
    return typeof value === "number" && pick(30) === 0 ? pick(6) : value;
  });
}

/** The graph of a message, if it is one. */
function read(text: string, limits = LIMITED): PlainGraph | undefined {
  try {
    const answer = readAnswer(text);
    return "graph" in answer ? readGraph(answer.graph, ASKED, limits) : undefined;
  } catch (error) {
    if (!(error instanceof StudentError)) throw error;
    assertEquals(error.kind, "rejected");
    assert(error.message.length < 600, error.message);
  }
}

Deno.test("a message with changed bytes is a graph within the limits, or rejected", () => {
  const generator = new Generator(1);
  const outcomes = { graphs: 0, rejected: 0 };
  const texts = Array.from({ length: 60 }, () => {
    return JSON.stringify({ id: 1, graph: randomGraph(generator) });
  });
  for (let i = 0; i < 6000; i++) {
    const graph = read(changed(texts[i % texts.length], generator));
    outcomes[graph === undefined ? "rejected" : "graphs"]++;
    for (const { shape } of graph?.constants ?? []) assert(sizeOf(shape) <= LIMITED.elements);
    assert((graph?.nodes.length ?? 0) < 20);
  }
  // Either would mean that nothing was tried.
  assert(outcomes.graphs > 30 && outcomes.rejected > 3000, JSON.stringify(outcomes));
});

Deno.test("a graph with other numbers is a graph within the limits, or rejected", () => {
  const generator = new Generator(2);
  const originals = Array.from({ length: 60 }, () => randomGraph(generator));
  let graphs = 0;
  for (let i = 0; i < 2000; i++) {
    const graph = renumbered(originals[i % originals.length], generator);
    if (read(JSON.stringify({ id: 1, graph })) !== undefined) graphs++;
  }
  assert(graphs > 100 && graphs < 1900, `${graphs}`);
});

Deno.test("what is deeper or longer than any graph is rejected, and in few words", () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  const wide = `{${Array.from({ length: 20_000 }, (_, i) => `"f${i}":${i}`).join()}}`;
  const long = JSON.stringify("x".repeat(2 ** 22));
  const graph = JSON.stringify(randomGraph(new Generator(3)));
  for (const part of [deep, wide, long, `[${"0,".repeat(100_000)}0]`]) {
    for (const field of ["version", "inputs", "streams", "draws", "constants", "nodes", "output"]) {
      const value = new RegExp(`"${field}":(?:\\d+|\\[.*?\\](?=,"|\\}))`);
      assertEquals(
        read(`{"id":1,"graph":${graph.replace(value, () => `"${field}":${part}`)}}`),
        undefined,
      );
    }
    assertEquals(read(`{"id":1,"graph":${part}}`), undefined);
    assertEquals(read(`{"id":${part},"graph":{}}`), undefined);
    assertEquals(read(`{"id":1,"fault":${part}}`), undefined);
    assertEquals(read(part), undefined);
  }
});

/** A graph of one convolution, whose inputs are made from a number. */
function convolution(primitive: string, shapes: number[][], attributes: object): unknown {
  const nodes = shapes.map((shape) => {
    return { primitive: "expand", inputs: [0], attributes: { shape } };
  });
  const padding = [0, 0];
  const convolved = { primitive, inputs: [1, 2], attributes: { padding, ...attributes } };
  const inputs = [{ shape: [1], dtype: "float32" }];
  const parts = { version: 1, inputs, streams: [], draws: [], constants: [] };
  return { ...parts, nodes: [...nodes, convolved], output: 3 };
}

const HUGE: Readonly<Record<string, readonly [graph: unknown, says: string]>> = {
  "the transpose of a convolution lays out what each pixel adds to": [
    convolution("convTranspose2d", [[1, 1, 400, 400], [1, 1, 30, 30]], {
      stride: [2, 2],
      outputPadding: [0, 0],
    }),
    "elements together",
  ],
  "the gradient of a kernel lays out what each of its places saw": [
    convolution("conv2dWeight", [[1, 1, 300, 300], [1, 1, 271, 271]], {
      stride: [1, 1],
      kernel: [30, 30],
    }),
    "elements together",
  ],
  "so does that of a convolution": [
    convolution("conv2d", [[1, 1, 300, 300], [1, 1, 30, 30]], { stride: [1, 1] }),
    "elements together",
  ],
  "and takes a step for each place": [
    convolution("conv2d", [[1, 1, 40, 40], [1, 1, 40, 40]], { stride: [1, 1] }),
    "kernels of more than 1024 places together",
  ],
  // Each 18,003 by 18,003 pixels, of which a stride leaves a few.
  "the gradient of a kernel writes images out with the zeros around them": [
    convolution("conv2d", [[1, 1, 3, 3], [1, 1, 3, 3]], {
      stride: [9000, 9000],
      padding: [9000, 9000],
    }),
    "elements together",
  ],
  "where a convolution is transposed they are around its gradient": [
    convolution("convTranspose2d", [[1, 1, 3, 3], [1, 1, 3, 3]], {
      stride: [9000, 9000],
      padding: [9000, 9000],
      outputPadding: [0, 0],
    }),
    "elements together",
  ],
  "and the gradient itself can be asked for": [
    convolution("conv2dWeight", [[1, 1, 3, 3], [1, 1, 3, 3]], {
      stride: [9000, 9000],
      padding: [9000, 9000],
      kernel: [3, 3],
    }),
    "elements together",
  ],
};

for (const [fact, [graph, says]] of Object.entries(HUGE)) {
  Deno.test(`limits count memory that is not in results: ${fact}`, () => {
    const asked = [{ shape: [1], dtype: "float32" }] as const;
    assertThrows(() => readGraph(graph, asked), StudentError, says);
  });
}

Deno.test("ONNX Runtime outlives graphs that were changed and are valid", async () => {
  const generator = new Generator(4);
  const messages: string[] = [];
  while (messages.length < 150) {
    const random = randomGraph(generator);
    const graph = messages.length % 2 === 0 ? random : renumbered(random, generator);
    if (read(JSON.stringify({ id: 1, graph })) !== undefined) messages.push(JSON.stringify(graph));
  }
  const program = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-check", "--allow-read", "--allow-ffi", "--allow-env"],
      fileURLToPath(new URL("evaluate_graphs.ts", import.meta.url)),
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const output = program.output();
  const input = program.stdin.getWriter();
  await input.write(new TextEncoder().encode(messages.join("\n")));
  await input.close();
  const { stdout } = await output;
  const said = new TextDecoder().decode(stdout).trim().split("\n");
  const last = said.filter((line) => /^\d+$/.test(line)).at(-1);
  assertEquals(said.at(-1), "done", `it died of ${messages[Number(last)]}`);
  assertEquals(said.filter((line) => line.startsWith("wrong")), []);
});
