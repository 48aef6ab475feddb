/**
 * Attacks that reach out: to the network, to files they write, to other processes, to whoever comes
 * after them.
 *
 * @module
 */
import { type Attack, looting, NO_IMPORT, NOTHING, type World, WRONG } from "../attack.ts";

const EXPRESSIONS: Readonly<Record<string, (world: World) => string[]>> = {
  "a listener is not reached": ({ port, folder }) => [
    `fetch("http://127.0.0.1:${port}/")`,
    `fetch("http://localhost:${port}/", { method: "POST", body: "x" })`,
    `fetch("http://[::ffff:127.0.0.1]:${port}/")`,
    `Deno.connect({ port: ${port} })`,
    `Deno.connect({ transport: "unix", path: "${folder}/socket" })`,
    `Deno.connectTls({ port: ${port} })`,
    `new Promise((resolve, reject) => Object.assign(new WebSocket("ws://127.0.0.1:${port}/"),
      { onopen: resolve, onerror: () => reject() }))`,
    `new Promise((resolve, reject) => Object.assign(new EventSource("http://127.0.0.1:${port}/"),
      { onopen: resolve, onerror: () => reject() }))`,
    `Deno.resolveDns("localhost", "A")`,
    `WebAssembly.instantiateStreaming(fetch("http://127.0.0.1:${port}/t.wasm"))`,
    `new WebTransport("https://127.0.0.1:${port}/").ready`,
    `navigator.gpu.requestAdapter()`,
  ],
  "nothing listens": ({ folder }) => [
    `Deno.listen({ port: 0 })`,
    `Deno.listen({ transport: "unix", path: "${folder}/own" })`,
    `Deno.listenDatagram({ port: 0, transport: "udp" })`,
    `Deno.serve({ port: 0 }, () => new Response("hello"))`,
    `Deno.startTls({}, {})`,
  ],
  "nothing is written": ({ folder }) => [
    `Deno.writeTextFileSync("${folder}/written", "1") ?? true`,
    `Deno.writeTextFile("${folder}/written", "1").then(() => true)`,
    `Deno.openSync("${folder}/written", { create: true, write: true })`,
    `Deno.createSync("${folder}/written")`,
    `Deno.mkdirSync("${folder}/made") ?? true`,
    `Deno.makeTempFileSync()`,
    `Deno.makeTempDirSync({ dir: "${folder}" })`,
    `Deno.renameSync("${folder}/secret.txt", "${folder}/moved") ?? true`,
    `Deno.removeSync("${folder}/secret.txt") ?? true`,
    `Deno.truncateSync("${folder}/secret.txt") ?? true`,
    `Deno.linkSync("${folder}/secret.txt", "${folder}/linked") ?? true`,
    `Deno.chmodSync("${folder}", 0o777) ?? true`,
    `Deno.writeTextFileSync("grades.json", "{}") ?? true`,
    `Deno.writeTextFileSync("/dev/stdout", "1") ?? true`,
    `Deno.writeTextFileSync(new URL("results.json", import.meta.url), "{}") ?? true`,
  ],
  "nothing is left for those who come after": () => [
    `caches.open("left").then((cache) => cache.put("https://a/", new Response("1"))).then(() => true)`,
    `(localStorage.left = "1")`,
    `Deno.openKv().then((kv) => kv.set(["left"], 1))`,
    `Deno.env.set("LEFT", "1") ?? true`,
    `Deno.chdir("/") ?? true`,
    `Deno.umask(0)`,
    `Deno.cron("left", "* * * * *", () => {}) ?? true`,
  ],
  "no process is started or ended": () => [
    `new Deno.Command("sh", { args: ["-c", "sleep 600"] }).spawn()`,
    `new Deno.Command(Deno.execPath(), { args: ["eval", "for (;;);"] }).spawn()`,
    `new Deno.Command("deno", { args: ["--version"] }).outputSync()`,
    `Deno.spawn("sleep", ["600"])`,
    `Deno.run({ cmd: ["sleep", "600"] })`,
    `process.getBuiltinModule("node:child_process").spawn("sleep", ["600"], { detached: true })`,
    `Deno.kill(Deno.ppid, "SIGKILL") ?? true`,
    `Deno.kill(1, "SIGTERM") ?? true`,
    `Deno.kill(-1, "SIGKILL") ?? true`,
    `Deno.kill(0, "SIGSTOP") ?? true`,
    `process.kill(process.ppid)`,
  ],
};

/** Attacks that look as if they did nothing: whoever watches the listener knows. */
const QUIET: readonly Attack[] = [
  {
    id: "reach-static-http",
    fact: "a module of the network is not loaded",
    source: ({ port }) => `import "http://127.0.0.1:${port}/t.ts";${WRONG}`,
    says: NO_IMPORT,
  },
  {
    id: "reach-source-map",
    fact: "a source map of the network is not loaded",
    source: ({ port }) => `
      export const reparameterize = () => { throw new Error("MAPPED"); };
      //# sourceMappingURL=http://127.0.0.1:${port}/t.js.map`,
    says: /names a source map/,
  },
  {
    id: "reach-pragmas",
    fact: "remarks that name other files load nothing",
    source: ({ port, folder }) => `
      /// <reference types="http://127.0.0.1:${port}/t.d.ts" />
      /// <reference path="${folder}/secret.ts" />
      /** @jsxImportSource http://127.0.0.1:${port}/ */
      // @ts-self-types="http://127.0.0.1:${port}/t.d.ts"
      import type { T } from "http://127.0.0.1:${port}/t.ts";
      export const reparameterize = () => { throw new Error("LOADED ALONE"); };`,
    says: /LOADED ALONE|imports/,
  },
];

/** All attacks that reach out. */
export const REACHING: readonly Attack[] = [
  ...Object.entries(EXPRESSIONS).map(([fact, expressions]): Attack => ({
    id: `reach-${fact.replaceAll(" ", "-")}`,
    fact,
    source: (world) => looting(expressions(world)),
    says: NOTHING,
  })),
  ...QUIET,
];
