/**
 * How far a long computation is: a moving bar in a terminal, a line now and then elsewhere; and its
 * pauses, in which that is drawn.
 *
 * @module
 */
// @ts-types="@types/cli-progress"
import { SingleBar } from "cli-progress";

/** Lines there are for a whole computation where there is no terminal. */
const LINES = 6;

/** Shown while something runs. Always `stop` it: until then the terminal has no cursor. */
export interface Progress {
  /** Says how many steps of the total are done, with a short note such as the loss; it may be empty. */
  update(done: number, note: string): void;
  /** Leaves what was shown, and ends it. */
  stop(): void;
}

/**
 * Shows progress on stderr if that is a terminal, else through `say`.
 *
 * @param label what is going on, in a word or two
 * @param total the number of steps
 *
 * @example
 * ```ts
 * import { showProgress } from "./progress.ts";
 *
 * const progress = showProgress("training", 300, console.error);
 * try {
 *   for (let step = 1; step <= 300; step++) progress.update(step, `loss ${1 / step}`);
 * } finally {
 *   progress.stop();
 * }
 * ```
 */
export function showProgress(
  label: string,
  total: number,
  say: (line: string) => void,
): Progress {
  return Deno.stderr.isTerminal() ? bar(label, total) : lines(label, total, say);
}

/** Lets the terminal be drawn and signals arrive, which wait while steps are computed. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function bar(label: string, total: number): Progress {
  const { columns } = Deno.consoleSize();
  // What is beside the bar, and one column in which terminals wrap.
  const rest = label.length + 2 * String(total).length + 22;
  const shown = new SingleBar({
    format: `${label} {bar} {value}/{total}  {note}`,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: Math.max(0, Math.min(40, columns - rest)),
    hideCursor: true,
    linewrap: false,
    // Ctrl-C is the program's to handle.
    gracefulExit: false,
  });
  shown.start(total, 0, { note: "" });
  return {
    update: (done, note) => {
      shown.update(done, { note });
    },
    stop: () => shown.stop(),
  };
}

function lines(label: string, total: number, say: (line: string) => void): Progress {
  const every = total / LINES;
  let said = 0;
  return {
    update(done, note) {
      const due = Math.floor(done / every + 1e-9);
      if (due > said) say(`${label}: ${done} of ${total}${note && `, ${note}`}`);
      said = Math.max(said, due);
    },
    stop() {},
  };
}
