import { assertEquals } from "@std/assert";
import { memoize } from "../../tasks/memoize.ts";

Deno.test("what is made for a number is made once", () => {
  const made: number[] = [];
  const half = memoize((n) => made.push(n) && n / 2);
  assertEquals([half(4), half(6), half(4)], [2, 3, 2]);
  assertEquals(made, [4, 6]);
});
