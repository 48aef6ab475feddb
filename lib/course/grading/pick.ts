/**
 * Which files of a submission are meant for an exercise, by their names.
 *
 * @module
 */
import leven from "leven";
import type { Entry } from "./container.ts";
import { listOf } from "./outputs/text.ts";

/** Edits that a name may be away from the right one and still be taken for it. */
const MAX_EDITS = 2;

/** The files of a submission, in the folder that holds them. */
export interface Picked {
  /** The folder's path with a `/` at its end; empty for the uppermost. */
  readonly folder: string;
  /** The names of the files in it; of folders with a `/` at their ends, too. */
  readonly names: readonly string[];
  /** The paths of files in folders in it, as far as they were looked into. */
  readonly deeper: readonly string[];
}

/** The name of an exercise's file of functions. */
export function codeName(exercise: string): string {
  return `exercise_${exercise}.ts`;
}

/** The name of an exercise's file of answers. */
export function answersName(exercise: string): string {
  return `answers_${exercise}.md`;
}

/**
 * The folder of a submission that holds its files: the uppermost, or the only one in it, as a zip file
 * of a folder has it.
 */
export function pickFolder(entries: readonly Entry[]): Picked {
  const top = entries.filter(({ path }) => !path.includes("/"));
  const [only, ...others] = top;
  const folder = only?.isFolder && others.length === 0 ? `${only.path}/` : "";
  const paths = entries
    .filter(({ path }) => path.startsWith(folder))
    .map(({ path, isFolder }) => ({ path: path.slice(folder.length), isFolder }));
  return {
    folder,
    names: paths.filter(({ path }) => !path.includes("/"))
      .map(({ path, isFolder }) => isFolder ? `${path}/` : path),
    deeper: paths.filter(({ path, isFolder }) => path.includes("/") && !isFolder)
      .map(({ path }) => path),
  };
}

/**
 * The exercise that a file with a wrong name, or in a folder, seems to be for.
 *
 * @param exercises the names of those there are
 *
 * @example
 * ```ts
 * import { exerciseMeant } from "./pick.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(exerciseMeant("exercice_a.ts", ["a", "b"]), "a");
 * assertEquals(exerciseMeant("Exercise-B (final) (1).js", ["a", "b"]), "b");
 * assertEquals(exerciseMeant("work/exercise_b.ts", ["a", "b"]), "b");
 * assertEquals(exerciseMeant("notes.ts", ["a", "b"]), undefined);
 * ```
 */
export function exerciseMeant(path: string, exercises: readonly string[]): string | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  // In a zip file it may have 65,535 characters, for which the search takes seconds.
  if (name.length > 100) return undefined;
  const match = /^(.*?)((?:\.(?:ts|js|mts|mjs|tsx|jsx|txt))+)$/.exec(name.toLowerCase());
  if (match === null) return undefined;
  const stem = match[1].replace(/(?:[\s_-]*(?:\(\d+\)|\(?(?:copy|final|v\d+)\)?))+$/, "")
    .replace(/[\s-]+/g, "_");
  const distances = exercises.map((exercise) => {
    const full = leven(stem, `exercise_${exercise}`);
    return { exercise, distance: stem === exercise ? 0 : full };
  });
  const [nearest, next] = distances.toSorted((a, b) => a.distance - b.distance);
  if (nearest === undefined || nearest.distance > MAX_EDITS) return undefined;
  return nearest.distance === next?.distance ? undefined : nearest.exercise;
}

/**
 * Why there is no file for an exercise, and what to do.
 *
 * @param names what is there, and the paths of files in folders there
 */
export function reasonWithout(
  exercise: string,
  names: readonly string[],
  exercises: readonly string[],
): string {
  const right = codeName(exercise);
  if (names.length === 0) return `there is no ${right}, nor any other file; hand it in`;
  const meant = names.find((name) => exerciseMeant(name, exercises) === exercise);
  if (meant?.includes("/")) {
    return `there is no ${right} in the uppermost folder; move ${meant} there`;
  }
  if (meant !== undefined) return `there is no ${right}; rename ${meant} to ${right}`;
  const others = exercises.filter((name) => name !== exercise);
  if (names.every((name) => isFor(name, others, exercises))) {
    return `there is no ${right}, nor any other file for this exercise; hand it in`;
  }
  return `there is no ${right}, only ${listOf(names)}; hand it in under that name`;
}

/** Whether a file is for one of some exercises, under its right name or a similar one. */
function isFor(name: string, some: readonly string[], exercises: readonly string[]): boolean {
  const meant = exerciseMeant(name, exercises);
  return some.some((exercise) => exercise === meant || name === answersName(exercise));
}
