import { assertEquals } from "@std/assert";
import { expectedOf } from "../../../../lib/course/grading/expected.ts";

const EXERCISES = { all: ["a", "b", "c"], withCode: ["a", "b"] };

/** What each of some students is graded for, given what they handed in. */
function asked(handedIn: readonly string[], chosen?: readonly string[]): string[] {
  const map = new Map(handedIn.map((names, i) => [`${i}`, [...names]]));
  const { exercises, isAsked } = expectedOf(map, EXERCISES, chosen);
  return [...map.keys()].map((student) =>
    exercises.filter((exercise) => isAsked(student, exercise)).join("")
  );
}

Deno.test("what half of those who handed in anything have is expected of everybody", () => {
  assertEquals(asked(["a", "ab", "a", ""]), ["a", "ab", "a", "a"]);
  assertEquals(asked(["a", "ab", ""]), ["ab", "ab", "ab"]);
  assertEquals(asked(["c", "c"]), ["c", "c"]);
});

Deno.test("a stray file changes nothing for the others, and is said", () => {
  const before = asked(["a", "a", "a"]);
  assertEquals(asked(["a", "a", "abc"]).slice(0, 2), before.slice(0, 2));
  const handedIn = new Map([["ana", ["a"]], ["bob", ["a"]], ["eve", ["a", "b"]]]);
  assertEquals(expectedOf(handedIn, EXERCISES).notes, [
    "exercise B is graded for the 1 of 3 students who handed it in: to expect it of everybody, ask " +
    "for it with --exercise b",
  ]);
});

Deno.test("who has only a rare one is graded for that and for what is expected", () => {
  assertEquals(asked(["a", "a", "b"]), ["a", "a", "ab"]);
});

Deno.test("if nobody handed in anything, all exercises with code are expected", () => {
  assertEquals(asked(["", ""]), ["ab", "ab"]);
});

Deno.test("what is chosen is expected of everybody, and nothing else", () => {
  assertEquals(asked(["a", "", "b"], ["c", "b"]), ["bc", "bc", "bc"]);
});
