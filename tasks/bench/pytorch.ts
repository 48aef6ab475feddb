/**
 * PyTorch, to compare with.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { linesOf } from "../../lib/course/runner/protocol.ts";

const PYTHON = "/usr/bin/python3";

/** The images of the training set, as a path. */
export const TRAIN_IMAGES = fileURLToPath(
  new URL("../../data/mnist/train-images-idx3-ubyte.gz", import.meta.url),
);

/**
 * PyTorch in a process of its own that prints its version, and then, for each line it is sent, does
 * its work once and prints the seconds it took.
 */
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

  /**
   * Starts a script of this folder, or gives `undefined` where there is no torch.
   *
   * @param threads how many threads it computes with
   */
  static async start(
    script: string,
    threads: number,
    args: readonly string[],
  ): Promise<PyTorch | undefined> {
    try {
      const process = new Deno.Command(PYTHON, {
        args: [fileURLToPath(new URL(script, import.meta.url)), ...args],
        stdin: "piped",
        stdout: "piped",
        stderr: "null",
        // Of its own, as settings of OpenBLAS may be meant for other versions of it.
        clearEnv: true,
        env: { OPENBLAS_NUM_THREADS: String(threads), OMP_NUM_THREADS: String(threads) },
      }).spawn();
      const lines = linesOf(process.stdout, Infinity);
      const version = await lines.next();
      return version.done ? undefined : new PyTorch(process, lines, version.value);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }

  /** Works once and gives the seconds that took. */
  async measure(): Promise<number> {
    await this.#input.write(new TextEncoder().encode("\n"));
    return Number((await this.#lines.next()).value);
  }

  /** Ends the process. */
  async stop(): Promise<void> {
    await this.#input.close();
    await this.#process.status;
  }
}
