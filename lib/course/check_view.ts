/**
 * What a run of checks says to the student: a line for each function with its state, and of a
 * function that is not right the first check that does not pass.
 *
 * @module
 */
import type { CheckResult } from "./check.ts";
import type { StudentError } from "./student.ts";
import type { Style } from "./style.ts";
import type { TypeFault } from "./type_check.ts";
import { wrap } from "./wrap.ts";

/** Where a function stands: with all checks passed, with one that did not, or still to be written. */
export type FunctionState = "right" | "wrong" | "not-written" | "waiting";

/** Where a function stands, by the results of its checks. */
export function stateOf(results: readonly CheckResult[]): FunctionState {
  const first = firstNotPassed(results);
  if (first === undefined) return "right";
  if (first.status === "not-written") return "not-written";
  return first.status === "skipped" ? "waiting" : "wrong";
}

/** The first check of some that did not pass. */
export function firstNotPassed(results: readonly CheckResult[]): CheckResult | undefined {
  return results.find(({ status }) => status !== "passed");
}

/**
 * Whether a function has a hint: what it gives is not what it should. What it throws says itself what
 * is wrong.
 */
export function hasHint(results: readonly CheckResult[]): boolean {
  return firstNotPassed(results)?.finding !== undefined;
}

/** How a view is made. */
export interface ViewOptions {
  readonly style: Style;
  /** Whether the hint of a check that did not pass is shown. */
  readonly hints: boolean;
}

/**
 * The lines about a function.
 *
 * @param name the function
 * @param results what came of its checks, in order
 *
 * @example
 * ```ts
 * import { functionView } from "./check_view.ts";
 * import { styleOf } from "./style.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const result = {
 *   id: "double-values",
 *   function: "double",
 *   points: 1,
 *   visibility: "public",
 *   status: "failed",
 *   message: "the result is twice the argument",
 *   hint: "Add it to itself.",
 *   seconds: 0.01,
 *   finding: { expected: "2", received: "3", where: "for x = 1" },
 * } as const;
 * assertEquals(functionView("double", [result], { style: styleOf(false), hints: true }), [
 *   "  ✗ double  0 of 1 checks passed",
 *   "      check     the result is twice the argument",
 *   "      expected  2",
 *   "      received  3",
 *   "      where     for x = 1",
 *   "      hint      Add it to itself.",
 * ]);
 * ```
 */
export function functionView(
  name: string,
  results: readonly CheckResult[],
  { style, hints }: ViewOptions,
): string[] {
  const first = firstNotPassed(results);
  if (first === undefined) return [`  ${style.good("✓")} ${name}`];
  const state = stateOf(results);
  if (state === "not-written") return [`  ${style.faint("·")} ${plain(first.message)}`];
  if (state === "waiting") {
    return [`  ${style.faint("·")} ${name}  ${style.faint(plain(first.message))}`];
  }
  const passed = results.filter(({ status }) => status === "passed").length;
  return [
    `  ${style.bad("✗")} ${style.strong(name)}  ` +
    style.faint(`${passed} of ${results.length} checks passed`),
    ...rowsOf(first).flatMap((row) => table(row, style)),
    ...(hints && hasHint(results) ? table(["hint", first.hint], style) : []),
  ];
}

/**
 * The lines about a file that cannot be loaded, in place of those about its functions.
 *
 * @param fault why it cannot
 */
export function faultView({ kind, message }: StudentError, style: Style): string[] {
  return [`  ${style.bad("✗")} no function can be checked`, ...table([kind, message], style)];
}

/** How many type errors are shown: one mistake can make many. */
const MOST_TYPE_FAULTS = 5;

/**
 * The lines about type errors.
 *
 * @param faults undefined if types could not be checked
 */
export function typesView(faults: readonly TypeFault[] | undefined, style: Style): string[] {
  if (faults === undefined) return [`  ${style.faint("· types could not be checked")}`];
  const more = faults.length - MOST_TYPE_FAULTS;
  return [
    ...faults.slice(0, MOST_TYPE_FAULTS).flatMap(({ file, line, message }) => [
      `  ${style.bad("✗")} ${style.strong("type error")}, ${plain(file)}:${line}`,
      ...wrap(plain(message).split(" "), "      "),
    ]),
    ...(more > 0 ? [style.faint(`      and ${more} more`)] : []),
  ];
}

type Row = readonly [label: string, text: string];

function rowsOf({ status, message, finding, error }: CheckResult): Row[] {
  if (finding !== undefined) {
    const { expected, received, where } = finding;
    const rows: Row[] = [["expected", expected], ["received", received], ["where", where]];
    return [["check", message], ...rows];
  }
  return [[error?.kind ?? status, message]];
}

/** A label and its text, set in lines beside it. */
function table([label, text]: Row, style: Style): string[] {
  const prefix = `      ${label.padEnd(8)}  `;
  const [first, ...rest] = wrap(plain(text).split(" "), prefix);
  return [style.faint(prefix) + first.slice(prefix.length), ...rest];
}

/** A text in which nothing moves the cursor or changes colours, whatever the student's code said. */
function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(/\p{Cc}/gu, "�");
}
