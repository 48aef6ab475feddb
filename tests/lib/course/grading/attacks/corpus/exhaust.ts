/**
 * Attacks that exhaust: time, memory, output, and whoever reads what comes of them.
 *
 * @module
 */
import { type Attack, exportAs, looting, NOTHING, WRONG } from "../attack.ts";

const TIME = /did not finish within|too much processor time|never comes|more than \d+ s/;
/** A machine that has much to do may run out of time first. */
const MEMORY = /too much memory|did not finish/;
const OUTPUT = /print less/;

/** What goes on without end, in a function or as the file is loaded. Each takes a whole timeout. */
const ENDLESS: Readonly<Record<string, string>> = {
  "a loop at the top": `for (;;);`,
  "a loop in a function": `const f = () => { for (;;); };${exportAs("f")}`,
  "microtasks": `const f = () => { const g = () => queueMicrotask(g); g(); };${exportAs("f")}
    const storm = () => Promise.resolve().then(storm); await storm();`,
  "waiting": `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`,
  "a regular expression": `/^(a+)+$/.test("a".repeat(60) + "b");`,
  "signals that are ignored": `
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) Deno.addSignalListener(signal, () => {});
    addEventListener("unload", () => { for (;;); });
    addEventListener("beforeunload", (event) => event.preventDefault());
    setInterval(() => {}, 1);
    const f = () => { for (;;); };${exportAs("f")}`,
  "a stop of its own": `Deno.kill(Deno.pid, "SIGSTOP");`,
  "WebAssembly": `
    new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(
      0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 8, 1, 0, 10, 9, 1, 7, 0, 3, 64, 12, 0, 11, 11,
    )));`,
  "a thrown value that never ends to be described": `
    const f = () => { throw { toString() { for (;;); } }; };${exportAs("f")}`,
};

