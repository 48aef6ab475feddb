import { assertEquals } from "@std/assert";
import {
  checkRates,
  distribution,
  fileFaultOf,
  mean,
  median,
  mistakes,
  reasonOf,
  reasons,
  statusCounts,
} from "../../../../../lib/course/grading/outputs/statistics.ts";
import { rowOf } from "./sample.ts";

const ROWS = [
  rowOf("ada", ["passed", "passed"]),
  rowOf("bob", ["failed", "failed"]),
  rowOf("cleo", ["failed", "skipped"]),
  rowOf("dan", ["passed", "failed"]),
  rowOf("eve", ["error", "error"]),
];

Deno.test("scores are counted as nothing, tenths, and everything", () => {
  const scores = [0, 1, 9, 10, 55, 59, 99, 100, 100];
  const rows = scores.map((score) => ({ ...ROWS[0], score, maxScore: 100 }));
  const bins = distribution(rows);
  assertEquals(bins.map(({ label }) => label), [
    ...["0 %", "1–9 %", "10–19 %", "20–29 %", "30–39 %", "40–49 %", "50–59 %"],
    ...["60–69 %", "70–79 %", "80–89 %", "90–99 %", "100 %"],
  ]);
  assertEquals(bins.map(({ count }) => count), [1, 2, 1, 0, 0, 0, 2, 0, 0, 0, 1, 2]);
  assertEquals(distribution([{ ...ROWS[0], score: 0, maxScore: 0 }])[0].count, 1);
});

Deno.test("mean and median", () => {
  assertEquals([mean([1, 2, 6]), mean([])], [3, 0]);
  assertEquals([median([6, 1, 2]), median([4, 1, 2, 3]), median([])], [2, 2.5, 0]);
});

Deno.test("a check's failures are counted, those aside where it waited for another", () => {
  const rates = checkRates(ROWS);
  assertEquals(rates.map(({ id, failures, total }) => [id, failures, total]), [
    ["double-public", 3, 5],
    ["double-hidden", 3, 5],
    ["half-public", 0, 5],
    ["half-hidden", 0, 5],
  ]);
  assertEquals(Object.fromEntries(rates[1].statuses), { failed: 2, skipped: 1, error: 1 });
});

Deno.test("statuses are counted over all checks", () => {
  assertEquals([...statusCounts(ROWS)], [
    ...[["passed", 13], ["failed", 4], ["error", 2], ["skipped", 1]] as const,
  ]);
});

Deno.test("of each function the first check that does not pass is the mistake", () => {
  const found = mistakes(ROWS).map(({ check, students }) => [check.id, check.status, ...students]);
  assertEquals(found, [
    ["double-public", "failed", "bob", "cleo"],
    ["double-hidden", "failed", "dan"],
    ["double-public", "error", "eve"],
  ]);
});

Deno.test("a function that waits for another is no mistake of its own", () => {
  assertEquals(mistakes([rowOf("ada", ["skipped", "skipped"])]), []);
});

Deno.test("the same error in other lines of a file is one mistake", () => {
  const rows = ["ada", "bob"].map((student, i) => {
    const row = rowOf(student, ["error", "error"]);
    const message = `x is not defined, exercise_a.ts:${10 + i}:${i}`;
    return { ...row, checks: row.checks.map((check) => ({ ...check, message })) };
  });
  assertEquals(mistakes(rows).map(({ students }) => students), [["ada", "bob"]]);
});

Deno.test("what keeps a file from being loaded is one mistake, and not one of each function", () => {
  const rows = ["ada", "bob"].map((student, i) => {
    const row = rowOf(student, ["error", "error"]);
    const message = `the file cannot be read as TypeScript, exercise_a.ts:${i + 1}`;
    const checks = ["double", "half", "third"].flatMap((name) =>
      row.checks.map((check) => ({ ...check, function: name, id: `${name}-${check.id}`, message }))
    );
    return { ...row, checks };
  });
  const found = mistakes(rows).map(({ isWholeFile, students }) => [isWholeFile, ...students]);
  assertEquals(found, [[true, "ada", "bob"]]);
});

Deno.test("what is said of every function alike is wrong with the file", () => {
  const said = (...messages: readonly string[]) => {
    const row = rowOf("ada", ["error", "skipped"]);
    const checks = row.checks.map((check, i) => {
      return { ...check, status: "error", message: messages[i] } as const;
    });
    return { ...row, checks };
  };
  assertEquals(fileFaultOf(said("torn", "torn", "torn", "torn")), "torn");
  // A function that waits for another says so.
  const waiting = said("torn", "torn", "torn", "waits for double");
  const [a, b, c, d] = waiting.checks;
  assertEquals(fileFaultOf({ ...waiting, checks: [a, b, c, { ...d, status: "skipped" }] }), "torn");
  assertEquals(
    fileFaultOf(said("double threw", "double threw", "half threw", "half threw")),
    undefined,
  );
  assertEquals(fileFaultOf({ ...waiting, checks: [a, b] }), undefined);
  assertEquals(ROWS.map(fileFaultOf), ROWS.map(() => undefined));
  const reason = "there is no file";
  assertEquals(fileFaultOf({ ...said(reason, reason, reason, reason), reason }), undefined);
});

Deno.test("reasons that befell few stand before those that befell many", () => {
  const rows = [["ana", "no file"], ["bob", "too large"], ["cyd", "no file"], ["dan"]]
    .map(([student, reason]) => rowOf(student, ["missing", "missing"], { reason }));
  const found = Array.from(reasons(rows, reasonOf), ([reason, rows]) => {
    return [reason, rows.map(({ student }) => student)];
  });
  assertEquals(found, [["too large", ["bob"]], ["no file", ["ana", "cyd"]]]);
});
