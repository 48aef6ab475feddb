/**
 * Checks of `contrastiveLoss`, against the definition in float64.
 *
 * @module
 */
import type { Check } from "../../../lib/course/check.ts";
import { expectClose, expectTensor, read } from "../../../lib/course/expect.ts";
import { normals, type Sample } from "../../../lib/course/samples.ts";
import { slope } from "../../../lib/course/slope.ts";
import { seeded } from "../../../lib/course/seeded.ts";
import type { Student } from "../../../lib/course/student.ts";
import { grad } from "../../../lib/tensor/autodiff.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import { contrastiveLossAt } from "../oracles.ts";

/** How many energies of data and of samples there are. */
type Sizes = readonly [B: number, M: number];

const SIZES: readonly Sizes[] = [[8, 8], [1, 1], [5, 3], [1, 4], [64, 32]];

/** Rounding of sums of up to 64 terms, which are made in parts: a few 6e-8 of all of them. */
const RTOL = 3e-6;

/** What the function is called with. */
interface Case {
  readonly real: Sample;
  readonly fake: Sample;
  readonly alpha: number;
}

async function loss(student: Student, given: Case): Promise<Tensor> {
  const { real, fake, alpha } = given;
  const result = await student.call("contrastiveLoss", [real.tensor, fake.tensor, alpha]);
  return expectTensor(result, "the loss", [], where(given));
}

function where({ real, fake, alpha }: Case): string {
  const [B, M] = [real, fake].map(({ values }) => values.length);
  return `for energyReal of shape [${B}], energyFake of shape [${M}] and alpha = ${alpha}`;
}

/** Energies of data around -1 and of samples around 2, or other means. */
function energies(
  [B, M]: Sizes,
  seed: number,
  { std = 1, means = [-1, 2] } = {},
): Omit<Case, "alpha"> {
  const generator = seeded(seed);
  return {
    real: normals(generator, [B], std, means[0]),
    fake: normals(generator, [M], std, means[1]),
  };
}

/** The size of what is added up in the loss, by which its rounding is measured. */
function magnitude({ real, fake, alpha }: Case): number {
  const sizes = ({ values }: Sample) => values.map(Math.abs);
  return contrastiveLossAt(sizes(real), sizes(fake).map((e) => -e), alpha);
}

/** Compares losses with the definition. */
async function checkCases(student: Student, cases: readonly Case[]): Promise<void> {
  const tensors: Tensor[] = [];
  for (const given of cases) tensors.push(await loss(student, given));
  const received = await read(...tensors);
  cases.forEach((given, i) => {
    const { real, fake, alpha } = given;
    expectClose(received[i], [contrastiveLossAt(real.values, fake.values, alpha)], {
      atol: RTOL * magnitude(given),
      what: "the loss",
      shape: [],
      where: where(given),
    });
  });
}

/** Compares losses of several weights with the definition. */
export async function checkValues(
  student: Student,
  seed: number,
  sizes: readonly Sizes[],
  alphas: readonly number[],
): Promise<void> {
  const cases = sizes.flatMap((size) =>
    alphas.map((alpha) => ({ ...energies(size, seed), alpha }))
  );
  await checkCases(student, cases);
}

/** Compares gradients by each energy with slopes of the definition. */
export async function checkGradients(
  student: Student,
  seed: number,
  sizes: readonly Sizes[],
): Promise<void> {
  for (const size of sizes) {
    const given = { ...energies(size, seed), alpha: 0.3 };
    const { real, fake, alpha } = given;
    const total = await loss(student, given);
    const received = await read(...grad(total, [real.tensor, fake.tensor]));
    const names = ["energyReal", "energyFake"];
    [real, fake].forEach(({ values }, side) => {
      const lossAt = (i: number) => (e: number) => {
        const moved = Float64Array.from(values).with(i, e);
        return side === 0
          ? contrastiveLossAt(moved, fake.values, alpha)
          : contrastiveLossAt(real.values, moved, alpha);
      };
      expectClose(received[side], Float64Array.from(values, (e, i) => slope(lossAt(i), e)), {
        atol: RTOL * (1 + 2 * alpha * 4) / values.length,
        what: `gradient by ${names[side]}`,
        where: where(given),
      });
    });
  }
}

const FUNCTION = { function: "contrastiveLoss", visibility: "public" } as const;

/** In the order in which a student meets them. */
export const contrastiveChecks: readonly Check[] = [
  {
    ...FUNCTION,
    id: "contrastive-shape",
    points: 0,
    message:
      "the loss is one number, shape [], however many energies of data and samples there are",
    hint:
      "Take the mean over each batch by itself: the two need not be of one size, and cannot be " +
      "subtracted from one another element by element.",
    async run(student) {
      for (const size of SIZES) await loss(student, { ...energies(size, 101), alpha: 0.1 });
    },
  },
  {
    ...FUNCTION,
    id: "contrastive-difference",
    points: 1,
    message: "with alpha = 0 it is the mean energy of data less that of samples",
    hint:
      "A model is better the lower the energy of data and the higher that of samples, and a loss " +
      "falls as a model gets better. Means, so that the size of a batch does not matter.",
    run: (student) => checkValues(student, 102, SIZES, [0]),
  },
  {
    ...FUNCTION,
    id: "contrastive-squares",
    points: 1,
    message: "with alpha = 1 the mean squares of both are added: of data and of samples",
    hint:
      "Square first, then take the mean: energies of opposite sign must not cancel. Both terms have " +
      "the same sign and the same weight.",
    async run(student) {
      await checkValues(student, 103, SIZES, [1]);
      // With means of 0 a square of the mean would be next to nothing.
      const cases = SIZES.map((size) => {
        return { ...energies(size, 104, { std: 2, means: [0, 0] }), alpha: 1 };
      });
      await checkCases(student, cases);
    },
  },
  {
    ...FUNCTION,
    id: "contrastive-alpha",
    points: 1,
    message: "alpha weighs the squares, and nothing else, in proportion",
    hint: "alpha is an argument: it multiplies the sum of the two mean squares once.",
    run: (student) => checkValues(student, 105, SIZES, [0.001, 0.1, 0.5, 3]),
  },
  {
    ...FUNCTION,
    id: "contrastive-large",
    points: 1,
    message: "energies of any size count as they are",
    hint: "Nothing is clipped, squashed or turned into a probability here.",
    async run(student) {
      const cases = [[-3e4, 2e4], [4e3, -9e4]].flatMap((means) =>
        [0, 1e-4].map((alpha) => ({ ...energies([6, 9], 106, { std: 1e4, means }), alpha }))
      );
      await checkCases(student, cases);
    },
  },
  {
    ...FUNCTION,
    id: "contrastive-gradients",
    points: 1,
    message: "gradients flow to the energies of data and of samples alike",
    hint:
      "It is the samples that are detached, before their energies are computed. The energies of " +
      "both must stay attached: the network learns from both.",
    run: (student) => checkGradients(student, 107, SIZES),
  },
];
