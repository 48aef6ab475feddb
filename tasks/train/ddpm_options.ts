/**
 * The options of `deno task train ddpm`.
 *
 * @module
 */
import { type Options, type ValueOption, wholeNumber } from "../../lib/course/options.ts";
import { UsageError } from "../../lib/errors.ts";
import { type ScheduleName, SCHEDULES } from "../../lib/models/ddpm/process/schedule.ts";
import { numberList } from "../options.ts";
import { lessonOptions, runOptions } from "./options.ts";

const schedule: ValueOption<ScheduleName> = {
  metavar: SCHEDULES.join("|"),
  help: "how the noise grows",
  default: "cosine",
  parse(text, name) {
    const found = SCHEDULES.find((candidate) => candidate === text);
    if (found === undefined) {
      throw new UsageError(
        `--${name} takes ${SCHEDULES.join(" or ")}, not ${JSON.stringify(text)}`,
      );
    }
    return found;
  },
};

const widths = numberList(
  "channels at each resolution, multiples of 8; 28 pixels take at most three",
  {
    default: [16, 48, 96],
    which: "two or three multiples of 8 up to 1024, such as 16,48,96",
    fits: (widths) =>
      [2, 3].includes(widths.length) && widths.every((n) => n > 0 && n <= 1024 && n % 8 === 0),
  },
);

/** What can be told to the training. */
export const OPTIONS = {
  ...lessonOptions({ steps: 12000, batch: 64, lr: 2e-3 }),
  T: wholeNumber("time steps of the noise", { default: 200, min: 1, max: 10_000 }),
  schedule,
  widths,
  ...runOptions("ddpm", 500),
} satisfies Options;
