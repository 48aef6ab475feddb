/**
 * Files that hold a trained DDPM: the network's form, parameters and time vectors, and the noise it
 * was trained with.
 *
 * @module
 */
import { loadParameters, saveSafetensors } from "../../nn/mod.ts";
import { Generator } from "../../random/mod.ts";
import { tensor } from "../../tensor/creation.ts";
import { holdsNone, loadModelFile, type ModelFamily, readForm } from "../checkpoint.ts";
import { UNet } from "./unet.ts";

/** A trained network and the noise it was trained with. */
export interface Ddpm {
  /** Predicts the noise. */
  readonly unet: UNet;
  /** What is left of the image's variance after 0 ... T steps, `[T + 1]`. */
  readonly alphaBars: Float64Array<ArrayBuffer>;
}

const FAMILY: ModelFamily = { name: "ddpm", title: "DDPM" };

/**
 * Writes a DDPM as a safetensors file, whole or not at all.
 *
 * @param metadata texts to keep with it, such as how it was trained
 * @throws {DataError} if it cannot be written
 */
export async function saveDdpm(
  path: string,
  { unet, alphaBars }: Ddpm,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { widths, classes, channels } = unet;
  const form = { widths, classes, channels, embedding: unet.label.dim };
  const parameters = unet.namedParameters().map(([name, { value }]) => [name, value] as const);
  await saveSafetensors(
    path,
    { ...Object.fromEntries(parameters), times: unet.times, alphaBars: tensor(alphaBars) },
    { ...metadata, model: FAMILY.name, unet: JSON.stringify(form) },
  );
}

/**
 * Reads a DDPM that {@linkcode saveDdpm} wrote.
 *
 * @throws {DataError} if the file is missing, damaged, or holds something else
 *
 * @example
 * ```ts
 * import { loadDdpm, saveDdpm } from "./checkpoint.ts";
 * import { zeros } from "genlab";
 * import { UNet } from "./unet.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * const alphaBars = Float64Array.of(1, 0.5, 0.01);
 * const unet = new UNet({ times: zeros([3, 16]), widths: [8, 16] });
 * await saveDdpm(`${folder}/small.safetensors`, { unet, alphaBars });
 * const read = await loadDdpm(`${folder}/small.safetensors`);
 * assertEquals(read.unet.widths, [8, 16]);
 * assertEquals(read.alphaBars, alphaBars);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function loadDdpm(
  path: string,
): Promise<Ddpm & { readonly metadata: Readonly<Record<string, string>> }> {
  const { tensors, metadata } = await loadModelFile(path, FAMILY);
  const { times, alphaBars, ...parameters } = tensors;
  const noise = alphaBars?.values;
  if (times === undefined || !(noise instanceof Float64Array)) throw holdsNone(path, FAMILY);
  const form = readForm(path, metadata.unet, ["embedding", "classes", "channels"]);
  // Its first values are drawn only to be replaced: not from the stream that samples come from.
  const unet = new UNet({ ...form, times, generator: new Generator(0) });
  loadParameters(unet, parameters);
  return { unet, alphaBars: noise, metadata };
}
