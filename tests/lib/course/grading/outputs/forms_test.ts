import { assert, assertEquals, assertMatch } from "@std/assert";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "csv-parse/sync";
import { convert } from "xmlbuilder2";
import type { Status } from "../../../../../lib/course/check.ts";
import { textOf, visible } from "../../../../../lib/course/grading/outputs/csv.ts";
import { gradesJson } from "../../../../../lib/course/grading/outputs/forms/grades_json.ts";
import schema from "../../../../../lib/course/grading/outputs/forms/grades.schema.json" with {
  type: "json",
};
import {
  type GradescopeResults,
  gradescopeResults,
} from "../../../../../lib/course/grading/outputs/forms/gradescope.ts";
import { junitXml } from "../../../../../lib/course/grading/outputs/forms/junit.ts";
import { gradesCsv, nbgraderCsv } from "../../../../../lib/course/grading/outputs/forms/tables.ts";
import { type MarkedRow, markRows } from "../../../../../lib/course/grading/outputs/rubric/mark.ts";
import type { GradeRow } from "../../../../../lib/course/grading/row.ts";
import { NASTY, nastyRow, rowOf, sampleRows } from "./sample.ts";

function unmarked(rows: readonly GradeRow[]): readonly MarkedRow[] {
  return markRows(rows, { lines: [], extra: [] }).rows;
}

/** The sample with 1.5 of 2 points for each answer of ada's. */
function marked(): readonly MarkedRow[] {
  const { rubric } = markRows(sampleRows(), { lines: [], extra: [] });
  const lines = rubric.lines.map((line) => {
    return line.student === "ada" ? { ...line, points: 1.5, maxPoints: 2, comment: "good" } : line;
  });
  return markRows(sampleRows(), { ...rubric, lines }).rows;
}

const ALL = unmarked([...sampleRows(), ...NASTY.map(nastyRow)]);

Deno.test("grades.json fits its published schema, with marks, without, and with nasty texts", () => {
  const validate = new Ajv2020({ allErrors: true }).compile(schema);
  for (const rows of [ALL, marked(), []]) {
    const document = JSON.parse(gradesJson(rows));
    assert(validate(document), JSON.stringify(validate.errors));
    assertEquals(document.$schema, "./grades.schema.json");
  }
});

Deno.test("the schema refuses what is no document of grades", () => {
  const validate = new Ajv2020().compile(schema);
  const document = () => JSON.parse(gradesJson(marked()));
  const wrong: ((document: ReturnType<typeof JSON.parse>) => void)[] = [
    (document) => delete document.results,
    (document) => delete document.results[0].student,
    (document) => document.results[0].score = "2",
    (document) => document.results[0].score = -1,
    (document) => delete document.results[0].checks[0].function,
    (document) => document.results[0].checks[0].status = "fine",
    (document) => document.results[0].answers[0].points = "1",
    (document) => delete document.results[0].checks[0].seconds,
  ];
  for (const spoil of wrong) {
    const spoiled = document();
    spoil(spoiled);
    assert(!validate(spoiled), spoil.toString());
  }
});

Deno.test("grades.json has every text as it is, and marks beside the points of the checks", () => {
  const { results } = JSON.parse(gradesJson(ALL));
  const students = results.map(({ student }: { student: string }) => student);
  for (const text of NASTY) assert(students.includes(text), JSON.stringify(text));
  const [ada] = JSON.parse(gradesJson(marked())).results;
  const { score, maxScore, manualScore, manualMaxScore, unmarked, total, maxTotal } = ada;
  assertEquals([score, maxScore, manualScore, manualMaxScore], [4, 4, 3, 4]);
  assertEquals([unmarked, total, maxTotal], [0, 7, 8]);
  assertEquals(Object.keys(ada.checks[0]).sort(), [
    ...["function", "hint", "id", "message", "seconds", "status", "visibility"],
  ]);
});

type Cells = Record<string, string>;

Deno.test("grades.csv has a line for each row, in order, and its numbers as numbers", () => {
  const records = parse<Cells>(gradesCsv(marked()), { columns: true });
  assertEquals(records.map(({ student, exercise }) => [student, exercise]), [
    ...[["ada", "a"], ["ada", "b"], ["bob", "a"], ["cleo", "a"], ["dan", "a"]],
  ]);
  assertEquals(records[0], {
    ...{ student: "ada", exercise: "a", score: "4", max_score: "4" },
    ...{ manual_score: "3", manual_max_score: "4", unmarked: "0", total: "7", max_total: "8" },
    ...{ checks_passed: "4", checks: "4", reason: "", notes: "", seconds: "0.75" },
  });
  assertEquals([records[2].manual_score, records[2].unmarked], ["", "2"]);
  assertEquals(records[1].notes, "a zip in a zip");
  assertEquals(records[4].reason, "there is no file exercise_a.ts");
});

