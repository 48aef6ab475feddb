/**
 * What a student's code threw, in the student's terms.
 *
 * @module
 */
import { GenlabError } from "../../errors.ts";
import { NotImplemented } from "../not_implemented.ts";
import type { Fault, Place } from "../student_error.ts";

/** The folder of our own code, whose stack frames mean nothing to a student. */
const LIBRARY = new URL("../../", import.meta.url).href;
/** In frames blanks stand as they are, or as `%20`. */
const LIBRARIES = [LIBRARY, decodeURI(LIBRARY)];

/** What a function threw: our own errors explain themselves, others are named. */
export function faultOf(name: string, error: unknown): Fault {
  const place = placeOf(error);
  if (error instanceof NotImplemented) {
    return { kind: "not-written", message: oneLine(error.message), place };
  }
  if (isOutOfMemory(error)) {
    return { kind: "memory", message: `${name} ${TOO_MUCH_MEMORY}`, place };
  }
  return { kind: "threw", message: `${name}: ${describeThrown(error)}`, place };
}

/** What is said of an array that there is no room for; it goes on from who made it. */
export const TOO_MUCH_MEMORY =
  "took too much memory; look for arrays that are too large, or grow " +
  "without end";

/** Whether V8 threw an error because there is no room for an array, a map or a text. */
export function isOutOfMemory(error: unknown): error is RangeError {
  const reasons =
    /allocation failed|could not allocate|maximum size exceeded|Invalid string length|Out of memory/;
  return error instanceof RangeError && reasons.test(error.message);
}

/** A thrown value in one line. */
export function describeThrown(error: unknown): string {
  if (error instanceof GenlabError) return oneLine(error.message);
  if (error instanceof Error && error.name === "NotCapable") {
    const what = error.message.replace(/, run again with.*$/s, "");
    return oneLine(`${what}, and a file that is checked has access to nothing`);
  }
  if (error instanceof Error) return oneLine(`${error.name}: ${error.message}`);
  return `threw ${oneLine(String(error))}; throw an Error, which knows where it comes from`;
}

/** The place in the student's code that an error comes from: the first frame that is not ours. */
export function placeOf(error: unknown): Place | undefined {
  if (!(error instanceof Error) || typeof error.stack !== "string") return undefined;
  for (const frame of error.stack.split("\n")) {
    const match = /\(?(file:\/\/\/.+?):(\d+):(\d+)\)?$/.exec(frame);
    if (match === null || LIBRARIES.some((folder) => match[1].startsWith(folder))) continue;
    return { line: Number(match[2]), column: Number(match[3]) };
  }
  return undefined;
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " ");
}
