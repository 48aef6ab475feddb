/**
 * What files of trained models have in common: the name of the model they hold, and the form of its
 * network.
 *
 * @module
 */
import { DataError } from "../errors.ts";
import { loadSafetensors, type TensorFile } from "../nn/mod.ts";

/** A family of models. */
export interface ModelFamily {
  /** What its files and the tasks call it. */
  readonly name: string;
  /** What messages call a model of it. */
  readonly title: string;
}

/**
 * Reads the file of a model of a family.
 *
 * @throws {DataError} if it is missing, damaged, or holds something else
 */
export async function loadModelFile(path: string, family: ModelFamily): Promise<TensorFile> {
  const file = await loadSafetensors(path);
  if (file.metadata.model !== family.name) throw holdsNone(path, family);
  return file;
}

/** The error of a file that holds no model of a family. */
export function holdsNone(path: string, { name, title }: ModelFamily): DataError {
  return new DataError(
    `${path} holds no ${title}; give a file that \`deno task train ${name}\` wrote, or leave it out ` +
      "to use the one that comes with the project",
  );
}

/** The whole numbers a network is made with: the widths of its layers, and others by name. */
export type Form<N extends string> =
  & { readonly widths: readonly number[] }
  & Readonly<Record<N, number>>;

/**
 * The form of the network in a file.
 *
 * @param path what messages call the file
 * @param text the form in JSON, from the file's metadata
 * @param names the numbers it has besides the widths
 * @throws {DataError} if a number is missing, or is none
 */
export function readForm<N extends string>(
  path: string,
  text: string | undefined,
  names: readonly N[],
): Form<N> {
  const form = parsed(text);
  if (isForm(form, names)) return form;
  throw new DataError(`${path}: its metadata does not say which network it holds; get it anew`);
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

function isForm<N extends string>(value: unknown, names: readonly N[]): value is Form<N> {
  if (typeof value !== "object" || value === null) return false;
  const { widths, ...others } = value as Partial<Form<string>>;
  return Array.isArray(widths) &&
    [...widths, ...names.map((name) => others[name])].every(Number.isInteger);
}
