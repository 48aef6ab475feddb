/**
 * The exercises there are.
 *
 * @module
 */
import type { Entry } from "../lib/course/entry.ts";
import { UsageError } from "../lib/errors.ts";

/** Every exercise, in the order in which they are done. */
export const CATALOGUE = {
  a: {
    name: "a",
    title: "the mathematics of a variational autoencoder",
    folder: "a_vae",
    code: {
      load: async () => (await import("./a_vae/exercise.ts")).exerciseA,
      loadFigures: async () => (await import("./a_vae/figures.ts")).figures,
    },
  },
  b: {
    name: "b",
    title: "the forward process of score-based diffusion",
    folder: "b_score",
    code: {
      load: async () => (await import("./b_score/exercise.ts")).exerciseB,
      loadFigures: async () => (await import("./b_score/figures.ts")).figures,
    },
  },
  c: { name: "c", title: "discrete diffusion, to watch and explore", folder: "c_discrete" },
  d: {
    name: "d",
    title: "the formulas of denoising diffusion, DDPM and DDIM",
    folder: "d_ddpm",
    code: {
      load: async () => (await import("./d_ddpm/exercise.ts")).exerciseD,
      loadFigures: async () => (await import("./d_ddpm/figures.ts")).figures,
    },
  },
  e: {
    name: "e",
    title: "sampling from an energy, and the loss that shapes it",
    folder: "e_ebm",
    code: {
      load: async () => (await import("./e_ebm/exercise.ts")).exerciseE,
      loadFigures: async () => (await import("./e_ebm/figures.ts")).figures,
    },
  },
} satisfies Readonly<Record<string, Entry>>;

/** The same as a list. */
export const ENTRIES: readonly Entry[] = Object.values(CATALOGUE);

/**
 * The exercise of a name, in either case, with or without `exercise-`.
 *
 * @throws {UsageError} if there is none
 */
export function entryOf(name: string): Entry {
  const short = name.toLowerCase().replace(/^exercise[-_]/, "");
  const entry = ENTRIES.find((entry) => entry.name === short);
  if (entry !== undefined) return entry;
  const names = ENTRIES.map((entry) => entry.name).join(", ");
  throw new UsageError(`there is no exercise ${JSON.stringify(name)}; there are ${names}`);
}
