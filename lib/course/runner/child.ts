/**
 * A runner's process, seen from outside: asked, read, bounded, and killed.
 *
 * @module
 */
import type { PlainArgument } from "../graph/plain.ts";
import { type Fault, StudentError } from "../student_error.ts";
import { readAnswer } from "./answer.ts";
import { endOf, LOOK_FOR_LOOPS } from "./end.ts";
import { WITHOUT_COLOURS } from "./executable.ts";
import { linesOf, LOADED, MARK, READY } from "./protocol.ts";
import { sandboxed, supervised, type Walls } from "./sandbox.ts";

/** Seconds that starting Deno may take, which is not the file's time: the machine may be busy. */
const START = 30;
/** How many bytes a file may print. */
const PRINT_LIMIT = 2 ** 20;
/**
 * How many bytes an answer may have: a graph with all the constants and operations there may be has
 * fewer. Not many more, since reading what is none, such as brackets alone, takes fifty times as much
 * memory.
 */
const ANSWER_LIMIT = 2 ** 23;

/** How much of what is printed on stderr is kept. */
const LAST_WORDS = 4096;
/** What V8 prints first when it runs out of memory, and Deno when nothing can end an `await`. */
const DEATHS = ["<--- Last few GCs --->", "error: Top-level await promise never resolved"];

/** How a process is run. */
export interface ChildOptions extends Walls {
  /** The file, absolute. */
  readonly path: string;
  /** The file as messages name it. */
  readonly shown: string;
  /** Seconds that loading the file, or tracing a function, may take, once the process has started. */
  readonly timeout: number;
  /**
   * Whether this program is in a group of processes that a supervisor ends as a whole: then the process,
   * which is in that group too, needs none of its own.
   */
  readonly isInGroup?: boolean;
  /** Takes what the file prints. */
  readonly print: (text: string) => void;
  /** Ends the process. */
  readonly signal?: AbortSignal;
}

/** An answer that is waited for. */
interface Pending {
  readonly id: number;
  /** What is going on, as the subject of a sentence. */
  readonly what: string;
  readonly answered: (graph: unknown) => void;
  readonly failed: (error: StudentError) => void;
  /** Gives up after so many seconds from now, and not after those that were said before. */
  readonly waitFor: (seconds: number) => void;
}

/** A process with a student's file. It answers one request at a time. */
export class Child {
  readonly #process: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #ended: Promise<void>;
  #pending: Pending | undefined;
  #isReady = false;
  #lastId = LOADED;
  #printed = 0;
  /** The end of what was printed on stderr, where V8 says what it died of. */
  #lastWords = "";
  #end: StudentError | undefined;

