/**
 * An exercise as it is run: once, or whenever the student's file is saved.
 *
 * @module
 */
import { dirname } from "node:path";
import { GenlabError } from "../errors.ts";
import { setDevice } from "../runtime/mod.ts";
import { type CodeEntry, partsOf } from "./entry.ts";
import type { ExerciseValues } from "./exercise_options.ts";
import { runRound, type Setting } from "./exercise_round.ts";
import { isThere } from "./files.ts";
import { openKeys } from "./keys.ts";
import { outputFolder, shortPath } from "./paths.ts";
import type { Context } from "./program.ts";
import { solutionView } from "./solution_view.ts";
import { type Source, sourceOf } from "./source.ts";
import { styleOf } from "./style.ts";
import { savesOf } from "./watch.ts";

/** The keys of a watched exercise. */
const [HINTS, QUIT] = ["h", "q"];

/** Runs an exercise once, and gives the exit status. */
export async function runExercise(
  entry: CodeEntry,
  values: ExerciseValues,
  context: Context,
): Promise<number> {
  const source = await sourceOf(entry, values.file);
  if (values.solution && source.kind === "reference") {
    throw new GenlabError(`--solution: write your own first: deno task start ${entry.name}`);
  }
  // The file is loaded, in its process, while everything else is.
  const settling = settingOf(entry, values, source);
  const outcome = await runRound(source, settling, context);
  const { functions, typeFaults, measured, figures, questions } = outcome;
  const results = [...functions.values()].flat();
  context.report({
    exercise: entry.name,
    source: source.kind === "reference" ? "reference" : source.file,
    device: (await settling).device,
    seed: values.seed,
    checks: results.map(({ id, function: name, status, message, hint, seconds, finding }) => {
      return { id, function: name, status, message, hint, seconds, finding };
    }),
    typeErrors: typeFaults?.map(({ line, column, message }) => ({ line, column, message })) ?? null,
    metrics: measured?.metrics ?? {},
    figures: figures.flatMap((figure) => "path" in figure ? [figure.path] : []),
    questions,
  });
  if (values.solution) {
    context.say();
    for (const line of await solutionView(entry, functions)) context.say(line);
  }
  const isRight = results.every(({ status }) => status === "passed");
  return isRight && (typeFaults ?? []).length === 0 ? 0 : 1;
}

/**
 * Runs an exercise now and whenever the student's file or answers are saved, until Ctrl-C. In a
 * terminal the key h shows hints and hides them, and q ends it.
 */
export async function watchExercise(
  entry: CodeEntry,
  values: ExerciseValues,
  context: Context,
): Promise<number> {
  const source = await sourceOf(entry, values.file);
  if (source.kind === "reference") {
    throw new GenlabError(
      `--watch: there is no file of yours to watch; begin with: deno task start ${entry.name}`,
    );
  }
  const { answers } = partsOf(entry);
  const hasAnswers = await isThere(dirname(answers));
  const saves = savesOf([source.file, ...(hasAnswers ? [answers] : [])], context.signal);
  const keys = openKeys([HINTS, QUIT]);
  let setting = await settingOf(entry, values, source);
  let nextSave = saves.next();
  let nextKey = keys.next();
  const round = async () => {
    if (Deno.stdout.isTerminal()) console.clear();
    // What nobody waits for any more is given up: there may be a loop without end in it.
    const needless = new AbortController();
    const giveUp = () => needless.abort();
    nextSave.then(giveUp, giveUp);
    nextKey.then((key) => key === QUIT && giveUp());
    const signal = AbortSignal.any([context.signal, needless.signal]);
    try {
      await runRound(source, setting, { ...context, signal });
    } catch (error) {
      if (!needless.signal.aborted) throw error;
      return;
    }
    const how = keys.available ? `${HINTS}: hints, ${QUIT}: quit` : "Ctrl-C ends it";
    context.say(styleOf().faint(`Watching ${shortPath(source.file)} (${how})`));
  };
  try {
    await round();
    while (true) {
      const event = await Promise.race([nextSave, nextKey]);
      if (typeof event === "string") {
        nextKey = keys.next();
        if (event === QUIT) return 0;
        setting = { ...setting, values: { ...setting.values, hint: !setting.values.hint } };
      } else {
        if (event.done) return 0;
        nextSave = saves.next();
      }
      await round();
    }
  } catch (error) {
    if (!context.signal.aborted) throw error;
    return 0;
  } finally {
    keys.close();
    context.say();
  }
}

async function settingOf(
  entry: CodeEntry,
  values: ExerciseValues,
  source: Source,
): Promise<Setting> {
  const out = await outputFolder(values.out, `exercise_${entry.name}`);
  const [exercise, device] = await Promise.all([entry.code.load(), setDevice(values.device)]);
  return { entry, values, source, exercise, device, out };
}
