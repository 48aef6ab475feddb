/**
 * The walls around a student's file: a process of Deno without any permission, in which all paths to
 * other files end nowhere.
 *
 * Permissions alone do not do it: static imports are not asked for any. An import map decides instead,
 * in which every `file:` address leads nowhere, except those of the modules the runner is made of and
 * of the one file. It names each of them: a folder would let `..%2f` out.
 *
 * @module
 */
import { builtinModules } from "node:module";
import { pathToFileURL } from "node:url";
import { behindBubblewrap, type Bubblewrap } from "./bubblewrap.ts";
import { denoExecutable } from "./executable.ts";

const LIB = new URL("../../", import.meta.url);

/** The modules the runner may load, which hold nothing that an exercise asks for: some files, */
const FILES = [
  "errors.ts",
  "data/loader.ts",
  "course/not_implemented.ts",
  "course/student_error.ts",
];
/** and all files in some folders. */
const FOLDERS = [
  ...["nn/", "optim/", "random/", "tensor/", "tensor/primitives/"],
  ...["course/graph/", "course/runner/"],
];

/** Modules that only their `node:` names lead to, so that lists of modules leave them out. */
const UNLISTED = ["sea", "sqlite", "test", "test/reporters"];

/** An address that nothing can be loaded from. */
const NOWHERE = "blocked:/";

/** Heap of JavaScript in MB; graphs take a few. */
const HEAP_MEGABYTES = 256;

/** The stack of a thread in kB, as Linux has it by default. */
const STACK_KILOBYTES = 8192;

/** Code is what stands in the file, where it was looked at. */
const NO_EVAL = "--disallow-code-generation-from-strings";

/** Nothing but what is here already, and no question to anybody. */
const COMMON = [
  ...["--quiet", "--no-prompt", "--no-config", "--no-lock", "--no-check"],
  ...["--no-npm", "--no-remote", "--cached-only"],
];

/** What bounds a process, where the system can. */
export interface ProcessLimits {
  /** Bytes of memory the process may ask for. Deno alone asks for some 600 MB, and uses a tenth. */
  readonly memory: number;
  /** Seconds of processor time; by default it is not bounded. */
  readonly cpu?: number;
}

/** URLs of what the runner is made of; listed once, for it stays as it is while a program runs. */
let modules: readonly string[] | undefined;

function ownModules(): readonly string[] {
  return modules ??= listModules();
}

function listModules(): string[] {
  const inFolders = FOLDERS.flatMap((folder) =>
    [...Deno.readDirSync(new URL(folder, LIB))]
      .filter(({ isFile, name }) => isFile && name.endsWith(".ts"))
      .map(({ name }) => folder + name)
  );
  return [...FILES, ...inFolders].map((path) => new URL(path, LIB).href);
}

/**
 * What a file can import, and what `genlab` is for it: an import map, as a URL.
 *
 * @param file its URL
 */
export function importMapFor(file: string): string {
  const imports: Record<string, string> = { "file:///": NOWHERE };
  // Built-in modules need permissions for most of what they do, but not for all.
  for (const name of [...builtinModules, ...UNLISTED]) {
    imports[`node:${name}`] = `blocked:node:${name}`;
  }
  for (const url of [...ownModules(), file]) imports[url] = url;
  imports.genlab = new URL("course/runner/genlab.ts", LIB).href;
  return dataUrl("application/json", JSON.stringify({ imports }));
}

/** What is put around a process beside Deno's own walls. */
export interface Walls {
  /** Bounds of the process, which take a shell to set. */
  readonly limits?: ProcessLimits;
  /** A second wall, where there is one. */
  readonly bubblewrap?: Bubblewrap;
}

/**
 * The command of a runner for a file, within its walls.
 *
 * @param path the file, absolute
 */
export function sandboxed(path: string, { limits, bubblewrap }: Walls = {}): readonly string[] {
  const runner = [Deno.execPath(), ...runnerArguments(path)];
  const walled = bubblewrap === undefined ? runner : behindBubblewrap(runner, [path], bubblewrap);
  return limits === undefined ? walled : limited(walled, limits);
}

/**
 * A command under a supervisor, which ends it, and all that it started, together with whoever started
 * the supervisor.
 */
export function supervised(command: readonly string[]): string[] {
  const supervisor = new URL("course/runner/supervisor.ts", LIB).href;
  return [denoExecutable(), "run", ...COMMON, "--allow-run", supervisor, ...command];
}

function runnerArguments(path: string): string[] {
  const file = pathToFileURL(path).href;
  const runner = new URL("course/runner/main.ts", LIB).href;
  // A literal import is part of the program: loading it takes no permission, and may fail later.
  const program = `import { serve } from ${JSON.stringify(runner)};` +
    `await serve(() => import(${JSON.stringify(file)}));`;
  return [
    "run",
    ...COMMON,
    `--v8-flags=--max-old-space-size=${HEAP_MEGABYTES},${NO_EVAL}`,
    `--import-map=${importMapFor(file)}`,
    dataUrl("text/javascript", program),
  ];
}

/** A command under the limits of a shell; as it is on Windows, which has none. */
export function limited(
  command: readonly string[],
  { memory, cpu }: ProcessLimits,
): readonly string[] {
  if (Deno.build.os === "windows") return command;
  const seconds = cpu === undefined ? undefined : Math.ceil(cpu);
  const script = [
    ...["ulimit -c 0", `ulimit -d ${Math.ceil(memory / 1024)}`],
    // A stack is memory from the start, for each thread, and clusters give programs stacks of any size.
    `ulimit -S -s ${STACK_KILOBYTES}`,
    // The soft limit is a signal that says what it is, the hard one kills.
    ...(seconds === undefined ? [] : [`ulimit -S -t ${seconds}`, `ulimit -H -t ${seconds + 1}`]),
    // A limit that cannot be set is one that is lower already.
  ].map((limit) => `${limit} 2>/dev/null || :`).concat('exec "$0" "$@"').join("\n");
  return ["sh", "-c", script, ...command];
}

function dataUrl(type: string, text: string): string {
  return `data:${type},${encodeURIComponent(text)}`;
}
