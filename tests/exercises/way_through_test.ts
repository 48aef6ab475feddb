import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { ENTRIES } from "../../exercises/catalogue.ts";
import { runChecks } from "../../lib/course/check.ts";
import { hasCode } from "../../lib/course/entry.ts";
import { exerciseProgram } from "../../lib/course/exercise_program.ts";
import { shortPath } from "../../lib/course/paths.ts";
import { inProcess, inRunner } from "../../lib/course/student.ts";
import { solutionsIn, stubOf } from "../../lib/course/stub.ts";
import { capture } from "../lib/course/capture.ts";
import {
  type Ended,
  inProjectCopy,
  partlyWritten,
  PROJECT,
  solutionText,
  type StudentProject,
} from "../student_project.ts";

/** A line of the JSON document's checks. */
interface Check {
  readonly function: string;
  readonly status: string;
}

/** What changes colours; other codes, with which Deno shows what it does, are none of ours. */
const COLOUR = /\p{Cc}\[[\d;]*m/u;

/** What a person sees: without colours, and with the line ends of a file. */
function seen({ stdout }: Ended): string {
  return stdout.replace(/\p{Cc}\[[\d;]*[A-Za-z]/gu, "").replaceAll("\r\n", "\n");
}

for (const entry of ENTRIES.filter(hasCode)) {
  const { name, folder, code } = entry;

  Deno.test(`exercise ${name}: the solution passes every check, the stub none`, async () => {
    const exercise = await code.load();
    const solution = await import(join(PROJECT, "exercises", folder, "solution.ts"));
    for await (const { id, status } of runChecks(exercise, inProcess({ ...solution }))) {
      assertEquals(status, "passed", id);
    }
    const work = await Deno.makeTempDir();
    await Deno.writeTextFile(join(work, "stub.ts"), stubOf(await solutionText(folder)));
    const student = await inRunner(join(work, "stub.ts"));
    const given = exercise.functions.filter(({ given }) => given).map(({ name }) => name);
    for await (const { id, status, function: name } of runChecks(exercise, student)) {
      // What is given cannot work before what it is given for.
      assertEquals(status, given.includes(name) ? "skipped" : "not-written", id);
    }
    await student.close();
    await Deno.remove(work, { recursive: true });
  });

  Deno.test(`exercise ${name}: each function that is written turns its checks green`, async () => {
    const solution = await solutionText(folder);
    const names = [...solutionsIn(solution).keys()];
    const work = await Deno.makeTempDir();
    const file = join(work, "mine.ts");
    // Of many functions, some are written at once.
    const step = Math.ceil(names.length / 3);
    const rounds = names.map((_, i) => i).filter((i) => i % step === 0);
    for (const written of [...rounds, names.length]) {
      const text = partlyWritten(solution, names.slice(0, written));
      await Deno.writeTextFile(file, text);
      const ended = await capture(exerciseProgram(entry), [file, "--json", "--out", work]);
      const { checks } = JSON.parse(ended.stdout) as { checks: Check[] };
      for (const [i, name] of names.entries()) {
        const statuses = checks.filter((check) => check.function === name)
          .map(({ status }) => status);
        assertEquals([...new Set(statuses)], [i < written ? "passed" : "not-written"], name);
      }
      const open = [...ended.stderr.matchAll(/^ {2}· not written yet: (\w+), (.+)$/gm)];
      assertEquals(open.map(([, name]) => name), names.slice(written));
      for (const [, name, place] of open) {
        const line = text.split("\n").findIndex((line) => line.includes(`NotImplemented("${name}`));
        assertEquals(place, `${shortPath(file)}:${line + 1}`);
      }
      assertEquals(ended.status, written < names.length ? 1 : 0);
      assertEquals(JSON.parse(ended.stdout).typeErrors, []);
    }
    await Deno.remove(work, { recursive: true });
  });
}

Deno.test("in a fresh clone an exercise runs the reference, and says how to begin", async () => {
  await inProjectCopy(async (project) => {
    const { code, stdout, stderr } = await project.task("exercise-a");
    assertEquals([code, stderr], [0, ""]);
    assertMatch(stdout, /^the reference solution, as there is no work\/exercise_a\.ts; seed 0, /m);
    assertMatch(stdout, /^Example batch metrics: recon=33\.344, kl=2\.480, active_dims=5\/5$/m);
    assertMatch(stdout, /begin with: deno task start a\n$/);
    const refused = await project.task("exercise-a", "--solution");
    assertEquals([refused.code, refused.stdout], [1, ""]);
    assertMatch(refused.stderr, /^exercise-a: --solution: write your own first/);
  });
});

Deno.test("the JSON document holds the checks, metrics, figures and questions", async () => {
  await inProjectCopy(async (project) => {
    const { code, stdout } = await project.task("exercise-b", "--json", "--seed", "3");
    assertEquals(code, 0);
    const document = JSON.parse(stdout);
    assertEquals([document.exercise, document.source, document.seed], ["b", "reference", 3]);
    assert(["cpu", "cuda"].includes(document.device));
    for (const { id, status, message, hint, seconds } of document.checks) {
      assertEquals([status, typeof id, typeof message, typeof hint], [
        "passed",
        ...Array(3).fill("string"),
      ]);
      assert(seconds >= 0);
    }
    const { sigma, variance, targetVariance, scoreError } = document.metrics;
    for (const metric of [sigma, variance, targetVariance, scoreError]) {
      assert(metric !== undefined);
    }
    assert(document.figures.length > 0);
    for (const path of document.figures) assert((await Deno.stat(path)).size > 0);
    assertEquals(document.questions[0], { number: 1, answered: false });
  });
});

/** The stub of exercise A with one function written, in one line, and that line's number. */
async function withKl(code: string): Promise<[text: string, line: number]> {
  const stub = stubOf(await solutionText("a_vae"));
  const thrown = 'throw new NotImplemented("klDiagGaussianToStandard");';
  const [before] = stub.split(thrown);
  return [stub.replace(thrown, code), before.split("\n").length];
}

Deno.test("what is wrong with a file is said in the student's terms, and without our frames", async () => {
  const [stub, line] = await withKl("return mu;");
  const cases: [what: string, code: string, message: string][] = [
    ["shapes", "return mu.add(logvar.sum(1));", "add: shapes \\[64, 5\\] and \\[64\\].*PLACE"],
    ["exception", 'throw new Error("oh no");', "threw .*Error: oh no, PLACE"],
    [
      "loop",
      "while (true) {}",
      "klDiagGaussianToStandard did not finish within \\d+ s",
    ],
    ["return", "return 3 as unknown as Tensor;", "type .*klDiagGaussianToStandard returns 3"],
    ["syntax", "return mu.add(;", "syntax .*PLACE[^]*Next: mend the file, PLACE"],
    [
      "reads",
      "mu.tolist();",
      "threw .*values cannot be read inside klDiagGaussianToStandard.*PLACE",
    ],
  ];
  const files: [string, string, string][] = [[
    "missing",
    stub.replace("export function kl", "function kl"),
    "missing .*exports no klDiagGaussianToStandard",
  ]];
  for (const [what, code, message] of cases) files.push([what, (await withKl(code))[0], message]);
  await inProjectCopy(async (project) => {
    // All at once: most of the time one of them waits for its time limit.
    await Promise.all(files.map(async ([what, text, message]) => {
      await project.write(`work/${what}.ts`, text);
      const ended = await project.task("exercise-a", `work/${what}.ts`, "--out", `out/${what}`);
      assertEquals([ended.code, ended.stderr], [1, ""], what);
      const oneLine = ended.stdout.replace(/\s*\n {10,}/g, " ");
      assertMatch(
        oneLine,
        new RegExp(message.replaceAll("PLACE", `work/${what}.ts:${line}`)),
        what,
      );
      assert(!/\n\s+at |lib\/|file:\/\//.test(ended.stdout), ended.stdout);
      assert(!ended.stdout.includes("A hint:"), "a hint for what is no check's");
    }));
    await project.write("work/my file.ts", stub);
    const spaced = await project.task("exercise-a", "work/my file.ts");
    assertMatch(spaced.stdout, /^A hint: deno task exercise-a "work\/my file\.ts" --hint$/m);
    const none = await project.task("exercise-a", "work/exercise_x.ts");
    assertEquals([none.code, none.stdout], [1, ""]);
    assertMatch(
      none.stderr,
      /^exercise-a: there is no file work\/exercise_x\.ts; check the name, [^\n]+\n$/,
    );
  });
});

Deno.test("a type error in a file that passes every check is a failure all the same", async () => {
  const text = `${await solutionText("a_vae")}\nexport const wrong: string = 3;\n`;
  await inProjectCopy(async (project) => {
    await project.write("work/exercise_a.ts", text);
    const { code, stdout, stderr } = await project.task("exercise-a", "--json");
    assertEquals(code, 1);
    const { checks, typeErrors } = JSON.parse(stdout);
    for (const { id, status } of checks) assertEquals(status, "passed", id);
    const line = text.trimEnd().split("\n").length;
    const message = "Type 'number' is not assignable to type 'string'";
    assertEquals(typeErrors, [{ line, column: 14, message }]);
    const place = `work/exercise_a.ts:${line}`;
    assert(stderr.includes(`\n  ✗ type error, ${place}\n      ${message}\n`), stderr);
    assert(stderr.includes(`\nNext: mend the type error, ${place}\n`), stderr);
    const report = await project.read("out/exercise_a/report.html");
    assert(report.includes(`${place}: Type`));
  });
});

Deno.test("what a file prints is shown once, and never in the JSON document", async () => {
  const [text] = await withKl('console.log("hello"); return mu;');
  await inProjectCopy(async (project) => {
    await project.write("work/exercise_a.ts", text);
    const { stdout } = await project.task("exercise-a");
    assertEquals(stdout.match(/^printed: hello$/gm)?.length, 1);
    const document = JSON.parse((await project.task("exercise-a", "--json")).stdout);
    assertEquals(document.exercise, "a");
  });
});

/** Why a test cannot have a pseudo-terminal here; undefined where it can. */
async function noTerminal(): Promise<string | undefined> {
  if (Deno.build.os !== "linux") return "script of util-linux is on Linux only";
  const which = new Deno.Command("sh", { args: ["-c", "script --version && stty --version"] });
  return (await which.output()).success ? undefined : "there is no script of util-linux here";
}

const WITHOUT_TERMINAL = await noTerminal();
if (WITHOUT_TERMINAL !== undefined) {
  console.warn(`tests in a terminal are left out: ${WITHOUT_TERMINAL}`);
}

Deno.test({
  name: "a student's way: begin, a mistake, a hint, mended, answers, done, the solution",
  ignore: WITHOUT_TERMINAL !== undefined,
  fn: () => inProjectCopy(wayThrough),
});

async function wayThrough(project: StudentProject): Promise<void> {
  const run = (command: string) => project.inTerminal(`deno task --quiet ${command}`);
  const begun = await run("start a");
  assertEquals(begun.code, 0);
  assertMatch(seen(begun), /run +deno task exercise-a --watch\n/);

  const first = await run("exercise-a");
  assertEquals(first.code, 1);
  assert(COLOUR.test(first.stdout), "no colours in a terminal");
  assertEquals(seen(first).match(/not written yet: /g)?.length, 3);
  assertMatch(seen(first), /\nNext: write reparameterize, work\/exercise_a\.ts:\d+\n/);
  const plain = await project.inTerminal("NO_COLOR=1 deno task --quiet exercise-a");
  assert(!COLOUR.test(plain.stdout), "colours in spite of NO_COLOR");

  const solution = await solutionText("a_vae");
  const stub = await project.read("work/exercise_a.ts");
  const thrown = 'throw new NotImplemented("reparameterize");';
  assert(stub.includes(thrown));
  await project.write("work/exercise_a.ts", stub.replace(thrown, "return mu.add(logvar);"));
  const wrong = await run("exercise-a");
  assertEquals(wrong.code, 1);
  assertMatch(
    seen(wrong),
    / {2}✗ reparameterize .*\n {6}check .*\n[^]* {6}expected .*\n[^]* {6}received .*\n[^]* {6}where /,
  );
  assert(!/^ {6}hint /m.test(seen(wrong)), "a hint that was not asked for");
  assertMatch(
    seen(wrong),
    /Next: mend reparameterize, work\/exercise_a\.ts:\d+\nA hint: deno task exercise-a --hint\n/,
  );
  assertMatch(seen(await run("exercise-a --hint")), /^ {6}hint {6}\S/m);
  const early = seen(await run("exercise-a --solution"));
  assertMatch(early, /--solution: it is shown once your own passes every check; still open: rep/);
  const [[, official]] = solutionsIn(solution);
  const [secret] = official.split("\n");
  assert(!early.includes(secret));

  await project.write("work/exercise_a.ts", partlyWritten(solution, ["reparameterize"]));
  assertMatch(seen(await run("exercise-a")), / {2}✓ reparameterize\n/);
  await project.write(
    "work/exercise_a.ts",
    partlyWritten(solution, [...solutionsIn(solution).keys()]),
  );
  const right = await run("exercise-a");
  assertEquals(right.code, 0);
  assertMatch(seen(right), /recon=33\.344, kl=2\.480, active_dims=5\/5\n/);
  assertMatch(seen(right), /\nNext: answer questions 1 to 4 in work\/answers_a\.md\n/);
  const progress = seen(await run("progress"));
  assertMatch(progress, /functions 3 of 3, questions 0 of 4\n/);

  const answers = await project.read("work/answers_a.md");
  await project.write(
    "work/answers_a.md",
    answers.replace(/^\*\*Answer \d\.\*\*/gm, "$& Because."),
  );
  const done = await run("exercise-a --solution");
  assertEquals(done.code, 0);
  assertMatch(
    seen(done),
    /Questions: 4 of 4 answered[^]*Exercise A is done\.[^]*The official solution:/,
  );
  assert(seen(done).includes(secret));
  assertMatch(seen(await run("progress")), /questions 4 of 4\n[^]*Next: deno task start b/);
  for (const ended of [begun, first, wrong, right]) {
    for (const line of seen(ended).split("\n")) assert(line.length <= 80, line);
  }
}

Deno.test({
  name: "a watched file is checked again when it is saved, until Ctrl-C",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inProjectCopy(async (project) => {
      await project.task("start", "b");
      const solution = await solutionText("b_score");
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "exercises/b_score/main.ts", "--watch"],
        cwd: project.folder,
        // Started through npx, the tests have another one.
        env: { INIT_CWD: project.folder },
        stdout: "piped",
        stderr: "inherit",
      }).spawn();
      const read = reader(child.stdout);
      const round = () => read(/^Watching /m);
      // A file may be read half-way through being saved: then there is another round.
      const roundWith = async (line: string) => {
        let text = await round();
        while (!text.includes(line)) text += await round();
        return text;
      };
      assertEquals((await round()).match(/not written yet/g)?.length, 3);
      await project.write("work/exercise_b.ts", partlyWritten(solution, ["sigmaVe"]));
      await roundWith("✓ sigmaVe\n");
      // As editors do: the file is gone for a moment.
      await Deno.remove(join(project.folder, "work/exercise_b.ts"));
      await project.write("work/exercise_b.ts", solution);
      const whole = await roundWith("✓ veForward\n");
      assertMatch(whole, /✓ sigmaVe\n {2}✓ veForward\n {2}✓ conditionalScoreXtGivenX0\n/);
      // A save while a loop without end is being checked: nobody waits for its time limit.
      await project.write(
        "work/exercise_b.ts",
        solution.replace("return ", "while (true); return "),
      );
      await read(/^work\/exercise_b\.ts; seed 0/m);
      await project.write("work/exercise_b.ts", solution);
      const mended = await roundWith("✓ sigmaVe\n");
      assert(!mended.includes("did not finish"), mended);
      child.kill("SIGINT");
      await read();
      assertEquals((await child.status).code, 0);
    }),
});

