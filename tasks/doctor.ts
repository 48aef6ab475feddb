/**
 * Says whether genlab will work on this machine, and if not, what to do about it.
 *
 * @module
 */
import { diagnose, EXAMINATIONS, type Finding } from "../lib/course/diagnosis.ts";
import { type Program, runProgram } from "../lib/course/program.ts";
import { wrap } from "../lib/course/wrap.ts";

/** The doctor as a program of the command line. */
export const doctor: Program<Record<never, never>> = {
  name: "doctor",
  summary: "Try everything genlab needs of this machine, and say what to do about what does not " +
    "work. The exit status is 0 if all that is required works, else 1.",
  options: {},
  async run(_values, { say, report }) {
    const checks = await diagnose(EXAMINATIONS);
    const works = checks.every((check) => check.works || !check.required);
    for (const line of table(checks)) say(line);
    say();
    say(
      works ? "genlab works here." : "genlab does not work here yet: see the lines marked FAILS.",
    );
    report({ works, checks });
    return works ? 0 : 1;
  },
};

/** A line or more for each finding. */
export function table(findings: readonly Finding[]): string[] {
  const width = Math.max(...findings.map(({ name }) => name.length));
  return findings.flatMap(({ name, required, works, detail }) => {
    const verdict = works ? "ok" : required ? "FAILS" : "no";
    return wrap(detail.split(" "), `${verdict.padEnd(5)}  ${name.padEnd(width)}  `);
  });
}

if (import.meta.main) Deno.exit(await runProgram(doctor, Deno.args));
