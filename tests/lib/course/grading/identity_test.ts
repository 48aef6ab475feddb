import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { graderDigest } from "../../../../lib/course/grading/identity.ts";

Deno.test("what judges has one digest, and another with other settings", async () => {
  const [one, same, other] = await Promise.all(
    [{ seed: 0 }, { seed: 0 }, { seed: 1 }].map(graderDigest),
  );
  assertMatch(one, /^[0-9a-f]{64}$/);
  assertEquals(same, one);
  assertNotEquals(other, one);
});
