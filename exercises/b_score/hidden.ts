/**
 * The checks of exercise B that only graders have: the same properties on other data, so that a
 * function written for the data of the public checks earns nothing.
 *
 * @module
 */
import { type Check, HIDDEN } from "../../lib/course/check.ts";
import { uniforms } from "../../lib/course/samples.ts";
import { seeded } from "../../lib/course/seeded.ts";
import * as forward from "./checks/forward.ts";
import * as score from "./checks/score.ts";
import * as sigma from "./checks/sigma.ts";

/** Shapes that no public check uses. */
const SHAPES = [[17, 9], [2, 31]] as const;

/** Limits that no public check uses. */
const LIMITS = { sigmaMin: 0.03, sigmaMax: 21 };

/** One for each function. */
export const hiddenChecks: readonly Check[] = [
  {
    ...HIDDEN,
    id: "sigma-other-data",
    function: "sigmaVe",
    message: "sigma is right at other times and for other limits as well",
    run: (student) => sigma.checkValues(student, uniforms(seeded(9011), [37]).values, LIMITS),
  },
  {
    ...HIDDEN,
    id: "forward-other-data",
    function: "veForward",
    needs: ["sigmaVe"],
    message: "data, noise and sigma are right on other data as well",
    async run(student) {
      await forward.checkNew(student, SHAPES);
      await forward.checkSigma(student, LIMITS);
      await forward.checkData(student, 9022, SHAPES);
      await forward.checkScale(student, LIMITS);
      await forward.checkReturnedNoise(student, 9024, SHAPES);
      await forward.checkNormal(student, 9033, { shape: [211, 203], times: 8 }, 0.45);
    },
  },
  {
    ...HIDDEN,
    id: "score-other-data",
    function: "conditionalScoreXtGivenX0",
    message: "scores are right on other data as well",
    async run(student) {
      await score.checkExamples(student, 9054, SHAPES);
      await score.checkDensity(student, 9056, SHAPES);
    },
  },
];
