/**
 * Attacks that forge: answers nobody computed, graphs nobody traced, results that are none.
 *
 * @module
 */
import { type Attack, exportAs, forged, WRONG } from "../attack.ts";

/** Answers to the first question, as a file may print them. */
const ANSWERS: Readonly<Record<string, string>> = {
  "that says it passed": '{"id":1,"passed":true,"score":100}',
  "with results": '{"id":1,"results":[{"id":"kl-shape","status":"passed"}],"graph":{}}',
  "of a kind there is not": '{"id":1,"fault":{"kind":"passed","message":"all right"}}',
  "with its own limits": '{"id":1,"graph":{"version":1,"limits":{"nodes":1e9}}}',
  "with a prototype": '{"id":1,"__proto__":{"fault":null},"graph":{"__proto__":{"version":1}}}',
  "to another question": '{"id":2,"graph":{}}',
  "that is no JSON": '{"id":1,"graph":',
  "that is very deep": `{"id":1,"graph":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
  "with a number too large": '{"id":1,"graph":{"version":1e999}}',
  "that is nothing": "",
};

/** What a graph has to hold for the arguments of the first calls. */
const graph = (parts: string) =>
  `JSON.stringify({ id, graph: { version: 1,
  inputs: args.filter((a) => typeof a !== "number"),
  streams: [], draws: [], constants: [], nodes: [], output: 0, ${parts} } })`;

/** Graphs that answer all questions, and compute nothing that is right. */
const GRAPHS: Readonly<Record<string, readonly [parts: string, says: RegExp]>> = {
  "its own input": ["output: 0", /./],
  "nothing at all": [
    'constants: [{ dtype: "float32", shape: [0], values: [] }], output: 2',
    /shape/,
  ],
  "what has no elements": [
    'nodes: [{ primitive: "narrow", inputs: [0], attributes: ' +
    "{ dim: 0, start: 0, length: 0 } }], output: 2",
    /shape/,
  ],
  "what is no number": [
    'nodes: [{ primitive: "sub", inputs: [0, 0], attributes: {} }, ' +
    '{ primitive: "div", inputs: [2, 2], attributes: {} }], output: 3',
    /NaN|nan|shape/,
  ],
  "infinite numbers": [
    'constants: [{ dtype: "float32", shape: [], values: [1e999] }]',
    /rejected|valid/,
  ],
  "an unknown primitive": [
    'nodes: [{ primitive: "passed", inputs: [0], attributes: {} }], output: 2',
    /no valid graph/,
  ],
  "a primitive of Object": [
    'nodes: [{ primitive: "constructor", inputs: [0], attributes: {} }], output: 2',
    /no valid graph/,
  ],
  "itself": [
    'nodes: [{ primitive: "neg", inputs: [2], attributes: {} }], output: 2',
    /no valid graph/,
  ],
  "a tensor that is not there": ["output: 7", /no valid graph/],
  "a name that is none": ["output: { constructor: 0 }", /no valid graph/],
  "another version": ["version: 2", /no valid graph/],
  "other inputs": ["inputs: []", /no valid graph/],
  "2^31 elements": [
    'nodes: [{ primitive: "expand", inputs: [0], attributes: { shape: [2147483647, 2147483647] } }], output: 2',
    /no valid graph/,
  ],
  "a huge matrix product": [
    'constants: [{ dtype: "float32", shape: [30000, 1], values: [1] }, ' +
    '{ dtype: "float32", shape: [1, 30000], values: [1] }], ' +
    'nodes: [{ primitive: "matmul", inputs: [2, 3], attributes: {} }], output: 4',
    /no valid graph/,
  ],
  "noise of its own seed": [
    'streams: ["1"], draws: [{ distribution: { kind: "normal" }, shape: args[0].shape, ' +
    'dtype: "float32", stream: 0 }], output: args.length',
    /./,
  ],
  "100,000 draws": [
    'draws: Array(100000).fill({ distribution: { kind: "normal" }, shape: [9], dtype: "float32", ' +
    'stream: "caller" })',
    /no valid graph/,
  ],
};

/** Files that return something else than they should. */
const RETURNS: Readonly<Record<string, readonly [code: string, says: RegExp]>> = {
  "an object in a tensor's clothes": [
    `const f = (x) => ({ shape: x.shape, dtype: "float32", primitive: "leaf", inputs: [], values: [0] });`,
    /returns|valid/,
  ],
  "a tensor made without its maker": [
    `const f = (x) => Object.setPrototypeOf({ shape: [1], dtype: "float32" }, Tensor.prototype);`,
    /klDiag/,
  ],
  "a tensor whose graph is not its own": [
    `const f = (x) => {
       const y = x.mul(0);
       for (const key of Reflect.ownKeys(y)) {
         try { Object.defineProperty(y, key, { value: key === "primitive" ? "exp" : y[key] }); } catch {}
       }
       return y;
     };`,
    /./,
  ],
  "a proxy of a tensor": [
    `const f = (x) => new Proxy(x.mul(0), { get: (y, key) => key === "shape" ? x.shape : y[key] });`,
    /./,
  ],
  "a revoked proxy": [
    `const f = (x) => { const { proxy, revoke } = Proxy.revocable(x, {}); revoke(); return proxy; };`,
    /./,
  ],
  "a subclass with shapes of its own": [
    `class Forged extends Tensor { get shape() { return [Math.random() * 9 | 0]; } get primitive() { return "exp"; } }
     const f = (x) => Object.setPrototypeOf(x.mul(0), Forged.prototype);`,
    /./,
  ],
  "getters that change": [
    `let n = 0;
     const f = (x) => Object.defineProperties({}, {
       a: { enumerable: true, get: () => n++ % 2 ? x : x.mul(0) },
       b: { enumerable: true, get: () => { throw new Error("GETTER"); } },
     });`,
    /GETTER|returns/,
  ],
  "an array without end": ["const f = () => new Array(2 ** 32 - 1);", /returns more than/],
  "itself in itself": [
    "const f = (x) => { const a = [x]; a.push(a); return a; };",
    /nested without end/,
  ],
  "a promise that pretends": [
    `const f = (x) => ({ then: (resolve) => resolve(x), shape: x.shape });`,
    /returns/,
  ],
  "a generator": ["function* f(x) { for (;;) yield x; }", /returns/],
  "more things than there are": [
    "const f = (x) => Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => ['a' + i, x]));",
    /returns more than/,
  ],
};

const read = `
  const text = [];
  const bytes = new Uint8Array(65536);
  const decoder = new TextDecoder();
  const next = () => {
    while (!text.join("").includes("\\n")) {
      const n = Deno.stdin.readSync(bytes);
      if (n === null) Deno.exit();
      text.push(decoder.decode(bytes.subarray(0, n)));
    }
    const [line, ...rest] = text.join("").split("\\n");
    text.splice(0, text.length, rest.join("\\n"));
    return JSON.parse(line);
  };
  const say = (line) => Deno.stdout.writeSync(new TextEncoder().encode("\\ngenlab-answer:" + line + "\\n"));
`;

/** All attacks that forge. */
export const FORGING: readonly Attack[] = [
  ...Object.entries(ANSWERS).map(([what, answer]): Attack => ({
    id: `forge-answer-${what.replaceAll(" ", "-")}`,
    fact: `an answer ${what} earns nothing`,
    source: () => `const f = () => { ${forged(answer)} };${exportAs("f")}`,
    says: /answer|no valid graph|nothing/,
  })),
  {
    id: "forge-answer-early",
    fact: "an answer before there was a question earns nothing",
    source: () => `${forged('{"id":1,"graph":{}}')}${WRONG}`,
    says: /answered what was not asked/,
  },
  {
    id: "forge-answers-many",
    fact: "ten thousand answers earn nothing",
    source: () => `
      for (let id = 0; id < 10000; id++) console.log('genlab-answer:{"id":' + id + ',"graph":null}');
      ${WRONG}`,
    says: /answered what was not asked|no valid graph/,
  },
  {
    id: "forge-answers-elsewhere",
    fact: "answers on stderr, and such that only look like them, are what a file prints",
    source: () => `
      console.error('genlab-answer:{"id":1,"graph":{}}');
      console.log(' genlab-answer:{"id":1,"graph":{}}');
      console.log(JSON.stringify({ results: [{ status: "passed", score: 100 }] }));
      console.log("ok 1 - all tests passed\\n::set-output name=score::100");
      export const reparameterize = () => { throw new Error("PRINTED"); };`,
    says: /PRINTED/,
  },
  {
    id: "forge-exit",
    fact: "a file that ends its process well earns nothing",
    source: () => `const f = () => Deno.exit(0);${exportAs("f")}`,
    says: /ended the program it runs in/,
  },
  {
    id: "forge-exit-at-once",
    fact: "a file that ends its process as it is loaded earns nothing",
    source: () => `${forged('{"id":0,"graph":null}')} Deno.exit(0);${WRONG}`,
    says: /ended the program it runs in/,
  },
  {
    id: "forge-nothing",
    fact: "a file with nothing in it earns nothing",
    source: () => "",
    says: /exports no/,
  },
  {
    id: "forge-then",
    fact: "a module that is a promise earns nothing",
    source: () => `
      export const then = (resolve) =>
        resolve(new Proxy({}, { get: () => () => { throw new Error("THEN"); }, has: () => true }));
      ${WRONG}`,
    says: /exports no|THEN/,
  },
  {
    id: "forge-names",
    fact: "names of its own invention earn nothing",
    source: () => `export const vaeLoss = () => 0, score = 100, checks = [], constructor = 1;`,
    says: /exports no/,
  },
  ...Object.entries(GRAPHS).map(([what, [parts, says]]): Attack => ({
    id: `forge-graph-${what.replaceAll(/[ ',^]+/g, "-")}`,
    fact: `a server of its own that answers with ${what} earns nothing`,
    source: () =>
      `${read} say('{"id":0,"graph":null}');
      for (;;) { const { id, args } = next(); say(${graph(parts)}); }`,
    says,
  })),
  ...Object.entries(RETURNS).map(([what, [code, says]]): Attack => ({
    id: `forge-returns-${what.replaceAll(/[ ']+/g, "-")}`,
    fact: `a function that returns ${what} earns nothing`,
    source: () => `import { Tensor } from "genlab";\n${code}\n${exportAs("f")}`,
    says,
  })),
];
