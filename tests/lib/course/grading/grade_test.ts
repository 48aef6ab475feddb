import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { grade, type GradeOptions, type GradePlan, type GradeRow } from "../../../../mod.ts";
import { UsageError } from "../../../../lib/errors.ts";
import { solutionText } from "../../../student_project.ts";
import { until } from "../../../until.ts";
import { judgesOf, noProcessWith, processesWith } from "../runner/processes.ts";
import { type Tree, withFolder, zipOf } from "./folders.ts";

const [A, B] = await Promise.all([solutionText("a_vae"), solutionText("b_score")]);
const ANSWERS = "## Question 2\n\n**Answer 2.** Because <b>it</b> is.\n";

/** A right `klDiagGaussianToStandard` beside something else. */
function withKl(other: string): Tree {
  const kl = `export const klDiagGaussianToStandard = (mu, logvar) =>
    mu.square().add(logvar.exp()).sub(logvar).sub(1).sum(1).mul(0.5);`;
  return { "exercise_a.ts": `${other}\n${kl}\n` };
}

const SUBMISSIONS: Tree = {
  ana: { "exercise_a.ts": A, "answers_a.md": ANSWERS, "exercise_b.ts": B },
  "bea.zip": zipOf({ "bea/exercise_a.ts": A.replaceAll("mu.square()", "mu.mul(mu)") }),
  dot: withKl("export const reparameterize = () => Deno.exit(0);"),
  empty: {},
  far: withKl(
    "export const reparameterize = (mu) =>\n" +
      "  mu.add(mu.sum().reshape(1, 1).expand([9000, 9000]).exp().sum());",
  ),
  late: withKl("export const reparameterize = () => { for (;;); };"),
  loud: withKl(
    'export const reparameterize = () => { throw new Error("\\x1b[31mred\\x1b[0m <b> \\u202e"); };',
  ),
  misnamed: { "Exercise_A.ts": A, "exercise_b.ts": "" },
  torn: { "exercise_a.ts": "export function reparameterize(mu: Tensor {" },
};

interface Batch {
  readonly rows: readonly GradeRow[];
  readonly plan: GradePlan;
}

/** Grades a folder to its end. */
async function batchOf(folder: string, options: GradeOptions = {}): Promise<Batch> {
  const rows: GradeRow[] = [];
  let plan: GradePlan | undefined;
  const onPlan = (made: GradePlan) => void (plan = made);
  for await (const row of grade(folder, { timeout: 3, onPlan, ...options })) rows.push(row);
  return { rows, plan: plan! };
}

/** Rows without times, in one order. */
function timeless(rows: readonly GradeRow[]) {
  return rows.map(({ seconds: _, checks, ...row }) => {
    return { ...row, checks: checks.map(({ seconds: _, ...check }) => check) };
  }).sort((a, b) => `${a.student} ${a.exercise}` < `${b.student} ${b.exercise}` ? -1 : 1);
}

/** One batch for all tests of what comes of it; the folder is there no longer. */
const shared = withFolder(SUBMISSIONS, (folder) => batchOf(folder, { jobs: 2 }));

async function rowOf(student: string, exercise = "a"): Promise<GradeRow> {
  const row = (await shared).rows.find((row) =>
    row.student === student && row.exercise === exercise
  );
  assert(row !== undefined, `${student} ${exercise}`);
  return row;
}

/** The points of each function, and the status and message of the first check of the first. */
async function outcomeOf(student: string): Promise<[number[], string, string]> {
  const { functions, checks: [{ status, message }] } = await rowOf(student);
  return [functions.map(({ score }) => score), status, message];
}

Deno.test("there is one row for each student and exercise", async () => {
  const { rows, plan } = await shared;
  assertEquals([plan.rows, plan.kept, plan.exercises], [11, 0, ["a", "b"]]);
  const names = rows.map(({ student, exercise }) => `${student} ${exercise}`);
  const students = Object.keys(SUBMISSIONS).map((name) => name.replace(".zip", ""));
  // Few have a file for B: the others are not asked for it.
  assertEquals(names.sort(), [...students.map((id) => `${id} a`), "ana b", "misnamed b"].sort());
});

Deno.test("right solutions have all points, from folders and zip files", async () => {
  for (const [student, exercise] of [["ana", "a"], ["bea", "a"], ["ana", "b"]]) {
    const { score, maxScore, checks, reason } = await rowOf(student, exercise);
    assertEquals([score, reason], [maxScore, undefined]);
    assert(maxScore > 0 && checks.every(({ status }) => status === "passed"));
    assert(checks.some(({ visibility }) => visibility === "hidden"));
  }
});

Deno.test("answers come with their questions", async () => {
  const { answers } = await rowOf("ana");
  assertEquals(answers.map(({ number }) => number), answers.map((_, i) => i + 1));
  assertEquals(answers[1].answer, "Because <b>it</b> is.");
  assert(answers.every(({ number, answer }) => number === 2 || answer === ""));
  assert(answers.every(({ question }) => question.length > 10));
});

Deno.test("what is wrong with one function costs that one, and says so", async () => {
  const [, kl] = (await rowOf("ana")).functions;
  const cases: [string, string, RegExp][] = [
    ["dot", "error", /^reparameterize ended the program it runs in.*, exercise_a\.ts$/],
    ["far", "rejected", /^reparameterize computes \d+ numbers.*too large, exercise_a\.ts$/],
    ["late", "timeout", /^reparameterize did not finish within 3 s; .*, exercise_a\.ts$/],
    ["loud", "error", /^reparameterize: Error: red <b>, exercise_a\.ts:1$/],
  ];
  for (const [student, expected, says] of cases) {
    const [scores, status, message] = await outcomeOf(student);
    assertEquals([scores, status], [[0, kl.maxScore, 0, 0], expected], student);
    assertMatch(message, says);
  }
});

