/**
 * Answers as text, for people in a terminal and for scripts.
 *
 * @module
 */
import type { Evidence, Verdict } from "./claim.ts";
import type { Answer } from "./run.ts";
import { percent, short } from "./statistics.ts";

const VERDICTS = ["confirmed", "qualified", "corrected"] as const satisfies readonly Verdict[];

/** Two lines of an answer: its verdict, and what the run gave. */
export function linesOf(answer: Answer): string[] {
  const { claim, verdict } = answer;
  return [
    `${String(claim.number).padStart(2)}  ${verdict.padEnd(9)}  ${claim.topic}`,
    `${" ".repeat(15)}${briefOf(answer)}`,
  ];
}

/** The brief of a claim with its numbers in it. */
export function briefOf({ claim, evidence }: Answer): string {
  return claim.brief.replace(/\{(\w+)(%?)\}/g, (_, name: string, sign: string) => {
    const value = evidence.numbers[name] ?? NaN;
    return sign === "%" ? percent(value) : short(value);
  });
}

/** How many answers have each verdict. */
export function countsOf(answers: readonly Answer[]): Record<Verdict, number> {
  const count = (verdict: Verdict) => answers.filter((one) => one.verdict === verdict).length;
  return {
    confirmed: count("confirmed"),
    qualified: count("qualified"),
    corrected: count("corrected"),
  };
}

/** The verdicts in a line. */
export function summaryOf(answers: readonly Answer[]): string {
  const counts = countsOf(answers);
  const said = VERDICTS.map((verdict) => `${counts[verdict]} ${verdict}`).join(", ");
  const corrected = answers.filter(({ verdict }) => verdict === "corrected")
    .map(({ claim }) => claim.number);
  return corrected.length === 0 ? said : `${said} (${corrected.join(", ")})`;
}

/** A name of a number as words: `alphaBarT` is "alpha bar t". */
export function wordsOf(name: string): string {
  return name.replace(/[A-Z]+|\d+/g, (part) => ` ${part.toLowerCase()}`).trim();
}

/** An answer as the document of `--json` has it; NaN and infinities are null. */
export function documentOf(answer: Answer, picture: string | undefined): unknown {
  const { claim, verdict, result, evidence, seconds } = answer;
  return {
    number: claim.number,
    topic: claim.topic,
    sheet: claim.sheet,
    result,
    verdict,
    evidence: evidenceOf(evidence, picture),
    seconds,
  };
}

/** Evidence as `--json` has it, with the path of its picture. */
export function evidenceOf(
  { numbers, table, sureness }: Evidence,
  picture: string | undefined,
): unknown {
  return {
    numbers,
    table: table ?? null,
    picture: picture ?? null,
    sureness: sureness ?? null,
  };
}
