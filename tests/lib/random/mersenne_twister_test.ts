import { assertEquals } from "@std/assert";
import { MersenneTwister } from "../../../lib/random/mersenne_twister.ts";

Deno.test("the 10000th draw of mt19937 with seed 5489 is the one the C++ standard requires", () => {
  const twister = new MersenneTwister(5489);
  for (let i = 1; i < 10000; i++) twister.next();
  assertEquals(twister.next(), 4123659995); // [rand.predef] in ISO C++
});

Deno.test("only the low 32 bits of a seed count", () => {
  assertEquals(new MersenneTwister(2 ** 32 + 7).next(), new MersenneTwister(7).next());
});

Deno.test("seeding again starts the sequence again", () => {
  const twister = new MersenneTwister(1);
  const first = Array.from({ length: 700 }, () => twister.next());
  twister.seed(1);
  assertEquals(Array.from({ length: 700 }, () => twister.next()), first);
});
