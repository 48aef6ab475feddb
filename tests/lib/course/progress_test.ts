import { assertEquals } from "@std/assert";
import { showProgress } from "../../../lib/course/progress.ts";

/** The lines said where stderr is no terminal, for steps that come `chunk` at a time. */
function said(total: number, chunk: number): string[] {
  const lines: string[] = [];
  const { isTerminal } = Deno.stderr;
  Deno.stderr.isTerminal = () => false;
  try {
    const progress = showProgress("training", total, (line) => lines.push(line));
    for (let done = chunk; done < total; done += chunk) progress.update(done, "loss 0.5");
    progress.update(total, "loss 0.1");
    progress.stop();
  } finally {
    Deno.stderr.isTerminal = isTerminal;
  }
  return lines;
}

Deno.test("where there is no terminal, six lines tell how far it is", () => {
  const steps = (lines: string[]) => lines.map((line) => Number(/training: (\d+)/.exec(line)?.[1]));
  assertEquals(steps(said(300, 25)), [50, 100, 150, 200, 250, 300]);
  assertEquals(steps(said(300, 1)), [50, 100, 150, 200, 250, 300]);
  assertEquals(steps(said(1000, 25)), [175, 350, 500, 675, 850, 1000]);
  assertEquals(said(7, 25), ["training: 7 of 7, loss 0.1"]);
  assertEquals(said(1, 1), ["training: 1 of 1, loss 0.1"]);
});
