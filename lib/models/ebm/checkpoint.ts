/**
 * Files that hold a trained energy of images: the network's form and parameters.
 *
 * @module
 */
import { loadParameters, saveSafetensors } from "../../nn/mod.ts";
import { Generator } from "../../random/mod.ts";
import { loadModelFile, type ModelFamily, readForm } from "../checkpoint.ts";
import { ConvEnergy } from "./networks.ts";

const FAMILY: ModelFamily = { name: "ebm", title: "energy-based model" };

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
  await saveSafetensors(path, energy, { ...metadata, model: FAMILY.name, energy: form });
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
  const { tensors, metadata } = await loadModelFile(path, FAMILY);
  const form = readForm(path, metadata.energy, ["hidden", "size"]);
  // Its first values are drawn only to be replaced: not from the stream that samples come from.
  const energy = new ConvEnergy({ ...form, generator: new Generator(0) });
  loadParameters(energy, tensors);
  return { energy, metadata };
}
