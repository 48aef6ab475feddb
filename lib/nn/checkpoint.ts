/**
 * Files of parameters: saving them, reading them, and putting them back into a model.
 *
 * @module
 */
import { DataError } from "../errors.ts";
import { writeWhole } from "../files.ts";
import { evaluate } from "../tensor/evaluator.ts";
import { format, sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Variable } from "../tensor/variable.ts";
import { Module } from "./module.ts";
import { decodeSafetensors, encodeSafetensors, type TensorFile } from "./safetensors.ts";

/** A module, or variables with their names: `[...model.namedParameters(), ...adam.stateVariables()]`. */
export type NamedVariables = Module | readonly (readonly [string, Variable])[];

/**
 * Writes a safetensors file, making its folder where needed. The bytes go to a file beside it that is
 * then renamed, so `path` never holds half a file.
 *
 * @param content a module, variables with their names, or tensors by name
 * @param metadata texts to keep with them
 * @throws {DataError} if two tensors have one name, or the file cannot be written
 *
 * @example Save a model and put it back
 * ```ts
 * import { Linear, loadParameters, loadSafetensors, saveSafetensors } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * const model = new Linear(3, 2);
 * await saveSafetensors(`${folder}/model.safetensors`, model, { steps: "100" });
 *
 * const { tensors, metadata } = await loadSafetensors(`${folder}/model.safetensors`);
 * const copy = new Linear(3, 2);
 * loadParameters(copy, tensors);
 * assertEquals(await copy.weight.value.tolist(), await model.weight.value.tolist());
 * assertEquals(metadata.steps, "100");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function saveSafetensors(
  path: string,
  content: NamedVariables | Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const tensors = namedTensors(path, content);
  await evaluate(Object.values(tensors));
  await writeWhole("saveSafetensors", path, encodeSafetensors({ tensors, metadata }));
}

/**
 * Reads a safetensors file of F64, F32, I32 and BOOL tensors.
 *
 * @throws {DataError} if the file is not there, or is damaged in any way
 */
export async function loadSafetensors(path: string): Promise<TensorFile> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    throw new DataError(
      `loadSafetensors: cannot read ${path} (${
        reason(error)
      }): check the path, or train and save ` +
        `the model first`,
      { cause: error },
    );
  }
  return decodeSafetensors(bytes, path);
}

/**
 * Sets parameters, or any named variables, to the tensors of the same names. Either all of them are
 * set or none.
 *
 * @throws {DataError} if names are missing or left over, or shapes or dtypes differ
 */
export function loadParameters(
  target: NamedVariables,
  tensors: Readonly<Record<string, Tensor>>,
): void {
  const variables = new Map(target instanceof Module ? target.namedParameters() : target);
  const missing = [...variables.keys()].filter((name) => !Object.hasOwn(tensors, name));
  const extra = Object.keys(tensors).filter((name) => !variables.has(name));
  if (missing.length + extra.length > 0) {
    throw new DataError(
      `loadParameters: the tensors are not those of this model: ${list(missing)} missing, ` +
        `${list(extra)} left over; build the model as it was when it was saved`,
    );
  }
  for (const [name, { shape, dtype }] of variables) {
    const tensor = tensors[name];
    if (!sameShape(tensor.shape, shape) || tensor.dtype !== dtype) {
      throw new DataError(
        `loadParameters: ${name} is ${dtype} ${format(shape)} in the model and ${tensor.dtype} ` +
          `${format(tensor.shape)} in the tensors; build the model as it was when it was saved`,
      );
    }
  }
  for (const [name, variable] of variables) variable.value = tensors[name];
}

function namedTensors(
  path: string,
  content: NamedVariables | Readonly<Record<string, Tensor>>,
): Record<string, Tensor> {
  if (!isNamed(content)) return content;
  const entries = content instanceof Module ? content.namedParameters() : content;
  const names = entries.map(([name]) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new DataError(
      `saveSafetensors: two variables for ${path} are called ${twice}; give each its own name`,
    );
  }
  return Object.fromEntries(entries.map(([name, { value }]) => [name, value]));
}

function isNamed(
  content: NamedVariables | Readonly<Record<string, Tensor>>,
): content is NamedVariables {
  return content instanceof Module || Array.isArray(content);
}

/** Names as a message lists them: none, a few, or the first few of many. */
function list(names: readonly string[]): string {
  if (names.length === 0) return "none";
  const rest = names.length > 4 ? ` and ${names.length - 4} more` : "";
  return names.slice(0, 4).join(", ") + rest;
}

function reason(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file";
  return error instanceof Error ? error.message : String(error);
}
