import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { Generator } from "../../../../../mod.ts";
import {
  GUARANTEE,
  hashesOf,
  NOISE,
  winnow,
} from "../../../../../lib/course/grading/similarity/fingerprints.ts";
import { tokensOf } from "../../../../../lib/course/grading/similarity/tokens.ts";

function words(program: string): string {
  return tokensOf(program).tokens.map(({ word }) => word).join(" ");
}

/** Programs that differ in nothing but how they are written. */
const SAME: readonly [string, string, string][] = [
  ["names", "let std = mu.exp()", "let s = m.exp()"],
  ["comments", "f(x) // why\n", "/* why */ f(x)"],
  ["layout", "a.b(c)", "a\n  .b(\n    c,\n  )\n"],
  ["semicolons", "f(); g()", "f()\ng();"],
  ["const, let and var", "const a = 1; let b = 2", "var a = 1; var b = 2"],
  ["export", "export const f = 1", "const f = 1"],
  ["quotes", "f('a')", 'f("b")'],
  ["numbers", "f(0.5, 1000)", "f(.50, 1_000)"],
  ["imports", 'import { exp } from "genlab"; exp(x)', 'import { exp as e } from "genlab"; e(x)'],
  ["types of variables", "const a: Map<string, number[]> = f()", "const a = f()"],
  ["types of parameters", "function f(a: A, b?: B, ...c: C[]) {}", "function f(a, b, ...c) {}"],
  ["types of results", "const f = (a): { b: B } => ({ b: a })", "const f = (a) => ({ b: a })"],
  ["functions as types", "const f: (a: A) => B = g", "const f = g"],
  ["type parameters", "function f<A extends B>(a: A): A {}", "function f(a) {}"],
  ["type arguments", "new Map<A, Array<B>>(); f<A>(x)", "new Map(); f(x)"],
  ["assertions", "f(a as unknown as B, b!, c satisfies D)", "f(a, b, c)"],
  ["declared types", "type A = B | { c: D }; interface E { f(): G } h()", "h()"],
];

for (const [what, one, other] of SAME) {
  Deno.test(`tokens are the same with other ${what}`, () => assertEquals(words(one), words(other)));
}

/** Programs that do different things. */
const DIFFERENT: readonly [string, string, string][] = [
  ["methods", "a.exp()", "a.log()"],
  ["imported functions", 'import { e } from "g"; e(x)', 'import { f } from "g"; f(x)'],
  ["numbers", "f(0.5)", "f(2)"],
  ["choices", "a ? b : c", "a ? b.d : c"],
  ["comparisons", "a < b && c > d", "a"],
  ["values in objects", "f({ a: b.c })", "f({ a: b })"],
  ["cases", "switch (a) { case 1: f(1) }", "switch (a) { case 1: f(2) }"],
];

for (const [what, one, other] of DIFFERENT) {
  Deno.test(`tokens differ with ${what}`, () => assertNotEquals(words(one), words(other)));
}

Deno.test("tokens stand where they are written", () => {
  const { tokens } = tokensOf("/* a\nb */ x\r\n\ny + `c\nd`;\nz");
  const at = tokens.map(({ word, line, lastLine }) => [word, line, lastLine]);
  assertEquals(at, [["name", 2, 2], ["name", 4, 4], ["+", 4, 4], ['""', 4, 5], ["name", 6, 6]]);
});

/** A random sequence of few words, so that short ones come again. */
function sequence(generator: Generator, length: number, words: number): { word: string }[] {
  return Array.from({ length }, () => ({ word: `${Math.floor(generator.double() * words)}` }));
}

Deno.test("whatever is alike over t tokens shares a fingerprint, and nothing shorter than k", () => {
  const generator = new Generator(1);
  for (let i = 0; i < 300; i++) {
    const common = sequence(generator, GUARANTEE, 50);
    const [a, b] = [10, 20].map((length) => {
      const around = [sequence(generator, length, 9), sequence(generator, length, 9)];
      return winnow(hashesOf([...around[0], ...common, ...around[1]]), new Set());
    });
    assert([...a.keys()].some((fingerprint) => b.has(fingerprint)), `${i}`);
  }
  const [short, other] = [0, 1].map((side) => {
    const own = (word: string) => Array(30).fill({ word: `${word}${side}` });
    const common = Array.from({ length: NOISE - 1 }, (_, i) => ({ word: `${i}` }));
    return winnow(hashesOf([...own("a"), ...common, ...own("b")]), new Set());
  });
  assert([...short.keys()].every((fingerprint) => !other.has(fingerprint)));
});

Deno.test("of random tokens a share of 2 / (w + 1) is chosen", () => {
  const hashes = hashesOf(sequence(new Generator(2), 20_000, 1000));
  const places = [...winnow(hashes, new Set()).values()].flat().length;
  const expected = 2 / (GUARANTEE - NOISE + 2);
  assert(Math.abs(places / hashes.length - expected) < 0.01, `${places / hashes.length}`);
});

Deno.test("what was handed out is never chosen", () => {
  const hashes = hashesOf(sequence(new Generator(3), 500, 1000));
  const given = new Set(hashes.filter((_, i) => i % 3 === 0));
  const chosen = winnow(hashes, given);
  assert(chosen.size > 100);
  assert([...chosen.keys()].every((fingerprint) => !given.has(fingerprint)));
});

Deno.test("a long comment takes time in proportion to its length", () => {
  for (const blank of [" ", "*", "/", "\t "]) {
    const { turns } = tokensOf(`/* ${"letters "}${blank.repeat(200_000)}${"and letters"} */`);
    assertEquals(turns.size, 1);
  }
});
