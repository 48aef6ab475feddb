/**
 * Files that hold a trained energy of images: the network's form and parameters.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { loadParameters, loadSafetensors, saveSafetensors } from "../../nn/mod.ts";
import { Generator } from "../../random/mod.ts";
import { ConvEnergy } from "./networks.ts";

/** What a file says of itself, so that a file of another model is not mistaken for one. */
const MODEL = "ebm";

/**
 * Writes an energy as a safetensors file, whole or not at all.
 *
 * @param metadata texts to keep with it, such as how it was trained
 * @throws {DataError} if it cannot be written
 */
export async function saveEbm(
  path: string,
  energy: ConvEnergy,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { widths, size, hidden } = energy;
  const form = JSON.stringify({ widths, size, hidden: hidden.outFeatures });
  await saveSafetensors(path, energy, { ...metadata, model: MODEL, energy: form });
}

/**
 * Reads an energy that {@linkcode saveEbm} wrote.
 *
 * @throws {DataError} if the file is missing, damaged, or holds something else
 *
 * @example
 * ```ts
 * import { loadEbm, saveEbm } from "./checkpoint.ts";
 * import { ConvEnergy } from "./networks.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * await saveEbm(`${folder}/small.safetensors`, new ConvEnergy({ widths: [4], hidden: 8 }));
 * const { energy } = await loadEbm(`${folder}/small.safetensors`);
 * assertEquals(energy.widths, [4]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function loadEbm(
  path: string,
): Promise<{ energy: ConvEnergy; metadata: Readonly<Record<string, string>> }> {
  const { tensors, metadata } = await loadSafetensors(path);
  if (metadata.model !== MODEL) {
    throw new DataError(
      `${path} holds no energy-based model; give a file that \`deno task train ebm\` wrote`,
    );
  }
  const form = parse(metadata.energy);
  if (!isForm(form)) {
    throw new DataError(`${path}: its metadata does not say which network it holds; get it anew`);
  }
  // Its first values are drawn only to be replaced: not from the stream that samples come from.
  const energy = new ConvEnergy({ ...form, generator: new Generator(0) });
  loadParameters(energy, tensors);
  return { energy, metadata };
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

/** The numbers that fix a network's form. */
interface Form {
  readonly widths: number[];
  readonly hidden: number;
  readonly size: number;
}

function isForm(value: unknown): value is Form {
  if (typeof value !== "object" || value === null) return false;
  const { widths, hidden, size } = value as Partial<Form>;
  return Array.isArray(widths) && [...widths, hidden, size].every(Number.isInteger);
}
