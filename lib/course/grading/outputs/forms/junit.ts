/**
 * `junit.xml`: a test suite for each submission and a test case for each check, as CI servers show
 * them. Texts of students are made harmless first, which leaves nothing that XML 1.0 forbids.
 *
 * @module
 */
import { create } from "xmlbuilder2";
import type { Status } from "../../../check.ts";
import type { GradedCheck, GradeRow } from "../../row.ts";
import { clip, harmless, oneLine } from "../text.ts";

/** How long a message can be. */
const LONGEST = 10_000;

/** What is written inside a test case that did not pass. */
type Outcome = "failure" | "error" | "skipped";

/** The document; rows stand in it in their order. */
export function junitXml(rows: readonly GradeRow[]): string {
  const suites = rows.map(suiteOf);
  const totals = {
    "@tests": sum(suites, "@tests"),
    "@failures": sum(suites, "@failures"),
    "@errors": sum(suites, "@errors"),
  };
  const document = { testsuites: { "@name": "genlab", ...totals, testsuite: suites } };
  return create({ encoding: "UTF-8" }, document).end({ prettyPrint: true }) + "\n";
}

function suiteOf(row: GradeRow) {
  const { student, exercise, checks, reason, score, maxScore, seconds } = row;
  const cases = reason === undefined
    ? checks.map((check) => caseOf(check, exercise))
    : [withoutChecks(exercise, reason)];
  const number = (outcome: Outcome) => cases.filter((one) => outcome in one).length;
  return {
    "@name": `${oneLine(student)} exercise_${exercise}`,
    "@tests": cases.length,
    "@failures": number("failure"),
    "@errors": number("error"),
    "@skipped": number("skipped"),
    "@time": time(seconds),
    properties: {
      property: [
        { "@name": "score", "@value": score },
        { "@name": "maxScore", "@value": maxScore },
      ],
    },
    testcase: cases,
  };
}

/** What stands for the checks of a submission that none could look at. */
function withoutChecks(exercise: string, reason: string) {
  return {
    "@name": "submission",
    "@classname": `exercise_${exercise}`,
    "@time": time(0),
    error: outcomeOf("missing", reason, ""),
  };
}

function caseOf(check: GradedCheck, exercise: string) {
  const { id, status, message, finding, seconds } = check;
  const outcome = OUTCOMES[status];
  const text = finding === undefined
    ? ""
    : `expected ${finding.expected}\nreceived ${finding.received}\nwhere ${finding.where}`;
  return {
    "@name": id,
    "@classname": `exercise_${exercise}.${check.function}`,
    "@time": time(seconds),
    ...(outcome === undefined ? {} : { [outcome]: outcomeOf(status, message, text) }),
  };
}

/** A check that finds something wrong fails; one that could not look is an error. */
const OUTCOMES: Readonly<Record<Status, Outcome | undefined>> = {
  passed: undefined,
  failed: "failure",
  skipped: "skipped",
  "not-written": "failure",
  missing: "failure",
  error: "error",
  timeout: "error",
  memory: "error",
  rejected: "error",
  "grader-error": "error",
};

function outcomeOf(type: string, message: string, text: string) {
  return {
    "@type": type,
    "@message": clip(oneLine(message), LONGEST),
    ...(text === "" ? {} : { "#": clip(harmless(text), LONGEST) }),
  };
}

function time(seconds: number): string {
  return seconds.toFixed(3);
}

function sum<K extends string>(suites: readonly Record<K, number>[], key: K): number {
  return suites.reduce((total, suite) => total + suite[key], 0);
}
