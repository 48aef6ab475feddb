import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../lib/errors.ts";
import { decimal, numberList, optionalNumber, wholeNumbers } from "../../tasks/options.ts";

Deno.test("numbers with a point are within their range, and nothing else is one", () => {
  const eta = decimal("noise", { default: 0.2, min: 0, max: 1 });
  const read = ["0", "-0", "0.25", ".5", "1.", "1e-3", "1E0"].map((text) => eta.parse(text, "eta"));
  assertEquals(read, [0, 0, 0.25, 0.5, 1, 1e-3, 1]);
  for (const text of ["", " ", "-0.1", "1.01", "much", "NaN", "Infinity", "1e999", "0x1", "0,5"]) {
    const says = `--eta takes a number from 0 to 1, not ${JSON.stringify(text)}`;
    assertThrows(() => eta.parse(text, "eta"), UsageError, says);
  }
  const rate = decimal("rate", { default: 1, min: 0, above: true, max: 1 });
  assertEquals([rate.parse("1", "lr"), rate.parse("1e-9", "lr")], [1, 1e-9]);
  for (const text of ["0", "-0", "0.0", "1e-999", "-1", "1.5", "NaN"]) {
    const says = `--lr takes a number above 0, at most 1, not "${text}"`;
    assertThrows(() => rate.parse(text, "lr"), UsageError, says);
  }
});

Deno.test("a number that need not be given is none then", () => {
  const count = optionalNumber("images", { min: 1, max: 9 });
  assertEquals([count.default, count.parse("7", "count")], [undefined, 7]);
  for (const text of ["0", "10", "1e0", "NaN"]) {
    assertThrows(() => count.parse(text, "count"), UsageError, "a whole number from 1 to 9");
  }
});

Deno.test("lists of numbers are of the kind asked for, with commas between", () => {
  const labels = wholeNumbers("digits", { min: 0, max: 9 });
  assertEquals(labels.parse("3, 1,4", "labels"), [3, 1, 4]);
  for (const text of ["", "3,", "3,10", "3;1", "-1", "1.5", "1e0", "0x1"]) {
    const says = `--labels takes whole numbers from 0 to 9, with commas between, not "${text}"`;
    assertThrows(() => labels.parse(text, "labels"), UsageError, says);
  }
  const two = {
    default: [8, 8],
    which: "two numbers",
    fits: (n: readonly number[]) => n.length === 2,
  };
  const widths = numberList("widths", two);
  assertEquals([widths.default, widths.parse("8,16", "widths")], [[8, 8], [8, 16]]);
  assertThrows(() => widths.parse("8", "widths"), UsageError, "--widths takes two numbers");
});
