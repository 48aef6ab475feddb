/**
 * How values, differences and notes read in the messages of failed assertions.
 *
 * @module
 */

import { AssertionError as NodeAssertionError } from "node:assert";
import { inspect } from "node:util";

/** A value in full depth, as `console.log` would show it. */
export function show(value: unknown): string {
  return inspect(value, { depth: Infinity });
}

/** Above this many lines the alignment of `node:assert`, quadratic in them, takes seconds. */
const LONGEST_ALIGNED = 1000;

/**
 * The lines in which two values differ (`+` actual, `-` expected), as `node:assert` shows them; for
 * long values the first such line alone.
 */
export function difference(actual: unknown, expected: unknown): string {
  const [left, right] = [lines(actual), lines(expected)];
  if (Math.max(left.length, right.length) > LONGEST_ALIGNED) {
    let first = 0;
    while (first < left.length && left[first] === right[first]) first++;
    return `the first difference is in line ${first + 1} of ${left.length} (expected: ` +
      `${right.length})\n+ ${left[first] ?? ""}\n- ${right[first] ?? ""}`;
  }
  const { message } = new NodeAssertionError({ actual, expected, operator: "deepStrictEqual" });
  return message.slice(message.indexOf("\n") + 1);
}

function lines(value: unknown): string[] {
  const whole = { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity };
  return inspect(value, { ...whole, compact: false, breakLength: Infinity, sorted: true })
    .split("\n");
}

/** What follows a message: the caller's own note, or a full stop. */
export function suffix(msg: string | undefined): string {
  return msg ? `: ${msg}` : ".";
}
