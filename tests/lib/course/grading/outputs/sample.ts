/**
 * Rows for the tests of outputs: a class with right and wrong submissions, and texts that try to be
 * more than text.
 *
 * @module
 */
import type { Status } from "../../../../../lib/course/check.ts";
import type { GradedCheck, GradeRow } from "../../../../../lib/course/grading/row.ts";

/** Texts that break out of something: CSV, XML, HTML, a terminal, a path, the direction of writing. */
export const NASTY: readonly string[] = [
  "=1+1",
  "+1",
  "-2+3+cmd|' /C calc'!A0",
  "@SUM(A1)",
  "＝1+1",
  "'=1",
  "''=1",
  "'tis",
  "\t=1",
  "\r=1",
  "  =1",
  "\u200b=1",
  "a,=1",
  "a;=1;-2",
  'a"=1',
  "a\n=1\n\n- b",
  "a\r\n=1",
  "a, -1 and 2 - 1 = 1",
  'O\'Hara, "Zoë"',
  "line one\nline two",
  "👩🏽‍🔬 ada",
  "مريم العلي",
  "\u202egnp.exe",
  "\u2066isolated",
  "a\0b",
  "\x1b[2J\x1b[31mred\x1b[0m",
  "\x9b31mred",
  "\x7f\x08\x07",
  "\ud800 alone",
  "\ufffe\uffff",
  "]]> <![CDATA[ &amp; <!-- -->",
  "<script>document.title = 'taken over'</script>",
  "<img src=x onerror=\"document.title = 'taken over'\">",
  "\" onmouseover=\"document.title = 'taken over'",
  "</style></title><h1>16 of 16</h1>",
  "${7*7} {{7*7}} `ls` $(ls)",
  "javascript:alert(1)",
  "../../etc/passwd",
  "..\\..\\secret",
  "CON",
  "a/b",
  " ",
  "x".repeat(300),
];

/** What a check of a function says. */
const CHECK = { message: "twice the argument", hint: "Add it to itself.", seconds: 0.25 };

/** A function's checks, a public and a hidden one, with these ends. */
export function checksOf(name: string, own: Status, hidden: Status): GradedCheck[] {
  const finding = { expected: "2", received: "3", where: "for x = 1" };
  const one = (visibility: GradedCheck["visibility"], status: Status): GradedCheck => ({
    ...CHECK,
    id: `${name}-${visibility}`,
    function: name,
    visibility,
    status,
    ...(status === "failed" ? { finding } : {}),
  });
  return [one("public", own), {
    ...one("hidden", hidden),
    message: "right on other data as well",
    hint: "Compute with what is passed in.",
    ...(hidden === "failed" ? { finding: { ...finding, where: "for SECRET [17, 9]" } } : {}),
  }];
}

/** A row in which two functions of 2 points each ended like this, and two questions are answered. */
export function rowOf(
  student: string,
  first: readonly [own: Status, hidden: Status],
  more: Partial<GradeRow> = {},
): GradeRow {
  const score = first.every((status) => status === "passed") ? 2 : 0;
  return {
    student,
    exercise: "a",
    score: score + 2,
    maxScore: 4,
    functions: [{ name: "double", score, maxScore: 2 }, { name: "half", score: 2, maxScore: 2 }],
    checks: [...checksOf("double", ...first), ...checksOf("half", "passed", "passed")],
    answers: [
      { number: 1, question: "Why $\\beta$?", answer: "Because of **that**." },
      { number: 2, question: "How?", answer: "" },
    ],
    notes: [],
    seconds: 0.75,
    ...more,
  };
}

/** A class: someone right, someone wrong, someone wrong in a hidden check only, and nobody's file. */
export function sampleRows(): GradeRow[] {
  return [
    rowOf("cleo", ["passed", "failed"]),
    rowOf("ada", ["passed", "passed"]),
    rowOf("bob", ["failed", "failed"]),
    rowOf("ada", ["timeout", "timeout"], { exercise: "b", notes: ["a zip in a zip"] }),
    rowOf("dan", ["missing", "missing"], {
      ...{ score: 0, checks: [], answers: [], reason: "there is no file exercise_a.ts" },
      functions: [
        { name: "double", score: 0, maxScore: 2 },
        { name: "half", score: 0, maxScore: 2 },
      ],
    }),
  ];
}

/** A row in which a nasty text stands wherever a student or the grader's machine can put one. */
export function nastyRow(text: string): GradeRow {
  const row = rowOf(text, ["failed", "error"]);
  return {
    ...row,
    checks: row.checks.map((check) => ({
      ...check,
      ...(check.status === "passed" ? {} : { message: text }),
      ...(check.finding === undefined
        ? {}
        : { finding: { expected: text, received: text, where: text } }),
    })),
    answers: row.answers.map((answer) => ({ ...answer, answer: text })),
    notes: [text],
    reason: text,
  };
}
