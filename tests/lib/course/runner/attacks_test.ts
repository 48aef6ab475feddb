/**
 * What a file may try in the process it runs in, and what comes of it: nothing it should not know
 * reaches it, and nothing but graphs and errors comes out.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { tensor } from "../../../../mod.ts";
import { Child } from "../../../../lib/course/runner/child.ts";
import { inRunner, StudentError } from "../../../../lib/course/student.ts";
import { leavesOf } from "../../../../lib/runtime/tree.ts";
import { noProcessWith, processesWith } from "./processes.ts";
import { plain, withFile, withStudent } from "./student_file.ts";

const x = tensor([1, 2]);
const SECRET = "the answer is 4127";
const PROJECT = fileURLToPath(new URL("../../../../", import.meta.url));

/** Uses a file that has others beside it which are none of its business. */
function withNeighbours<T>(text: (folder: string) => string, use: (path: string) => Promise<T>) {
  return withFile("", async (path) => {
    const folder = path.replace(/\/exercise_a\.ts$/, "");
    await Deno.writeTextFile(`${folder}/neighbour.ts`, `export const secret = "${SECRET}";`);
    await Deno.writeTextFile(`${folder}/neighbour.json`, JSON.stringify({ secret: SECRET }));
    await Deno.mkdir(`${folder}/sub`);
    await Deno.writeTextFile(path, text(folder));
    return await use(path);
  });
}

/** Static imports: none of them asks for a permission. */
const IMPORTS: ((folder: string) => string)[] = [
  () => 'import * as t from "./neighbour.ts";',
  () => 'import t from "./neighbour.json" with { type: "json" };',
  () => 'import t from "./neighbour.ts" with { type: "text" };',
  () => 'import t from "./neighbour.ts" with { type: "bytes" };',
  (folder) => `import * as t from "${folder}/neighbour.ts";`,
  (folder) => `import * as t from "file://${folder}/neighbour.ts";`,
  (folder) => `import * as t from "file://localhost${folder}/neighbour.ts";`,
  (folder) => `import * as t from "file://${folder}/sub/..%2fneighbour.ts";`,
  (folder) =>
    `import * as t from "file://${PROJECT}lib/tensor/..%2f..%2f..${folder}/neighbour.ts";`,
  (folder) => `import * as t from "FILE:${folder}/neighbour.ts";`,
  (folder) => `import t from "data:text/javascript,export * from 'file://${folder}/neighbour.ts'";`,
  () => 'import t from "/etc/passwd" with { type: "text" };',
  () => `import * as t from "${PROJECT}mod.ts";`,
  () => `import * as t from "${PROJECT}lib/models/mod.ts";`,
  () => `import * as t from "${PROJECT}lib/course/student.ts";`,
  () => `import * as t from "${PROJECT}exercises/c_discrete/main.ts";`,
  () => `import t from "${PROJECT}deno.json" with { type: "json" };`,
  () => 'import t from "npm:leven";',
  () => 'import t from "jsr:@std/assert";',
  () => 'import t from "https://example.com/t.ts";',
  () => 'import t from "node:fs";',
  () => 'import t from "node:worker_threads";',
  () => 'import * as t from "node:sqlite";',
  () => 'import * as t from "node:test";',
  () => 'import * as t from "node:test/reporters";',
  () => 'import * as t from "node:sea";',
];

for (const statement of IMPORTS) {
  Deno.test(`a file cannot ${statement("").replace(PROJECT, "/.../")}`, () =>
    withNeighbours((folder) => `${statement(folder)}\nconsole.log(t);`, async (path) => {
      let printed = "";
      const print = (text: string) => printed += text;
      const error = await assertRejects(() => inRunner(path, { print }), StudentError);
      assertEquals(error.kind, "syntax");
      // Where nobody has looked at the file before, it does not load either.
      const options = { path, shown: path, timeout: 60, print };
      const { message } = await assertRejects(() => Child.start(options), StudentError);
      assertEquals(printed, "");
      for (const text of [error.message, message]) {
        assert(!text.includes(SECRET) && !text.includes("root:"), text);
      }
    }));
}

