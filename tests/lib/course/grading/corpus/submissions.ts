/**
 * Submissions to an exercise in which every function of its corpus is handed in.
 *
 * @module
 */
import type { Check } from "../../../../../lib/course/check.ts";
import type { Corpus, Mistake } from "../../../../exercises/corpus.ts";

/** A function as a student may have written it. */
export interface Variant {
  /** What is special about it. */
  readonly name: string;
  /** The function, as code that has imported `corpus` and `solution`. */
  readonly code: string;
  /** What grading has to find: a mistake, that a hidden check fails, or nothing. */
  readonly verdict: Mistake<unknown> | "overfitted" | "right";
}

/** What a submission has, by the functions' names. */
export type Submission = ReadonlyMap<string, Variant>;

/**
 * Submissions in which functions of a corpus are handed in, each once: all that are right, and every so
 * manyth of the mistakes.
 *
 * A check calls the function it is for alone (the tests of the exercises see to that), in a trace of its
 * own, so what stands beside a function does not change what is said of it: a submission has a variant
 * of every function. But checks that wait for another function need that one right: a function comes
 * after all that is wrong with those it needs.
 */
export function submissionsOf(
  checks: readonly Check[],
  corpus: Corpus,
  stride: number,
): readonly Submission[] {
  const wrongOf = (name: string) => mistakesOf(corpus, name, stride);
  const plan = Object.keys(corpus.MISTAKES).map((name) => {
    const needs = checks.flatMap((check) => check.function === name ? check.needs ?? [] : []);
    const first = Math.max(0, ...needs.map((other) => wrongOf(other).length));
    return { name, needs, first, variants: [...wrongOf(name), ...rightOf(corpus, name)] };
  });
  const length = Math.max(...plan.map(({ first, variants }) => first + variants.length));
  return Array.from({ length }, (_, i) => {
    const here = plan.filter(({ first, variants }) => first <= i && i < first + variants.length);
    return new Map([
      ...here.flatMap(({ needs }) => needs).map((name) => [name, solutionOf(name)] as const),
      ...here.map(({ name, first, variants }) => [name, variants[i - first]] as const),
    ]);
  });
}

function mistakesOf({ MISTAKES, OVERFITTED }: Corpus, name: string, stride: number): Variant[] {
  const mistakes = MISTAKES[name]
    .map((verdict, i): Variant => {
      return { name: verdict.name, code: `corpus.MISTAKES.${name}[${i}].code`, verdict };
    })
    .filter((_, i) => i % stride === 0);
  if (!Object.hasOwn(OVERFITTED, name)) return mistakes;
  const code = `corpus.OVERFITTED.${name}`;
  return [...mistakes, { name: "right for public data alone", code, verdict: "overfitted" }];
}

function rightOf({ RIGHT }: Corpus, name: string): Variant[] {
  return Object.keys(RIGHT[name] ?? {}).map((way) => {
    return { name: way, code: `corpus.RIGHT.${name}[${JSON.stringify(way)}]`, verdict: "right" };
  });
}

function solutionOf(name: string): Variant {
  return { name: "the solution", code: `solution.${name}`, verdict: "right" };
}
