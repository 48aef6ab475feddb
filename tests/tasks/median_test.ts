import { assertEquals } from "@std/assert";
import { median } from "../../tasks/median.ts";

Deno.test("the median is the middle value, or the mean of the two middle ones", () => {
  assertEquals(median([3]), 3);
  assertEquals(median([10, 9, 1]), 9);
  assertEquals(median(Float64Array.of(4, 100, 2, 1)), 3);
});
