/**
 * The pair: a DDPM and an energy-based model of the same number of parameters, trained on the same
 * images for the same time, and how what they draw is looked at.
 *
 * @module
 */
import type { Ddpm } from "../../lib/models/ddpm/checkpoint.ts";
import type { ConvEnergy } from "../../lib/models/ebm/networks.ts";
import type { Module } from "../../lib/nn/mod.ts";
import { grad } from "../../lib/tensor/autodiff.ts";
import { full, zeros } from "../../lib/tensor/creation.ts";
import type { Assessment } from "../judge/assess.ts";
import type { DdpmOptions, Drawn, Models } from "./models.ts";
import { multiplyAdds } from "./multiply_adds.ts";
import { jackknifeError } from "./statistics.ts";

/** How the pair's DDPM draws: with noise in the steps, which so small a network needs. */
export const ANCESTRAL = { model: "ddpm-small", eta: 1 } as const satisfies DdpmOptions;

/** Parts that are left out in turn for the standard error of a Fréchet distance, at most. */
const PARTS = 10;
/** Numbers of ten images, one of each class where there are classes. */
const TEN_IMAGES = 10 * 28 * 28;

/** An assessment of a set with the standard error of its Fréchet distance. */
export interface AssessedSet extends Assessment {
  readonly frechetError: number;
}

/** Assesses a set of images that was drawn. */
export async function assessed(
  models: Models,
  { images, labels }: Pick<Drawn, "images" | "labels">,
  options: { readonly lookUp: boolean } = { lookUp: false },
): Promise<AssessedSet> {
  const whole = await models.assess(images, labels, options);
  const distances: number[] = [];
  for (const rest of withoutEachPart(images)) {
    distances.push((await models.assess(rest, undefined, { lookUp: false })).frechet);
  }
  return { ...whole, frechetError: jackknifeError(distances) };
}

/** A set without each of its parts in turn, from which the jackknife takes a standard error. */
export function withoutEachPart(images: Uint8Array): Uint8Array[] {
  const parts = Math.min(PARTS, images.length / TEN_IMAGES);
  return Array.from(
    { length: parts },
    (_, part) => images.filter((_, i) => Math.floor(i / TEN_IMAGES) % parts !== part),
  );
}

/** A Fréchet distance with its standard error. */
export type Distance = Pick<AssessedSet, "frechet" | "frechetError">;

/** How much nearer a set is to real digits than another, with the standard error of that. */
export function nearerBy(one: Distance, other: Distance): { gap: number; error: number } {
  return {
    gap: other.frechet - one.frechet,
    error: Math.hypot(one.frechetError, other.frechetError),
  };
}

/** Whether a set is nearer to real digits than another, by two standard errors of the difference. */
export function clearlyNearer(one: Distance, other: Distance): boolean {
  const { gap, error } = nearerBy(one, other);
  return gap > 2 * error;
}

/** A distance with its standard error, for people. */
export function distanceOf({ frechet, frechetError }: Distance): string {
  return `${frechet.toFixed(0)} ± ${frechetError.toFixed(0)}`;
}

/** Multiply-adds for an image: of the UNet's pass, and of an energy's pass forward and back. */
export function passesOf({ unet }: Ddpm, energy: ConvEnergy): { ddpm: number; ebm: number } {
  const x = zeros([1, 1, 28, 28]);
  const t = full([1], 1, { dtype: "int32" });
  return {
    ddpm: multiplyAdds(unet.forward(x, t, t)),
    ebm: multiplyAdds(...grad(energy.forward(x).sum(), [x])),
  };
}

/** The numbers that a network learns. */
export function parametersOf(module: Module): number {
  return module.parameters().reduce((sum, { value }) => sum + value.size, 0);
}
