/**
 * Sessions: one for each distinct program and device, kept in a bounded cache.
 *
 * @module
 */
import type { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { inputName, lower, TRIP_COUNT } from "../onnx/model.ts";
import type { Program } from "../onnx/program.ts";
import type { TypedArray } from "../tensor/dtype.ts";
import type { Signature } from "../tensor/primitives/rule.ts";
import { currentDevice } from "./device.ts";
import { explainRun } from "./failure.ts";
import { checkIndices } from "./indices.ts";
import { channelBlock } from "./blocks.ts";
import { createSession, loadOrt } from "./ort.ts";
import { threadLimit, threadsFor } from "./threads.ts";

/** How many sessions are kept. The one used longest ago goes first. */
const CAPACITY = 256;
const sessions = new Map<string, InferenceSession>();
let created = 0;

/**
 * Steps from which a program is run as it is. ONNX Runtime's search for a faster form takes a time that
 * grows with their square: for 8,000 steps it is several times that of all the rest. A training step of
 * a UNet has 2,000.
 */
const OPTIMIZED_STEPS = 4096;

/** How many sessions have been created: a loop that goes on creating them is slow. */
export function sessionsCreated(): number {
  return created;
}

/** Lets go of all sessions, and of the memory that they keep for their next run. */
export async function releaseSessions(): Promise<void> {
  const kept = [...sessions.values()];
  sessions.clear();
  for (const session of kept) await session.release();
}

/** The session for a program on the device in use. */
async function sessionFor(program: Program): Promise<InferenceSession> {
  const device = await currentDevice();
  const key = `${device} ${threadLimit()}\n${program.key}`;
  let session = sessions.get(key);
  if (session === undefined) {
    session = await createSession(
      lower(program, await channelBlock(device)),
      device,
      threadsFor(program),
      program.steps.length < OPTIMIZED_STEPS ? "all" : "disabled",
    );
    created++;
  }
  // A map keeps the order of insertion, so the first key is the one used longest ago.
  sessions.delete(key);
  sessions.set(key, session);
  if (sessions.size > CAPACITY) {
    const [oldest, evicted] = sessions.entries().next().value!;
    sessions.delete(oldest);
    await evicted.release();
  }
  return session;
}

/** A value to feed: what it holds, and its shape and dtype. */
export interface Feed {
  readonly values: TypedArray;
  readonly signature: Signature;
}

/**
 * Runs a program.
 *
 * @param feeds for the model's inputs in order
 * @param iterations for a repeated program, how often
 * @returns the values of the model's outputs in order
 * @throws {GenlabError} if it cannot be computed
 */
export async function run(
  program: Program,
  feeds: readonly Feed[],
  iterations?: number,
): Promise<TypedArray[]> {
  const { outputs, loop } = program;
  if (outputs.length === 0 && (loop === undefined || loop.carried.length === 0)) return [];
  const leaves = [...program.feeds, ...loop?.draws ?? []];
  checkIndices(program, (leaf) => feeds[leaves.indexOf(leaf)]?.values);
  const session = await sessionFor(program);
  const { Tensor } = await loadOrt();
  const inputs: Record<string, OrtTensor> = {};
  feeds.forEach(({ values, signature: { dtype, shape } }, i) => {
    inputs[inputName(i)] = new Tensor(dtype, values, shape);
  });
  if (iterations !== undefined) {
    inputs[TRIP_COUNT] = new Tensor("int64", BigInt64Array.of(BigInt(iterations)), []);
  }
  try {
    const results = await session.run(inputs);
    return session.outputNames.map((name) => results[name].data as TypedArray);
  } catch (error) {
    throw explainRun(error, program);
  }
}
