/**
 * The checks of exercise D that only graders have: the same properties on other data, so that a
 * function written for the data of the public checks earns nothing.
 *
 * @module
 */
import { type Check, HIDDEN } from "../../lib/course/check.ts";
import { uniforms } from "../../lib/course/samples.ts";
import { seeded } from "../../lib/course/seeded.ts";
import * as cumulative from "./checks/cumulative.ts";
import * as ddim from "./checks/ddim.ts";
import * as embedding from "./checks/embedding.ts";
import * as forward from "./checks/forward.ts";
import * as noise from "./checks/noise.ts";
import * as reverse from "./checks/reverse.ts";
import * as schedules from "./checks/schedules.ts";

/** Shapes that no public check uses. */
const SHAPES = [[17, 9], [2, 3, 4, 6]] as const;
/** How many steps no public check has. */
const STEPS = 71;

/** Betas or alphaBars that no public check uses. */
function unseen(seed: number) {
  return uniforms(seeded(seed), [STEPS], 0.003, 0.3);
}

/** One for each function. */
export const hiddenChecks: readonly Check[] = [
  {
    ...HIDDEN,
    id: "linear-other-data",
    function: "linearBetas",
    message: "the straight line is right for other limits as well",
    run: (student) => schedules.checkLinear(student, [STEPS, 0.0007, 0.11]),
  },
  {
    ...HIDDEN,
    id: "cosine-other-data",
    function: "cosineBetas",
    message: "the cosine schedule is right for another number of steps as well",
    run: (student) => schedules.checkCosine(student, STEPS),
  },
  {
    ...HIDDEN,
    id: "bars-other-data",
    function: "alphaBars",
    message: "what is left is right for other betas as well",
    run: (student) => cumulative.checkBars(student, unseen(9101), `${STEPS} other betas`),
  },
  {
    ...HIDDEN,
    id: "posterior-other-data",
    function: "posteriorVariance",
    needs: ["alphaBars"],
    message: "variances are right for other betas as well",
    run: (student) => cumulative.checkPosterior(student, unseen(9111), `${STEPS} other betas`),
  },
  {
    ...HIDDEN,
    id: "snr-other-data",
    function: "snr",
    message: "ratios are right for other alphaBars as well",
    run: (student) => cumulative.checkRatios(student, unseen(9121)),
  },
  {
    ...HIDDEN,
    id: "q-other-data",
    function: "qSample",
    message: "noisy data are right for other data as well",
    run: (student) => forward.checkExamples(student, 9201, SHAPES),
  },
  {
    ...HIDDEN,
    id: "reverse-other-data",
    function: "reverseMean",
    message: "means are right for other data as well",
    run: (student) => reverse.checkExamples(student, 9221, SHAPES),
  },
  {
    ...HIDDEN,
    id: "embedding-other-data",
    function: "timeEmbedding",
    message: "embeddings are right for other times, lengths and periods as well",
    async run(student) {
      await embedding.checkClocks(student, { times: [13, 621, 0.75], dim: 10, period: 3000 });
      await embedding.checkClocks(student, { times: [5, 612], dim: 20, dtype: "int32" });
    },
  },
  {
    ...HIDDEN,
    id: "epsilon-loss-other-data",
    function: "epsilonLoss",
    message: "the loss is right for other data as well",
    run: (student) => noise.checkLoss(student, 9251, SHAPES),
  },
  {
    ...HIDDEN,
    id: "guided-other-data",
    function: "guidedEpsilon",
    message: "guided noise is right for other data and scales as well",
    run: (student) => noise.checkGuidance(student, 9261, [3.25, 0.8], SHAPES),
  },
  {
    ...HIDDEN,
    id: "ddim-other-data",
    function: "ddimStep",
    message: "steps are right for other data, times and eta as well",
    run: (student) => ddim.checkExamples(student, 9271, [0, 0.35, 1], SHAPES),
  },
];