Deno.test("a file that cannot be read as TypeScript has its place in every message", async () => {
  const { score, checks } = await rowOf("torn");
  assertEquals(score, 0);
  for (const { function: name, status, message } of checks) {
    // It waits for the others.
    if (name === "vaeLoss") continue;
    assertEquals(status, "error");
    assertMatch(message, /^the file cannot be read as TypeScript: .*, exercise_a\.ts:1$/);
  }
});

Deno.test("where there is nothing to judge there is a reason", async () => {
  const reasons = {
    empty: "there is no exercise_a.ts, nor any other file; hand it in",
    misnamed: "there is no exercise_a.ts; rename Exercise_A.ts to exercise_a.ts",
  };
  for (const [student, reason] of Object.entries(reasons)) {
    const row = await rowOf(student);
    assertEquals([row.score, row.reason], [0, reason]);
    assert(row.checks.every(({ status, message }) => status === "missing" && message === reason));
    assertEquals(row.maxScore, (await rowOf("ana")).maxScore);
  }
});

Deno.test("an empty file exports nothing, and that is no reason but a result", async () => {
  const { reason, checks } = await rowOf("misnamed", "b");
  assertEquals(reason, undefined);
  assert(checks.every(({ status }) => status === "missing" || status === "skipped"));
  assertMatch(checks[0].message, /^the file exports no sigmaVe/);
});

Deno.test("rows are the same from run to run, for any number of jobs, and whoever else is there", async () => {
  const { rows } = await shared;
  const { late: _, ...others } = SUBMISSIONS;
  const again = await withFolder(others, (folder) => batchOf(folder, { jobs: 3 }));
  assertEquals(timeless(again.rows), timeless(rows.filter(({ student }) => student !== "late")));
});

Deno.test({
  name: "nothing is left of a batch that was given up: no process, no folder",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withFolder(
      { late: SUBMISSIONS.late, ana: SUBMISSIONS.ana },
      // The folder of temporary files is in the command lines of runners.
      (folder) =>
        withFolder({}, async (temporary) => {
          for await (const row of grade(folder, { jobs: 2, exercises: ["a"], temporary })) {
            // `late` is still being judged.
            assertEquals(row.student, "ana");
            assert(processesWith(temporary) > 0);
            break;
          }
          await noProcessWith(temporary);
          assertEquals([...Deno.readDirSync(temporary)], []);
        }),
    ),
});

Deno.test({
  name: "when what judges is killed, another does it again, and the marks are the same",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    // Judging it takes four seconds at least, and somebody comes in between.
    withFolder({ late: SUBMISSIONS.late }, (folder) =>
      withFolder({}, async (temporary) => {
        const rows = grade(folder, { temporary, timeout: 4, exercises: ["a"] });
        const next = rows.next();
        let judges: number[] = [];
        await until("a judge has begun", () => (judges = judgesOf(temporary)).length > 0);
        for (const pid of judges) Deno.kill(pid, "SIGKILL");
        const { value: row } = await next;
        assert(row !== undefined);
        assertEquals(row.functions, (await rowOf("late")).functions);
        assertEquals(row.notes.length, 1);
        assertMatch(row.notes[0], /^the process that judged \w+ ended \(signal 9\), and another/);
        await rows.return();
      })),
});

Deno.test("a batch ends when it is told to", () =>
  withFolder({ late: SUBMISSIONS.late }, async (folder) => {
    const controller = new AbortController();
    const rows = grade(folder, { signal: controller.signal, exercises: ["a"] });
    const next = rows.next();
    setTimeout(() => controller.abort(), 500);
    await assertRejects(() => next, DOMException, "aborted");
  }));

Deno.test("what is graded can be chosen", () =>
  withFolder({ ana: { "exercise_a.ts": A }, bob: {} }, async (folder) => {
    const { rows, plan } = await batchOf(folder, {
      ...{ only: ["bob"], exercises: ["b", "c", "exercise-b"] },
      // Results may lie among the submissions.
      out: `${folder}/results`,
    });
    assertEquals(plan.exercises, ["b", "c"]);
    const reasons = rows.map(({ student, exercise, reason }) => [student, exercise, reason]);
    assertEquals(reasons, [
      ["bob", "b", "there is no exercise_b.ts, nor any other file; hand it in"],
      ["bob", "c", "there is no answers_c.md; hand it in"],
    ]);
  }));

Deno.test("options that mean nothing are refused", () =>
  withFolder({ ana: {} }, async (folder) => {
    const cases: [GradeOptions, string][] = [
      [{ jobs: 0 }, "jobs is 0"],
      [{ timeout: NaN }, "timeout is NaN"],
      [{ seed: 0.5 }, "seed is 0.5"],
      [{ shard: { index: 4, count: 3 } }, "shard is 4 of 3"],
      [{ shard: { index: 0, count: 3 } }, "shard is 0 of 3"],
      [{ out: folder }, "is the folder with the submissions"],
      [{ exercises: ["z"] }, 'there is no exercise "z"'],
      [{ only: ["anna"] }, 'did you mean "ana"?'],
    ];
    for (const [options, message] of cases) {
      await assertRejects(() => batchOf(folder, options), UsageError, message);
    }
  }));

Deno.test("a folder without submissions is refused", () =>
  withFolder({ "notes.txt": "" }, async (folder) => {
    await assertRejects(() => batchOf(folder), UsageError, "there are no submissions");
  }));
