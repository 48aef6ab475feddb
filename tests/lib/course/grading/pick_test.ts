import { assertEquals } from "@std/assert";
import { exerciseMeant, pickFolder, reasonWithout } from "../../../../lib/course/grading/pick.ts";

const EXERCISES = ["a", "b", "d"];

Deno.test("a wrong name is recognized if it is near one exercise and no other", () => {
  const meant: Record<string, string | undefined> = {
    "exercice_a.ts": "a",
    "Exercise_A.ts": "a",
    "exercise_a.js": "a",
    "exercise-a (1).ts": "a",
    "exercise a copy.ts": "a",
    "exercise_b_final.ts": "b",
    "exercise_b.ts.txt": "b",
    "exersise_b.ts": "b",
    "a.ts": "a",
    "D.TS": "d",
    "exercise_e.ts": undefined,
    "exercise.ts": undefined,
    "solution.ts": undefined,
    "exercise_a": undefined,
    "exercise_a.pdf": undefined,
    "": undefined,
  };
  for (const [name, exercise] of Object.entries(meant)) {
    assertEquals(exerciseMeant(name, EXERCISES), exercise, name);
  }
});

Deno.test("very long names take no time", () => {
  assertEquals(exerciseMeant(`${"(1) copy".repeat(1e5)}.ts`, EXERCISES), undefined);
});

Deno.test("the reason for no file says what to do", () => {
  const cases: [string[], string][] = [
    [[], "there is no exercise_a.ts, nor any other file; hand it in"],
    [
      ["b.ts", "exercice_a.ts"],
      "there is no exercise_a.ts; rename exercice_a.ts to exercise_a.ts",
    ],
    [
      ["README.md", "work/", "work/exercise_a.ts"],
      "there is no exercise_a.ts in the uppermost folder; move work/exercise_a.ts there",
    ],
    [["week1/"], "there is no exercise_a.ts, only week1/; hand it in under that name"],
    [
      ["answers_b.md", "Exercise_B.ts"],
      "there is no exercise_a.ts, nor any other file for this exercise; hand it in",
    ],
    [
      ["answers_a.md", "exercise_b.ts"],
      "there is no exercise_a.ts, only answers_a.md, exercise_b.ts; hand it in under that name",
    ],
    [
      ["1", "2", "3", "4", "5", "6", "7"],
      "there is no exercise_a.ts, only 1, 2, 3, 4, 5 and 2 more; hand it in under that name",
    ],
  ];
  for (const [names, reason] of cases) {
    assertEquals(reasonWithout("a", names, EXERCISES), reason);
  }
});

Deno.test("files lie in the uppermost folder, or in the only one that is in it", () => {
  const file = (path: string) => ({ path, isFolder: false });
  const folder = (path: string) => ({ path, isFolder: true });
  assertEquals(pickFolder([file("x"), folder("y"), file("y/z")]), {
    ...{ folder: "", names: ["x", "y/"], deeper: ["y/z"] },
  });
  assertEquals(pickFolder([folder("y"), file("y/z"), folder("y/w")]), {
    ...{ folder: "y/", names: ["z", "w/"], deeper: [] },
  });
  assertEquals(pickFolder([]), { folder: "", names: [], deeper: [] });
});
