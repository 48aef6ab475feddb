/**
 * What a training step of exercise C consists of.
 *
 * @module
 */
import { TinyDiscreteDenoiser } from "../../lib/models/discrete.ts";
import { join } from "node:path";
import { inputName, lower, TRIP_COUNT } from "../../lib/onnx/model.ts";
import { arrange } from "../../lib/onnx/program.ts";
import { Adam } from "../../lib/optim/mod.ts";
import { loadOrt } from "../../lib/runtime/ort.ts";
import { record } from "../../lib/runtime/recording.ts";
import { crossEntropy } from "../../lib/tensor/losses.ts";
import { randint } from "../../lib/tensor/random.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";
import { median } from "../median.ts";

const BATCH = 128;

/** One training step on a batch of noise, with a model and an optimizer of its own. */
function makeStep() {
  const model = new TinyDiscreteDenoiser(2, 10);
  const adam = new Adam(model.parameters());
  const x0 = randint(0, 2, [BATCH, 28, 28]);
  const xt = randint(0, 2, [BATCH, 28, 28]);
  const variables = [...model.parameters(), ...adam.stateVariables().map(([, state]) => state)];
  return {
    step: () => {
      const loss = crossEntropy(model.forward(xt, 10), x0);
      adam.step(loss);
      return loss;
    },
    state: () => variables.map(({ value }) => value),
    restore: (values: readonly Tensor[]) => variables.forEach((v, i) => v.value = values[i]),
  };
}

/** Kernels of matrix products, fused with their neighbours or not. */
const PRODUCTS = /^(Fused)?(MatMul|Gemm)$/;
const ITERATIONS = 100;

/** The share of a compiled step's kernel time that is spent in matrix products, from 0 to 1. */
export async function productShare(): Promise<number> {
  const folder = await Deno.makeTempDir();
  try {
    const kernels = await profile(folder);
    const time = (rows: readonly Kernel[]) => rows.reduce((sum, { dur }) => sum + dur, 0);
    return time(kernels.filter(({ args }) => PRODUCTS.test(args.op_name))) / time(kernels);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A line of ONNX Runtime's profile: one run of one kernel, `dur` microseconds long. */
interface Kernel {
  readonly cat: string;
  readonly name: string;
  readonly dur: number;
  readonly args: { readonly op_name: string };
}

/** The kernels of compiled steps, as ONNX Runtime's profiler saw them. */
async function profile(folder: string): Promise<Kernel[]> {
  const { InferenceSession, Tensor } = await loadOrt();
  const { step, state } = makeStep();
  const { program, written, variables } = record(step, [], true);
  await Promise.all(state().map((tensor) => tensor.data()));
  const session = await InferenceSession.create(lower(program), {
    executionProviders: ["cpu"],
    intraOpNumThreads: 1,
    enableProfiling: true,
    profileFilePrefix: join(folder, "profile"),
  });
  const feeds = [
    ...program.feeds.map((feed) => variables.get(feed)?.value ?? feed),
    ...written.map(({ value }) => value),
  ].map(({ dtype, values, shape }) => new Tensor(dtype, values!, shape));
  const inputs = Object.fromEntries(feeds.map((feed, i) => [inputName(i), feed]));
  await session.run({
    ...inputs,
    [TRIP_COUNT]: new Tensor("int64", BigInt64Array.of(BigInt(ITERATIONS)), []),
  });
  session.endProfiling();
  await session.release();
  const [file] = [...Deno.readDirSync(folder)];
  const events: Kernel[] = JSON.parse(await Deno.readTextFile(join(folder, file.name)));
  // The Loop's own time is that of the kernels inside it.
  return events.filter(({ cat, name, args }) =>
    cat === "Node" && name.endsWith("_kernel_time") && args.op_name !== "Loop"
  );
}

/**
 * Milliseconds an uncompiled step takes: to build (the tensors of the loss, the gradients and the
 * update, their order, and the key to find the session by), and in all.
 */
export async function tracingCost(rounds: number): Promise<{ build: number; total: number }> {
  const { step, state, restore } = makeStep();
  await step().item();
  const time = async (work: () => unknown) => {
    const times: number[] = [];
    for (let round = 0; round < 10 * rounds; round++) {
      const start = performance.now();
      await work();
      times.push(performance.now() - start);
    }
    return median(times);
  };
  const total = await time(() => step().item());
  const before = state();
  const build = await time(() => {
    const loss = step();
    arrange({ outputs: [loss, ...state()] });
    restore(before);
  });
  return { build, total };
}