Deno.test("grades.csv gives back the names that students have", () => {
  const records = parse<Cells>(gradesCsv(ALL), { columns: true });
  const students = records.map(({ student }) => textOf(student));
  for (const text of NASTY) assert(students.includes(visible(text)), JSON.stringify(text));
  assertEquals(records.length, ALL.length);
});

Deno.test("tables have names where there is a roster", () => {
  const person = { student: "ada", lastName: "=Lovelace", firstName: "Ada", email: "a@b" };
  const named = marked().map((row) => row.row.student === "ada" ? { ...row, person } : row);
  for (const text of [gradesCsv(named), nbgraderCsv(named)]) {
    const records = parse<Cells>(text, { columns: true });
    const names = records.map(({ last_name, first_name, email }) => [last_name, first_name, email]);
    assertEquals(names, [
      ...[["'=Lovelace", "Ada", "a@b"], ["'=Lovelace", "Ada", "a@b"]],
      ...[["", "", ""], ["", "", ""], ["", "", ""]],
    ]);
  }
  assert(!gradesCsv(marked()).includes("last_name"));
});

Deno.test("nbgrader.csv has nbgrader's columns, and manual marks count", () => {
  const text = nbgraderCsv(marked());
  assertEquals(
    text.split("\r\n")[0],
    "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score," +
      "late_submission_penalty,score,max_score",
  );
  const [ada] = parse<Cells>(text, { columns: true });
  assertEquals([ada.assignment, ada.student_id], ["exercise_a", "ada"]);
  assertEquals([ada.raw_score, ada.late_submission_penalty, ada.score, ada.max_score], [
    ...["7", "0", "7", "8"],
  ]);
});

/** A document of JUnit's as an object. */
function junit(rows: readonly GradeRow[]): Record<string, unknown> {
  return convert(junitXml(rows), { format: "object" }) as Record<string, unknown>;
}

Deno.test("junit.xml has a suite for each row and a case for each check, counted", () => {
  const row = rowOf("ada", ["failed", "timeout"]);
  assertEquals(junit([row]), {
    testsuites: {
      ...{ "@name": "genlab", "@tests": "4", "@failures": "1", "@errors": "1" },
      testsuite: {
        ...{ "@name": "ada exercise_a", "@tests": "4", "@failures": "1", "@errors": "1" },
        ...{ "@skipped": "0", "@time": "0.750" },
        properties: {
          property: [{ "@name": "score", "@value": "2" }, { "@name": "maxScore", "@value": "4" }],
        },
        testcase: [
          {
            ...{ "@name": "double-public", "@classname": "exercise_a.double", "@time": "0.250" },
            failure: {
              "@type": "failed",
              "@message": "twice the argument",
              "#": "expected 2\nreceived 3\nwhere for x = 1",
            },
          },
          {
            ...{ "@name": "double-hidden", "@classname": "exercise_a.double", "@time": "0.250" },
            error: { "@type": "timeout", "@message": "right on other data as well" },
          },
          ...["half-public", "half-hidden"].map((name) => {
            return { "@name": name, "@classname": "exercise_a.half", "@time": "0.250" };
          }),
        ],
      },
    },
  });
});

Deno.test("in junit.xml every status is something, and what was not graded is an error", () => {
  const outcomes: Record<Status, string | undefined> = {
    ...{ passed: undefined, failed: "failure", skipped: "skipped", missing: "failure" },
    ...{ "not-written": "failure", error: "error", timeout: "error", memory: "error" },
    ...{ rejected: "error", "grader-error": "error" },
  };
  for (const [status, outcome] of Object.entries(outcomes)) {
    const xml = junitXml([rowOf("ada", [status as Status, "passed"])]);
    const found = ["failure", "error", "skipped"].filter((name) => xml.includes(`<${name} `));
    assertEquals(found, outcome === undefined ? [] : [outcome], status);
  }
  const nothing = junitXml(sampleRows().filter(({ student }) => student === "dan"));
  assertMatch(nothing, /tests="1" failures="0" errors="1"/);
  assertMatch(nothing, /<error type="missing" message="there is no file exercise_a.ts"/);
});

