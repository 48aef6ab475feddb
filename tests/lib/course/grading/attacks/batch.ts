/**
 * A batch of hostile submissions among right and mistaken ones, graded as an instructor grades it,
 * while everything they are after is watched.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { GradeRow } from "../../../../../lib/course/grading/row.ts";
import { type Attack, SECRET, SECRET_FILES, SECRET_VARIABLE, type World } from "./attack.ts";
import { NASTY_NAMES } from "./corpus/interfere.ts";

const PROJECT = fileURLToPath(new URL("../../../../../", import.meta.url));
const { tasks } = JSON.parse(await Deno.readTextFile(`${PROJECT}deno.json`));
/** The command of the task, as instructors run it. */
const TASK: string = tasks.grade.command;

/** The text of the official solution. */
export const SOLUTION = await Deno.readTextFile(`${PROJECT}exercises/a_vae/solution.ts`);

/** One right function. */
const RIGHT_KL = "export const klDiagGaussianToStandard = (mu, logvar) => " +
  "logvar.exp().add(mu.square()).sub(1).sub(logvar).mul(0.5).sum(1);";

/** Submissions that are none of the attacks, by their students. */
const NEIGHBOURS: Readonly<Record<string, string>> = {
  "aaa-right": SOLUTION,
  "forge-right": SOLUTION,
  "zzz-right": SOLUTION,
  "exhaust-mistaken": SOLUTION.replace(".sub(1).sub(logvar)", ".sub(logvar)"),
  "reach-mistaken": SOLUTION.replace("logvar.mul(0.5).exp()", "logvar.exp()"),
};

/** What came of a batch. */
export interface Graded {
  readonly rows: ReadonlyMap<string, GradeRow>;
  /** The exit status. */
  readonly code: number;
  /** What was shown in the terminal. */
  readonly printed: string;
  /** The files of the results, by their paths in the folder. */
  readonly files: ReadonlyMap<string, string>;
}

/** What came of the attacks, and of what they were after. */
export interface Outcome extends Graded {
  readonly world: World;
  /** The neighbours' rows where there is nobody else. */
  readonly clean: ReadonlyMap<string, GradeRow>;
  /** How often the listeners were reached. */
  readonly connections: number;
  /** What is in the folder with the secrets, and what was. */
  readonly left: readonly string[];
  readonly before: readonly string[];
  /** Processes that are still there, by their command lines. */
  readonly processes: readonly string[];
  /** What we left in the folder for temporary files. */
  readonly temporary: readonly string[];
}

/** Grades attacks, nasty names and neighbours together. */
export async function gradeAttacks(attacks: readonly Attack[]): Promise<Outcome> {
  const root = await Deno.makeTempDir({ prefix: "genlab-attacks-" });
  const folder = `${root}/world`;
  await Deno.mkdir(folder);
  const listeners = [
    Deno.listen({ hostname: "127.0.0.1", port: 0 }),
    Deno.listen({ transport: "unix", path: `${folder}/socket` }),
  ];
  let connections = 0;
  const accepting = listeners.map(async (listener) => {
    for await (const connection of listener) {
      connections++;
      connection.close();
    }
  });
  try {
    await plantSecrets(folder);
    const { port } = listeners[0].addr as Deno.NetAddr;
    const world: World = { folder, project: PROJECT, port };
    const before = await contents(folder);
    const texts = new Map([
      ...attacks.map((attack) => [attack.id, attack.source(world)] as const),
      ...Object.entries(NEIGHBOURS),
      ...NASTY_NAMES.map((name) => [name, RIGHT_KL] as const),
    ]);
    const [clean, graded] = [
      await grade(`${root}/clean`, new Map(Object.entries(NEIGHBOURS)), false),
      await grade(`${root}/all`, texts, true),
    ];
    return {
      ...{ ...graded, world, clean: clean.rows, before },
      left: await contents(folder),
      processes: await lastingProcesses(root),
      temporary: (await contents(`${root}/all/tmp`)).filter((name) => name.includes("genlab")),
      connections,
    };
  } finally {
    for (const listener of listeners) listener.close();
    await Promise.allSettled(accepting);
    await Deno.remove(root, { recursive: true });
  }
}

async function plantSecrets(folder: string): Promise<void> {
  const map = { version: 3, sources: [`${SECRET}.ts`], names: [SECRET], mappings: "AAAA,CAACA" };
  const texts = {
    "secret.txt": SECRET,
    "secret.json": JSON.stringify({ secret: SECRET }),
    "secret.ts": `export const secret = ${JSON.stringify(SECRET)};`,
    "secret.js.map": JSON.stringify(map),
  };
  for (const name of SECRET_FILES) await Deno.writeTextFile(`${folder}/${name}`, texts[name]);
}

