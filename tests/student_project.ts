/**
 * Copies of the project for tests of the student's way through, which writes into the project.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { stubOf } from "../lib/course/stub.ts";

/** The project's folder. */
export const PROJECT = fileURLToPath(new URL("../", import.meta.url));

/** What a program printed, and how it ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project that a test may work in. */
export class StudentProject {
  constructor(readonly folder: string) {}

  /** Runs `deno task` as a person does, and so with the task's permissions. */
  async task(...args: readonly string[]): Promise<Ended> {
    return await run(this.folder, Deno.execPath(), ["task", "--quiet", ...args]);
  }

  /** Runs a command in a pseudo-terminal of 80 columns; what it prints comes with colours. */
  async inTerminal(command: string): Promise<Ended> {
    const script = [
      // Whoever runs the tests may want no colours, or colours everywhere.
      "unset NO_COLOR FORCE_COLOR",
      // Some systems set it, which Deno hands on only to who may run everything.
      'export LD_LIBRARY_PATH="/nowhere:$LD_LIBRARY_PATH"',
      ...["stty cols 80 rows 24", command],
    ].join("; ");
    return await run(this.folder, "script", ["-qec", script, "/dev/null"]);
  }

  async read(path: string): Promise<string> {
    return await Deno.readTextFile(join(this.folder, path));
  }

  async write(path: string, text: string): Promise<void> {
    await Deno.mkdir(dirname(join(this.folder, path)), { recursive: true });
    await Deno.writeTextFile(join(this.folder, path), text);
  }

  /** Names in one of its folders. */
  names(path: string): string[] {
    return Array.from(Deno.readDirSync(join(this.folder, path)), ({ name }) => name).sort();
  }
}

/** Runs a test in a fresh copy of the project, in which nothing is begun. */
export async function inProjectCopy(test: (project: StudentProject) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    for (const part of ["deno.json", "deno.lock", "mod.ts", "exercises", "lib", "tasks"]) {
      await copy(join(PROJECT, part), join(folder, part));
    }
    await test(new StudentProject(folder));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function copy(from: string, to: string): Promise<void> {
  if ((await Deno.stat(from)).isFile) return await Deno.copyFile(from, to);
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) {
    if (!name.endsWith(".tmp")) await copy(join(from, name), join(to, name));
  }
}

/** An exercise's reference solution. */
export async function solutionText(folder: string): Promise<string> {
  return await Deno.readTextFile(join(PROJECT, "exercises", folder, "solution.ts"));
}

/** A student's file in which some functions are written, as the solution has them, and others not. */
export function partlyWritten(solution: string, written: readonly string[]): string {
  const functions = solution.split(/^(?=export function )/m);
  const text = functions.map((text) => {
    const [, name = ""] = /^export function (\w+)/.exec(text) ?? [];
    return written.includes(name) ? text.replace(/^ *\/\/ (BEGIN|END) SOLUTION\n/gm, "") : text;
  });
  return stubOf(text.join(""));
}

async function run(cwd: string, command: string, args: readonly string[]): Promise<Ended> {
  const { code, stdout, stderr } = await new Deno.Command(command, {
    args: [...args],
    cwd,
    env: { INIT_CWD: cwd, TERM: "xterm-256color" },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}
