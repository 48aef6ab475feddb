/**
 * What a student gets to see of a check. Of one that only graders have: that it is there, which
 * function it looks at, whether it passed, and its message, which is written for that. Not: what it
 * found, or what the student's code said there, which could tell what it was called with.
 *
 * @module
 */
import type { Finding, Status } from "../../../check.ts";
import type { GradedCheck } from "../../row.ts";
import { clip, oneLine } from "../text.ts";

/** A check as a student sees it. */
export interface SeenCheck {
  readonly status: Status;
  readonly message: string;
  readonly hint: string;
  readonly finding?: Finding;
}

/** How long what a student's code says can be. */
const LONGEST = 2000;

/** A check as a student sees it, in texts of one line that are harmless. */
export function seen(check: GradedCheck): SeenCheck {
  const { status, finding } = check;
  if (check.visibility === "hidden") {
    return { status, message: hiddenMessage(check), hint: line(check.hint) };
  }
  return {
    ...{ status, message: line(check.message), hint: line(check.hint) },
    ...(finding === undefined ? {} : {
      finding: {
        expected: line(finding.expected),
        received: line(finding.received),
        where: line(finding.where),
      },
    }),
  };
}

/** Where a function could not be called, a check's message is no longer its own. */
function hiddenMessage({ status, message }: GradedCheck): string {
  switch (status) {
    case "passed":
    case "failed":
    case "skipped":
      return line(message);
    case "not-written":
      return "not written yet";
    case "grader-error":
      return "the check itself failed; tell your instructor";
    default:
      return `the function could not be checked on other data (${status})`;
  }
}

function line(text: string): string {
  return clip(oneLine(text), LONGEST);
}
