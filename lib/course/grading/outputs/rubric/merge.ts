/**
 * Brings the rubrics of several folders together, as when each part of a batch was marked by another
 * person.
 *
 * @module
 */
import type { Rubric, RubricLine } from "./rubric.ts";

/**
 * One rubric with all lines of several. Where more than one has a line about the same answer, the
 * first that is marked counts, or else the first.
 */
export function mergeRubrics(rubrics: readonly Rubric[]): Rubric {
  const merged = new Map<string, RubricLine>();
  for (const line of rubrics.flatMap(({ lines }) => lines)) {
    const before = merged.get(line.ref.key);
    const isNews = before === undefined || before.points === undefined && line.points !== undefined;
    if (isNews) merged.set(line.ref.key, line);
  }
  const extra = new Set(rubrics.flatMap(({ extra }) => extra));
  return { lines: [...merged.values()], extra: [...extra] };
}
