/**
 * Hostile submissions to exercise A, as data.
 *
 * @module
 */

/** What attacks are after; all of it is made for them, and watched. */
export interface World {
  /** A folder of the grader's user, absolute, in which there are secrets. */
  readonly folder: string;
  /** The project's own folder, absolute, with a slash at its end. */
  readonly project: string;
  /** The port of a listener on loopback. */
  readonly port: number;
}

/** Secrets in the folder of the world, by the names of their files; what they hold is `SECRET`. */
export const SECRET_FILES = ["secret.txt", "secret.json", "secret.ts", "secret.js.map"] as const;
/** What none may learn. */
export const SECRET = "the-answer-is-4127";
/** The variable that holds it as well. */
export const SECRET_VARIABLE = "GENLAB_SECRET";

/** A hostile submission. */
export interface Attack {
  /** Its student. */
  readonly id: string;
  /** What it tries, as a fact about what comes of it. */
  readonly fact: string;
  /** The text of `exercise_a.ts`. */
  source(world: World): string;
  /** What one of its checks has to say: the attack was made, and this came of it. */
  readonly says: RegExp;
}

/** Functions that are there, and wrong. */
export const WRONG = `
export const reparameterize = (mu) => mu.mul(0);
export const klDiagGaussianToStandard = (mu) => mu.sum(1);
export const bernoulliNllFromLogits = (logits) => logits.sum(1);
`;

/** Exports a function under one of the names that are asked for. */
export function exportAs(f: string): string {
  return `export { ${f} as klDiagGaussianToStandard };`;
}

/** What is said of something that got nothing, and of a file that imports what it must not. */
export const NOTHING = /LOOT \[\]/;
export const NO_IMPORT = /imports .*only "genlab" is there/;

/**
 * A file that tries expressions, and tells in its error what it got of them. They may use `await`; what
 * is null, undefined or false is nothing.
 */
export function looting(expressions: readonly string[], before = ""): string {
  const tries = expressions.map((expression, i) =>
    `try { keep(${i}, await within(async () => (${expression}))); } catch (error) { void error; }`
  );
  return `${before}
const loot = [];
const keep = (i, got) => {
  if (got === undefined || got === null || got === false) return;
  loot.push(i + ": " + (got instanceof Uint8Array ? new TextDecoder().decode(got) : got));
};
const within = (f) => Promise.race([
  f(),
  new Promise((_, reject) => setTimeout(() => reject(new Error("late")), 200)),
]);
${tries.join("\n")}
const f = () => { throw new Error("LOOT " + JSON.stringify(loot).slice(0, 900)); };
${exportAs("f")}
`;
}

/** A line of the protocol, printed as the runner prints it. */
export function forged(answer: string): string {
  return `Deno.stdout.writeSync(new TextEncoder().encode(${
    JSON.stringify(`\ngenlab-answer:${answer}\n`)
  }));`;
}
