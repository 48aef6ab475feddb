/**
 * The checks of exercise A that only graders have: the same properties on other data, so that a
 * function written for the data of the public checks earns nothing.
 *
 * @module
 */
import { type Check, HIDDEN } from "../../lib/course/check.ts";
import { normals, uniforms } from "../../lib/course/samples.ts";
import { seeded } from "../../lib/course/seeded.ts";
import * as kl from "./checks/kl.ts";
import * as nll from "./checks/nll.ts";
import * as reparameterize from "./checks/reparameterize.ts";

/** Shapes that no public check uses. */
const SHAPES = [[17, 9], [2, 31]] as const;

/** One for each function. */
export const hiddenChecks: readonly Check[] = [
  {
    ...HIDDEN,
    id: "reparameterize-other-data",
    function: "reparameterize",
    message: "mean, scale, gradients and noise are right on other data as well",
    async run(student) {
      await reparameterize.checkNew(student, SHAPES);
      await reparameterize.checkMean(student, 9011, SHAPES);
      for (const shape of SHAPES) {
        const logvar = normals(seeded(9021), shape, 2);
        await reparameterize.checkScale(student, shape, logvar, "mu = 0 and logvar around 0");
      }
      await reparameterize.checkGradients(student, 9041, SHAPES);
      await reparameterize.checkNormal(student, 9033, { shape: [211, 203], times: 8 });
    },
  },
  {
    ...HIDDEN,
    id: "kl-other-data",
    function: "klDiagGaussianToStandard",
    message: "values and gradients are right on other data as well",
    async run(student) {
      for (const shape of SHAPES) {
        const generator = seeded(9051);
        const mu = normals(generator, shape, 3);
        await kl.checkValues(student, mu, normals(generator, shape, 2), "both random");
      }
      await kl.checkGradients(student, 9061, SHAPES);
    },
  },
  {
    ...HIDDEN,
    id: "nll-other-data",
    function: "bernoulliNllFromLogits",
    message: "values and gradients are right on other data as well",
    async run(student) {
      for (const shape of SHAPES) {
        const generator = seeded(9071);
        const logits = normals(generator, shape, 5);
        const x = uniforms(generator, shape);
        await nll.checkValues(student, logits, x, "x between 0 and 1");
        await nll.checkGradients(student, logits, x);
      }
    },
  },
];
