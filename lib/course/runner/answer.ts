/**
 * Reads what a runner answers. It comes from a process that a student's file has had in its hands.
 *
 * @module
 */
import { stripVTControlCharacters } from "node:util";
import { readRecord, readWhole, readWord, refuse, refuseValue } from "../graph/reader.ts";
import { type Fault, type Place, STUDENT_ERROR_KINDS } from "../student_error.ts";
import type { Answer } from "./protocol.ts";

/** How much of an error message is shown. */
const LONGEST_MESSAGE = 1000;

/**
 * An answer, whose graph is still to be read.
 *
 * @param text JSON
 * @throws {StudentError} of kind `rejected` if it is not an answer
 */
export function readAnswer(text: string): Answer {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    refuse("it is not JSON");
  }
  const hasFault = typeof data === "object" && data !== null && Object.hasOwn(data, "fault");
  const id = readWhole(0, Number.MAX_SAFE_INTEGER);
  return hasFault
    ? readRecord<{ id: number; fault: Fault }>({ id, fault: readFault })(data, "the answer")
    : readRecord<{ id: number; graph: unknown }>({ id, graph: (graph) => graph })(
      data,
      "the answer",
    );
}

function readFault(data: unknown, path: string): Fault {
  const fields = { kind: readWord(STUDENT_ERROR_KINDS), message: readMessage };
  const hasPlace = typeof data === "object" && data !== null && Object.hasOwn(data, "place");
  return hasPlace
    ? readRecord<Fault>({ ...fields, place: readPlace })(data, path)
    : readRecord<Fault>(fields)(data, path);
}

const count = readWhole(1, Number.MAX_SAFE_INTEGER);
const readPlace = readRecord<Place>({ line: count, column: count });

/** One line of text, without anything that would move a terminal's cursor. */
function readMessage(value: unknown, path: string): string {
  if (typeof value !== "string") return refuseValue(path, value, "a text");
  const plain = stripVTControlCharacters(value.slice(0, LONGEST_MESSAGE));
  return plain.replace(/[\p{C}\s]+/gu, " ").trim();
}
