import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { fileNameOf } from "../../../../../lib/course/grading/outputs/names.ts";
import { classPage } from "../../../../../lib/course/grading/outputs/pages/class_page.ts";
import { studentPage } from "../../../../../lib/course/grading/outputs/pages/student_page.ts";
import { type MarkedRow, markRows } from "../../../../../lib/course/grading/outputs/rubric/mark.ts";
import type { GradeRow } from "../../../../../lib/course/grading/row.ts";
import { hasBrowser, withPage } from "../../report/browser.ts";
import { NASTY, nastyRow, rowOf, sampleRows } from "./sample.ts";

function marked(rows: readonly GradeRow[]): readonly MarkedRow[] {
  return markRows(rows, { lines: [], extra: [] }).rows;
}

function pageOf(row: GradeRow, marks: Partial<MarkedRow> = {}): string {
  return studentPage(row.student, marked([row]).map((one) => ({ ...one, ...marks })));
}

/** What a person reads of a page. */
function textOf(page: string): string {
  return page.replace(/^.*<body>/s, "").replace(/<script>.*<\/script>/s, "")
    .replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();
}

Deno.test("a student reads the points, and what a public check found", () => {
  const text = textOf(pageOf(rowOf("ada", ["failed", "failed"])));
  assertMatch(text, /^ada Exercise A Exercise A 2 of 4 points for the code \. The answers are not/);
  assertMatch(text, /✗ double 0 of 2 points, 0 of 2 checks passed/);
  assertMatch(
    text,
    /✗ twice the argument expected 2 received 3 where for x = 1 Hint\. Add it to itself\./,
  );
  assertMatch(text, /✓ half 2 of 2 points, 2 of 2 checks passed/);
});

Deno.test("a student who fails in a hidden check only is told so, and for which function", () => {
  const text = textOf(pageOf(rowOf("cleo", ["passed", "failed"])));
  assertMatch(text, /those that you have, and those that only graders have/);
  assertMatch(
    text,
    /✗ double 0 of 2 points, 1 of 2 .*Checks that only graders have: 0 of 1 passed\. All checks that you have pass; the points are lost here\. ✗ right on other data as well Hint\. Compute with/,
  );
  const both = textOf(pageOf(rowOf("bob", ["failed", "failed"])));
  assert(!both.includes("the points are lost here"));
});

Deno.test("what a hidden check found, or met, is on no student's page", () => {
  for (const status of ["failed", "error", "timeout", "rejected"] as const) {
    const row = rowOf("cleo", ["passed", status]);
    const checks = row.checks.map((check) => ({
      ...check,
      ...(check.status === "passed" || check.status === "failed" ? {} : { message: "SECRET [17]" }),
    }));
    assert(!pageOf({ ...row, checks }).includes("SECRET"), status);
  }
});

Deno.test("what could not be called is said once for all checks of a function", () => {
  const row = rowOf("ada", ["missing", "missing"]);
  const [own, hidden, ...others] = row.checks;
  const twice = { ...own, message: "there is no double" };
  const text = textOf(
    pageOf({ ...row, checks: [twice, { ...twice, id: "b" }, hidden, ...others] }),
  );
  assertEquals(text.match(/there is no double/g)?.length, 1);
});

Deno.test("a reason, notes and a failure of the grader stand before the functions", () => {
  const dan = textOf(pageOf(sampleRows()[4]));
  assertMatch(dan, /0 of 4 points .* Nothing could be graded: there is no file exercise_a.ts/);
  const ada = textOf(pageOf(rowOf("ada", ["grader-error", "passed"], { notes: ["look here"] })));
  assertMatch(ada, /failed in 1 check, so these points are not final.* look here .*✗ double/);
});