Deno.test({
  name: "while a file is watched in a terminal, h shows hints and q ends it",
  ignore: WITHOUT_TERMINAL !== undefined,
  fn: () =>
    inProjectCopy(async (project) => {
      const [text] = await withKl("return mu.sum(1);");
      await project.write("work/exercise_a.ts", text);
      const child = new Deno.Command("script", {
        args: ["-qec", "deno task --quiet exercise-a --watch", "/dev/null"],
        cwd: project.folder,
        env: { INIT_CWD: project.folder, TERM: "xterm-256color" },
        stdin: "piped",
        stdout: "piped",
      }).spawn();
      const keyboard = child.stdin.getWriter();
      const press = (key: string) => keyboard.write(new TextEncoder().encode(key));
      const read = reader(child.stdout);
      assert(!/ hint {6}/.test(await read(/Watching .*\(h: hints, q: quit\)/)));
      await press("h");
      assertMatch(await read(/Watching /), / hint {6}/);
      await press("h");
      assert(!/ hint {6}/.test(await read(/Watching /)));
      // Also while a loop without end is waited for.
      await project.write("work/exercise_a.ts", `${text}\nwhile (true);\n`);
      await read(/; seed 0/);
      await press("q");
      assertEquals((await child.status).code, 0);
      await keyboard.close().catch(() => {});
      assert(!(await read()).includes("did not finish"));
    }),
});

/** Reads from a stream, up to the end of the line that matches or to the end. */
function reader(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): (end?: RegExp) => Promise<string> {
  const chunks = stream.pipeThrough(new TextDecoderStream()).getReader();
  return async (end) => {
    let text = "";
    while (end === undefined || !end.test(text) || !text.endsWith("\n")) {
      const { value, done } = await chunks.read();
      if (done) {
        assert(end === undefined, text);
        return text;
      }
      text += value;
    }
    return text;
  };
}
