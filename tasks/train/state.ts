/**
 * Everything a training run depends on, in one file: what is trained, the optimizer, the random
 * numbers, the steps done. A run that is taken up again goes on as if it had not stopped.
 *
 * @module
 */
import { isThere } from "../../lib/course/files.ts";
import { DataError } from "../../lib/errors.ts";
import { loadParameters, loadSafetensors, saveSafetensors } from "../../lib/nn/mod.ts";
import type { Generator } from "../../lib/random/mod.ts";
import { tensor } from "../../lib/tensor/creation.ts";
import type { Variable } from "../../lib/tensor/variable.ts";
import type { Metadata, RunProgress } from "./metadata.ts";

/** What a run depends on, and what changes in it. */
export interface TrainingState {
  /** Options that the run can only be gone on with unchanged, by name. */
  readonly settings: Metadata;
  /** Parameters, averages and the optimizer's variables, by name. */
  readonly variables: readonly (readonly [string, Variable])[];
  /** Where all random numbers of the training come from. */
  readonly generator: Generator;
}

/** The tensors of the file that are no variables. */
const GENERATOR = "run.generator";
const LOSSES = "run.losses";

/**
 * Writes the state of a run, whole or not at all.
 *
 * @throws {DataError} if it cannot be written
 */
export async function saveState(
  path: string,
  { variables, generator, settings }: TrainingState,
  { losses, seconds }: RunProgress,
): Promise<void> {
  const named = variables.map(([name, { value }]) => [name, value] as const);
  await saveSafetensors(
    path,
    {
      ...Object.fromEntries(named),
      [GENERATOR]: tensor(generator.getState()),
      [LOSSES]: tensor(Float64Array.from(losses)),
    },
    { ...settings, seconds: String(seconds) },
  );
}

/**
 * Takes up a run: sets the variables and the generator to what the file holds.
 *
 * @throws {DataError} if the file is missing or damaged, or a setting is not what it was begun with
 */
export async function loadState(
  path: string,
  { variables, generator, settings }: TrainingState,
): Promise<RunProgress> {
  if (!await isThere(path)) {
    throw new DataError(`--resume: there is no earlier run, ${path}; begin one without --resume`);
  }
  const { tensors, metadata } = await loadSafetensors(path);
  for (const [name, value] of Object.entries(settings)) {
    if (metadata[name] === value) continue;
    throw new DataError(
      `--resume: ${path} was begun with --${name} ${metadata[name]}, not ${value}; give the ` +
        "options it was begun with, or begin anew with --restart",
    );
  }
  const { [GENERATOR]: position, [LOSSES]: losses, ...rest } = tensors;
  if (position?.values === undefined || losses?.values === undefined) {
    throw new DataError(`--resume: ${path} is not the state of a training run; give that`);
  }
  loadParameters(variables, rest);
  generator.setState(Uint8Array.from(position.values));
  return { losses: [...losses.values], seconds: Number(metadata.seconds) };
}
