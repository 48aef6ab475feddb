/**
 * The course of a training run: steps in chunks, what is shown on the way, and files that hold when
 * the process ends at any moment.
 *
 * @module
 */
import type { Context } from "../../lib/course/program.ts";
import { isThere } from "../../lib/course/files.ts";
import { nextTurn, showProgress } from "../../lib/course/progress.ts";
import { shortPath } from "../../lib/course/paths.ts";
import { UsageError } from "../../lib/errors.ts";
import type { Module } from "../../lib/nn/mod.ts";
import { beside, requireWritable } from "../model_files.ts";
import type { RunProgress } from "./metadata.ts";
import { loadState, saveState, type TrainingState } from "./state.ts";

/** Something to train. */
export interface Training extends TrainingState {
  /**
   * Makes this many steps after `done` of them, and gives the loss of each. What it does may depend
   * on `done`, and on nothing else that is not in the state.
   */
  advance(done: number, count: number): Promise<ArrayLike<number>>;
  /** Writes what the run has come to: the model, pictures. */
  publish(progress: RunProgress): Promise<void>;
}

/** How a run goes. */
export interface RunOptions {
  /** Steps in all. */
  readonly steps: number;
  /** Steps between two looks at the clock and at Ctrl-C. */
  readonly chunk: number;
  /** Steps between two saves, which come at the end of a chunk. */
  readonly save: number;
  /** The file of the model; the run's state lies beside it. */
  readonly file: string;
  /** Whether to go on from that state. */
  readonly resume: boolean;
  /** Whether to begin anew where such a state is lost by it; refused otherwise. */
  readonly restart: boolean;
}

/** Steps over which the loss that is shown is averaged. */
const SHOWN = 100;

/**
 * Trains to the end, saving now and then. After Ctrl-C it saves once more and stops.
 *
 * @throws the signal's reason after Ctrl-C
 * @throws {UsageError} if there is a run that would be lost, and nobody said that it may, or both
 * @throws {DataError} if a file cannot be written or taken up
 */
export async function runTraining(
  training: Training,
  { steps, chunk, save: saveEvery, file, resume, restart }: RunOptions,
  { say, signal }: Context,
): Promise<RunProgress> {
  const stateFile = beside(file, "state.safetensors");
  if (resume && restart) {
    throw new UsageError(
      "--resume goes on with a run, and --restart begins anew; give one of them",
    );
  }
  if (!resume && !restart) await requireNoState(stateFile);
  const earlier = resume ? await loadState(stateFile, training) : undefined;
  // Nothing is made before all that may be refused is looked at.
  await requireWritable(file);
  const losses = [...earlier?.losses ?? []];
  const start = performance.now();
  const startedWith = losses.length;
  const progress = (): RunProgress => ({
    losses,
    seconds: (earlier?.seconds ?? 0) + (performance.now() - start) / 1000,
  });
  const save = async () => {
    await saveState(stateFile, training, progress());
    await training.publish(progress());
  };
  if (resume) say(`Going on after step ${startedWith} of ${steps}`);
  const shown = showProgress("training", steps, say);
  try {
    while (losses.length < steps) {
      const done = losses.length;
      const count = Math.min(chunk - done % chunk, steps - done);
      const chunkLosses = await training.advance(done, count);
      for (let i = 0; i < count; i++) losses.push(chunkLosses[i]);
      const rate = (performance.now() - start) / (losses.length - startedWith);
      const left = duration((steps - losses.length) * rate / 1000);
      shown.update(losses.length, `loss ${mean(losses.slice(-SHOWN)).toFixed(4)}, ${left} left`);
      const due = Math.floor(losses.length / saveEvery) > Math.floor(done / saveEvery);
      await nextTurn();
      if (due || signal.aborted || losses.length >= steps) await save();
      signal.throwIfAborted();
    }
  } finally {
    shown.stop();
    if (signal.aborted) {
      say(`Stopped after step ${losses.length}; --resume goes on from ${shortPath(stateFile)}`);
    }
  }
  return progress();
}

/** Refuses to begin where a run, which may be of hours, would be written over. */
async function requireNoState(stateFile: string): Promise<void> {
  if (!await isThere(stateFile)) return;
  throw new UsageError(
    `${shortPath(stateFile)} holds an earlier run; go on with it by --resume, write over it by ` +
      "--restart, or name another file with --out",
  );
}

/** How many numbers a model's parameters are. */
export function parameterCount(model: Module): number {
  return model.parameters().reduce((sum, { value }) => sum + value.size, 0);
}

/** Seconds as a person reads them. */
export function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return `${Math.round(seconds)} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The mean of numbers. */
function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
