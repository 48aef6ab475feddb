/**
 * Trains a model: `deno task train MODEL`.
 *
 * @module
 */
import { modelProgram, runModelTask } from "./models.ts";
import { trainDdpm } from "./train/ddpm.ts";
import { trainEbm } from "./train/ebm.ts";
import { trainLenet } from "./train/lenet.ts";

const PROGRAMS = {
  ddpm: modelProgram(trainDdpm),
  ebm: modelProgram(trainEbm),
  lenet: modelProgram(trainLenet),
};

if (import.meta.main) {
  Deno.exit(await runModelTask("train", "Train a model on MNIST.", PROGRAMS, Deno.args));
}
