/**
 * Claims run at a tiny size, for the tests.
 *
 * @module
 */
import { type Answer, runClaim } from "../../../tasks/answers/run.ts";
import { makeModels } from "../../../tasks/answers/models.ts";
import { SHEET } from "../../../tasks/answers/sheet.ts";

/** The models of all tests: a few images in a few steps. */
export const models = makeModels(0, {
  images: 20,
  pair: 20,
  steps: 4,
  chain: 40,
  longChain: 60,
  classifier: 30,
  training: [1, 2],
});

/** Runs an answer of the sheet. */
export async function answerOf(number: number, seed = 0): Promise<Answer> {
  const claim = SHEET.find((claim) => claim.number === number);
  if (claim === undefined) throw new RangeError(`there is no answer ${number}`);
  return await runClaim(claim, seed, models);
}

/** The numbers that running an answer gave. */
export async function numbersOf(number: number): Promise<Readonly<Record<string, number>>> {
  return (await answerOf(number)).evidence.numbers;
}
