import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { inProjectCopy, PROJECT, solutionText } from "../student_project.ts";
import { stubOf } from "../../lib/course/stub.ts";

async function questions(folder: string): Promise<string> {
  return await Deno.readTextFile(join(PROJECT, "exercises", folder, "questions.md"));
}

Deno.test("start writes the stub and the questions, and says what is next", async () => {
  await inProjectCopy(async (project) => {
    const { code, stdout, stderr } = await project.task("start", "a");
    assertEquals([code, stderr], [0, ""]);
    assertEquals(project.names("work"), ["answers_a.md", "exercise_a.ts"]);
    assertEquals(await project.read("work/exercise_a.ts"), stubOf(await solutionText("a_vae")));
    assertEquals(await project.read("work/answers_a.md"), await questions("a_vae"));
    assertMatch(stdout, /^written +work\/exercise_a\.ts\nwritten +work\/answers_a\.md\n/);
    for (const step of ["exercises/a_vae/README.md", "deno task exercise-a --watch"]) {
      assert(stdout.includes(step), step);
    }
  });
});

Deno.test("work that is there is left as it is, and is kept when it is begun again", async () => {
  await inProjectCopy(async (project) => {
    await project.write("work/exercise_b.ts", "// mine\n");
    const again = await project.task("start", "b");
    assertEquals(again.code, 0);
    assertMatch(again.stdout, /^there +work\/exercise_b\.ts \(your work; left as it is\)\n/);
    assertMatch(again.stdout, /deno task start b --reset/);
    assertEquals(await project.read("work/exercise_b.ts"), "// mine\n");

    const reset = await project.task("start", "b", "--reset");
    assertMatch(
      reset.stdout,
      /^kept +work\/exercise_b\.backup-1\.ts\nwritten +work\/exercise_b\.ts/,
    );
    assertEquals(await project.read("work/exercise_b.backup-1.ts"), "// mine\n");
    const stub = stubOf(await solutionText("b_score"));
    assertEquals(await project.read("work/exercise_b.ts"), stub);

    // A second backup does not take the place of the first; of an untouched stub there is none.
    await project.write("work/exercise_b.ts", "// more\n");
    await project.task("start", "b", "--reset");
    await project.task("start", "b", "--reset");
    assertEquals(project.names("work"), [
      "answers_b.md",
      "exercise_b.backup-1.ts",
      "exercise_b.backup-2.ts",
      "exercise_b.ts",
    ]);
    assertEquals(await project.read("work/exercise_b.backup-2.ts"), "// more\n");
  });
});

Deno.test("start c writes the questions alone, since the code is given", async () => {
  await inProjectCopy(async (project) => {
    const { code, stdout } = await project.task("start", "C", "--json");
    assertEquals(code, 0);
    assertEquals(project.names("work"), ["answers_c.md"]);
    assertEquals(await project.read("work/answers_c.md"), await questions("c_discrete"));
    assertEquals(JSON.parse(stdout), {
      exercise: "c",
      files: [{
        path: join(await Deno.realPath(project.folder), "work/answers_c.md"),
        state: "written",
      }],
    });
  });
});

Deno.test("what cannot be begun ends with status 2 and one line that says what can", async () => {
  const cases: [string[], RegExp][] = [
    [[], /name an exercise, such as: deno task start a/],
    [["x"], /there is no exercise "x"; there are a, b, c, d, e/],
    [["a", "b"], /unexpected argument "b": one exercise is begun at a time/],
    [["a", "--rest"], /there is no option --rest; did you mean --reset\?/],
  ];
  await inProjectCopy(async (project) => {
    for (const [args, message] of cases) {
      const { code, stdout, stderr } = await project.task("start", ...args);
      assertEquals([code, stdout], [2, ""], args.join(" "));
      assertMatch(stderr, /^start: [^\n]+\n$/);
      assertMatch(stderr, message);
    }
    assert(!project.names(".").includes("work"));
  });
});
