/**
 * Where models lie: those that come with the project, those that a person names, and those that a
 * training writes.
 *
 * @module
 */
import { dirname } from "node:path";
import { fromCaller, inProject, makeWritable } from "../lib/course/paths.ts";
import { DataError, UsageError } from "../lib/errors.ts";

/** The file of a model that comes with the project. */
export function shippedModel(name: string): string {
  return inProject("data", "models", `${name}.safetensors`);
}

/** The model that a person named, or else the one that comes with the project. */
export function givenModel(given: string | undefined, name: string): string {
  return given === undefined ? shippedModel(name) : fromCaller(given);
}

/**
 * The file that a training writes its model to.
 *
 * @param given what the person named, relative to where the command was typed
 * @param name the model, which names the file inside the project's `out` if nothing was named
 * @throws {UsageError} if it is a folder
 */
export async function trainedModel(given: string | undefined, name: string): Promise<string> {
  const path = given === undefined
    ? inProject("out", "train", `${name}.safetensors`)
    : fromCaller(given);
  const isFolder = await Deno.stat(path).then((there) => there.isDirectory, () => false);
  if (isFolder) {
    throw new UsageError(
      `--out: ${path} is a folder; name a file, such as ${name}.safetensors in it`,
    );
  }
  return path;
}

/**
 * Makes the folder of such a file and tries it, before the work of training.
 *
 * @throws {DataError} if nothing can be written there
 */
export async function requireWritable(path: string): Promise<void> {
  try {
    await makeWritable(dirname(path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(
      `--out: cannot write ${path} (${reason}); choose a folder that you may write to`,
    );
  }
}

/** A file that belongs to a model's and lies beside it: `ddpm.safetensors` and `ddpm.samples.png`. */
export function beside(model: string, ending: string): string {
  return model.replace(/(\.safetensors)?$/, `.${ending}`);
}