/** What dies of itself, or is given up at once. */
const QUICK: Readonly<Record<string, readonly [code: string, says: RegExp]>> = {
  "an await that nothing ends": ["await new Promise(() => {});", TIME],
  "typed arrays": [
    "const kept = []; for (;;) kept.push(new Uint8Array(2 ** 28).fill(1));",
    MEMORY,
  ],
  "an array that grows": ["const kept = []; for (;;) kept.push({}, [], {});", MEMORY],
  "an array buffer that grows": [
    `const buffer = new ArrayBuffer(1, { maxByteLength: 2 ** 33 });
     for (let n = 2 ** 28; ; n += 2 ** 28) { buffer.resize(n); new Uint8Array(buffer).fill(1); }`,
    MEMORY,
  ],
  "WebAssembly's memory": [
    `const kept = [];
     for (;;) {
       const memory = new WebAssembly.Memory({ initial: 4096 });
       new Uint8Array(memory.buffer).fill(1);
       kept.push(memory);
     }`,
    /too much memory|fails as it is loaded|did not finish/,
  ],
  "a text that doubles": ["let t = 'x'; for (;;) { t += t; t.charCodeAt(9); }", MEMORY],
  "a number that grows": ["let n = 2n; for (;;) n **= 3n;", /memory|fails as it is loaded|finish/],
  "recursion": ["const f = () => f();" + exportAs("f"), /call stack/],
  "recursion in JSON": [
    `let a = []; for (let i = 0; i < 1e6; i++) a = [a];
     const f = () => JSON.stringify(a);${exportAs("f")}`,
    /returns the string|call stack|did not finish/,
  ],
  "output": ["const t = 'x'.repeat(2 ** 20); for (;;) console.log(t);", OUTPUT],
  "output on stderr": ["const t = 'x'.repeat(2 ** 20); for (;;) console.error(t);", OUTPUT],
  "a line without end": [
    `const bytes = new Uint8Array(2 ** 20).fill(97); for (;;) Deno.stdout.writeSync(bytes);`,
    OUTPUT,
  ],
  "lines without number": [
    "for (;;) Deno.stdout.writeSync(new Uint8Array(2 ** 16).fill(10));",
    /./,
  ],
  "brackets without end": [`${"(".repeat(200_000)}`, /./],
  "arrows without end": [`const f = ${"a=>".repeat(100_000)}1;`, /./],
  "operations without end": [
    `const f = (x) => { for (let i = 0; i < 2e4; i++) x = x.neg(); return x; };${exportAs("f")}`,
    /operations/,
  ],
  "elements without end": [
    `const f = (x) => x.reshape(-1).narrow(0, 0, 1).expand(2 ** 16, 2 ** 16);${exportAs("f")}`,
    /numbers|elements/,
  ],
  "a matrix product of huge matrices": [
    `import { zeros } from "genlab";
     const f = (x) => zeros([11585, 1]).add(x.sum()).matmul(zeros([1, 11585])).matmul(zeros([11585, 1]).add(1));
     ${exportAs("f")}`,
    /numbers|elements/,
  ],
  "zeros around images": [
    `import { conv2d } from "genlab";
     const f = (x) => {
       const y = x.sum().reshape(1, 1, 1, 1).expand(1, 1, 3, 3);
       // A few numbers, until a gradient is asked for.
       return x.sum(1).add(conv2d(y, y, undefined, { stride: 25000, padding: 25000 }).sum());
     };
     ${exportAs("f")}`,
    /elements together/,
  ],
  "100 MB of constants": [
    `import { tensor } from "genlab";
     const values = new Float32Array(25_000_000).map((_, i) => i);
     const f = (x) => tensor(values).sum().add(x.sum());
     ${exportAs("f")}`,
    /constant numbers|memory|did not finish|expected/,
  ],
  "results nested without end": [
    `const f = (x) => { let tree = x; for (let i = 0; i < 1e5; i++) tree = [tree]; return tree; };
     ${exportAs("f")}`,
    /nested without end/,
  ],
  "timers": [
    `for (let i = 0; i < 2e5; i++) Deno.unrefTimer(setTimeout(() => {}, 1e6));
     for (let i = 0; i < 1e4; i++) setInterval(() => console.log("x"), 0);
     export const klDiagGaussianToStandard = () => { throw new Error("TIMERS"); };`,
    /TIMERS|print less|finish/,
  ],
  "failures on their own": [
    `for (let i = 0; i < 1e4; i++) Promise.reject(new Error("x".repeat(1000)));
     export const klDiagGaussianToStandard = () => { throw new Error("REJECTED"); };`,
    /REJECTED|print less/,
  ],
  "a message of 100 MB": [
    `const f = () => { throw new Error("x".repeat(1e8)); };${exportAs("f")}`,
    /./,
  ],
  "a stop": [`debugger; close(); self.close(); ${WRONG}`, /ended the program/],
};

/** Processes that would go on: none can be started, and what is tried leaves none. */
const SPAWNING: Attack = {
  id: "exhaust-spawning",
  fact: "a thousand processes are not started",
  source: () =>
    looting([
      `(() => {
        let started = 0;
        for (let i = 0; i < 1000; i++) {
          try { new Deno.Command("sleep", { args: ["600"] }).spawn(); started++; } catch { /* none */ }
        }
        return started || undefined;
      })()`,
    ]),
  says: NOTHING,
};

/** All attacks that exhaust. */
export const EXHAUSTING: readonly Attack[] = [
  ...Object.entries(ENDLESS).map(([what, code]): Attack => ({
    id: `exhaust-endless-${what.replaceAll(" ", "-")}`,
    fact: `what does not end is ended: ${what}`,
    source: () => code,
    says: TIME,
  })),
  ...Object.entries(QUICK).map(([what, [code, says]]): Attack => ({
    id: `exhaust-${what.replaceAll(/[ ']+/g, "-")}`,
    fact: `what there is too much of is refused: ${what}`,
    source: () => code,
    says,
  })),
  SPAWNING,
];
