import { assertEquals } from "@std/assert";
import { gatherPrinted } from "../../../lib/course/printed.ts";

Deno.test("what is printed does not move the cursor, nor turn the direction of a line", () => {
  const printed = gatherPrinted();
  printed.add("a\x1b[2J\x9bb\u202ec\u2028d\u2066\n");
  assertEquals(printed.lines(), ["a�[2J�b�c�d�"]);
});
