import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import {
  byStudent,
  fileNameOf,
  shownName,
} from "../../../../../lib/course/grading/outputs/names.ts";
import {
  clip,
  count,
  harmless,
  oneLine,
  sumOf,
} from "../../../../../lib/course/grading/outputs/text.ts";
import { NASTY } from "./sample.ts";

Deno.test("a harmless text has no control character but tabs and line ends, and turns no direction", () => {
  for (const text of NASTY) {
    assert(!/(?![\t\n])[\p{Cc}\p{Bidi_Control}\p{Cs}]/u.test(harmless(text)), text);
    assert(!/[\t\n]/.test(oneLine(text)), text);
  }
});

Deno.test("escape sequences go, and what is left of a control character is seen", () => {
  assertEquals(harmless("\x1b[2J\x1b[31mred\x1b[0m"), "red");
  assertEquals(harmless("\x1b]8;;https://a.b\x07link\x1b]8;;\x07"), "link");
  assertEquals(harmless("a\0b\x1b"), "a�b�");
  assertEquals(harmless("a\r\nb\rc"), "a\nb\nc");
});

Deno.test("letters of every script, and emoji put together from several, stay as they are", () => {
  for (const text of ["مريم العلي", "Zoë", "王小明", "👩🏽‍🔬 ada", "𝒩(μ, σ²)"]) {
    assertEquals(harmless(text), text);
  }
});

Deno.test("a text is not clipped inside a character", () => {
  assertEquals(clip("ab👩cd", 3), "ab … (4 characters more)");
  assertEquals(clip("ab👩cd", 4), "ab👩 … (2 characters more)");
  assertEquals(clip("ab👩cd", 6), "ab👩cd");
});

Deno.test("one point is one, and points add up as a person adds them", () => {
  assertEquals([count(1, "point"), count(0, "point")], ["1 point", "0 points"]);
  assertEquals(sumOf([0.1, 0.2]), 0.3);
});

Deno.test("file names are short, plain, and each student's own, where case does not count too", () => {
  const names = [...NASTY, "ada", "Ada", "ADA", "ada ", "a".repeat(254), "a".repeat(255)]
    .map(fileNameOf);
  for (const name of names) assertMatch(name, /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?-[0-9a-f]{16}$/);
  assertEquals(new Set(names).size, names.length);
  assertEquals(fileNameOf("ada"), fileNameOf("ada"));
  assertNotEquals(fileNameOf("ada").toLowerCase(), fileNameOf("ADA").toLowerCase());
});

Deno.test("a student without a name that can be seen has one all the same", () => {
  assertEquals(shownName("Zoë  Ó"), "Zoë Ó");
  assertMatch(shownName(" \n"), /^student-[0-9a-f]{16}$/);
});

Deno.test("the order is by student, then exercise, in the order of characters", () => {
  const rows = ["b a", "a b", "a a", "B a"].map((text) => {
    const [student, exercise] = text.split(" ");
    return { student, exercise };
  });
  assertEquals(rows.sort(byStudent).map((row) => Object.values(row).join(" ")), [
    ...["B a", "a a", "a b", "b a"],
  ]);
});
