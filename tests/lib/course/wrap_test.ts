import { assertEquals } from "@std/assert";
import { wrap } from "../../../lib/course/wrap.ts";

Deno.test("a line takes 80 characters and not one more", () => {
  const [a, b] = ["a".repeat(39), "b".repeat(40)];
  assertEquals(wrap([a, b]), [`${a} ${b}`]);
  assertEquals(wrap([a, b + "b"]), [a, b + "b"]);
  assertEquals(wrap([a, b], "-"), ["-" + a, " " + b]);
});

Deno.test("a word that is too long has a line of its own", () => {
  const long = "x".repeat(100);
  assertEquals(wrap([long, "y"], "- "), ["- " + long, "  y"]);
});
