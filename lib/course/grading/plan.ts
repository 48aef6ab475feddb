/**
 * What of a batch is done already.
 *
 * @module
 */
import type { Item } from "./items.ts";
import type { Entry, Kept } from "./journal.ts";

/** What is to be done, and what is there. */
export interface Plan {
  /** What is to be graded. */
  readonly open: readonly Item[];
  /** What the journal has, and that stays as it is. */
  readonly kept: readonly Entry[];
  /** How much of that was made of another submission, or by another grader. */
  readonly stale: number;
  /** How much is graded again although the journal has it. */
  readonly again: number;
}

/** What decides on that. */
export interface Choice {
  /** Whether rows that still hold are taken from the journal. */
  readonly resume: boolean;
  /** The students to grade; the others' rows stay, whether they hold or not. */
  readonly only?: readonly string[];
}

/** Divides items into what is to be graded and what is not. */
export function planOf(items: readonly Item[], kept: Kept, { resume, only }: Choice): Plan {
  const chosen = only === undefined ? undefined : new Set(only);
  const last = new Map<string, Entry>();
  for (const entry of kept.entries.values()) {
    last.set(placeOf(entry.row.student, entry.row.exercise), entry);
  }
  const open: Item[] = [];
  const stay: Entry[] = [];
  let [stale, again] = [0, 0];
  for (const item of items) {
    const same = kept.entries.get(item.key);
    if (chosen?.has(item.student) ?? true) {
      const isThere = same !== undefined && isSettled(same);
      if (resume && isThere) stay.push(same);
      else open.push(item);
      if (!resume && isThere && chosen === undefined) again++;
      continue;
    }
    const entry = same ?? last.get(placeOf(item.student, item.exercise.name));
    if (entry === undefined) continue;
    if (entry !== same) stale++;
    stay.push(entry);
  }
  return { open, kept: stay, stale, again };
}

/** Whether a row is final: what went wrong on our side is tried once more. */
function isSettled({ row }: Entry): boolean {
  return !row.checks.some(({ status }) => status === "grader-error");
}

function placeOf(student: string, exercise: string): string {
  return JSON.stringify([student, exercise]);
}
