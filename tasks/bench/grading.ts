/**
 * What grading costs: right submissions to exercise A, none like the other, graded as a person does.
 *
 * @module
 */
import { join } from "node:path";
import { inProject } from "../../lib/course/paths.ts";

/** How parts of the solution can be written; each way gives other graphs. */
const WAYS: readonly (readonly string[])[] = [
  ["logvar.mul(0.5).exp()", "logvar.exp().sqrt()", "logvar.div(2).exp()"],
  ["mu.add(std.mul(eps))", "eps.mul(std).add(mu)", "std.mul(eps).add(mu)"],
  ["mu.square()", "mu.mul(mu)", "mu.pow(2)"],
  [".sub(1).sub(logvar)", ".sub(logvar).sub(1)", ".sub(logvar.add(1))"],
  ["klPerDim.sum(1)", "klPerDim.sum(-1)"],
];

/** How often memory is looked at, in milliseconds. */
const EVERY = 500;

/** What grading took. */
export interface GradingCost {
  /** Seconds of processor time a submission, of all processes together. */
  readonly core: number;
  /** Seconds a submission, as a person waits for it. */
  readonly wall: number;
  /** The most memory in the first quarter of the time, */
  readonly early: Memory;
  /** and in the last. */
  readonly late: Memory;
}

/** Memory in MB. */
interface Memory {
  /** Of the grader itself. */
  readonly grader: number;
  /** Of the largest of the processes that judge. */
  readonly judge: number;
}

/**
 * Grades submissions.
 *
 * @returns undefined where there is no POSIX shell to measure with
 */
export async function measureGrading(
  count: number,
  signal: AbortSignal,
): Promise<GradingCost | undefined> {
  if (Deno.build.os === "windows") return undefined;
  const folder = await Deno.makeTempDir();
  try {
    await writeSubmissions(join(folder, "in"), count);
    const task = [
      ...["deno", "run", "--no-prompt", "--allow-read", "--allow-write"],
      // Not `bwrap`: what it is around ends as nobody's child, and `times` would leave it out.
      ...["--allow-run=deno,sh", inProject("tasks/grade.ts")],
      ...[join(folder, "in"), "--out", join(folder, "out")],
    ];
    const start = performance.now();
    const process = new Deno.Command("sh", {
      // `times` says what the shell and its children took: lines of user and system time.
      args: ["-c", '"$0" "$@" >&2 && times', ...task],
      stdin: "null",
      stdout: "piped",
      stderr: "null",
      signal,
    }).spawn();
    const memory = watchMemory(process.pid);
    const { stdout, success } = await process.output();
    const samples = await memory.stop();
    signal.throwIfAborted();
    if (!success) throw new Error("the grader failed");
    const [, children] = new TextDecoder().decode(stdout).trim().split("\n");
    const quarter = Math.ceil(samples.length / 4);
    return {
      core: secondsIn(children) / count,
      wall: (performance.now() - start) / 1000 / count,
      early: mostOf(samples.slice(0, quarter)),
      late: mostOf(samples.slice(-quarter)),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function writeSubmissions(folder: string, count: number): Promise<void> {
  const solution = await Deno.readTextFile(inProject("exercises/a_vae/solution.ts"));
  for (let i = 0; i < count; i++) {
    let text = `${solution}\n// ${i}\n`;
    let rest = i;
    for (const ways of WAYS) {
      text = text.replaceAll(ways[0], ways[rest % ways.length]);
      rest = Math.floor(rest / ways.length);
    }
    const student = join(folder, `student-${i}`);
    await Deno.mkdir(student, { recursive: true });
    await Deno.writeTextFile(join(student, "exercise_a.ts"), text);
  }
}

/** Seconds in what `times` says, such as `1m2.34s 0m5.6s`, added up. */
function secondsIn(times: string): number {
  return Array.from(times.matchAll(/(\d+)m([\d.]+)s/g), ([, minutes, seconds]) => {
    return 60 * Number(minutes) + Number(seconds);
  }).reduce((sum, seconds) => sum + seconds, 0);
}

function mostOf(samples: readonly Memory[]): Memory {
  return {
    grader: Math.max(...samples.map(({ grader }) => grader)),
    judge: Math.max(...samples.map(({ judge }) => judge)),
  };
}

/** Samples of the memory of the grader that a process has started, and of what judges for it. */
function watchMemory(root: number): { stop(): Promise<Memory[]> } {
  const samples: Memory[] = [];
  let last = Promise.resolve();
  const timer = setInterval(() => {
    last = last.then(async () => void samples.push(await memoryOf(root)));
  }, EVERY);
  return {
    async stop() {
      clearInterval(timer);
      await last;
      // While submissions are judged: the reports of all of them are written at once afterwards.
      return samples.filter(({ judge }) => judge > 0);
    },
  };
}

async function memoryOf(root: number): Promise<Memory> {
  const args = ["-A", "-o", "pid=,ppid=,rss=,args="];
  const { stdout } = await new Deno.Command("ps", { args }).output();
  const processes = new TextDecoder().decode(stdout).split("\n").flatMap((line) => {
    const [, pid, parent, size, command] = /^ *(\d+) +(\d+) +(\d+) (.*)$/.exec(line) ?? [];
    return command === undefined
      ? []
      : [{ pid: Number(pid), parent: Number(parent), size, command }];
  });
  const family = new Set([root]);
  // Children come after their parents only by habit.
  for (let size = 0; size < family.size;) {
    size = family.size;
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
  }
  // Not the shell that measures, nor supervisors, which name what they start.
  const own = processes.filter(({ pid, command }) => {
    return family.has(pid) && pid !== root && !command.includes("supervisor.ts");
  });
  const largest = (program: string) => {
    const sizes = own.flatMap(({ command, size }) => command.includes(program) ? Number(size) : []);
    return Math.max(0, ...sizes) / 1024;
  };
  return { grader: largest("tasks/grade.ts"), judge: largest("evaluator_main.ts") };
}
