import { assert, assertEquals } from "@std/assert";
import { isInShard } from "../../../../lib/course/grading/shard.ts";

const STUDENTS = Array.from({ length: 300 }, (_, i) => `student ${i}`);

Deno.test("every student is in one part", () => {
  for (const count of [1, 2, 3, 7]) {
    const parts = Array.from({ length: count }, (_, i) => {
      return STUDENTS.filter((student) => isInShard(student, { index: i + 1, count }));
    });
    assertEquals(parts.flat().sort(), STUDENTS.toSorted());
    // Binomial: 300 / 3 = 100 with a standard deviation of 8.
    assert(parts.every((part) => part.length > 300 / count - 50), `${parts.map((p) => p.length)}`);
  }
});

Deno.test("the parts are the same everywhere and for ever", () => {
  const parts = ["ana", "bob", "=1+1", "конь", ""].map((student) =>
    [1, 2, 3].find((index) => isInShard(student, { index, count: 3 }))
  );
  // SHA-256 modulo 3, by `int(hashlib.sha256(s.encode()).hexdigest(), 16) % 3 + 1`.
  assertEquals(parts, [3, 2, 3, 3, 2]);
});
