/**
 * Checks of `timeEmbedding`, against clocks in float64.
 *
 * @module
 */
import type { Check } from "../../../lib/course/check.ts";
import { expectClose, expectTensor, read } from "../../../lib/course/expect.ts";
import type { Student } from "../../../lib/course/student.ts";
import type { DType, TypedArray } from "../../../lib/tensor/dtype.ts";
import { format } from "../../../lib/tensor/shape.ts";
import { Tensor } from "../../../lib/tensor/tensor.ts";
import { clocksAt } from "../oracles.ts";

/** The period where none is passed in. */
const PERIOD = 10_000;

/** Times and how they are embedded. */
interface Case {
  readonly times: readonly number[];
  readonly dim: number;
  readonly period?: number;
  /** float32 unless given. */
  readonly dtype?: "int32" | "float32";
}

async function embedding(student: Student, given: Case): Promise<TypedArray> {
  const { times, dim, period, dtype = "float32" } = given;
  const t = timesOf(times, dtype);
  const result = await student.call("timeEmbedding", [
    t,
    dim,
    ...(period === undefined ? [] : [period]),
  ]);
  const shape = [times.length, dim];
  const [values] = await read(expectTensor(result, "the embedding", shape, where(given)));
  return values;
}

function timesOf(times: readonly number[], dtype: DType): Tensor {
  const values = dtype === "int32" ? Int32Array.from(times) : Float32Array.from(times);
  return Tensor.fromValues(values, { shape: [times.length], dtype });
}

function where({ times, dim, period, dtype = "float32" }: Case): string {
  const said = period === undefined ? "" : `, period = ${period}`;
  return `for t of shape ${format([times.length])} and dtype ${dtype}, dim = ${dim}${said}`;
}

/** Compares embeddings with clocks. */
export async function checkClocks(student: Student, given: Case): Promise<void> {
  const { times, dim, period = PERIOD } = given;
  const received = await embedding(student, given);
  for (const [row, t] of times.entries()) {
    const expected = clocksAt(t, dim, period);
    expectClose(received.subarray(row * dim, (row + 1) * dim), expected, {
      // A frequency is exp or pow of up to 10, rounded a few times: the angle is off by as much.
      atol: expected.map((_, i) => {
        const speed = period ** (-2 * Math.floor(i / 2) / dim);
        return 1e-6 + Math.abs(t) * speed * (3e-7 + 3e-7 * Math.abs(Math.log(speed)));
      }),
      what: `embedding(${t})`,
      where: where(given),
    });
  }
}

const FUNCTION = { function: "timeEmbedding", visibility: "public" } as const;

/** In the order in which a student meets them. */
export const embeddingChecks: readonly Check[] = [
  {
    ...FUNCTION,
    id: "embedding-shape",
    points: 0,
    message: "there is a vector of length dim for each time, shape [B, dim]",
    hint:
      "dim / 2 frequencies give dim numbers: a sine and a cosine each. That holds for dim = 2 as well. " +
      "(arange gives int32, and powers take float32.)",
    async run(student) {
      for (const dim of [8, 2, 6]) {
        for (const times of [[0, 1, 2], [5]]) await embedding(student, { times, dim });
      }
    },
  },
  {
    ...FUNCTION,
    id: "embedding-order",
    points: 1,
    message: "at time 0 the vector is 0, 1, 0, 1, ...: sines and cosines in turn, sines first",
    hint:
      "Not all sines and then all cosines: join the two along a new last dimension, and flatten it.",
    run: (student) => checkClocks(student, { times: [0], dim: 8 }),
  },
  {
    ...FUNCTION,
    id: "embedding-first",
    points: 1,
    message: "the first pair turns by one radian in every step of time",
    hint:
      "For k = 0 the frequency is 1, that of the sine and of the cosine: each k has one of both. Use " +
      "t as it comes, 1, 2, 3: it is not a share of all time.",
    async run(student) {
      const dim = 8;
      const given = { times: [1, 2, 3, 40], dim };
      const received = await embedding(student, given);
      for (const [row, t] of given.times.entries()) {
        expectClose(received.subarray(row * dim, row * dim + 2), clocksAt(t, 2, PERIOD), {
          atol: 1e-5,
          what: `embedding(${t})`,
          where: where(given),
        });
      }
    },
  },
  {
    ...FUNCTION,
    id: "embedding-frequencies",
    points: 1,
    message: "every further pair is slower than the one before, by the same factor",
    hint:
      "With dim = 8 and period = 10000 the frequencies are four, from 1 down, and after four equal " +
      "factors 1/10000 would come. So each is a tenth of the one before: what is the exponent of k? " +
      "(Some answer sheets have other ones.)",
    run: (student) => checkClocks(student, { times: [1, 2, 30, 400], dim: 8 }),
  },
  {
    ...FUNCTION,
    id: "embedding-dim",
    points: 1,
    message: "it is right for vectors of other lengths, from 2 on",
    hint:
      "The exponent is 2k / dim for k from 0 to dim / 2 - 1. There is no - 1 in the denominator.",
    async run(student) {
      for (const dim of [2, 6, 32]) {
        await checkClocks(student, { times: [0, 1, 3, 77], dim });
      }
    },
  },
  {
    ...FUNCTION,
    id: "embedding-period",
    points: 1,
    message: "the period that is passed in is used, and 10000 where none is",
    hint: "Use period by name, nowhere the number 10000.",
    async run(student) {
      for (const period of [100, 10, 10_000]) {
        await checkClocks(student, { times: [0, 1, 7], dim: 6, period });
      }
    },
  },
  {
    ...FUNCTION,
    id: "embedding-times",
    points: 1,
    message: "times may be whole numbers (int32) or not, and up to a thousand and beyond",
    hint: "Multiply t by float32 frequencies, and use it as it comes: no rounding, no clamp.",
    async run(student) {
      await checkClocks(student, { times: [0, 1, 250, 999, 1000], dim: 6, dtype: "int32" });
      await checkClocks(student, { times: [0.5, 2.25, 999.5, 4000], dim: 6 });
      await checkClocks(student, { times: [777], dim: 8 });
    },
  },
];
