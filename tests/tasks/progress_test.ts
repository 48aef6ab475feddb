import { assertEquals, assertMatch } from "@std/assert";
import { ENTRIES } from "../../exercises/catalogue.ts";
import { inProjectCopy, partlyWritten, solutionText } from "../student_project.ts";

Deno.test("before anything is begun, progress counts nothing and says how to begin", async () => {
  await inProjectCopy(async (project) => {
    const { code, stdout, stderr } = await project.task("progress");
    assertEquals([code, stderr], [0, ""]);
    assertMatch(
      stdout,
      /functions 0 of 3, questions 0 of 4\n[^]*functions 0 of 3, questions 0 of 3\n/,
    );
    assertMatch(stdout, /\n {5}questions 0 of 6\n/);
    assertMatch(stdout, /\nNext: deno task start a \(exercise A\)\n$/);
  });
});

Deno.test("progress counts the functions that pass and the questions that are answered", async () => {
  await inProjectCopy(async (project) => {
    const b = await solutionText("b_score");
    await project.write("work/exercise_a.ts", await solutionText("a_vae"));
    await project.write("work/exercise_b.ts", partlyWritten(b, ["sigmaVe"]));
    await project.write("work/answers_a.md", "## Question 1\n\n**Answer 1.** Yes.\n");
    await project.write("work/answers_c.md", "## Question 6\n\n**Answer 6.** No.\n");
    const { code, stdout, stderr } = await project.task("progress", "--json");
    assertEquals(code, 0);
    const document = JSON.parse(stdout);
    const summary = document.exercises.map((
      { exercise, started, functions, questions, next }: {
        exercise: string;
        started: boolean;
        functions: { name: string; state: string }[];
        questions: { number: number; answered: boolean }[];
        next: string;
      },
    ) => ({
      exercise,
      started,
      states: functions.map(({ state }) => state),
      answered: questions.filter(({ answered }) => answered).map(({ number }) => number),
      next: next.replace(/:\d+$/, ""),
    }));
    // The others are not begun.
    assertEquals(summary.length, ENTRIES.length);
    assertEquals(summary.slice(0, 3), [
      {
        exercise: "a",
        started: true,
        states: ["right", "right", "right"],
        answered: [1],
        next: "answer questions 2 to 4 in work/answers_a.md",
      },
      {
        exercise: "b",
        started: true,
        states: ["right", "not-written", "not-written"],
        answered: [],
        next: "write veForward, work/exercise_b.ts",
      },
      {
        exercise: "c",
        started: true,
        states: [],
        answered: [6],
        next: "answer questions 1 to 5 in work/answers_c.md",
      },
    ]);
    assertEquals(document.next, summary[0].next);
    assertMatch(
      stderr,
      /functions 3 of 3, questions 1 of 4\n[^]*functions 1 of 3, questions 0 of 3\n/,
    );
  });
});

Deno.test("what is begun comes before what is not, also if its file cannot be loaded", async () => {
  await inProjectCopy(async (project) => {
    const text = await solutionText("e_ebm");
    await project.write("work/exercise_e.ts", text.replace("const next = x.sub", "const = x.sub"));
    const { stdout } = await project.task("progress");
    assertMatch(stdout, /functions 0 of 4/);
    assertMatch(stdout, /\nNext: mend the file, work\/exercise_e\.ts:\d+ \(exercise E\)\n$/);
  });
});
