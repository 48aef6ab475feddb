/**
 * Attacks that read: files, other submissions, the project's solutions and checks, the environment.
 *
 * @module
 */
import { type Attack, looting, NO_IMPORT, NOTHING, SECRET_VARIABLE, type World } from "../attack.ts";

/** Addresses of the official solution. */
const SOLUTIONS: Readonly<Record<string, (world: World) => string>> = {
  absolute: ({ project }) => `${project}exercises/a_vae/solution.ts`,
  "file-url": ({ project }) => `file://${project}exercises/a_vae/solution.ts`,
  "file-host": ({ project }) => `file://localhost${project}exercises/a_vae/solution.ts`,
  capitals: ({ project }) => `FILE://${project}exercises/a_vae/solution.ts`,
  relative: ({ project }) => `${"../".repeat(12)}${project.slice(1)}exercises/a_vae/solution.ts`,
  "dots-escaped": ({ project }) => `file://${project}lib/tensor/%2e%2e/%2E%2E/exercises/a_vae/solution.ts`,
  "slash-escaped": ({ project }) => `file://${project}lib/tensor/..%2f..%2fexercises/a_vae/solution.ts`,
  "query": ({ project }) => `file://${project}lib/errors.ts?/../../exercises/a_vae/solution.ts`,
  "letter-escaped": ({ project }) => `file://${project}exercises/a_vae/solutio%6e.ts`,
  "in-genlab": () => "genlab/../../../exercises/a_vae/solution.ts",
  "genlab-slash": () => "genlab/exercises/a_vae/solution.ts",
  "by-cwd": () => "/proc/self/cwd/exercises/a_vae/solution.ts",
  "by-root": ({ project }) => `/proc/self/root${project}exercises/a_vae/solution.ts`,
  "by-fd": () => "/proc/self/fd/3",
  npm: () => "npm:genlab/exercises/a_vae/solution.ts",
  jsr: () => "jsr:@genlab/genlab/exercises/a_vae/solution.ts",
  http: ({ port }) => `http://127.0.0.1:${port}/solution.ts`,
  "main-module": ({ project }) => `${project}mod.ts`,
  checks: ({ project }) => `${project}exercises/a_vae/hidden.ts`,
};

/** Other ways to name it in a statement. */
const STATEMENTS: Readonly<Record<string, (world: World) => string>> = {
  "export-star": ({ project }) => `export * from "${project}exercises/a_vae/solution.ts";`,
  "data-url": ({ project }) =>
    `export * from "data:text/javascript,export * from 'file://${project}exercises/a_vae/solution.ts'";`,
  text: ({ folder }) => `import t from "${folder}/secret.txt" with { type: "text" }; throw new Error(t);`,
  bytes: ({ folder }) =>
    `import t from "${folder}/secret.txt" with { type: "bytes" }; throw new TextDecoder().decode(t);`,
  json: ({ folder }) => `import t from "${folder}/secret.json" with { type: "json" }; throw new Error(t.secret);`,
  module: ({ folder }) => `import { secret } from "${folder}/secret.ts"; throw new Error(secret);`,
  "deno-types": ({ folder }) =>
    `// @deno-types="file://${folder}/secret.ts"\nimport t from "${folder}/secret.ts"; throw new Error(t);`,
  passwd: () => `import t from "/etc/passwd" with { type: "text" }; throw new Error(t);`,
  environ: () => `import t from "/proc/self/environ" with { type: "text" }; throw new Error(t);`,
  neighbour: () => `import * as t from "../0/exercise_a.ts"; export * from "../0/exercise_a.ts";`,
  "node-fs": () => `import { readFileSync } from "node:fs"; throw new Error(readFileSync("/etc/passwd"));`,
  "bare-fs": () => `import { readFileSync } from "fs"; throw new Error(readFileSync("/etc/passwd"));`,
  "computed-literal": ({ project }) =>
    `export const { reparameterize, klDiagGaussianToStandard, bernoulliNllFromLogits } =
       await import("${project}exercises/a_vae/solution.ts");`,
};

