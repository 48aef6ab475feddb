/**
 * `deno task bench`: how fast genlab is on this machine, as times and as ratios to PyTorch where it is
 * installed. The two take turns in one run, because machines are noisy and drift.
 *
 * @module
 */
import { DEVICE, type Values, wholeNumber } from "../lib/course/options.ts";
import { type Context, type Program, runProgram } from "../lib/course/program.ts";

const OPTIONS = {
  device: DEVICE,
  rounds: wholeNumber("times each measurement is taken", { default: 7, min: 1 }),
  submissions: wholeNumber("how many are graded; 0 for none", { default: 200, min: 0, max: 5000 }),
};

/** One figure of the report. */
interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly note: string;
}

/** The benchmark as a program of the command line. */
export const bench: Program<typeof OPTIONS> = {
  name: "bench",
  summary: "Measure genlab on this machine: the training of exercise C and of DDPM and a " +
    "Langevin chain beside PyTorch (where /usr/bin/python3 has torch), what a step consists of, " +
    "samples, the random numbers, and grading.",
  options: OPTIONS,
  examples: [
    ["deno task bench --rounds 3 --submissions 0", "a short look, without the grading"],
    ["deno task bench --json > bench.json", "for scripts"],
  ],
  run,
};

/** Takes a figure into the report, and says it. */
type Add = (name: string, value: number, unit: string, note: string) => void;

async function run(
  { device, rounds, submissions }: Values<typeof OPTIONS>,
  { say, report, signal }: Context,
): Promise<number> {
  const { setDevice } = await import("../lib/runtime/mod.ts");
  const { tracingCost } = await import("./bench/step.ts");
  const { drawsPerSecond } = await import("./bench/draws.ts");
  const used = await setDevice(device);
  say(`genlab on ${used}, ${navigator.hardwareConcurrency} cores, medians of ${rounds} rounds\n`);
  const rows: Row[] = [];
  const add: Add = (name, value, unit, note) => {
    signal.throwIfAborted();
    rows.push({ name, value, unit, note });
    say(`${name.padEnd(34)} ${format(value).padStart(8)} ${unit.padEnd(9)} ${note}`);
  };

  await addTraining(add, rounds, { say, signal });
  await addDdpm(add, rounds, signal);
  await addChains(add, rounds, signal);
  const { build, total } = await tracingCost(rounds);
  add("uncompiled step, built", build, "ms", "tensors, gradients, order and key");
  add("uncompiled step, in all", total, "ms", "with the run");
  for (const [name, rate] of drawsPerSecond(rounds)) {
    add(`${name}, float32`, rate / 1e6, "M/s", "draws a second");
  }
  if (submissions > 0) await addGrading(add, submissions, signal);
  report({ device: used, rounds, rows });
  return 0;
}

/** The training of exercise C. */
async function addTraining(
  add: Add,
  rounds: number,
  { say, signal }: Pick<Context, "say" | "signal">,
): Promise<void> {
  const { measureTraining, startPyTorch } = await import("./bench/training.ts");
  const { productShare } = await import("./bench/step.ts");
  const pytorch = await startPyTorch();
  const { ours, theirs, ratio } = await measureTraining(rounds, pytorch, signal);
  await pytorch?.stop();
  add("exercise C, a training step", ours, "ms", "300 steps of Adam in a compiled loop");
  if (pytorch === undefined || theirs === undefined || ratio === undefined) {
    say(`${"".padEnd(54)}no torch in /usr/bin/python3, so no ratio to it`);
  } else {
    add(`the same in PyTorch ${pytorch.version}`, theirs, "ms", "one thread");
    add("ratio to PyTorch", ratio, "", "median of the rounds' ratios; smaller is faster");
  }
  const share = 100 * await productShare();
  add("in matrix products", share, "%", "of a step's time on the CPU, by ONNX Runtime's profile");
}

/** Training and samples of DDPM. */
async function addDdpm(add: Add, rounds: number, signal: AbortSignal): Promise<void> {
  const { measureDdpm, samplesPerSecond } = await import("./bench/ddpm.ts");
  for (const threads of [1, 2]) {
    const step = await measureDdpm(rounds, threads, signal);
    const note = threads === 1 ? "one thread" : "two threads";
    add("DDPM, a training step", step.ours, "ms", `64 images, ${note}`);
    if (step.theirs === undefined || step.ratio === undefined) continue;
    add("the same in PyTorch", step.theirs, "ms", note);
    add("ratio to PyTorch", step.ratio, "", note);
  }
  const rate = await samplesPerSecond(rounds, signal);
  add("DDPM, images sampled", rate, "1/s", "20 steps, guidance 2");
}

/** Langevin chains of images. */
async function addChains(add: Add, rounds: number, signal: AbortSignal): Promise<void> {
  const { measureChain } = await import("./bench/langevin.ts");
  for (const threads of [1, 2]) {
    const { drawn, fromTable } = await measureChain(rounds, threads, signal);
    const note = threads === 1 ? "one thread" : "two threads";
    add("Langevin chain", drawn.ours, "ms", `60 steps of 128 images, ${note}`);
    add("the same, noise from a table", fromTable.ours, "ms", note);
    if (drawn.theirs === undefined || drawn.ratio === undefined) continue;
    add("the chain in PyTorch", drawn.theirs, "ms", note);
    add("ratio to PyTorch", drawn.ratio, "", `${note}, noise drawn by both`);
  }
}

/** Grading, where it can be measured. */
async function addGrading(add: Add, submissions: number, signal: AbortSignal): Promise<void> {
  const { measureGrading } = await import("./bench/grading.ts");
  const cost = await measureGrading(submissions, signal);
  if (cost === undefined) return;
  const note = `${submissions} right submissions to A, all processes`;
  add("grading, processor time", cost.core, "s", `a submission, of ${note}`);
  add("grading, in all", cost.wall, "s", "a submission, side by side");
  add("grader's memory at first", cost.early.grader, "MB", "most in the first quarter");
  add("grader's memory at last", cost.late.grader, "MB", "the same in the last quarter");
  add("a judge's memory at first", cost.early.judge, "MB", "of the largest, in the first quarter");
  add("a judge's memory at last", cost.late.judge, "MB", "the same in the last quarter");
}

/** Three significant digits. */
function format(value: number): string {
  return value.toPrecision(3);
}

if (import.meta.main) Deno.exit(await runProgram(bench, Deno.args));
