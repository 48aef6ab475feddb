/**
 * The options of `deno task train ebm`.
 *
 * @module
 */
import { type Options, wholeNumber } from "../../lib/course/options.ts";
import { numberList } from "../options.ts";
import { lessonOptions, runOptions } from "./options.ts";

const widths = numberList(
  "channels of the convolutions, at most five, each at half the size of the one before; multiples " +
    "of 16 are fastest",
  {
    default: [16, 32, 64],
    which: "one to five whole numbers from 1 to 1024, such as 16,32,64",
    fits: (widths) => widths.length <= 5 && widths.every((n) => n >= 1 && n <= 1024),
  },
);

/** What can be told to the training. */
export const OPTIONS = {
  ...lessonOptions({ steps: 3000, batch: 64, lr: 1e-3 }, "digits in a step, and chains"),
  chain: wholeNumber("steps that chains make in a training step", {
    default: 30,
    min: 1,
    max: 10_000,
  }),
  buffer: wholeNumber("chains that are kept, at least the batch", {
    default: 8192,
    min: 1,
    max: 100_000,
  }),
  widths,
  hidden: wholeNumber("units before the energy", { default: 64, min: 1, max: 4096 }),
  ...runOptions("ebm", 100),
} satisfies Options;
