/**
 * Classes of students who worked alone, each of whom came to right solutions in a way of their own, and
 * what a copy is made to look like.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { Submission } from "../../../../../lib/course/grading/similarity/compare.ts";
import { stubOf } from "../../../../../lib/course/stub.ts";
import * as vae from "../../../../exercises/a_vae/right_solutions.ts";
import * as score from "../../../../exercises/b_score/right_solutions.ts";

/** The ways in which a function may be written, as programs. */
type Ways = Readonly<Record<string, readonly string[]>>;

/** An exercise, and the ways to do it. */
export interface Task {
  readonly exercise: string;
  readonly stub: string;
  readonly solution: string;
  readonly ways: Ways;
}

async function taskOf(
  exercise: string,
  folder: string,
  corpora: Readonly<Record<string, object>>,
): Promise<Task> {
  const url = new URL(`../../../../../exercises/${folder}/solution.ts`, import.meta.url);
  const solution = await Deno.readTextFile(fileURLToPath(url));
  const ways = Object.entries(corpora).map(([name, corpus]) => [
    name,
    Object.values(corpus).map((way) => `export const ${name} = ${way};`),
  ]);
  return { exercise, solution, stub: stubOf(solution), ways: Object.fromEntries(ways) };
}

/** Exercise A. */
export const TASK_A: Task = await taskOf("a", "a_vae", {
  reparameterize: vae.rightReparameterizations,
  klDiagGaussianToStandard: vae.rightDivergences,
  bernoulliNllFromLogits: vae.rightLikelihoods,
});

/** Exercise B. */
export const TASK_B: Task = await taskOf("b", "b_score", {
  sigmaVe: score.rightSchedules,
  veForward: score.rightForwards,
  conditionalScoreXtGivenX0: score.rightScores,
});

/** A file in which the functions are written in the given ways, and the rest is as it was handed out. */
export function written({ stub, ways }: Task, choice: readonly number[]): string {
  let text = stub;
  for (const [i, [name, programs]] of Object.entries(ways).entries()) {
    const body = new RegExp(`^export function ${name}\\(.*?^\\}$`, "ms");
    text = text.replace(body, () => programs[choice[i] % programs.length]);
  }
  return text;
}

/** Submissions of students no two of whom wrote all functions in the same way. */
export function classOf(task: Task, size: number): Submission[] {
  const lengths = Object.values(task.ways).map(({ length }) => length);
  const combinations = lengths.reduce((product, length) => product * length, 1);
  return Array.from({ length: size }, (_, i) => {
    // Steps with no factor in common with the number of combinations meet all of them.
    let at = (i * 97 + 5) % combinations;
    const choice = lengths.map((length) => {
      const way = at % length;
      at = Math.floor(at / length);
      return way;
    });
    const student = `s${String(i).padStart(3, "0")}`;
    return { student, exercise: task.exercise, text: written(task, choice) };
  });
}

/** What is done to a copy, so that it looks like a work of its own. */
export const DISGUISES: Readonly<Record<string, (text: string) => string>> = {
  "nothing": (text) => text,
  "other names": (text) => {
    const names = ["mu", "logvar", "std", "eps", "logits", "x", "xt", "x0", "t", "time", "noise"];
    return names.reduce(
      (renamed, name, i) => renamed.replace(new RegExp(`(?<![.\\w])${name}\\b`, "g"), `value${i}`),
      text,
    );
  },
  "another layout and remarks": (text) =>
    text.replaceAll(/([(,])(?=\w)/g, "$1\n      ").replaceAll(/;$/gm, "; // my own idea")
      .replaceAll(/\{$/gm, "{ /* here it begins */"),
  "functions in another order": (text) => {
    const functions = text.split(/^(?=export )/m);
    const [head, ...rest] = functions;
    return [head, ...rest.map((part) => `${part}\n`).reverse()].join("");
  },
  "types, and var for const": (text) => text.replaceAll(/\bconst (\w+) =/g, "var $1: Tensor ="),
  "numbers and quotes written differently": (text) =>
    text.replaceAll("0.5", ".50").replaceAll('"', "'").replaceAll(/\b2\b/g, "2.0"),
  "code that does nothing": (text) =>
    `${text}\nfunction unused(a) { let sum = 0; for (const b of a) sum += b ** 2; return sum; }
     export const alsoUnused = (n) => n > 3 ? alsoUnused(n - 1) + alsoUnused(n - 2) : [n].at(0);`,
};
