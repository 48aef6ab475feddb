import { assert, assertEquals, assertMatch } from "@std/assert";
import { unzipSync } from "fflate";
import { join } from "node:path";
import { autograderZip } from "../../lib/course/grading/outputs/autograder/zip.ts";
import type { GradescopeResults } from "../../lib/course/grading/outputs/forms/gradescope.ts";
import { type Ended, PROJECT, solutionText, StudentProject } from "../student_project.ts";

/** Gradescope's folders, with the autograder unpacked as Gradescope does it. */
class Gradescope {
  constructor(readonly root: string) {}

  async unpack(zip: Uint8Array): Promise<void> {
    for (const [path, bytes] of Object.entries(unzipSync(zip))) {
      await this.write(`source/${path}`, bytes);
    }
    await Deno.copyFile(join(this.root, "source/run_autograder"), this.path("run_autograder"));
    await Deno.chmod(this.path("run_autograder"), 0o755);
    await Deno.chmod(this.path("source/setup.sh"), 0o755);
  }

  path(...names: readonly string[]): string {
    return join(this.root, ...names);
  }

  async write(path: string, content: Uint8Array | string): Promise<void> {
    await Deno.mkdir(this.path(path, ".."), { recursive: true });
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(this.path(path), bytes);
  }

  /** Grades what is submitted, with packages from this machine's cache. */
  async run(script = "run_autograder", env: Record<string, string> = {}): Promise<Ended> {
    const info = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
    const { denoDir } = JSON.parse(new TextDecoder().decode(info.stdout));
    const { code, stdout, stderr } = await new Deno.Command(this.path(script), {
      cwd: this.root,
      env: { AUTOGRADER_ROOT: this.root, DENO_DIR: denoDir, ...env },
      stdin: "null",
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, stdout: text(stdout), stderr: text(stderr) };
  }

  async results(): Promise<GradescopeResults> {
    return JSON.parse(await Deno.readTextFile(this.path("results/results.json")));
  }
}

async function inGradescope(test: (gradescope: Gradescope) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    const gradescope = new Gradescope(root);
    await gradescope.unpack(await ZIP);
    await test(gradescope);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

const OPTIONS = { exercise: "b", seed: 3 };
const ZIP = autograderZip(PROJECT, OPTIONS);

/** The scores of the tests together. */
function scoreOf({ tests }: GradescopeResults): number {
  return tests.reduce((sum, { score = 0 }) => sum + score, 0);
}

Deno.test("the task writes the zip; both scripts are at its root and executable", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "a.zip");
  const project = new StudentProject(PROJECT);
  const { code, stdout, stderr } = await project.task(
    "gradescope",
    "--exercise",
    "A",
    "--out",
    path,
  );
  assertEquals([code, stderr], [0, ""]);
  assertMatch(stdout, /^The autograder is .*a\.zip \(\d\.\d MB\)\.\n/);
  const zip = await Deno.readFile(path);
  assertEquals(modesIn(zip, ["setup.sh", "run_autograder", "failed.json"]), [
    ...[0o100755, 0o100755, 0o100644],
  ]);
  const files = unzipSync(zip);
  for (const name of ["exercises/a_vae/solution.ts", "exercises/a_vae/hidden.ts", "deno.lock"]) {
    assert(`genlab/${name}` in files, name);
  }
  assert(!Object.keys(files).some((name) => /^genlab\/(tests|data|out|work|\.git)\//.test(name)));
  const script = new TextDecoder().decode(files["run_autograder"]);
  assertMatch(script, /^#!\/usr\/bin\/env bash\n/);
  assertMatch(script, / --exercise a --seed 0\n/);
  assertMatch(
    new TextDecoder().decode(files["setup.sh"]),
    /npm install --global deno@2\.\d+\.\d+\n/,
  );
  await Deno.remove(folder, { recursive: true });
});

/** The modes of files by the central directory (APPNOTE 4.3.12: external attributes' upper half). */
function modesIn(zip: Uint8Array, names: readonly string[]): number[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const modes = new Map<string, number>();
  for (let at = 0; at + 46 < zip.length; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    const name = new TextDecoder().decode(
      zip.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)),
    );
    assertEquals(view.getUint8(at + 5), 3, "made on Unix, so that its modes count");
    modes.set(name, view.getUint32(at + 38, true) >>> 16);
  }
  return names.map((name) => modes.get(name) ?? 0);
}

Deno.test("the same project gives the same bytes, in any folder and at any time", async () => {
  const zips = await Promise.all([1, 2].map(async (order) => {
    const folder = await Deno.makeTempDir();
    const files = ["deno.json", "deno.lock", "LICENSE", "mod.ts", "lib/b.ts", "lib/a.ts"];
    for (
      const path of ["exercises/x.ts", "tasks/grade.ts", ...files].sort((a, b) =>
        order === 1 ? a.localeCompare(b) : b.localeCompare(a)
      )
    ) {
      await Deno.mkdir(join(folder, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(folder, path), path);
      await Deno.utime(join(folder, path), order * 1e9, order * 1e9);
    }
    const zip = await autograderZip(folder, OPTIONS);
    await Deno.remove(folder, { recursive: true });
    return zip;
  }));
  assertEquals(zips[0], zips[1]);
});

Deno.test("on Gradescope a right submission has all points", () =>
  inGradescope(async (gradescope) => {
    await gradescope.write("submission/exercise_b.ts", await solutionText("b_score"));
    await gradescope.write("submission/answers_b.md", "## Question 1\n\n**Answer 1.** So.\n");
    const { code, stderr } = await gradescope.run();
    assertEquals(code, 0, stderr);
    const results = await gradescope.results();
    assert(results.score > 0);
    assertEquals(results.score, scoreOf(results));
    assert(results.tests.every(({ status }) => status === "passed"), JSON.stringify(results));
    assert(results.tests.some(({ visibility }) => visibility === "after_published"));
    assertEquals(Array.from(Deno.readDirSync(gradescope.path("results"))).length, 1);
  }));

Deno.test("on Gradescope a wrong file name is said to the student", () =>
  inGradescope(async (gradescope) => {
    await gradescope.write("submission/Exercise-B.ts", await solutionText("b_score"));
    assertEquals((await gradescope.run()).code, 0);
    const results = await gradescope.results();
    assertEquals([results.score, scoreOf(results)], [0, 0]);
    assertMatch(results.output, /^Exercise B: Nothing could be graded: .*Exercise-B\.ts/);
  }));

Deno.test("when the grader dies there is a result all the same, which is no mark", () =>
  inGradescope(async (gradescope) => {
    await gradescope.write("submission/exercise_b.ts", await solutionText("b_score"));
    const deaths: [string, () => Promise<void>][] = [
      [
        "a grader that is broken",
        () => gradescope.write("source/genlab/tasks/grade.ts", "throw new Error('broken');"),
      ],
      [
        "a grader that is killed",
        () => gradescope.write("source/genlab/tasks/grade.ts", "Deno.kill(Deno.pid, 'SIGKILL');"),
      ],
      ["no grader", () => Deno.remove(gradescope.path("source/genlab"), { recursive: true })],
    ];
    for (const [name, die] of deaths) {
      await die();
      const { stderr } = await gradescope.run();
      assert(stderr !== "", name);
      const results = await gradescope.results();
      assertEquals([results.score, results.tests], [0, []], name);
      assertMatch(results.output, /grader itself failed, so this 0 is not your mark/);
      assertEquals(results.stdout_visibility, "hidden");
    }
  }));

Deno.test("setup.sh fetches every package and tries the grader, and fails if that does", () =>
  inGradescope(async (gradescope) => {
    const fake = '#!/bin/sh\necho "$@" >> "$AUTOGRADER_ROOT/calls"\n[ "$1" != "$FAILS" ]\n';
    await gradescope.write("bin/deno", fake);
    await Deno.chmod(gradescope.path("bin/deno"), 0o755);
    const PATH = `${gradescope.path("bin")}:/usr/bin:/bin`;
    assertEquals((await gradescope.run("source/setup.sh", { PATH })).code, 0);
    assertEquals(
      await Deno.readTextFile(gradescope.path("calls")),
      "install --frozen\ntask --quiet grade --help\n",
    );
    for (const FAILS of ["install", "task"]) {
      assert((await gradescope.run("source/setup.sh", { PATH, FAILS })).code !== 0, FAILS);
    }
  }));

Deno.test("bad usage is one clear line", async () => {
  const project = new StudentProject(PROJECT);
  const cases: [string[], RegExp][] = [
    [[], /name an exercise, such as: deno task gradescope --exercise a/],
    [["--exercise", "c"], /exercise c has no code to grade, only questions/],
    [["--exercise", "z"], /there is no exercise "z"/],
    [["a"], /name the exercise with --exercise/],
  ];
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = await project.task("gradescope", ...args);
    assertEquals([code, stdout], [2, ""]);
    assertMatch(stderr, /^gradescope: [^\n]+\n$/);
    assertMatch(stderr, message);
  }
});
