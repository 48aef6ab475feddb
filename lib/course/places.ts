/**
 * Where the functions of a student's file begin.
 *
 * @module
 */

/**
 * The lines, counted from 1, in which a text declares functions, by their names.
 *
 * @example
 * ```ts
 * import { linesOfFunctions } from "./places.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = "// Mine\nexport function f() {}\nexport const g = () => 1;\n";
 * assertEquals([...linesOfFunctions(text)], [["f", 2], ["g", 3]]);
 * ```
 */
export function linesOfFunctions(text: string): Map<string, number> {
  const declaration = /^(?:export\s+)?(?:async\s+)?(?:function|const|let)\s+(\w+)/;
  return new Map(
    text.split("\n").flatMap((line, i) => {
      const [, name] = declaration.exec(line) ?? [];
      return name === undefined ? [] : [[name, i + 1] as const];
    }),
  );
}
