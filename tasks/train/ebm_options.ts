/**
 * The options of `deno task train ebm`.
 *
 * @module
 */
import { type Options, wholeNumber } from "../../lib/course/options.ts";
import { decimal, numberList } from "../options.ts";
import { runOptions } from "./options.ts";

const widths = numberList(
  "channels of the convolutions, each at half the size of the one before; multiples of 16 are " +
    "fastest",
  {
    default: [16, 32, 64],
    which: "whole numbers of at least 1, such as 16,32,64",
    fits: (widths) => widths.every((n) => n > 0),
  },
);

/** What can be told to the training. */
export const OPTIONS = {
  steps: wholeNumber("training steps", { default: 3000, min: 1 }),
  batch: wholeNumber("digits in a step, and chains", { default: 64, min: 1 }),
  chain: wholeNumber("steps that chains make in a training step", { default: 30, min: 1 }),
  buffer: wholeNumber("chains that are kept, at least the batch", { default: 8192, min: 1 }),
  lr: decimal("highest learning rate", { default: 1e-3, min: 0 }),
  widths,
  hidden: wholeNumber("units before the energy", { default: 64, min: 1 }),
  ...runOptions("ebm", 100),
} satisfies Options;
