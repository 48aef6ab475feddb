import { assert, assertEquals } from "@std/assert";
import { cos, log, sin } from "../../../lib/random/float32_math.ts";

const ULP = 2 ** -23;

/** The arguments `normal` makes: 1 - u and 2 pi u for multiples u of 2^-24, here every 1009th. */
const uniforms = Array.from({ length: 16628 }, (_, i) => 1009 * i / 2 ** 24);

Deno.test("float32 log is within 1 ulp of the exact logarithm on (0, 1]", () => {
  for (const u of uniforms) {
    const exact = Math.log(1 - u);
    assert(Math.abs(log(1 - u) - exact) <= ULP * Math.abs(exact), `log(${1 - u})`);
  }
  assertEquals(log(2 ** -24), Math.fround(-24 * Math.LN2));
});

Deno.test("float32 sin and cos are within 2^-23 of the exact values on [0, 2 pi]", () => {
  for (const u of uniforms) {
    const theta = Math.fround(2 * Math.PI * u);
    assert(Math.abs(sin(theta) - Math.sin(theta)) <= ULP, `sin(${theta})`);
    assert(Math.abs(cos(theta) - Math.cos(theta)) <= ULP, `cos(${theta})`);
  }
});

Deno.test("log 1, sin 0 and cos 0 are exact", () => {
  assertEquals([log(1), sin(0), cos(0)], [0, 0, 1]);
});

Deno.test("every result is a float32", () => {
  for (const u of uniforms.slice(1, 200)) {
    for (const value of [log(1 - u), sin(u), cos(u)]) assertEquals(value, Math.fround(value));
  }
});
