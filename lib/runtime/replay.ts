/**
 * Runs what was recorded of a compiled function.
 *
 * @module
 */
import { GenlabError } from "../errors.ts";
import { allocate, type TypedArray } from "../tensor/dtype.ts";
import type { Signature } from "../tensor/primitives/rule.ts";
import { sample } from "../tensor/random.ts";
import { format } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Recording } from "./recording.ts";
import { type Feed, run } from "./session.ts";
import { leavesOf } from "./tree.ts";

/** How many bytes of draws one run of a loop may hold; longer loops take several runs. */
const DRAW_BUDGET = 2 ** 26;

/** Calls a recorded function: feeds it, runs it, sets the variables, and gives what it returns. */
export async function replay<R>(
  recording: Recording<R>,
  args: unknown,
  repeat: number | undefined,
): Promise<R> {
  const { program, written, rebuild } = recording;
  const results = repeat === undefined
    ? await runOnce(recording, args)
    : await runLoop(recording, args, repeat);
  written.forEach((variable, i) => {
    variable.value = Tensor.fromValues(results[i], variable.value);
  });
  const returned = repeat === undefined ? program.outputs.slice(written.length) : program.outputs;
  return rebuild(returned.map(({ dtype, shape }, i) => {
    const stacked = repeat === undefined ? shape : [repeat, ...shape];
    return Tensor.fromValues(results[written.length + i], { dtype, shape: stacked });
  }));
}

/** The values behind the program's feeds, given those of the draws. */
function feedsOf<R>(
  { program, parameters, variables }: Recording<R>,
  args: unknown,
  drawn: ReadonlyMap<Tensor, TypedArray>,
): Feed[] {
  const given = new Map(leavesOf(args).map((tensor, i) => [parameters[i], tensor]));
  return program.feeds.map((feed) => {
    const source = given.get(feed) ?? variables.get(feed)?.value ?? feed;
    return { values: drawn.get(feed) ?? source.values!, signature: feed };
  });
}

async function runOnce<R>(recording: Recording<R>, args: unknown): Promise<TypedArray[]> {
  const drawn = new Map(recording.draws.map(({ symbol, draw }) => [symbol, sample(draw)]));
  if (recording.program.outputs.length === 0) return [];
  return await run(recording.program, feedsOf(recording, args, drawn));
}

async function runLoop<R>(
  recording: Recording<R>,
  args: unknown,
  repeat: number,
): Promise<TypedArray[]> {
  const { program, draws, written } = recording;
  const feeds = feedsOf(recording, args, new Map());
  const perIteration = draws.reduce((sum, { symbol }) => sum + 8 * symbol.size, 1);
  const longest = Math.max(1, Math.floor(DRAW_BUDGET / perIteration));
  let state = written.map((variable) => variable.value.values!);
  const stacked = allocateStacks(program.outputs, repeat);
  for (let done = 0; done < repeat;) {
    const count = Math.min(longest, repeat - done);
    const results = await run(program, [
      ...feeds,
      ...drawStacks(recording, count),
      ...written.map((signature, i) => ({ values: state[i], signature: signature.value })),
    ], count);
    state = results.slice(0, written.length);
    stacked.forEach((stack, i) => {
      stack.set(results[written.length + i], done * program.outputs[i].size);
    });
    done += count;
  }
  return [...state, ...stacked];
}

/** Room for what all iterations return. */
function allocateStacks(outputs: readonly Tensor[], repeat: number): TypedArray[] {
  try {
    return outputs.map(({ dtype, size }) => allocate(dtype, repeat * size));
  } catch {
    throw new GenlabError(
      `compile: not enough memory for what ${repeat} iterations return, ${
        outputs.map(({ shape }) => format([repeat, ...shape])).join(" and ")
      }; return less from each`,
    );
  }
}

/** Draws for several iterations, one iteration after the other, stacked for each symbol. */
function drawStacks<R>({ draws }: Recording<R>, count: number): Feed[] {
  const stacks = draws.map(({ symbol }) => allocate(symbol.dtype, count * symbol.size));
  for (let iteration = 0; iteration < count; iteration++) {
    draws.forEach(({ draw, symbol }, i) => stacks[i].set(sample(draw), iteration * symbol.size));
  }
  return draws.map(({ symbol }, i) => ({
    values: stacks[i],
    signature: { dtype: symbol.dtype, shape: [count, ...symbol.shape] } satisfies Signature,
  }));
}
