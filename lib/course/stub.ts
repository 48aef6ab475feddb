/**
 * Makes what a student begins with from the solution of an exercise, its one source.
 *
 * What stands between the lines `// BEGIN SOLUTION` and `// END SOLUTION` gives way to a thrown
 * `NotImplemented`; comments with hints stand before it and stay.
 *
 * @module
 */
import { DataError } from "../errors.ts";

const BEGIN = "// BEGIN SOLUTION";
const END = "// END SOLUTION";
/** Lines are no longer than this, as `deno fmt` would have it here. */
const LINE_WIDTH = 100;

/**
 * A solution without its solutions: the text of a stub, which imports what it still uses.
 *
 * @param solution text of a `solution.ts`
 * @throws {DataError} if a region is not closed, not opened, or in no function
 *
 * @example
 * ```ts
 * import { stubOf } from "./stub.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const solution = `import { randnLike, type Tensor } from "genlab";
 *
 * export function noise(x: Tensor): Tensor {
 *   // 1. As many values as x has.
 *   // BEGIN SOLUTION
 *   return randnLike(x);
 *   // END SOLUTION
 * }
 * `;
 * assertEquals(
 *   stubOf(solution),
 *   `import { NotImplemented, type Tensor } from "genlab";
 *
 * export function noise(x: Tensor): Tensor {
 *   // 1. As many values as x has.
 *   throw new NotImplemented("noise");
 * }
 * `,
 * );
 * ```
 */
export function stubOf(solution: string): string {
  const lines: string[] = [];
  let name: string | undefined;
  let begun = 0;
  for (const [i, line] of solution.split("\n").entries()) {
    const mark = line.trim();
    if (begun === 0) name = /^export function (\w+)/.exec(line)?.[1] ?? name;
    if (mark === BEGIN) {
      if (begun > 0) throw misplaced(BEGIN, i + 1, `the region of line ${begun} is still open`);
      if (name === undefined) throw misplaced(BEGIN, i + 1, "no exported function has begun");
      begun = i + 1;
      lines.push(`${line.replace(BEGIN, "")}throw new NotImplemented("${name}");`);
    } else if (mark === END) {
      if (begun === 0) throw misplaced(END, i + 1, "no region is open");
      begun = 0;
    } else if (begun === 0) {
      lines.push(line);
    }
  }
  if (begun > 0) throw misplaced(BEGIN, begun, `there is no ${END} after it`);
  return withImports(lines.join("\n"));
}

/**
 * The solutions in a text, by function: what stands in its regions, without their indentation.
 *
 * @param solution text of a `solution.ts`
 */
export function solutionsIn(solution: string): Map<string, string> {
  const solutions = new Map<string, string>();
  const region = new RegExp(`^ *${BEGIN}\\n(.*?)^ *${END}$`, "gms");
  for (const { 1: code, index } of solution.matchAll(region)) {
    const names = [...solution.slice(0, index).matchAll(/^export function (\w+)/gm)];
    const [, name = ""] = names.at(-1) ?? [];
    solutions.set(name, code.replace(/^ {2}/gm, "").trimEnd());
  }
  return solutions;
}

function misplaced(mark: string, line: number, why: string): DataError {
  return new DataError(
    `"${mark}" in line ${line} of a solution: ${why}; regions open and close in turn, in functions`,
  );
}

/** Imports from genlab what the text uses, `NotImplemented` among it, in the order of names. */
function withImports(text: string): string {
  return text.replace(/^import \{([^}]*)\} from "genlab";$/m, (statement, names: string) => {
    const rest = text.replace(statement, "").replace(/\/\*.*?\*\/|\/\/.*?$/gms, "");
    const used = names.split(",").map((name) => name.trim()).filter((name) =>
      name !== "" && new RegExp(`\\b${plain(name)}\\b`).test(rest)
    );
    const all = [...new Set(["NotImplemented", ...used])].sort((a, b) =>
      plain(a).toLowerCase() < plain(b).toLowerCase() ? -1 : 1
    );
    const line = `import { ${all.join(", ")} } from "genlab";`;
    return line.length <= LINE_WIDTH ? line : `import {\n  ${all.join(",\n  ")},\n} from "genlab";`;
  });
}

function plain(name: string): string {
  return name.replace(/^type /, "");
}
