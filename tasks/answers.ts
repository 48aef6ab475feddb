/**
 * Runs the answer sheet: `deno task answers`.
 *
 * @module
 */
import { join } from "node:path";
import { DEVICE, folder, type Options, SEED, type Values } from "../lib/course/options.ts";
import { outputFolder, shortPath } from "../lib/course/paths.ts";
import { type Context, type Program, runProgram } from "../lib/course/program.ts";
import { writeWhole } from "../lib/files.ts";
import type { Evidence } from "./answers/claim.ts";
import { wholeNumbers } from "./options.ts";

const OPTIONS = {
  only: wholeNumbers("answers to run (default: all 30)", { min: 1, max: 30 }),
  seed: SEED,
  device: DEVICE,
  out: folder("folder for the page and the pictures (default out/answers)"),
} satisfies Options;

/** The task as a program of the command line. */
export const answersTask: Program<typeof OPTIONS> = {
  name: "answers",
  summary: "Run the 30 answers of the sheet as claims, and say of each whether it is confirmed, " +
    "qualified or corrected, with numbers and pictures. All of them take a few minutes.",
  options: OPTIONS,
  examples: [
    ["deno task answers --only 4,7", "two answers that are wrong"],
    ["deno task answers --json > answers.json", "for scripts"],
  ],
  run: async (values, context) => await run(values, context),
};

async function run(
  { only, seed, device: wanted, out: named }: Values<typeof OPTIONS>,
  { say, report, signal }: Context,
): Promise<number> {
  const { SHEET } = await import("./answers/sheet.ts");
  const { makeModels } = await import("./answers/models.ts");
  const { runClaim } = await import("./answers/run.ts");
  const { documentOf, evidenceOf, linesOf, summaryOf } = await import("./answers/view.ts");
  const { PAIR_FROM, sideBySide } = await import("./answers/side_by_side.ts");
  const { setDevice } = await import("../lib/runtime/mod.ts");
  const { releaseSessions } = await import("../lib/runtime/session.ts");
  const device = await setDevice(wanted);
  const out = await outputFolder(named, "answers");
  const models = makeModels(seed);
  // Lets signals arrive, which wait while a claim computes.
  const pause = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  };
  const save = async ({ picture }: Evidence, name: string) => {
    if (picture === undefined) return undefined;
    const path = join(out, `${name}.png`);
    await writeWhole("answers", path, picture.png);
    return path;
  };
  const answers = [];
  const documents = [];
  for (const claim of SHEET) {
    if (only !== undefined && !only.includes(claim.number)) continue;
    await pause();
    const answer = await runClaim(claim, seed, models);
    for (const line of linesOf(answer)) say(line);
    const name = `answer_${String(claim.number).padStart(2, "0")}`;
    answers.push(answer);
    // Few claims compute the same; all sessions together would take gigabytes.
    await releaseSessions();
    documents.push(documentOf(answer, await save(answer.evidence, name)));
  }
  await pause();
  const pair = answers.some(({ claim }) => claim.number >= PAIR_FROM)
    ? await sideBySide(models)
    : undefined;
  const pairPicture = pair && await save(pair.evidence, "side_by_side");
  const { answersPage } = await import("./answers/page.ts");
  const page = join(out, "answers.html");
  await writeWhole("answers", page, answersPage(answers, { seed, device, pair }));
  say();
  say(summaryOf(answers));
  say();
  say("Read:");
  say(`  ${shortPath(page)}`);
  report({
    seed,
    device,
    page,
    answers: documents,
    sideBySide: pair === undefined ? null : {
      result: pair.result,
      evidence: evidenceOf(pair.evidence, pairPicture),
    },
  });
  return 0;
}

if (import.meta.main) Deno.exit(await runProgram(answersTask, Deno.args));