  private constructor(private readonly options: ChildOptions) {
    const command = sandboxed(options.path, options);
    const [program, ...args] = options.isInGroup ? command : supervised(command);
    this.#process = new Deno.Command(program, {
      args,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
      env: WITHOUT_COLOURS,
    }).spawn();
    this.#input = this.#process.stdin.getWriter();
    this.#ended = this.#watch();
  }

  /**
   * Starts a process and has it load the file.
   *
   * @throws {StudentError} if the file cannot be loaded
   */
  static async start(options: ChildOptions): Promise<Child> {
    const child = new Child(options);
    const end = () => void child.close();
    const { signal } = options;
    signal?.addEventListener("abort", end, { once: true });
    child.#ended.then(() => signal?.removeEventListener("abort", end));
    try {
      const loaded = child.#answer(LOADED, "loading the file", START);
      if (signal?.aborted) end();
      await loaded;
    } catch (error) {
      await child.close();
      throw error;
    }
    return child;
  }

  /** Whether there is a process to ask. */
  get alive(): boolean {
    return this.#end === undefined;
  }

  /**
   * Asks for a function's graph, which is still to be read.
   *
   * @throws {StudentError} if there is none
   */
  async ask(name: string, args: readonly PlainArgument[]): Promise<unknown> {
    const id = ++this.#lastId;
    const answer = this.#answer(id, name, this.options.timeout);
    const request = new TextEncoder().encode(`${JSON.stringify({ id, name, args })}\n`);
    // If it is no longer there to take it, the answer fails, and says why.
    this.#input.write(request).catch(() => undefined);
    return await answer;
  }

  /** Ends the process. */
  async close(): Promise<void> {
    this.#fail({ kind: "ended", message: "is closed" });
    await this.#ended;
  }

  #answer(id: number, what: string, timeout: number): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const waitFor = (seconds: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const message = this.#isReady
          ? `did not finish within ${seconds} s; ${LOOK_FOR_LOOPS}`
          : `did not begin within ${seconds} s; try again when this machine has less to do`;
        this.#fail({ kind: "timeout", message });
      }, seconds * 1000);
    };
    this.#pending = { id, what, answered: resolve, failed: reject, waitFor };
    if (this.#end !== undefined) reject(this.#end);
    waitFor(timeout);
    return promise.finally(() => {
      clearTimeout(timer);
      this.#pending = undefined;
    });
  }

  /**
   * Gives up on the process: whatever is waited for fails, and nothing more is asked.
   *
   * @param fault its message goes on from what the process was doing
   */
  #fail({ kind, message }: Fault): void {
    const what = this.#pending?.what ?? "the file";
    this.#end ??= new StudentError({ kind, message: `${what} ${message}` }, this.options.shown);
    this.#pending?.failed(this.#end);
    this.#kill();
  }

  /** Without anybody to ask it, a supervisor kills the runner and ends. */
  #kill(): void {
    this.#input.abort().catch(() => undefined);
    if (!this.options.isInGroup) return;
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }

  async #watch(): Promise<void> {
    await Promise.all([this.#readAnswers(), this.#readErrors()]);
    const { code } = await this.#process.status;
    this.#fail(endOf(code, this.#lastWords, this.options.limits?.cpu));
  }

  async #readAnswers(): Promise<void> {
    await this.#readLines(this.#process.stdout, (line) => {
      if (line.startsWith(MARK)) this.#take(line.slice(MARK.length));
      else if (this.#isModest(line)) this.#print(line);
    });
  }

  async #readErrors(): Promise<void> {
    await this.#readLines(this.#process.stderr, (line) => {
      if (!this.#isModest(line)) return;
      this.#lastWords = `${this.#lastWords}\n${line}`.slice(-LAST_WORDS);
      // What V8 and Deno say as they die is for people who work on them.
      if (!DEATHS.some((words) => this.#lastWords.includes(words))) this.#print(line);
    });
  }

  async #readLines(
    stream: ReadableStream<Uint8Array>,
    take: (line: string) => void,
  ): Promise<void> {
    try {
      for await (const line of linesOf(stream, ANSWER_LIMIT)) {
        // Somebody who goes on printing is not listened to: that would go on without end.
        if (!this.alive) break;
        take(line);
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#fail({ kind: "output", message: "printed a line without end; print less" });
    }
  }

  /** Whether what was printed is not too much with this line, which may be empty. */
  #isModest(line: string): boolean {
    this.#printed += line.length + 1;
    if (this.#printed <= PRINT_LIMIT) return true;
    const megabytes = PRINT_LIMIT / 2 ** 20;
    this.#fail({ kind: "output", message: `printed more than ${megabytes} MB; print less` });
    return false;
  }

  #print(line: string): void {
    // Answers begin with a line end, in case that the file left a line unfinished.
    if (line !== "") this.options.print(`${line}\n`);
  }

  #take(text: string): void {
    const pending = this.#pending;
    // The first time it is said before the file can say anything.
    if (text === READY && !this.#isReady) {
      this.#isReady = true;
      return pending?.waitFor(this.options.timeout);
    }
    try {
      const answer = readAnswer(text);
      if (pending === undefined || answer.id !== pending.id) {
        return this.#fail({ kind: "rejected", message: "answered what was not asked" });
      }
      if ("fault" in answer) pending.failed(new StudentError(answer.fault, this.options.shown));
      else pending.answered(answer.graph);
    } catch (error) {
      if (!(error instanceof StudentError)) throw error;
      this.#fail({ kind: error.kind, message: `gave an answer that is none: ${error.message}` });
    }
  }
}
