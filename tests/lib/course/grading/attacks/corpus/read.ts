/**
 * Attacks that read: files, other submissions, the project's solutions and checks, the environment.
 *
 * @module
 */
import {
  type Attack,
  looting,
  NO_IMPORT,
  NOTHING,
  SECRET_VARIABLE,
  type World,
} from "../attack.ts";

/** Addresses of the official solution. */
const SOLUTIONS: Readonly<Record<string, (world: World) => string>> = {
  absolute: ({ project }) => `${project}exercises/a_vae/solution.ts`,
  "file-url": ({ project }) => `file://${project}exercises/a_vae/solution.ts`,
  "file-host": ({ project }) => `file://localhost${project}exercises/a_vae/solution.ts`,
  capitals: ({ project }) => `FILE://${project}exercises/a_vae/solution.ts`,
  relative: ({ project }) => `${"../".repeat(12)}${project.slice(1)}exercises/a_vae/solution.ts`,
  "dots-escaped": ({ project }) =>
    `file://${project}lib/tensor/%2e%2e/%2E%2E/exercises/a_vae/solution.ts`,
  "slash-escaped": ({ project }) =>
    `file://${project}lib/tensor/..%2f..%2fexercises/a_vae/solution.ts`,
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
  text: ({ folder }) =>
    `import t from "${folder}/secret.txt" with { type: "text" }; throw new Error(t);`,
  json: ({ folder }) =>
    `import t from "${folder}/secret.json" with { type: "json" }; throw new Error(t.secret);`,
  module: ({ folder }) => `import { secret } from "${folder}/secret.ts"; throw new Error(secret);`,
  "deno-types": ({ folder }) =>
    `// @deno-types="file://${folder}/secret.ts"\nimport t from "${folder}/secret.ts"; throw new Error(t);`,
  passwd: () => `import t from "/etc/passwd" with { type: "text" }; throw new Error(t);`,
  environ: () => `import t from "/proc/self/environ" with { type: "text" }; throw new Error(t);`,
  neighbour: () => `import * as t from "../0/exercise_a.ts"; export * from "../0/exercise_a.ts";`,
  "node-fs": () =>
    `import { readFileSync } from "node:fs"; throw new Error(readFileSync("/etc/passwd"));`,
  // Lists of built-in modules leave these out, and the first writes files without a permission.
  "node-sqlite": () => `
    import { DatabaseSync } from "node:sqlite";
    const database = new DatabaseSync(":memory:");
    database.exec("PRAGMA cache_size = 1; PRAGMA temp_store = 1; CREATE TEMP TABLE t (x)");
    throw new Error("LOADED");`,
  "node-test": () => `import { run } from "node:test"; throw new Error("LOADED" + run);`,
  "bare-fs": () =>
    `import { readFileSync } from "fs"; throw new Error(readFileSync("/etc/passwd"));`,
};

/** Addresses of code, which is nobody's file. */
const CODE: Readonly<Record<string, (world: World) => string>> = {
  "dynamic": ({ project }) => `await import("${project}exercises/a_vae/" + "solution.ts");`,
  "dynamic-url": ({ project }) =>
    `await import(new URL("exercises/a_vae/solution.ts", "file://${project}").href);`,
  "dynamic-text": ({ folder }) =>
    `throw new Error((await import("${folder}/secret.txt", { with: { type: "text" } })).default);`,
  "dynamic-hidden": ({ project }) => `await import /* nothing */ ("${project}mod.ts");`,
  "dynamic-builtin": () => `const fs = await import("node:" + "fs");`,
  "dynamic-deferred": ({ project }) =>
    `await import.defer("${project}exercises/a_vae/solution.ts");`,
  "data-url": ({ project }) =>
    `export * from "data:text/javascript,export * from 'file://${project}exercises/a_vae/solution.ts'";`,
  "data-url-escaped": ({ project }) =>
    `export * from "\\x64ata:text/javascript,export * from '${project}exercises/a_vae/solution.ts'";`,
  "blob": ({ project }) =>
    `const url = URL.createObjectURL(new Blob(["export * from '${project}mod.ts'"]));
     await import(url);`,
  "source-map-file": ({ folder }) => `
    export const reparameterize = () => { throw new Error(new Error().stack); };
    //# sourceMappingURL=file://${folder}/secret.js.map`,
  "source-map-inline": ({ folder }) => {
    const map = {
      version: 3,
      sources: [`file://${folder}/secret.txt`],
      names: [],
      mappings: "AAAA",
    };
    return `throw new Error("uncaught");
      //# sourceMappingURL=data:application/json;base64,${btoa(JSON.stringify(map))}`;
  },
  // What Deno takes for blanks or for the keyword, and JavaScript does not.
  "blank-zero-width": (world) => `import loot from\u200b${mapped(world)} throw loot;`,
  "blank-next-line": (world) => `import loot from\u0085${mapped(world)} throw loot;`,
  "keyword-escaped": (world) => `import loot fr\\u006fm ${mapped(world)} throw loot;`,
  "keyword-braces": (world) => `import loot fr\\u{00006F}m ${mapped(world)} throw loot;`,
  "import-escaped": ({ project }) => `await im\\u0070ort("${project}mod.ts");`,
  // What is code is hidden in what may be no code.
  "after-comment": (world) => `/* from "x" */ import loot from ${mapped(world)} throw loot;`,
  "in-division": ({ project }) => `const a = 1!/ 2; await import("${project}mod.ts"); 1 / a;`,
  "after-expression": ({ project }) => `if (1) /\`/; await import("${project}mod.ts"); //\``,
  "after-class": ({ project }) => `if (1) /[/'"]'/; await import("${project}mod.ts"); //'`,
  "in-template": ({ project }) => `const a = \`\${\`}\`}\${await import("${project}mod.ts")}\`;`,
  "after-separator": ({ project }) => `// \u2028await import("${project}mod.ts");`,
  "source-map-of-code": ({ folder }) =>
    `import "data:text/javascript,throw new Error()%0A//# sourceMappingURL=file://${folder}/secret.js.map";`,
};

