/**
 * Reads a rubric as a person left it. What a spreadsheet changes by itself is understood: separators,
 * ends of lines, a byte order mark, the order of lines and columns. What could cost a mark is not
 * guessed at.
 *
 * @module
 */
import { DataError } from "../../../../errors.ts";
import { textOf } from "../csv.ts";
import { readTable, type Table, type TableRow } from "../table.ts";
import { COLUMNS, keyOf, refOf, type Rubric, type RubricLine } from "./rubric.ts";

/** Without these a mark is nobody's. */
const REQUIRED = ["student", "exercise", "number", "points", "max_points"] as const;

/** What to do when a rubric cannot be read. */
const WAY_OUT = "correct it, or move the file away to begin a new one; nothing was written";

/**
 * The rubric in a file; an empty one if there is no such file.
 *
 * @throws {DataError} that names the row and the line if it cannot be understood, or not be read
 *
 * @example
 * ```ts
 * import { readRubric } from "./read.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await readRubric("/no/such/rubric.csv"), { lines: [], extra: [] });
 * ```
 */
export async function readRubric(path: string): Promise<Rubric> {
  const table = await readTable(path, WAY_OUT);
  return table === undefined ? { lines: [], extra: [] } : new Reader(path, table).rubric();
}

class Reader {
  constructor(private readonly path: string, private readonly table: Table) {}

  rubric(): Rubric {
    const [header, ...rows] = this.table.rows;
    if (header === undefined) return { lines: [], extra: [] };
    const columns = this.columns(header);
    const lines = rows.map((row) => this.line(row, columns));
    this.requireOneEach(lines, rows);
    this.requireWhole(lines, rows);
    const known: readonly string[] = COLUMNS;
    return { lines, extra: columns.filter((column) => !known.includes(column)) };
  }

  private columns({ cells, place }: TableRow): string[] {
    const columns = cells.map((cell) => cell.trim());
    while (columns.at(-1) === "") columns.pop();
    const names = columns.map((name) => {
      const known = COLUMNS.find((column) => column === name.toLowerCase());
      return known ?? textOf(name);
    });
    const missing = REQUIRED.filter((name) => !names.includes(name));
    if (missing.length > 0) {
      this.fail(place, `there is no column ${missing.join(" and no ")} among ${names.join(", ")}`);
    }
    const twice = names.find((name, i) => names.indexOf(name) < i);
    if (twice !== undefined) this.fail(place, `there are two columns ${JSON.stringify(twice)}`);
    return names;
  }

  private line({ cells, place }: TableRow, columns: readonly string[]): RubricLine {
    const beyond = cells.slice(columns.length).find((cell) => cell.trim() !== "");
    if (beyond !== undefined) {
      this.fail(place, `there are more cells than columns, such as ${JSON.stringify(beyond)}`);
    }
    const cell = (name: string): string => textOf(cells[columns.indexOf(name)] ?? "");
    const student = cell("student");
    const exercise = cell("exercise").trim().toLowerCase();
    const number = Number(cell("number"));
    if (student === "" || exercise === "" || !(Number.isSafeInteger(number) && number > 0)) {
      this.fail(place, "student, exercise and number must say which answer it is about");
    }
    const known: readonly string[] = COLUMNS;
    const line = {
      ...{ student, exercise, number, question: cell("question"), answer: cell("answer") },
      ...{ comment: cell("comment"), changed: cell("changed").trim() },
      points: this.points(cell("points"), "points", place),
      maxPoints: this.points(cell("max_points"), "max_points", place),
      ref: refOf(cell("ref").trim()) ?? { key: keyOf(student, exercise, number) },
      extra: new Map(
        columns.filter((name) => !known.includes(name)).map((name) => {
          return [name, cell(name)];
        }),
      ),
    };
    if (line.points !== undefined && line.points > (line.maxPoints ?? Infinity)) {
      this.fail(
        place,
        `points is ${line.points}, which is more than max_points, ${line.maxPoints}`,
      );
    }
    return line;
  }

  /** Points as a person writes them; where commas do not separate cells, with a decimal comma too. */
  private points(cell: string, column: string, place: string): number | undefined {
    const text = cell.trim();
    if (text === "") return undefined;
    const decimal = this.table.separator === "," ? text : text.replace(",", ".");
    if (!/^\d{1,6}(\.\d{1,6})?$/.test(decimal)) {
      this.fail(
        place,
        `${column} is ${JSON.stringify(text)}; it must be a number such as 2 or 3.5, or empty`,
      );
    }
    return Number(decimal);
  }

  private requireOneEach(lines: readonly RubricLine[], rows: readonly TableRow[]): void {
    const places = new Map<string, string>();
    for (const [i, { ref }] of lines.entries()) {
      const earlier = places.get(ref.key);
      if (earlier !== undefined) {
        this.fail(rows[i].place, `it is about the same answer as ${earlier}; keep one of them`);
      }
      places.set(ref.key, rows[i].place);
    }
  }

  /**
   * Whether no column was sorted without the others: then marks would go to other students. A line
   * that says it is about an answer whose own line says something else again is a sign of that; one
   * that merely lost the zeros of `0012` is not, in a class with a `12` either.
   */
  private requireWhole(lines: readonly RubricLine[], rows: readonly TableRow[]): void {
    const byRef = new Map(lines.map((line) => [line.ref.key, line]));
    for (const [i, line] of lines.entries()) {
      const other = byRef.get(saidKey(line));
      if (other === undefined || other === line || saidKey(other) === other.ref.key) continue;
      this.fail(
        rows[i].place,
        "student, exercise and number are those of another row's ref: was one column sorted, and " +
          "not the others?",
      );
    }
  }

  private fail(place: string, what: string): never {
    throw new DataError(`${this.path}, ${place}: ${what}; ${WAY_OUT}`);
  }
}

/** The key of the answer that a line says it is about. */
function saidKey({ student, exercise, number }: RubricLine): string {
  return keyOf(student, exercise, number);
}