/** Makes a folder in which `graderOf` grades submissions, given by their students. */
export async function prepare(root: string, texts: ReadonlyMap<string, string>): Promise<void> {
  for (const name of ["bin", "tmp", "submissions"]) {
    await Deno.mkdir(`${root}/${name}`, { recursive: true });
  }
  await Deno.symlink(Deno.execPath(), `${root}/bin/deno`);
  await Deno.symlink("/bin/sh", `${root}/bin/sh`);
  for (const [student, text] of texts) {
    await Deno.mkdir(`${root}/submissions/${student}`);
    await Deno.writeTextFile(`${root}/submissions/${student}/exercise_a.ts`, text);
  }
}

/**
 * The grading task with the permissions it has, where there is no bubblewrap to hold what Deno's walls
 * let out.
 *
 * @param options further arguments
 */
export function graderOf(root: string, ...options: string[]): Deno.Command {
  const [, ...args] = TASK.split(" ");
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...[...args, `${root}/submissions`, "--out", `${root}/out`],
      ...["--exercise", "a", "--jobs", "4", "--timeout", "3", ...options],
    ],
    cwd: PROJECT,
    env: {
      NO_COLOR: "1",
      FORCE_COLOR: "",
      PATH: `${root}/bin`,
      TMPDIR: `${root}/tmp`,
      [SECRET_VARIABLE]: SECRET,
    },
    stdout: "piped",
    stderr: "piped",
  });
}

/** Submissions that are no files of their own, or have names that are more than names. */
export const ODD = ["odd-link", "odd-folder-link", "odd-loop", "odd-pipe", "odd-names"] as const;

async function plantOdd(submissions: string): Promise<void> {
  const [link, folderLink, loop, pipe, names] = ODD.map((name) => `${submissions}/${name}`);
  for (const folder of [link, loop, pipe, names]) await Deno.mkdir(folder);
  await Deno.symlink(`${PROJECT}exercises/a_vae/solution.ts`, `${link}/exercise_a.ts`);
  await Deno.symlink(`${submissions}/aaa-right`, folderLink);
  await Deno.symlink(loop, `${loop}/exercise_a.ts`);
  await new Deno.Command("mkfifo", { args: [`${pipe}/exercise_a.ts`] }).output();
  for (const name of NASTY_NAMES) {
    await Deno.writeTextFile(`${names}/exercice_a${name.replaceAll("/", "_")}.ts`, SOLUTION);
  }
}

async function grade(
  root: string,
  texts: ReadonlyMap<string, string>,
  isAttacked: boolean,
): Promise<Graded> {
  await prepare(root, texts);
  if (isAttacked) await plantOdd(`${root}/submissions`);
  return await resultsOf(root, await graderOf(root).output());
}

/** What a grader that has ended left. */
export async function resultsOf(
  root: string,
  { code, stdout, stderr }: Deno.CommandOutput,
): Promise<Graded> {
  const printed = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
  const names = await contents(`${root}/out`);
  const files = new Map<string, string>();
  for (const name of names.filter((name) => !name.endsWith("/"))) {
    files.set(name, await Deno.readTextFile(`${root}/out/${name}`));
  }
  const document = files.get("grades.json");
  if (document === undefined) throw new Error(`there are no results, but: ${printed}`);
  const { results }: { results: GradeRow[] } = JSON.parse(document);
  const rows = new Map(results.map((row) => [row.student, row]));
  return { rows, code, printed, files };
}

/** A row without what differs from run to run. */
export function timeless(row: GradeRow): GradeRow {
  return {
    ...{ ...row, seconds: 0 },
    checks: row.checks.map((check) => ({ ...check, seconds: 0 })),
  };
}

/** The files in a folder and below. */
async function contents(folder: string, below = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${below}`)) {
    if (isDirectory) found.push(`${below}${name}/`, ...await contents(folder, `${below}${name}/`));
    else found.push(below + name);
  }
  return found.sort();
}

/** Processes that have a path in their command line or environment, once they had time to end. */
export async function lastingProcesses(path: string): Promise<string[]> {
  let found = processesOf(path);
  // Those that end do so within a minute, however busy the machine is.
  for (const end = performance.now() + 60_000; found.length > 0 && performance.now() < end;) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    found = processesOf(path);
  }
  return found;
}

function processesOf(path: string): string[] {
  const found: string[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === Deno.pid) continue;
    try {
      const [command, variables] = ["cmdline", "environ"].map((file) =>
        Deno.readTextFileSync(`/proc/${name}/${file}`)
      );
      if (command.includes(path) || variables.includes(path)) found.push(`${name} ${command}`);
    } catch {
      // It ended meanwhile, or is somebody else's.
    }
  }
  return found;
}