Deno.test("answers have their marks and comments below them", () => {
  const answers = marked([rowOf("ada", ["passed", "passed"])])[0].answers;
  const text = textOf(pageOf(rowOf("ada", ["passed", "passed"]), {
    answers: [
      { ...answers[0], points: 1.5, maxPoints: 2, comment: "nearly <b>", changed: true },
      answers[1],
    ],
    ...{ manualScore: 1.5, manualMaxScore: 3, unmarked: 1, total: 5.5, maxTotal: 7 },
  }));
  assertMatch(
    text,
    /5\.5 of 7 points : 4 of 4 for the code, 1\.5 of 3 for the answers \(1 answer still to be marked\)/,
  );
  assertMatch(
    text,
    /Because of that \. 1\.5 of 2 points , for an earlier answer nearly &lt;b&gt;/,
  );
  assertMatch(text, /Question 2 How\? Not answered\.$/);
});

Deno.test("an exercise of questions alone has no points for code", () => {
  const row = { ...rowOf("ada", ["passed", "passed"]), functions: [], checks: [] };
  const text = textOf(pageOf({ ...row, score: 0, maxScore: 0 }));
  assertMatch(text, /^ada Exercise A Exercise A The answers are not marked yet\. Question 1/);
  const page = textOf(classPage(marked([{ ...row, score: 0, maxScore: 0 }]), NO_SIMILARITY));
  assertMatch(page, /Exercise A 1 submission, all to be marked by hand ?\. Students/);
});

const NO_SIMILARITY = { hasSimilarity: false };

Deno.test("names of a roster stand on the pages, as text, beside the ids", () => {
  const person = { student: "ada", lastName: "<b>Lovelace", firstName: "Ada", email: "" };
  const rows = marked(sampleRows()).map((row) => {
    return row.row.student === "ada" ? { ...row, person } : row;
  });
  const [ada] = rows;
  assertMatch(textOf(studentPage("ada", [ada])), /^Ada &lt;b&gt;Lovelace ada Exercise A/);
  const page = textOf(classPage(rows, NO_SIMILARITY));
  assertMatch(page, /Student Name Exercise Score/);
  assertMatch(page, /ada Ada &lt;b&gt;Lovelace A 4 of 4/);
  assertMatch(page, /3 Not on the roster: bob , cleo , dan/);
  assert(!textOf(classPage(marked(sampleRows()), NO_SIMILARITY)).includes("roster"));
});

Deno.test("a mistake in the whole file names no function", () => {
  const row = rowOf("ada", ["error", "error"]);
  const checks = ["double", "half"].flatMap((name) =>
    row.checks.map((check) => {
      return { ...check, function: name, status: "error" as const, message: "no file" };
    })
  );
  const page = textOf(classPage(marked([{ ...row, checks }]), NO_SIMILARITY));
  assertMatch(page, /1 student the whole file: no file \(error\) ada/);
  assertMatch(page, /1 No function could be checked: no file: ada/);
  const own = pageOf({ ...row, checks });
  assertMatch(textOf(own), /No function could be checked: no file .* ✗ double/);
  // Said once, it is not shown again under each function.
  assert(!/<details\s+open/.test(own) && /<details\s+open/.test(pageOf(row)));
});

Deno.test("the page of a class has distribution, rates, mistakes and every student", () => {
  const text = textOf(classPage(marked(sampleRows()), NO_SIMILARITY));
  assertMatch(text, /^Grades of 4 students/);
  assertMatch(text, /1 Nothing could be graded: there is no file exercise_a.ts: dan/);
  assertMatch(text, /1 Ended by a limit of time, memory or size: ada/);
  assertMatch(text, /1 Graded with a note: ada/);
  assertMatch(text, /1 All public checks pass, but not those that only graders have: cleo/);
  assertMatch(text, /Slowest: .* 0\.8 s/);
  assertMatch(text, /4 submissions, mean 2 and median 2 of 4 points; 1 could not be graded/);
  assertMatch(text, /double-hidden \(hidden\) double 2 of 3, 67 % 2 failed/);
  assertMatch(
    text,
    /1 student double : twice the argument \(failed, double-public\) expected 2 received 3 .* bob/,
  );
  assertMatch(text, /cleo A 2 of 4 2 of 6 double \(hidden check\) 0\.8/);
  assertMatch(text, /dan A 0 of 4 0 of 6 there is no file exercise_a\.ts 0\.8$/);
});