/** Expressions that read without a statement. */
const EXPRESSIONS: Readonly<Record<string, (world: World) => string[]>> = {
  "dynamic imports": ({ folder, project }) => [
    `import("${folder}/" + "secret.ts").then(Object.values)`,
    `import("file://${folder}/" + "secret.json", { with: { type: "json" } }).then(Object.values)`,
    `import("${folder}/secret.txt".slice(0), { with: { type: "text" } }).then(Object.values)`,
    `import("${folder}/secret.txt".slice(0), { with: { type: "bytes" } }).then(Object.values)`,
    `import("${project}exercises/a_vae/" + "solution.ts").then(Object.keys)`,
    `import(new URL("exercises/a_vae/solution.ts", "file://${project}").href).then(Object.keys)`,
    `import(import.meta.resolve("genlab").replace("lib/course/runner/genlab.ts", "mod.ts"))`,
    `import("npm:" + "leven")`,
    `import("jsr:" + "@std/assert")`,
    `import("node:" + "fs")`,
    `import("node:" + "v8")`,
    `import(import.meta.url + "?again")`,
  ],
  "modules made of text": ({ project }) => {
    const code = `export * from 'file://${project}exercises/a_vae/solution.ts'`;
    return [
      `import("data:text/javascript," + encodeURIComponent(${JSON.stringify(code)}))`,
      `import(URL.createObjectURL(new Blob([${JSON.stringify(code)}], { type: "text/javascript" })))`,
      `eval(${JSON.stringify(`import("file://${project}exercises/a_vae/solution.ts")`)})`,
      `new Function(${JSON.stringify(`return import("${project}exercises/a_vae/solution.ts")`)})()`,
      `(async () => {}).constructor(${
        JSON.stringify(`return await import("${project}mod.ts")`)
      })()`,
      `new ShadowRealm().importValue("${project}exercises/a_vae/solution.ts", "reparameterize")`,
      `new Worker("data:text/javascript,postMessage(1)", { type: "module" })`,
      `new (Object.getPrototypeOf(self).constructor.Worker)("file://${project}mod.ts")`,
      `WebAssembly.compileStreaming(fetch("file://${project}mod.ts"))`,
    ];
  },
  "files by Deno": ({ folder }) => [
    `Deno.readTextFileSync("${folder}/secret.txt")`,
    `Deno.readTextFile("${folder}/secret.txt")`,
    `Deno.readFileSync("${folder}/../${folder.split("/").at(-1)}/secret.txt")`,
    `Deno.openSync("${folder}/secret.txt").size`,
    `Deno.open("/proc/self/fd/0")`,
    `Deno.readTextFileSync("/proc/self/environ")`,
    `Deno.readTextFileSync("/proc/self/cmdline")`,
    `Deno.readTextFileSync(new URL(import.meta.url))`,
    `[...Deno.readDirSync("${folder}")]`,
    `Deno.statSync("${folder}/secret.txt").size`,
    `Deno.realPathSync(".")`,
    `Deno.cwd()`,
    `Deno.execPath()`,
    `Deno.copyFileSync("${folder}/secret.txt", "${folder}/copy")`,
    `Deno.symlinkSync("${folder}/secret.txt", "${folder}/link")`,
    `Deno.watchFs("${folder}")`,
  ],
  "files by fetch": ({ folder }) => [
    `fetch("file://${folder}/secret.txt").then((answer) => answer.text())`,
    `fetch(new URL("secret.txt", "file://${folder}/")).then((answer) => answer.text())`,
    `new EventSource("file://${folder}/secret.txt").readyState === 1`,
    `new Response(Bun.file("${folder}/secret.txt")).text()`,
  ],
  "the environment": () => [
    `Deno.env.get("${SECRET_VARIABLE}")`,
    `Object.values(Deno.env.toObject())`,
    `Deno.env.has("${SECRET_VARIABLE}")`,
    `process.env.${SECRET_VARIABLE}`,
    `globalThis.process.getBuiltinModule("node:process").env`,
    `Deno.osRelease()`,
    `Deno.hostname()`,
    `Deno.uid()`,
    `Deno.networkInterfaces()`,
    `Deno.loadavg()`,
    `Deno.systemMemoryInfo()`,
  ],
  "native code": () => [
    `Deno.dlopen("libc.so.6", { getenv: { parameters: ["buffer"], result: "pointer" } })`,
    `new Deno.UnsafePointerView(Deno.UnsafePointer.create(4096n)).getUint8()`,
    `Deno.UnsafePointer.of(new Uint8Array(1))`,
    `process.dlopen({}, "x.node")`,
    `process.binding("fs")`,
    `require("node:fs")`,
  ],
  "the inside of Deno": () => [
    `Deno[Deno.internal]`,
    `Object.getOwnPropertySymbols(Deno).length > 0`,
    `Deno.core`,
    `Deno[Symbol.for("Deno.internal")]`,
    `globalThis.__bootstrap`,
    `globalThis.Deno.internal.core`,
  ],
  "permissions": () => [
    `Deno.permissions.request({ name: "read" }).then(({ state }) => state === "granted")`,
    `Deno.permissions.requestSync({ name: "env" }).state === "granted"`,
    `Deno.permissions.requestSync({ name: "run" }).state === "granted"`,
    `Deno.permissions.querySync({ name: "ffi" }).state === "granted"`,
    `Deno.permissions.querySync({ name: "import" }).state === "granted"`,
    `prompt("allow?")`,
    `confirm("allow?")`,
  ],
  "what another submission left": () => [
    `caches.open("left").then((cache) => cache.keys()).then((keys) => keys.length)`,
    `CacheStorage.prototype.open.call(Object.create(CacheStorage.prototype), "left")`,
    `new CacheStorage()`,
    `localStorage.length`,
    `new Storage()`,
    `indexedDB.databases()`,
    `Deno.openKv()`,
    `new Promise((resolve) => { new BroadcastChannel("left").onmessage = resolve; })`,
  ],
};

