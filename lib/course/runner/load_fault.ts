/**
 * Why a student's file could not be loaded, in the student's terms.
 *
 * @module
 */
import { describeThrown, isOutOfMemory, placeOf, TOO_MUCH_MEMORY } from "../graph/fault.ts";
import { NotImplemented } from "../not_implemented.ts";
import type { Fault } from "../student_error.ts";

/** What was thrown while the file was loaded. */
export function loadFault(error: unknown): Fault {
  const place = placeOf(error);
  if (error instanceof NotImplemented) {
    return { kind: "not-written", message: error.message, place };
  }
  if (isOutOfMemory(error)) {
    return { kind: "memory", message: `loading the file ${TOO_MUCH_MEMORY}`, place };
  }
  if (!isLoaderError(error)) {
    return {
      kind: "threw",
      message: `the file fails as it is loaded: ${describeThrown(error)}`,
      place,
    };
  }
  const [message] = error.message.split("\n");
  const absent = /^The requested module 'genlab' does not provide an export named '(.+)'/
    .exec(message)?.[1];
  if (absent !== undefined) {
    return { kind: "syntax", message: `genlab has no ${absent} for a file that is checked`, place };
  }
  const reason = message.replace(/^SyntaxError: /, "").replace(/ at file:.+$/, "");
  return { kind: "syntax", message: `the file cannot be read as TypeScript: ${reason}`, place };
}

/** Whether it was Deno that could not load the file, rather than the file that threw. */
function isLoaderError(error: unknown): error is Error {
  if (error instanceof SyntaxError) return true;
  return error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
}
