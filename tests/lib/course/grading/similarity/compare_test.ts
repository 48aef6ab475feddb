import { assert, assertEquals, assertLess } from "@std/assert";
import {
  compare,
  type Comparison,
  type Submission,
} from "../../../../../lib/course/grading/similarity/compare.ts";
import { classOf, DISGUISES, type Task, TASK_A, TASK_B, written } from "./class.ts";

/** How a class compares, with more submissions in it. */
function compared(task: Task, size: number, more: readonly Submission[] = []): Comparison {
  return compare([...classOf(task, size), ...more], task);
}

function copied({ student, exercise, text }: Submission, disguise: (text: string) => string) {
  return { student: `copy of ${student}`, exercise, text: disguise(text) };
}

/** Among more, some pairs of exercise B have two of its three functions in common word by word. */
const SIZES = new Map([[TASK_A, 40], [TASK_B, 10]]);

for (const [task, size] of SIZES) {
  for (const [name, disguise] of Object.entries(DISGUISES)) {
    Deno.test(`a copy is found among those who worked alone: ${task.exercise}, ${name}`, () => {
      const original = classOf(task, size)[7];
      const { pairs, chance } = compared(task, size, [copied(original, disguise)]);
      assertEquals(pairs[0].students, [`copy of ${original.student}`, original.student]);
      assert(pairs[0].evidence > chance);
      assertEquals(pairs[0].others, 0);
    });
  }

  Deno.test(`in a small class as well: ${task.exercise}`, () => {
    for (const original of classOf(task, 4)) {
      const { pairs } = compared(task, 4, [copied(original, DISGUISES["other names"])]);
      assertEquals(pairs[0].students, [`copy of ${original.student}`, original.student]);
    }
  });

  Deno.test(`what everybody was handed is no likeness: ${task.exercise}`, () => {
    const idle = ["ada", "bob"].map((student) => {
      return { student, exercise: task.exercise, text: task.stub };
    });
    assertEquals(compare(idle, task).pairs, []);
  });
}

Deno.test("a solution that a third of the class came to says next to nothing", () => {
  const usual = Array.from({ length: 20 }, (_, i) => ({
    student: `usual ${i}`,
    exercise: "a",
    text: written(TASK_A, [0, 0, 0]),
  }));
  const original = classOf(TASK_A, 40)[7];
  const { pairs, chance } = compared(TASK_A, 40, [...usual, copied(original, DISGUISES.nothing)]);
  assertEquals(pairs[0].students, [`copy of ${original.student}`, original.student]);
  const likeUsual = pairs.filter(({ students }) => students.every((name) => /usual/.test(name)));
  assert(likeUsual.every(({ evidence }) => evidence < chance));
});

Deno.test("three who have the same are three pairs", () => {
  const original = classOf(TASK_A, 40)[7];
  const copies = ["x", "y"].map((student) => ({ ...original, student }));
  const { pairs } = compared(TASK_A, 40, copies);
  const found = pairs.slice(0, 3).map(({ students }) => students.join(" "));
  assertEquals(found.sort(), ["s007 x", "s007 y", "x y"]);
  assert(pairs.slice(0, 3).every(({ others }) => others === 1));
});

Deno.test("regions are lines of both files, and hold what is alike", () => {
  const shared = "  const h = x.mul(3).sub(1).exp();\n  return h.sum(0).div(7).log1p().neg();\n";
  const [ada, bob] = [`// Ada\n\n(x) => {\n${shared}}`, `(x) => {\n  f();\n${shared}}\n// Bob`];
  const submissions = [ada, bob].map((text, i) => ({ student: `${i}`, exercise: "a", text }));
  const [{ regions: [region, ...others], shares }] = compare(submissions, { stub: "" }).pairs;
  assertEquals(others, []);
  assertEquals(region.lines, [[4, 6], [3, 5]]);
  assert(shares.every((share) => share > 0.8 && share <= 1));
});

Deno.test("code that is there twice is one region for each time", () => {
  const line = "x = x.mul(3).sub(1).exp().sum(0).div(7);\n";
  const submissions = [`${line}f(1);\n${line}`, line].map((text, i) => {
    return { student: `${i}`, exercise: "a", text };
  });
  const [{ regions }] = compare(submissions, { stub: "" }).pairs;
  assertEquals(regions.map(({ lines }) => lines), [[[1, 1], [1, 1]]]);
});

Deno.test("names and remarks that only two write are told, and count nothing", () => {
  const original = classOf(TASK_A, 40)[7];
  const quiet = { ...original, student: "quiet" };
  const telling = (text: string) => `${text}\n// it took me all night to get here\nlet wobble = 1;`;
  const [before, after] = [(text: string) => text, telling].map((change) => {
    const two = [original, quiet].map((one) => ({ ...one, text: change(one.text) }));
    return compare([...classOf(TASK_A, 40).toSpliced(7, 1), ...two], TASK_A).pairs[0];
  });
  assertEquals(after.turns, ["it took me all night to get here", "wobble"]);
  assertLess(Math.abs(after.evidence - before.evidence), 1.5);
});

Deno.test("the order of submissions changes nothing", () => {
  const submissions = classOf(TASK_B, 30);
  assertEquals(compare(submissions.toReversed(), TASK_B), compare(submissions, TASK_B));
});

Deno.test("a file that is too long is left out, with the reason", () => {
  const long = { student: "long", exercise: "a", text: "x".repeat(50_001) };
  const { omitted, submissions } = compared(TASK_A, 3, [long]);
  assertEquals(submissions, 3);
  const reason = "the file has more than 50000 characters, which are not compared";
  assertEquals(omitted, [{ student: "long", reason }]);
});

Deno.test("whatever files hold, they are compared", () => {
  const texts = ["", "\0", "(", "`${", "/*", "\"'`", "x".repeat(50_000), "((".repeat(20_000)];
  texts.push("a.b(1).c(2);".repeat(5000), "if(1)".repeat(8000), "=>".repeat(20_000), "\ud800");
  const submissions = [...texts, ...texts].map((text, i) => {
    return { student: `s${i}`, exercise: "a", text };
  });
  const { pairs } = compare(submissions, { stub: "" });
  assert(pairs.length > 0);
});