/** Ways to reach outside at run time. */
const REACHES = [
  'await import("./neighbour.ts")',
  'await import("./neigh" + "bour.ts")',
  'await import("npm:" + "leven")',
  "Deno[Deno.internal].core",
  'eval("1 + 1")',
  'new Function("return 1")()',
  'await import("node:" + "fs")',
  "await import(URL.createObjectURL(new Blob([`export * from '${" +
  "new URL('neighbour.ts', import.meta.url)}'`], { type: 'text/javascript' })))",
  'Deno.readTextFileSync("/etc/passwd")',
  "Deno.readTextFileSync(new URL(import.meta.url))",
  'Deno.readDirSync("/").next()',
  'Deno.writeTextFileSync("/tmp/genlab-attack", "")',
  "Deno.env.toObject()",
  "Deno.hostname()",
  'new Deno.Command("id").outputSync()',
  "Deno.kill(Deno.ppid, 9)",
  'Deno.dlopen("libc.so.6", {})',
  'await fetch("http://127.0.0.1:8000/")',
  'await fetch("file:///etc/passwd")',
  "await Deno.connect({ port: 8000 })",
  "Deno.listen({ port: 0 })",
  'new Worker("data:text/javascript,", { type: "module" })',
  'localStorage.setItem("a", "b")',
  'await caches.open("a")',
  'await crypto.subtle.digest("SHA-1", new Uint8Array(1))',
  'process.getBuiltinModule("node:fs").readFileSync("/etc/passwd")',
  'await Deno.permissions.request({ name: "read" }).then(({ state }) => { ' +
  'if (state !== "granted") throw state })',
];

Deno.test("a file cannot reach outside at run time", async () => {
  const attempts = REACHES.map((reach, i) =>
    `try { const got = ${reach}; console.log("${i} got", got); } catch { console.log("${i} no"); }`
  );
  await withNeighbours(() => attempts.join("\n"), async (path) => {
    let printed = "";
    // As if nobody had looked at the file's text before.
    const print = (text: string) => printed += text;
    const child = await Child.start({ path, shown: "exercise_a.ts", timeout: 60, print });
    await child.close();
    assertEquals(printed.trim().split("\n"), REACHES.map((_, i) => `${i} no`));
  });
});

const VALID_ANSWER = JSON.stringify({
  id: 1,
  graph: {
    version: 1,
    inputs: [{ shape: [2], dtype: "float32" }],
    streams: [],
    draws: [],
    constants: [],
    nodes: [{ primitive: "neg", inputs: [0], attributes: {} }],
    output: 1,
  },
});

Deno.test("an answer before any question is rejected", () =>
  withFile(`console.log(${JSON.stringify(`genlab-answer:${VALID_ANSWER}`)});`, async (path) => {
    const error = plain(await assertRejects(() => inRunner(path), StudentError));
    assertEquals(error, {
      kind: "rejected",
      message: "loading the file answered what was not asked, exercise_a.ts",
    });
  }));

Deno.test("a forged answer is a graph like any other", () =>
  withStudent(
    `export function f() { console.log(${JSON.stringify(`genlab-answer:${VALID_ANSWER}`)}); }`,
    async (student) => {
      const [result] = leavesOf(await student.call("f", [x]));
      assertEquals(await result.tolist(), [-1, -2]);
    },
  ));

const FORGED: [string, string][] = [
  ["says that it passed", '{"id":1,"passed":true}'],
  ["is no JSON", "{"],
  ["asks for more time", "ready"],
  ["is empty", ""],
  ["has another number", '{"id":2,"graph":{}}'],
  ["is no graph", '{"id":1,"graph":{"score":100}}'],
  ["is a fault of no kind", '{"id":1,"fault":{"kind":"passed","message":""}}'],
];

for (const [name, answer] of FORGED) {
  Deno.test(`an answer is rejected if it ${name}`, () =>
    withStudent(
      `export function f() { console.log(${JSON.stringify(`genlab-answer:${answer}`)}); }`,
      async (student) => {
        const error = await assertRejects(() => student.trace("f", [x]), StudentError);
        assertEquals(error.kind, "rejected");
      },
    ));
}

Deno.test("messages from a file are one line without control characters", () =>
  withStudent(
    String.raw`export function f() { throw new Error("\x1b[2J\x1b]0;a\x07red\nline \u0000two"); }`,
    async (student) => {
      const error = plain(await assertRejects(() => student.trace("f", []), StudentError));
      assertEquals(error.message, "f: Error: red line two, exercise_a.ts:1");
    },
  ));

/** What a file may do to the process it shares with the tracing. */
const TAMPERING = [
  "Array.prototype.map = () => [1];",
  "Array.prototype.push = function () { return 0; };",
  'JSON.stringify = () => \'{"id":1,"passed":true}\';',
  "JSON.parse = () => ({ id: 1, name: 'g', args: [] });",
  "Math.fround = () => 0; Number.isFinite = () => true;",
  "Promise = undefined; globalThis.Map = undefined;",
  "Promise.prototype.then = () => {};",
  "Object.prototype.kind = 'passed'; Object.prototype.graph = 1;",
  "Object.defineProperty(Object.prototype, 'id', { get() { return 1; }, set() {} });",
  "Error.prepareStackTrace = () => { throw new Error('no'); };",
  "Error.prepareStackTrace = () => ({ passed: true });",
  "Tensor.prototype.apply = function () { return this; };",
  "Tensor.prototype.toJSON = () => 'forged';",
  "Object.freeze(Tensor.prototype); Object.freeze(Array.prototype);",
  "Deno.stdout.writeSync = () => { throw new Error('no'); };",
  "Symbol.hasInstance in Tensor; Object.setPrototypeOf(Tensor, null);",
  "crypto.getRandomValues = (a) => a;",
  "globalThis.TextEncoder = class { encode() { return new Uint8Array(1); } };",
];