/** The address of code that names a source map, as its letters are not seen, and a semicolon. */
function mapped({ folder }: World): string {
  return `"data:text/javascript,export default new Error().stack%0A//%23 ` +
    `sourceMappin%67URL=file://${folder}/secret.js.map";`;
}

/** Expressions that read without a statement. */
const EXPRESSIONS: Readonly<Record<string, (world: World) => string[]>> = {
  "code made of text": ({ project }) => {
    const code = JSON.stringify(`im" + "port("file://${project}exercises/a_vae/solution.ts")`)
      .replace('\\" + \\"', '" + "');
    return [
      `eval(${code})`,
      `(0, eval)("1 + 1")`,
      `new Function("return " + ${code})()`,
      `(async () => {}).constructor("return " + ${code})()`,
      `(function* () {}).constructor("yield 1")().next().value`,
      `new Promise((resolve) => { globalThis.done = resolve; setTimeout("done(1)", 0); })`,
      `new ShadowRealm().importValue("${project}exercises/a_vae/solution.ts", "reparameterize")`,
      `new Worker("data:text/javascript,postMessage(1)", { type: "module" })`,
      `new (Object.getPrototypeOf(self).constructor.Worker)("file://${project}mod.ts")`,
      `WebAssembly.compileStreaming(fetch("file://${project}mod.ts"))`,
      `Deno.bundle({ entrypoints: ["${project}exercises/a_vae/solution.ts"] })`,
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
    `Deno.permissions.querySync({ name: "read", path: import.meta.filename }).state === "granted"`,
    `prompt("allow?")`,
    `confirm("allow?")`,
  ],
  "what another submission left": () => [
    `caches.open("left").then((cache) => cache.keys()).then((keys) => keys.length)`,
    `CacheStorage.prototype.open.call(Object.create(CacheStorage.prototype), "left")`,
    `(() => {
      const forged = Object.create(CacheStorage.prototype);
      const [headers] = [new Headers()];
      for (const symbol of Object.getOwnPropertySymbols(headers)) forged[symbol] = headers[symbol];
      return forged.open("left");
    })()`,
    `localStorage.length`,
    `sessionStorage.length`,
    `new Storage().length + 1`,
    `indexedDB.databases()`,
    `Deno.openKv()`,
    `new Promise((resolve) => { new BroadcastChannel("left").onmessage = resolve; })`,
  ],
};

/** Looks into what runs it. */
const TRACES: readonly Attack[] = [
  {
    id: "read-call-sites",
    fact: "stack traces hand out nothing of the functions on the stack",
    source: () =>
      looting([
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
    source: () =>
      looting([`(() => {
      const WANTED = /^(ops|core|CacheStorage|Storage|Worker|getBuiltinModule|binding|createRequire|_linkedBinding|mainModule|op_.*)$/;
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
  ...Object.entries(CODE).map(([name, code]): Attack => ({
    id: `read-code-${name}`,
    fact: `what is not to be seen in a file is not loaded: ${name}`,
    source: code,
    says: /imports while it runs|only "genlab" is there|comment inside|source map/,
  })),
  ...Object.entries(EXPRESSIONS).map(([name, expressions]): Attack => ({
    id: `read-${name.replaceAll(" ", "-")}`,
    fact: `nothing is read by ${name}`,
    source: (world) => looting(expressions(world)),
    says: NOTHING,
  })),
  ...TRACES,
];
