/**
 * The official solution, for a student whose own passes.
 *
 * @module
 */
import { GenlabError } from "../errors.ts";
import type { CheckResult } from "./check.ts";
import { stateOf } from "./check_view.ts";
import { type CodeEntry, partsOf } from "./entry.ts";
import { readTextIfThere } from "./files.ts";
import { solutionsIn } from "./stub.ts";

/**
 * The solution of each function, as lines.
 *
 * @param functions the results of each function's checks
 * @throws {GenlabError} if a check did not pass, or the solution is not here
 */
export async function solutionView(
  entry: CodeEntry,
  functions: ReadonlyMap<string, readonly CheckResult[]>,
): Promise<string[]> {
  const open = [...functions].filter(([, results]) => stateOf(results) !== "right");
  if (open.length > 0) {
    const names = open.map(([name]) => name).join(", ");
    throw new GenlabError(
      `--solution: it is shown once your own passes every check; still open: ${names}`,
    );
  }
  const solution = await readTextIfThere(partsOf(entry).solution);
  if (solution === undefined) {
    throw new GenlabError("--solution: it is not part of the student edition; ask who teaches you");
  }
  return [
    "The official solution:",
    ...[...solutionsIn(solution)].flatMap(([name, code]) => [
      "",
      `${name}:`,
      ...code.split("\n").map((line) => `  ${line}`),
    ]),
  ];
}
