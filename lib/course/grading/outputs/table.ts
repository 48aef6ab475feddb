/**
 * Reads tables as a spreadsheet leaves them: separators, ends of lines and a byte order mark are
 * understood, whichever they are.
 *
 * @module
 */
import { CsvError, parse } from "csv-parse/sync";
import { DataError } from "../../../errors.ts";

/** A row of a table, and where it stands. */
export interface TableRow {
  readonly cells: readonly string[];
  /** How messages name it: as a spreadsheet counts, and as an editor does. */
  readonly place: string;
}

/** A table as text. */
export interface Table {
  /** What stands between cells: `,`, `;` or a tab. */
  readonly separator: string;
  /** Rows in which there is something, the column names first. */
  readonly rows: readonly TableRow[];
}

/**
 * The table in a file.
 *
 * @param wayOut what to do if it cannot be read
 * @returns undefined if there is no such file
 * @throws {DataError} if it cannot be read, or is no table
 */
export async function readTable(path: string, wayOut: string): Promise<Table | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DataError(`cannot read ${path} (${reason}): ${wayOut}`, { cause });
  }
  return tableIn(decoded(bytes, path, wayOut), path, wayOut);
}

function decoded(bytes: Uint8Array, path: string, wayOut: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new DataError(`${path} is not in UTF-8, so save it as "CSV UTF-8"; ${wayOut}`, { cause });
  }
}

function tableIn(text: string, path: string, wayOut: string): Table {
  const [head] = text.split(/\r|\n/, 1);
  const counted = [",", ";", "\t"].map((sign) => [sign, head.split(sign).length] as const);
  const [separator] = counted.reduce((a, b) => b[1] > a[1] ? b : a);
  const rows: TableRow[] = [];
  let [number, line] = [1, 1];
  try {
    parse(text, {
      delimiter: separator,
      relax_column_count: true,
      on_record: (cells: string[], { lines }) => {
        const place = `row ${number++} (line ${line})`;
        if (cells.some((cell) => cell.trim() !== "")) rows.push({ cells, place });
        line = lines + 1;
        return null;
      },
    });
    return { separator, rows };
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new DataError(`${path} is no CSV table: ${cause.message}: ${wayOut}`, { cause });
  }
}
