import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { textOutline, textWidth, widestWord, wrapText } from "../../../lib/plot/text.ts";

/** Left, right, top and bottom of an outline (y downwards). */
function bounds(outline: string): { left: number; right: number; top: number; bottom: number } {
  const numbers = outline.replaceAll(/[A-Z]/g, " ").trim().split(/\s+/).map(Number);
  assert(numbers.every(Number.isFinite), outline);
  const xs = numbers.filter((_, i) => i % 2 === 0);
  const ys = numbers.filter((_, i) => i % 2 === 1);
  return {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  };
}

const at = (text: string) => bounds(textOutline(text, { x: 0, y: 0, size: 100 }));

Deno.test("a digit of DejaVu Sans is 1303 of 2048 units wide", () => {
  assertAlmostEquals(textWidth("0", 2048), 1303);
  assertAlmostEquals(textWidth("2026", 16), 4 * 1303 / 128);
});

Deno.test("an outline keeps its numbers apart when they round to zero", () => {
  // Centred at x = 0, the top and bottom of the digit 0 have x = -0.001 or so.
  const outline = textOutline("0", { x: 0, y: 0, size: 13, anchor: "middle" });
  for (const [, coordinates] of outline.matchAll(/[MLQ]([^A-Z]*)/g)) {
    for (const number of coordinates.split(" ")) assert(/^-?\d+\.\d\d$/.test(number), number);
  }
  const { left, right } = bounds(outline);
  assertAlmostEquals(left, -right, 0.02);
});

Deno.test("the anchor names the start, middle or end of the line", () => {
  const place = (anchor: "start" | "middle" | "end") =>
    bounds(textOutline("mm", { x: 50, y: 0, size: 16, anchor })).left;
  assertAlmostEquals(place("start") - place("middle"), textWidth("mm", 16) / 2, 0.02);
  assertAlmostEquals(place("start") - place("end"), textWidth("mm", 16), 0.02);
});

Deno.test("a hat sits centred over its letter, takes no room, and rises with tall letters", () => {
  assertEquals(textWidth("x\u0302", 100), textWidth("x", 100));
  const letter = at("x");
  const hatted = at("x\u0302");
  assertEquals([hatted.left, hatted.right], [letter.left, letter.right]);
  assert(hatted.top < letter.top - 10);
  assert(at("β\u0302").top < at("x\u0302").top - 10);

  const hat = textOutline("x\u0302", { x: 0, y: 0, size: 100 })
    .slice(textOutline("x", { x: 0, y: 0, size: 100 }).length);
  const { left, right } = bounds(hat);
  assertAlmostEquals((left + right) / 2, (letter.left + letter.right) / 2, 0.02);
});

Deno.test("subscripts are smaller than the plain character and hang below the baseline", () => {
  for (const [subscript, plain] of [["₀", "0"], ["ₜ", "t"], ["ₓ", "x"], ["ᵢ", "i"]]) {
    assertAlmostEquals(textWidth(subscript, 100), 0.7 * textWidth(plain, 100));
    assert(at(subscript).bottom > at(plain).bottom + 10, subscript);
    assert(at(subscript).top > at(plain).top + 10, subscript);
  }
});

Deno.test("the font has the letters that the course writes", () => {
  const missing = textOutline("\u{10ffff}", { x: 0, y: 0, size: 16 });
  for (const letter of "αβγδεθλμσφψΣ∇∂∞∼≈≤≥±×·→√²−…") {
    assertNotEquals(textOutline(letter, { x: 0, y: 0, size: 16 }), missing, letter);
  }
});

Deno.test("lines break between words only", () => {
  assertEquals(wrapText("corrupted xₜ (t=10)", 112, 15), ["corrupted xₜ", "(t=10)"]);
  assertEquals(wrapText("corrupted xₜ", 1, 15), ["corrupted", "xₜ"]);
  assertEquals(wrapText("", 100, 15), []);
  assertEquals(widestWord(["a corrupted", "b"], 15), textWidth("corrupted", 15));
});
