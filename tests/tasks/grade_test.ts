import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { JOURNAL, readJournal } from "../../lib/course/grading/journal.ts";
import type { GradedCheck, GradeRow } from "../../mod.ts";
import { fill, type Tree, withFolder } from "../lib/course/grading/folders.ts";
import { judgesOf, noProcessWith, processesWith } from "../lib/course/runner/processes.ts";
import { PROJECT, solutionText, StudentProject } from "../student_project.ts";
import { until } from "../until.ts";

const B = await solutionText("b_score");
const SIGMA = B.slice(0, B.indexOf("export function veForward"));
const LOOP = "export const sigmaVe = () => { for (;;); };";
const project = new StudentProject(PROJECT);

/** Submissions that are graded quickly, and one name that is data. */
const SUBMISSIONS: Tree = Object.fromEntries(
  ["ada", "bob", "cyd", "dan", "=eve", "fay", "gil"].map((student, i) => [
    student,
    { "exercise_b.ts": `${i % 3 === 0 ? B : SIGMA}\n// ${student}\n` },
  ]),
);

/** The grader as the task runs it, but as one process that can be killed. */
function start(folder: string, ...args: readonly string[]): Deno.ChildProcess {
  const { tasks } = JSON.parse(Deno.readTextFileSync(join(PROJECT, "deno.json")));
  const [command, ...rest] = tasks.grade.command.split(" ");
  assertEquals(command, "deno");
  return new Deno.Command(Deno.execPath(), {
    args: [...rest, join(folder, "in"), "--out", join(folder, "out"), "--jobs", "2", ...args],
    cwd: PROJECT,
    env: {
      TMPDIR: join(folder, "tmp"),
      // As it may be elsewhere: Deno hands this on only to who may run everything,
      LD_LIBRARY_PATH: "/nowhere",
      LD_RUN_PATH: "/nowhere",
      // and this is stronger than NO_COLOR.
      FORCE_COLOR: "1",
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function outcomeOf(grader: Deno.ChildProcess) {
  const { code, stdout, stderr } = await grader.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/** The results in a folder, without times. */
async function resultsIn(out: string): Promise<unknown[]> {
  const { results } = JSON.parse(await Deno.readTextFile(join(out, "grades.json")));
  return JSON.parse(
    JSON.stringify(results, (key, value) => key === "seconds" ? undefined : value),
  );
}

/** Waits until a journal has so many rows. */
async function untilRows(out: string, count: number): Promise<void> {
  await until(`${count} rows are there`, async () => {
    return ((await readJournal(out))?.entries.size ?? 0) >= count;
  });
}

/** Kills a grader, which may have come to its end meanwhile. */
function kill(grader: Deno.ChildProcess): void {
  try {
    grader.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

/** The results of a batch that nothing happened to; its folder is there no longer. */
const clean = withFolder({ in: SUBMISSIONS }, async (folder) => {
  const out = join(folder, "out");
  const { code, stdout, stderr } = await project.task("grade", join(folder, "in"), "--out", out);
  assertEquals([code, stderr], [0, ""]);
  return { stdout, results: await resultsIn(out), names: [...Deno.readDirSync(out)] };
});

Deno.test("a batch is graded, summed up, and written in every form", async () => {
  const { stdout, results, names } = await clean;
  assertMatch(stdout, /^(.*\n)?7 results for exercise B\n/);
  assertMatch(stdout, /grading: 7 of 7, 0 s left\n/);
  assertMatch(
    stdout,
    /Exercise B: 7 of 7 submissions graded; mean [\d.]+, median \d+ of \d+, 3 with/,
  );
  assertMatch(stdout, /\nResults: .*index\.html, and grades\.csv beside it\n$|Graded in/);
  assertEquals(results.length, 7);
  for (const name of ["grades.csv", "grades.json", "junit.xml", "index.html", "similarity.html"]) {
    assert(names.some((entry) => entry.name === name), name);
  }
});

Deno.test("killed at any moment, a batch goes on where it was, and comes to the same", async () => {
  const { results } = await clean;
  await withFolder({ in: SUBMISSIONS, tmp: {} }, async (folder) => {
    const out = join(folder, "out");
    for (const rows of [0, 1, 3, 4]) {
      const grader = start(folder, "--resume");
      await untilRows(out, rows);
      await new Promise((resolve) => setTimeout(resolve, 150 * Math.random()));
      kill(grader);
      await outcomeOf(grader);
      await noProcessWith(join(folder, "tmp"));
    }
    const kept = (await readJournal(out))!.entries.size;
    assert(kept >= 4);
    // As if it had died while it wrote.
    await Deno.writeTextFile(join(out, JOURNAL), '{"entry":{"key":"', { append: true });
    const { code, stdout, stderr } = await outcomeOf(start(folder, "--resume"));
    assertEquals([code, stderr], [0, ""]);
    assertMatch(stdout, new RegExp(`7 results for exercise B, ${kept} of them from the journal`));
    assertEquals(await resultsIn(out), results);
    // What killed runs left is gone as well.
    assertEquals([...Deno.readDirSync(join(folder, "tmp"))], []);
  });
});

Deno.test("Ctrl-C ends a batch at once, keeps what is done, and says how to go on", () =>
  withFolder(
    { in: { ...SUBMISSIONS, zoe: { "exercise_b.ts": "for (;;);" } }, tmp: {} },
    async (folder) => {
      const grader = start(folder, "--timeout", "60", "--jobs", "8");
      await untilRows(join(folder, "out"), 2);
      grader.kill("SIGINT");
      const { code, stdout, stderr } = await outcomeOf(grader);
      assertEquals([code, stderr], [130, "grade: interrupted\n"]);
      assertMatch(stdout, /\n\d results in the journal: go on with --resume\n$/);
      await noProcessWith(join(folder, "tmp"));
      assertEquals([...Deno.readDirSync(join(folder, "tmp"))], []);
    },
  ));

Deno.test("Ctrl-C before there is any result says that nothing is graded", () =>
  withFolder({ in: { zoe: { "exercise_b.ts": "for (;;);" } }, tmp: {} }, async (folder) => {
    const grader = start(folder, "--timeout", "60");
    await until("a runner is there", () => processesWith(join(folder, "tmp")) > 0);
    grader.kill("SIGINT");
    const { code, stdout, stderr } = await outcomeOf(grader);
    assertEquals([code, stderr], [130, "grade: interrupted\n"]);
    assertMatch(stdout, /\nnothing is graded yet\n$/);
  }));

Deno.test({
  name: "what the grader could not judge is no zero: it is named, and the exit status is 1",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withFolder(
      { in: { zoe: { "exercise_b.ts": LOOP } }, tmp: {} },
      async (folder) => {
        const grader = start(folder, "--timeout", "60", "--jobs", "1");
        const killed = new Set<number>();
        await until("two judges are killed", () => {
          // Whatever it is at, the first function is the one that is not judged.
          for (const pid of judgesOf(join(folder, "tmp"))) {
            if (killed.has(pid)) continue;
            Deno.kill(pid, "SIGTERM");
            killed.add(pid);
          }
          return killed.size >= 2;
        });
        const { code, stdout } = await outcomeOf(grader);
        assertEquals(code, 1, stdout);
        assertMatch(stdout, /\nThe grader failed, and did not give points:\n {2}zoe b: sigma-/);
        assertMatch(stdout, /the process that judges ended twice at sigmaVe \(signal 15/);
        const { results: [row] } = JSON.parse(
          await Deno.readTextFile(join(folder, "out", "grades.json")),
        );
        const statuses = Map.groupBy(row.checks, ({ status }: GradedCheck) => status);
        const functions = new Set(statuses.get("grader-error")!.map((check) => check.function));
        assertEquals([...functions], ["sigmaVe"]);
        // Others were judged: they are not there.
        assert(statuses.get("missing")!.some((check) => check.function === "veForward"));
        await noProcessWith(join(folder, "tmp"));
      },
    ),
});

Deno.test("a roster gives names, and a row to who handed in nothing, in parts as in the whole", () =>
  withFolder({
    in: { ada: { "exercise_b.ts": SIGMA }, bob: {} },
    "class.csv": "\ufeffstudent_id;last_name\r\nada;Lovelace\r\nzoe;=Zou\r\n",
  }, async (folder) => {
    const roster = ["--roster", join(folder, "class.csv")];
    const options = [join(folder, "in"), "--exercise", "b", "--jobs", "1", ...roster];
    const out = join(folder, "out");
    const whole = await project.task("grade", ...options, "--out", out);
    assertEquals([whole.code, whole.stderr], [0, ""]);
    assertMatch(whole.stdout, /^(.*\n)?not on the roster: bob\n/);
    assertMatch(whole.stdout, /\n {2}zoe b: nothing was handed in: /);
    const parts = ["1/2", "2/2"].map((shard, i) => [shard, join(folder, `part-${i}`)]);
    for (const [shard, part] of parts) {
      await project.task("grade", ...options, "--shard", shard, "--out", part);
    }
    const merged = join(folder, "merged");
    const folders = parts.map(([, part]) => part);
    await project.task("grade", "merge", ...folders, "--out", merged);
    const again = await project.task("grade", ...options, "--out", merged, "--resume");
    assertMatch(again.stdout, /3 results for exercise B, 3 of them from the journal/);
    const table = async (out: string) => await Deno.readTextFile(join(out, "nbgrader.csv"));
    assertMatch(await table(out), /\nexercise_b,,,zoe,'=Zou,,,0,0,0,\d+\r\n$/);
    assertEquals(await table(merged), await table(out));
  }));

Deno.test("parts that are graded apart make the same whole", async () => {
  const { results } = await clean;
  await withFolder({ in: SUBMISSIONS }, async (folder) => {
    const parts = await Promise.all(["1/3", "2/3", "3/3"].map(async (shard, i) => {
      const out = join(folder, `part ${i + 1}`);
      const dir = join(folder, "in");
      const ended = await project.task("grade", dir, "--out", out, "--shard", shard, "--jobs", "1");
      assertEquals([ended.code, ended.stderr], [0, ""]);
      return out;
    }));
    const out = join(folder, "out");
    const merged = await project.task("grade", "merge", ...parts.toReversed(), "--out", out);
    assertEquals([merged.code, merged.stderr], [0, ""]);
    assertEquals(await resultsIn(out), results);
  });
});

Deno.test("only what changed is graded again, and one student alone if that is asked for", () =>
  withFolder({ in: SUBMISSIONS }, async (folder) => {
    const [dir, out] = [join(folder, "in"), join(folder, "out")];
    const grade = async (...options: readonly string[]) => {
      const { code, stdout, stderr } = await project.task(
        ...["grade", dir, "--out", out, "--json"],
        ...options,
      );
      assertEquals(code, 0, stderr);
      const { results }: { results: GradeRow[] } = JSON.parse(stdout);
      assertEquals(await resultsIn(out), JSON.parse(JSON.stringify(await resultsIn(out))));
      return { results, text: stderr };
    };
    const first = await grade();
    assertEquals(first.results.length, 7);
    await fill(dir, { bob: { "exercise_b.ts": B } });
    const second = await grade("--resume");
    assertMatch(second.text, /7 results for exercise B, 6 of them from the journal/);
    const changed = second.results.filter((row, i) => row.score !== first.results[i].score);
    assertEquals(changed.map(({ student }) => student), ["bob"]);
    const seconds = ({ student, seconds }: GradeRow) => [student, seconds];
    const third = await grade("--only==eve");
    assertMatch(third.text, /7 results for exercise B, 6 of them from the journal/);
    const before = second.results.filter(({ student }) => student !== "=eve").map(seconds);
    const after = third.results.filter(({ student }) => student !== "=eve").map(seconds);
    assertEquals(after, before);
  }));

Deno.test("a command line that cannot be understood is refused in one line", async () => {
  const cases: [string[], RegExp][] = [
    [[], /name the folder with the submissions/],
    [["/nowhere", "--out", "/tmp"], /there is no folder \/nowhere/],
    [["x", "--out", join(PROJECT, "mod.ts")], /--out: .*mod\.ts is a file, or lies in one; name a/],
    [["x", "--roster", "/nowhere.csv"], /--roster: there is no file \/nowhere\.csv; name a CSV/],
    [["x", "--shard", "0/3"], /--shard takes a part and how many there are, from 1\/3 to 3\/3/],
    [["x", "--shard", "4/3"], /--shard takes/],
    [["x", "--jobs", "0"], /--jobs takes a whole number from 1/],
    [["x", "--only="], /--only takes a value, STUDENT/],
    [["x", "y"], /one folder is graded at a time/],
    [["merge"], /name the folders of the parts/],
  ];
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = await project.task("grade", ...args);
    assertEquals([code, stdout], [2, ""], args.join(" "));
    assertMatch(stderr, /^grade( merge)?: [^\n]+\n$/);
    assertMatch(stderr, message);
  }
});
