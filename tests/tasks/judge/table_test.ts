import { assertEquals } from "@std/assert";
import type { Assessment } from "../../../tasks/judge/assess.ts";
import { tableOf } from "../../../tasks/judge/table.ts";

const FOUND: Assessment = {
  count: 2,
  agreement: 0.5,
  confidence: 0.75,
  sure: 0,
  frechet: 1093.168,
  diversity: 18.4,
  nearest: 4.56,
  classCounts: [1, 1, 0, 0, 0, 0, 0, 0, 0, 0],
};

Deno.test("assessments stand beside each other, numbers under their names", () => {
  const lines = tableOf({ samples: FOUND, "test digits": { ...FOUND, agreement: 1 } });
  assertEquals(lines.slice(0, 2), [
    "                                    samples  test digits",
    "class agreement                      50.0 %      100.0 %",
  ]);
  assertEquals(new Set(lines.map(({ length }) => length)).size, 1);
});

Deno.test("what there is none of is a dash", () => {
  const lines = tableOf({ noise: { ...FOUND, agreement: null, diversity: NaN, nearest: null } });
  const dashes = lines.filter((line) => line.endsWith("  -")).map((line) => line.slice(0, 24));
  assertEquals(dashes.map((name) => name.trim()), [
    "class agreement",
    "difference within a clas",
    "distance to nearest trai",
  ]);
});
