/**
 * An evaluator, seen from the batch: a process of ours that judges one submission after another.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { GenlabError } from "../../errors.ts";
import { inProject } from "../paths.ts";
import { denoExecutable, WITHOUT_COLOURS } from "../runner/executable.ts";
import { endedForMemory, thrownIn } from "../runner/end.ts";
import { linesOf, MARK } from "../runner/protocol.ts";
import { limited, supervised } from "../runner/sandbox.ts";
import type { Judged, Message, Task } from "./evaluator_protocol.ts";

/** Seconds that starting may take: ONNX Runtime is loaded. */
const START = 60;

/** How much memory an evaluator may have, in bytes. */
export interface Memory {
  /**
   * With more in use after a submission it is not used again. Right submissions take a fraction; what the
   * sessions of large ones hold is not let go before many others have been judged.
   */
  readonly kept: number;
  /** More it cannot ask for, and ends. Deno and ONNX Runtime ask for some 700 MB that they do not use. */
  readonly most: number;
}

const MEMORY: Memory = { kept: 2 ** 29, most: 2.5 * 2 ** 30 };

/**
 * How glibc gets memory: large blocks by themselves, whatever was large before, and few arenas, so that
 * what sessions held goes back to the system. By default they leave holes, some megabytes a submission.
 */
const MALLOC = { MALLOC_MMAP_THRESHOLD_: String(2 ** 17), MALLOC_ARENA_MAX: "2" };

/** How much of what it prints on stderr is kept, to say what it died of. */
const LAST_WORDS = 2000;

/** How an evaluator came to an end that was not asked for. */
export type Death =
  /** Its process ended, for want of memory or of something else, and what is known of that. */
  | { readonly kind: "memory" | "died"; readonly reason: string }
  /** A check, or loading the file, took too long. */
  | { readonly kind: "late" }
  /** The submission as a whole did. */
  | { readonly kind: "overdue" };

/** Seconds that an evaluator is waited for. */
export interface Patience {
  /** For each message. */
  readonly message: number;
  /** For all of them: a moment of `performance.now()`. */
  readonly deadline: number;
}

/** A process that judges. */
export class Evaluator {
  readonly #process: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #messages: AsyncGenerator<Message>;
  readonly #ended: Promise<Death>;
  #alive = true;
  /** The end of what it printed on stderr since it was last asked. */
  #words = "";

  private constructor(private readonly memory: Memory) {
    const deno = denoExecutable();
    // Under a supervisor it ends with whoever started it, even while it computes, and all that it started
    // ends with it.
    const program = [
      ...[deno, "run", "--quiet", "--no-prompt", "--cached-only", "--no-check"],
      ...["--config", inProject("deno.json")],
      ...["--allow-read", "--allow-ffi", "--allow-run"],
      fileURLToPath(new URL("evaluator_main.ts", import.meta.url)),
    ];
    const [command, ...args] = supervised(limited(program, { memory: memory.most }));
    this.#process = new Deno.Command(command, {
      args,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
      // ONNX Runtime would keep records of its use among the temporary files, and send them off.
      env: { ...WITHOUT_COLOURS, ORT_DISABLE_TELEMETRY: "1", ...MALLOC },
    }).spawn();
    this.#input = this.#process.stdin.getWriter();
    this.#messages = messagesOf(this.#process.stdout);
    this.#ended = this.#watch();
  }

  /**
   * Starts one.
   *
   * @throws {GenlabError} if nothing can be judged on this machine
   */
  static async start(memory: Partial<Memory> = {}): Promise<Evaluator> {
    const evaluator = new Evaluator({ ...MEMORY, ...memory });
    const deadline = performance.now() + 1000 * START;
    const message = await evaluator.#next({ message: START, deadline });
    if ("ready" in message) return evaluator;
    const reason = "fault" in message
      ? message.fault
      : "reason" in message
      ? message.reason
      : `it did not start within ${START} s`;
    await evaluator.close();
    throw new GenlabError(`grade: the process that judges submissions does not start: ${reason}`);
  }

  /** Whether it can be asked. */
  get alive(): boolean {
    return this.#alive;
  }

  /**
   * Judges a file: hands over each check's result as it ends, and gives how the evaluator came to an
   * end if it did.
   */
  async judge(
    task: Task,
    patience: Patience,
    take: (judged: Judged) => void,
  ): Promise<Death | undefined> {
    const request = new TextEncoder().encode(`${JSON.stringify(task)}\n`);
    // What was said of another submission explains nothing of this one.
    this.#words = "";
    // If it is no longer there to take it, no message comes, and that says why.
    this.#input.write(request).catch(() => undefined);
    while (true) {
      const message = await this.#next(patience);
      if ("kind" in message) {
        await this.close();
        return message;
      }
      if ("judged" in message) take(message.judged);
      if ("done" in message) {
        if (message.memory > this.memory.kept) await this.close();
        return undefined;
      }
    }
  }

  /** Ends it. Without anybody to ask it, the supervisor kills it. */
  async close(): Promise<void> {
    this.#alive = false;
    await this.#input.abort().catch(() => undefined);
    await this.#ended;
  }

  /** The next message, or why there is none. */
  async #next({ message, deadline }: Patience): Promise<Message | Death> {
    const left = deadline - performance.now();
    const isLast = left < 1000 * message;
    const { promise, resolve } = Promise.withResolvers<Death>();
    const timer = setTimeout(
      () => resolve({ kind: isLast ? "overdue" : "late" }),
      Math.max(0, isLast ? left : 1000 * message),
    );
    try {
      const next = this.#messages.next().then(async ({ done, value }) => {
        return done ? await this.#ended : value;
      });
      return await Promise.race([next, promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Waits for the end, and says what is known of it. */
  async #watch(): Promise<Death> {
    const decoder = new TextDecoder();
    for await (const chunk of this.#process.stderr) {
      this.#words = (this.#words + decoder.decode(chunk, { stream: true })).slice(-LAST_WORDS);
    }
    const { code } = await this.#process.status;
    this.#alive = false;
    const words = this.#words;
    const how = code > 128 ? `signal ${code - 128}` : `exit status ${code}`;
    const last = thrownIn(words) ?? words.trim().split("\n").at(-1)!;
    return {
      kind: endedForMemory(code, words) ? "memory" : "died",
      reason: last === "" ? how : `${how}: ${last}`,
    };
  }
}

/** What an evaluator says; all else on its stdout comes from libraries. */
async function* messagesOf(stdout: ReadableStream<Uint8Array>): AsyncGenerator<Message> {
  for await (const line of linesOf(stdout, Infinity)) {
    if (line.startsWith(MARK)) yield JSON.parse(line.slice(MARK.length));
  }
}
