/**
 * The 300 training steps of exercise C, in genlab and in PyTorch, round by round.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { trainOverfitOneBatch } from "../../exercises/c_discrete/overfit.ts";
import { linesOf } from "../../lib/course/runner/protocol.ts";
import { DataLoader } from "../../lib/data/loader.ts";
import { loadMnist } from "../../lib/data/mnist.ts";
import { makeNoiseSchedule } from "../../lib/models/discrete.ts";
import { median } from "./median.ts";

const STEPS = 300;
const PYTHON = "/usr/bin/python3";

/** PyTorch in a process of its own, which trains once for each line it is sent. */
export class PyTorch {
  readonly #process: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: AsyncIterator<string>;

  private constructor(
    process: Deno.ChildProcess,
    lines: AsyncIterator<string>,
    /** Its release, such as `1.13.1`. */
    readonly version: string,
  ) {
    this.#process = process;
    this.#input = process.stdin.getWriter();
    this.#lines = lines;
  }

  /** Starts it, or gives `undefined` where there is no torch. */
  static async start(): Promise<PyTorch | undefined> {
    const script = fileURLToPath(new URL("./training.py", import.meta.url));
    const images = fileURLToPath(
      new URL("../../data/mnist/train-images-idx3-ubyte.gz", import.meta.url),
    );
    try {
      const process = new Deno.Command(PYTHON, {
        args: [script, images, String(STEPS)],
        stdin: "piped",
        stdout: "piped",
        stderr: "null",
        // Of its own, as settings of OpenBLAS may be meant for other versions of it.
        clearEnv: true,
        env: { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" },
      }).spawn();
      const lines = linesOf(process.stdout, Infinity);
      const version = await lines.next();
      return version.done ? undefined : new PyTorch(process, lines, version.value);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }

  /** Trains once and gives the seconds the steps took. */
  async train(): Promise<number> {
    await this.#input.write(new TextEncoder().encode("\n"));
    return Number((await this.#lines.next()).value);
  }

  /** Ends the process. */
  async stop(): Promise<void> {
    await this.#input.close();
    await this.#process.status;
  }
}

/** Milliseconds a step in genlab and, where it is there, in PyTorch, and the ratio of the two. */
export async function measureTraining(
  rounds: number,
  pytorch: PyTorch | undefined,
  signal: AbortSignal,
): Promise<{ ours: number; theirs?: number; ratio?: number }> {
  const loader = new DataLoader(await loadMnist(), { batchSize: 128, shuffle: true });
  const betas = makeNoiseSchedule(10);
  const ours: number[] = [];
  const theirs: number[] = [];
  // The first round warms caches and clocks up.
  for (let round = 0; round <= rounds; round++) {
    const options = { loader, betas, K: 2, T: 10, numSteps: STEPS, signal };
    const training = await trainOverfitOneBatch(options);
    const reference = await pytorch?.train();
    if (round === 0) continue;
    ours.push(1000 * training.trainSeconds / STEPS);
    if (reference !== undefined) theirs.push(1000 * reference / STEPS);
  }
  if (theirs.length === 0) return { ours: median(ours) };
  const ratio = median(ours.map((time, i) => time / theirs[i]));
  return { ours: median(ours), theirs: median(theirs), ratio };
}
