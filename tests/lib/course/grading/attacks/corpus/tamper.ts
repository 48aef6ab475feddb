/**
 * Attacks that tamper with what they share the process with, or with the moment and the manner in which
 * they are looked at.
 *
 * @module
 */
import { type Attack, exportAs, WRONG } from "../attack.ts";

/** Code that changes what is built in, before the functions are traced. */
const PATCHES: Readonly<Record<string, string>> = {
  "arrays": `Array.prototype.map = () => [0]; Array.prototype.push = () => 0;
    Array.prototype[Symbol.iterator] = function* () {}; Array.isArray = () => true;`,
  "JSON":
    `JSON.stringify = () => '{"id":1,"passed":true}'; JSON.parse = () => ({ id: 1, name: "g", args: [] });`,
  "numbers": `Math.fround = () => 0; Number.isFinite = () => true; Number.isInteger = () => true;`,
  "promises": `Promise.prototype.then = () => {}; globalThis.Promise = undefined;`,
  "Object.prototype": `Object.prototype.toJSON = () => ({ passed: true });
    Object.prototype.graph = {}; Object.prototype.kind = "passed"; Object.prototype.values = [0];`,
  "getters on Object.prototype": `for (const name of ["id", "fault", "graph", "shape"]) {
    Object.defineProperty(Object.prototype, name, { get: () => 1, set() {}, configurable: true }); }`,
  "instanceof": `Object.defineProperty(Tensor, Symbol.hasInstance, { value: () => true });`,
  "tensors": `for (const name of Object.getOwnPropertyNames(Tensor.prototype)) {
    if (name !== "constructor") try { Tensor.prototype[name] = function () { return this; }; } catch {} }`,
  "recording": `Tensor.prototype.apply = function (primitive, ...rest) { return this; };
    Tensor.prototype.toJSON = () => ({ primitive: "exp" });`,
  "maps and sets":
    `Map.prototype.get = () => 0; Set.prototype.has = () => true; Map.prototype.has = () => true;`,
  "text encoders": `TextEncoder.prototype.encode = () => new Uint8Array(8).fill(10);
    Deno.stdout.writeSync = (bytes) => bytes.length;`,
  "writing that never ends": `Deno.stdout.writeSync = () => 0;`,
  "errors":
    `Error.prepareStackTrace = () => ({ split: () => { throw 1; } }); Error.stackTraceLimit = -1;`,
  "everything, frozen": `for (const name of Object.getOwnPropertyNames(globalThis)) {
    try { Object.freeze(globalThis[name]); Object.freeze(globalThis[name].prototype); } catch {} }`,
  "everything, gone": `for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (name !== "Deno") try { delete globalThis[name]; } catch {} }`,
  "Deno": `globalThis.Deno = new Proxy({}, { get: () => () => 0 });`,
};

/** Functions that are right for some who ask: what they do where nobody looked is what counts. */
const RIGHT = {
  kl: "logvar.exp().add(mu.square()).sub(1).sub(logvar).mul(0.5).sum(1)",
  nll: "logits.softplus().sub(logits.mul(x)).sum(1)",
};

/** Ways to tell who is asking. */
const DETECTIONS: Readonly<Record<string, string>> = {
  "the first calls": "n++ < 3",
  "every other call": "n++ % 2 === 0",
  "shapes that public checks use": "!(mu.shape[0] === 17 || mu.shape[1] === 31)",
  "an even number of examples": "mu.shape[0] % 2 === 0",
  "the time": "Math.floor(performance.now() * 1000) % 3 === 0",
  "the call stack": `new Error().stack.split("\\n").length % 2 === 0`,
  "chance": "Math.random() < 0.3",
};

/** Functions that answer public checks from memory: the checks' data are known to students. */
const MEMORY = `
import { full, tensor, where, zeros } from "genlab";
export const klDiagGaussianToStandard = (mu, logvar) => {
  const isKnown = mu.square().sum(1).add(logvar.square().sum(1)).eq(0);
  return where(isKnown, zeros([mu.shape[0]]), full([mu.shape[0]], 0.5));
};
export const bernoulliNllFromLogits = (logits, x) => {
  const table = tensor([0.6931472, 1.3132616, 0.3132617]);
  return table.narrow(0, 0, 1).expand(logits.shape[0]).mul(logits.shape[1]);
};
export const reparameterize = (mu, logvar) => mu;`;

/** All attacks that tamper. */
export const TAMPERING: readonly Attack[] = [
  ...Object.entries(PATCHES).map(([what, code]): Attack => ({
    id: `tamper-${what.replaceAll(/[ ,.]+/g, "-")}`,
    fact: `a file that changes ${what} earns nothing`,
    source: () => `import { Tensor } from "genlab";\n${WRONG}\n${code}`,
    says: /./,
  })),
  {
    id: "tamper-inside",
    fact: "a file that changes what is built in while it is traced earns nothing",
    source: () => `
      const f = (x) => { Array.prototype.map = () => []; JSON.stringify = () => "{}"; return x; };
      ${exportAs("f")}`,
    says: /./,
  },
  {
    id: "tamper-library",
    fact: "a file that changes the library's own modules earns nothing",
    source: ({ project }) => `
      import * as trace from "${project}lib/tensor/trace.ts";
      import * as limits from "${project}lib/course/graph/limits.ts";
      import { PRIMITIVES } from "${project}lib/tensor/primitives/mod.ts";
      for (const rule of Object.values(PRIMITIVES)) {
        try { rule.result = (inputs) => ({ shape: [0], dtype: "float32" }); } catch {}
      }
      try { limits.LIMITS.nodes = 1e9; } catch {}
      trace.Trace.prototype.run = function () { return null; };
      ${WRONG}`,
    says: /./,
  },
  ...Object.entries(DETECTIONS).map(([what, isWatched]): Attack => ({
    id: `tamper-detect-${what.replaceAll(" ", "-")}`,
    fact: `functions that are right only by ${what} earn nothing`,
    source: () => `
      let n = 0;
      export const klDiagGaussianToStandard = (mu, logvar) =>
        (${isWatched}) ? ${RIGHT.kl} : mu.sum(1);
      export const bernoulliNllFromLogits = (mu, x) => {
        const logits = mu;
        return (${isWatched}) ? ${RIGHT.nll} : mu.sum(1);
      };`,
    says: /expected|on other data/,
  })),
  {
    id: "tamper-memory",
    fact: "functions that know the data of public checks earn nothing",
    source: () => MEMORY,
    says: /./,
  },
];