for (const code of TAMPERING) {
  Deno.test(`tampering gives a graph or an error: ${code}`, () =>
    withStudent(
      `import { Tensor } from "genlab";
       export function f(x) { ${code} return x.mul(2); }`,
      async (student) => {
        try {
          const graph = await student.trace("f", [x]);
          assertEquals(graph.inputs, [{ shape: [2], dtype: "float32" }]);
        } catch (error) {
          assert(error instanceof StudentError, String(error));
          assert(!error.message.includes("\n"));
        }
      },
      { timeout: 1 },
    ));
}

Deno.test("an object that looks like a tensor is refused", () =>
  withStudent(
    `import { Tensor } from "genlab";
     export const f = (x) => ({ shape: [2], dtype: "float32", primitive: "leaf", inputs: [] });
     export const g = (x) => Object.setPrototypeOf({ shape: [9], dtype: "float32" }, Tensor.prototype);
     export const h = (x) => new Proxy(x, { get: (t, k) => k === "shape" ? [1e9] : t[k] });`,
    async (student) => {
      for (const name of ["f", "g", "h"]) {
        const error = await assertRejects(() => student.trace(name, [x]), StudentError);
        assert(["type", "threw", "rejected"].includes(error.kind), error.message);
      }
    },
  ));

Deno.test("output without end is stopped, with lines and without", () =>
  withStudent(
    `const text = "x".repeat(2 ** 20);
     export const f = () => { for (;;) console.log(text); };
     export const g = () => { for (;;) Deno.stdout.writeSync(new TextEncoder().encode(text)); };
     export const h = () => { for (;;) console.error(text); };`,
    async (student) => {
      for (const name of ["f", "g", "h"]) {
        const error = await assertRejects(() => student.trace(name, [x]), StudentError);
        assertEquals(error.kind, "output");
      }
    },
    { timeout: 60 },
  ));

Deno.test("a graph of a million nodes is rejected", () =>
  withStudent(
    "export const f = (x) => { for (let i = 0; i < 1e6; i++) x = x.neg(); return x; };",
    async (student) => {
      const error = await assertRejects(() => student.trace("f", [x]), StudentError);
      assertEquals(error.kind, "rejected");
      assert(error.message.startsWith("f takes 1000000 operations"), error.message);
    },
    { timeout: 60 },
  ));

Deno.test("signals that are ignored do not keep a process", () =>
  withStudent(
    `Deno.addSignalListener("SIGTERM", () => {});
     Deno.addSignalListener("SIGINT", () => {});
     export const f = () => { for (;;); };`,
    async (student) => {
      const error = await assertRejects(() => student.trace("f", []), StudentError);
      assertEquals(error.kind, "timeout");
    },
    { timeout: 2 },
  ));

const ENDS = [
  "Deno.exit(0);",
  'Deno.kill(Deno.pid, "SIGTERM");',
  'Deno.kill(Deno.pid, "SIGKILL");',
];

Deno.test({
  name: "no process is left when a runner is closed, or its parent ends, however that is",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withFile("export const f = () => { for (;;); };", async (path) => {
      const student = await inRunner(path);
      assert(processesWith(path) > 0);
      await student.close();
      await noProcessWith(path);

      for (const end of ENDS) {
        const code = `import { inRunner } from "./lib/course/student.ts";
          const student = await inRunner(Deno.args[0]);
          student.trace("f", []).catch(() => {});
          setTimeout(() => { console.log("looping"); ${end} }, 200);`;
        const parent = new Deno.Command(Deno.execPath(), {
          args: ["run", "--quiet", "--no-check", "--allow-all", "--ext=ts", "-", path],
          cwd: PROJECT,
          stdin: "piped",
          stdout: "piped",
        }).spawn();
        const stdin = parent.stdin.getWriter();
        await stdin.write(new TextEncoder().encode(code));
        await stdin.close();
        const { stdout } = await parent.output();
        assertEquals(new TextDecoder().decode(stdout), "looping\n");
        await noProcessWith(path);
      }
    }),
});