/** Reads what a source map of its own points at, and what stack traces tell. */
const TRACES: readonly Attack[] = [
  {
    id: "read-source-map-file",
    fact: "a source map elsewhere is not read",
    source: ({ folder }) => `
      const f = () => { throw new Error("MAP " + new Error().stack); };
      export const reparameterize = f;
      //# sourceMappingURL=file://${folder}/secret.js.map`,
    says: /MAP Error/,
  },
  {
    id: "read-source-map-inline",
    fact: "a source map does not make an uncaught error quote another file",
    source: ({ folder }) => {
      const map = { version: 3, sources: [`file://${folder}/secret.txt`], names: [], mappings: "AAAA" };
      return `throw new Error("MAPPED");
      //# sourceMappingURL=data:application/json;base64,${btoa(JSON.stringify(map))}`;
    },
    says: /MAPPED/,
  },
  {
    id: "read-call-sites",
    fact: "stack traces hand out nothing of the functions on the stack",
    source: () => looting([
      `(() => {
        Error.prepareStackTrace = (_, sites) => sites;
        const sites = new Error().stack;
        Error.prepareStackTrace = undefined;
        const found = sites.map((site) => site.getThis() ?? site.getFunction());
        return found.find((one) => one !== undefined && one !== globalThis && /serve|load/.test(one.name));
      })()`,
      "(function () { return arguments.callee.caller.caller; })()",
    ]),
    says: NOTHING,
  },
  {
    id: "read-hunt",
    fact: "nothing that can be reached leads to the inside of Deno or Node",
    source: () => looting([`(() => {
      const WANTED = /^(ops|core|getBuiltinModule|binding|createRequire|_linkedBinding|mainModule|op_.*)$/;
      const seen = new Set([globalThis]);
      const found = [];
      for (const holder of seen) {
        let keys = [];
        try { keys = Reflect.ownKeys(holder); } catch { continue; }
        const add = (value) => {
          if ((typeof value === "object" && value !== null) || typeof value === "function") seen.add(value);
        };
        for (const key of keys) {
          if (WANTED.test(String(key)) && holder !== Deno) found.push(String(key));
          const property = Reflect.getOwnPropertyDescriptor(holder, key) ?? {};
          [property.value, property.get, property.set].forEach(add);
          try { add(holder[key]); } catch { continue; }
        }
        add(Reflect.getPrototypeOf(holder));
        if (seen.size > 50_000) break;
      }
      return seen.size > 2000 && found.length === 0 ? undefined : [seen.size, ...found].join(" ");
    })()`]),
    says: NOTHING,
  },
];

/** All attacks that read. */
export const READING: readonly Attack[] = [
  ...Object.entries(SOLUTIONS).map(([name, address]): Attack => ({
    id: `read-solution-${name}`,
    fact: `the official solution is not imported: ${name}`,
    source: (world) => `export * from ${JSON.stringify(address(world))};`,
    says: NO_IMPORT,
  })),
  ...Object.entries(STATEMENTS).map(([name, statement]): Attack => ({
    id: `read-statement-${name}`,
    fact: `a statement does not read: ${name}`,
    source: statement,
    says: NO_IMPORT,
  })),
  ...Object.entries(EXPRESSIONS).map(([name, expressions]): Attack => ({
    id: `read-${name.replaceAll(" ", "-")}`,
    fact: `nothing is read by ${name}`,
    source: (world) => looting(expressions(world)),
    says: NOTHING,
  })),
  ...TRACES,
];
