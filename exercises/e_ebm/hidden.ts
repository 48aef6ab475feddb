/**
 * The checks of exercise E that only graders have: the same properties on other data, so that a
 * function written for the data of the public checks earns nothing.
 *
 * @module
 */
import { type Check, HIDDEN } from "../../lib/course/check.ts";
import * as clamp from "./checks/clamp.ts";
import * as contrastive from "./checks/contrastive.ts";
import * as gradient from "./checks/gradient.ts";
import * as langevin from "./checks/langevin.ts";

/** Shapes that no public check uses. */
const SHAPES = [[17, 3], [2, 7], [9, 1, 3, 2]] as const;

/** Bounds that no public check uses. */
const BOUNDS = [-2.5, 0.75] as const;

/** One for each function. */
export const hiddenChecks: readonly Check[] = [
  {
    ...HIDDEN,
    id: "gradient-other-data",
    function: "inputGradient",
    message: "gradients are right for other energies and data as well",
    async run(student) {
      await gradient.checkExamples(student, 9021, SHAPES[0]);
      await gradient.checkValues(student, 9041, SHAPES);
    },
  },
  {
    ...HIDDEN,
    id: "langevin-other-data",
    function: "langevinStep",
    needs: ["inputGradient"],
    message: "steps are right for other energies and data as well",
    async run(student) {
      await langevin.checkValues(student, 9071, SHAPES);
      await langevin.checkDetached(student, 9081, SHAPES[0]);
    },
  },
  {
    ...HIDDEN,
    id: "clamp-other-data",
    function: "clampToBounds",
    message: "values and slopes are right for other bounds and data as well",
    async run(student) {
      await clamp.checkValues(student, clamp.around(BOUNDS, 9091, [17, 9]), BOUNDS);
      await clamp.checkSlopes(student, BOUNDS, 9096, [17, 9]);
    },
  },
  {
    ...HIDDEN,
    id: "contrastive-other-data",
    function: "contrastiveLoss",
    message: "the loss and its gradients are right for other energies as well",
    async run(student) {
      await contrastive.checkValues(student, 9105, [[17, 9], [2, 31]], [0.02, 0.7]);
      await contrastive.checkGradients(student, 9107, [[17, 9]]);
    },
  },
];
