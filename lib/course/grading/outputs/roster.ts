/**
 * Reads a roster from a table.
 *
 * This module loads a library for CSV: import it dynamically.
 *
 * @module
 */
import { DataError, UsageError } from "../../../errors.ts";
import type { Person } from "../roster.ts";
import { textOf } from "./csv.ts";
import { readTable, type TableRow } from "./table.ts";

/** The columns of a roster, named as nbgrader names them; the first is needed. */
const COLUMNS = ["student_id", "last_name", "first_name", "email"] as const;

const WAY_OUT = "correct it, and grade again; nothing was graded";

/**
 * The roster in a file: a CSV table with a line of column names. Columns may stand in any order, others
 * among them.
 *
 * @throws {UsageError} if there is no such file
 * @throws {DataError} that names the row and the line if it cannot be understood, or not be read
 *
 * @example
 * ```ts
 * import { readRoster } from "./roster.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "last_name;student_id\nLovelace;ada\n");
 * assertEquals(await readRoster(path), [
 *   { student: "ada", lastName: "Lovelace", firstName: "", email: "" },
 * ]);
 * await Deno.remove(path);
 * ```
 */
export async function readRoster(path: string): Promise<readonly Person[]> {
  const table = await readTable(path, WAY_OUT);
  if (table === undefined) {
    throw new UsageError(`--roster: there is no file ${path}; name a CSV table of your students`);
  }
  const [header, ...rows] = table.rows;
  const fail = (place: string, what: string): never => {
    throw new DataError(`${path}, ${place}: ${what}; ${WAY_OUT}`);
  };
  const columns = columnsOf(header, fail);
  const places = new Map<string, string>();
  return rows.map(({ cells, place }) => {
    const beyond = cells.slice(columns.length).find((cell) => cell.trim() !== "");
    if (beyond !== undefined) {
      fail(place, `there are more cells than columns, such as ${JSON.stringify(beyond)}`);
    }
    const [student, lastName, firstName, email] = COLUMNS.map((name) => {
      return textOf((cells[columns.indexOf(name)] ?? "").trim());
    });
    if (student === "") fail(place, "student_id is empty");
    const earlier = places.get(student);
    if (earlier !== undefined) {
      fail(place, `${JSON.stringify(student)} is in ${earlier} already; keep one of them`);
    }
    places.set(student, place);
    return { student, lastName, firstName, email };
  });
}

/** The names of a roster's columns. */
function columnsOf(
  header: TableRow | undefined,
  fail: (place: string, what: string) => never,
): string[] {
  if (header === undefined) return fail("row 1 (line 1)", `there is no column ${COLUMNS[0]}`);
  const names = header.cells.map((cell) => cell.trim().toLowerCase().replaceAll(/[\s-]+/g, "_"));
  if (!names.includes(COLUMNS[0])) {
    fail(
      header.place,
      `there is no column ${COLUMNS[0]} among ${header.cells.join(", ")}; the first line names ` +
        `columns: ${COLUMNS.join(", ")}`,
    );
  }
  const twice = COLUMNS.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice !== undefined) fail(header.place, `there are two columns ${twice}`);
  return names;
}