Deno.test("junit.xml has no character that XML forbids, and no markup from texts", () => {
  const xml = junitXml(NASTY.map(nastyRow));
  // XML 1.0, production 2.
  assert(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(xml));
  assert(!/<(script|img|h1)/.test(xml));
  const { testsuites } = junit(NASTY.map(nastyRow)) as { testsuites: { testsuite: unknown[] } };
  assertEquals(testsuites.testsuite.length, NASTY.length);
});

/** What Gradescope documents of `results.json`, as far as we write it; nothing else is let through. */
const GRADESCOPE = {
  type: "object",
  additionalProperties: false,
  required: ["score", "tests", "stdout_visibility"],
  properties: {
    score: { type: "number" },
    execution_time: { type: "number" },
    output: { type: "string" },
    output_format: { const: "text" },
    stdout_visibility: { const: "hidden" },
    tests: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["name", "status", "visibility", "output_format"],
        properties: {
          name: { type: "string", minLength: 1 },
          number: { type: "string" },
          score: { type: "number" },
          max_score: { type: "number" },
          status: { enum: ["passed", "failed"] },
          output: { type: "string" },
          output_format: { const: "text" },
          visibility: { enum: ["visible", "after_published"] },
        },
      },
    },
  },
};

/** The scores of a document's tests together. */
function scoreOf({ tests }: GradescopeResults): number {
  return tests.reduce((sum, { score = 0 }) => sum + score, 0);
}

Deno.test("Gradescope's document has the documented fields, and scores that add up", () => {
  const validate = new Ajv2020().compile(GRADESCOPE);
  for (const row of [...sampleRows(), ...NASTY.map(nastyRow)]) {
    const results = gradescopeResults([row]);
    assert(validate(JSON.parse(JSON.stringify(results))), JSON.stringify(validate.errors));
    assertEquals(scoreOf(results), results.score);
    assertEquals(results.score, row.score);
  }
  const both = gradescopeResults(sampleRows().filter(({ student }) => student === "ada"));
  assertEquals([both.score, scoreOf(both), both.tests.length], [6, 6, 12]);
});

Deno.test("on Gradescope a student sees which check failed and what it found", () => {
  const { tests } = gradescopeResults([rowOf("ada", ["failed", "failed"])]);
  assertEquals(tests[0], {
    ...{ name: "Exercise A: double", number: "1", score: 0, max_score: 2, status: "failed" },
    output: "0 of 2 checks passed; points are given when all of them do.\n" +
      "Not passed, a check that only graders have: right on other data as well",
    ...{ output_format: "text", visibility: "visible" },
  });
  assertEquals(tests[1], {
    ...{ name: "Exercise A: double: double-public", number: "1.1", status: "failed" },
    output:
      "twice the argument\nexpected: 2\nreceived: 3\nwhere: for x = 1\nhint: Add it to itself.",
    ...{ output_format: "text", visibility: "visible" },
  });
});

Deno.test("on Gradescope a hidden check has its own message, later, and never what it found", () => {
  const statuses: Status[] = [
    ...["passed", "failed", "skipped", "not-written", "missing"] as const,
    ...["error", "timeout", "memory", "rejected", "grader-error"] as const,
  ];
  for (const status of statuses) {
    const row = rowOf("ada", ["passed", status]);
    const checks = row.checks.map((check) => ({
      ...check,
      // What a student's code says of its arguments, where the check is not what speaks.
      message:
        check.visibility === "public" || ["passed", "failed", "skipped"].includes(check.status)
          ? check.message
          : "my function was called with SECRET [17, 9]",
    }));
    const { tests } = gradescopeResults([{ ...row, checks }]);
    assertEquals(tests[2].visibility, "after_published", status);
    assert(!JSON.stringify(tests).includes("SECRET"), status);
    assert(
      tests.filter(({ name }) => !name.includes("hidden")).every(({ visibility }) =>
        visibility === "visible"
      ),
    );
  }
});

Deno.test("on Gradescope a failure of the grader and a reason are said at the top", () => {
  const broken = gradescopeResults([rowOf("ada", ["grader-error", "passed"])]);
  assertMatch(
    broken.output,
    /Exercise A: The grader itself failed in 1 of the checks, so this score/,
  );
  const dan = sampleRows().filter(({ student }) => student === "dan");
  assertMatch(gradescopeResults(dan).output, /Nothing could be graded: there is no file/);
  const torn = rowOf("eve", ["error", "error"]);
  const checks = torn.checks.map((check) => {
    return { ...check, status: "error" as const, message: "it is torn" };
  });
  assertEquals(
    gradescopeResults([{ ...torn, checks }]).output,
    "Exercise A: No function could be checked: it is torn",
  );
});
