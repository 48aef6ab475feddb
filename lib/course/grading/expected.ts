/**
 * Who is expected to hand in what.
 *
 * @module
 */

/** What each student handed something in for: the names of exercises, by the student's id. */
export type HandedIn = ReadonlyMap<string, readonly string[]>;

/** What a batch is about. */
export interface Expected {
  /** The exercises that someone is graded for. */
  readonly exercises: readonly string[];
  /** Whether a student is graded for an exercise. */
  isAsked(student: string, exercise: string): boolean;
  /** What a person should know, a line each. */
  readonly notes: readonly string[];
}

/**
 * What students are graded for. An exercise that at least half of those who handed in anything have a
 * file for is expected of everybody; any other only of those who have one, so that nobody's stray file
 * changes the results of the others.
 *
 * @param all the exercises there are, in their order, and those with code among them
 * @param chosen the exercises that are expected of everybody, if they are named
 *
 * @example
 * ```ts
 * import { expectedOf } from "./expected.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const handedIn = new Map([["ana", ["a"]], ["bob", ["a", "b"]], ["eve", ["a"]], ["fay", []]]);
 * const { exercises, isAsked } = expectedOf(handedIn, { all: ["a", "b"], withCode: ["a", "b"] });
 * assertEquals(exercises, ["a", "b"]);
 * assertEquals([isAsked("fay", "a"), isAsked("fay", "b"), isAsked("bob", "b")], [true, false, true]);
 * ```
 */
export function expectedOf(
  handedIn: HandedIn,
  { all, withCode }: { readonly all: readonly string[]; readonly withCode: readonly string[] },
  chosen?: readonly string[],
): Expected {
  if (chosen !== undefined) {
    const exercises = all.filter((exercise) => chosen.includes(exercise));
    return { exercises, isAsked: () => true, notes: [] };
  }
  const active = [...handedIn.values()].filter((exercises) => exercises.length > 0);
  if (active.length === 0) return { exercises: withCode, isAsked: () => true, notes: [] };
  const countOf = (exercise: string) =>
    active.filter((exercises) => exercises.includes(exercise)).length;
  const common = all.filter((exercise) => 2 * countOf(exercise) >= active.length);
  const rare = all.filter((exercise) => countOf(exercise) > 0 && !common.includes(exercise));
  return {
    exercises: all.filter((exercise) => common.includes(exercise) || rare.includes(exercise)),
    isAsked: (student, exercise) =>
      common.includes(exercise) || (handedIn.get(student)?.includes(exercise) ?? false),
    notes: rare.map((exercise) =>
      `exercise ${exercise.toUpperCase()} is graded for the ${countOf(exercise)} of ` +
      `${handedIn.size} students who handed it in: to expect it of everybody, ask for it with ` +
      `--exercise ${exercise}`
    ),
  };
}