Deno.test("the page of a class leads to the students' pages, and to similar submissions if there", () => {
  const rows = marked(sampleRows());
  const page = classPage(rows, NO_SIMILARITY);
  for (const { row } of rows) {
    assert(page.includes(`href="students/${fileNameOf(row.student)}.html#${row.exercise}"`));
  }
  assert(!page.includes("similarity.html"));
  assert(classPage(rows, { hasSimilarity: true }).includes('href="similarity.html"'));
});

Deno.test("pages stand in the file alone, and run no script but the table's", () => {
  const pages = [
    ...NASTY.map((text) => studentPage(text, marked([nastyRow(text)]))),
    classPage(marked(NASTY.map(nastyRow)), NO_SIMILARITY),
  ];
  for (const page of pages) {
    assertMatch(
      page,
      /<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;/,
    );
    assert((page.match(/<script/g)?.length ?? 0) === (page.includes("data-sortable") ? 1 : 0));
    const tags = page.replace(/<style>.*?<\/style>|<script>.*?<\/script>/gs, "").match(/<[^>]*>/g)!;
    for (const tag of tags) {
      assert(!/^<(img|iframe|object|base|form)|\son\w+=|javascript:|src=/i.test(tag), tag);
    }
    assert(!/(?![\t\n])[\p{Cc}\p{Bidi_Control}]/u.test(page));
  }
});

Deno.test({
  name: "in a browser nasty texts stay texts, pages load nothing, and fit a phone",
  ignore: !hasBrowser(),
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      const rows = marked(NASTY.map(nastyRow));
      const files = {
        "class.html": classPage(rows, NO_SIMILARITY),
        "student.html": studentPage(
          NASTY.join(" "),
          NASTY.map(nastyRow).flatMap((row) => marked([row])),
        ),
      };
      for (const [name, page] of Object.entries(files)) {
        await Deno.writeTextFile(join(folder, name), page);
        await withPage(join(folder, name), async ({ evaluate, setWidth, requests, problems }) => {
          assertEquals(requests.filter((url) => !url.startsWith("data:")).length, 1, name);
          assertEquals(problems, []);
          assert(!/taken over/.test(await evaluate<string>("document.title.slice(0, 10)")));
          assertEquals(await evaluate<number>("document.querySelectorAll('h1').length"), 1);
          await setWidth(390);
          const wide =
            "document.documentElement.scrollWidth - document.documentElement.clientWidth";
          assertEquals(await evaluate<number>(wide), 0, name);
        });
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test({
  name: "in a browser the table of students can be sorted and searched",
  ignore: !hasBrowser(),
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      const rows = ["s10", "s9", "s1"].map((student, i) => ({
        ...rowOf(student, ["passed", "passed"]),
        score: [4, 10, 9][i],
        maxScore: 10,
      }));
      const path = join(folder, "index.html");
      await Deno.writeTextFile(path, classPage(marked(rows), NO_SIMILARITY));
      await withPage(path, async ({ evaluate }) => {
        const names = async () =>
          await evaluate<string>(
            "Array.from(document.querySelectorAll('#all tbody tr:not([hidden]) td:first-child'), " +
              "(cell) => cell.textContent.trim()).join(' ')",
          );
        const press = async (column: number) =>
          await evaluate<string>(
            `document.querySelectorAll('#all th button')[${column}].click(), "pressed"`,
          );
        assertEquals(await names(), "s1 s10 s9");
        await press(0);
        assertEquals(await names(), "s1 s9 s10", "numbers in names count as numbers");
        await press(2);
        assertEquals(await names(), "s10 s1 s9");
        await press(2);
        assertEquals(await names(), "s9 s1 s10", "pressed again, from the other end");
        await evaluate<string>(
          "document.querySelector('input').value = 'S1', " +
            "document.querySelector('input').dispatchEvent(new Event('input')), 'typed'",
        );
        assertEquals(await names(), "s1 s10");
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
