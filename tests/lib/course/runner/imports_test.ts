import { assertEquals, assertThrows } from "@std/assert";
import { requireOpenImports } from "../../../../lib/course/runner/imports.ts";
import { StudentError } from "../../../../lib/course/student_error.ts";

const look = (text: string) => requireOpenImports(new TextEncoder().encode(text), "exercise_a.ts");

/** What hides code or reads a source map, by what is said of it. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  "the file imports while it runs": [
    'import("./a.ts")',
    "x = await import (address);",
    "import\n(a)",
    'import.defer("a")',
    'import . source("a")',
    'const x: import("genlab").Tensor = y;',
  ],
  "the file imports an address that is code": [
    'import "data:text/javascript,1"',
    'import a from "DATA:text/javascript,1"',
    'import a from " \tdata:text/javascript,1"',
    "import a from 'da\tta:text/javascript,1'",
    'export * from "\\x64ata:text/javascript,1"',
    'export*from"d\\u{61}ta:text/javascript,1"',
    'import a from "\u0001data:text/javascript,1"',
    'import a from "blob:null/1"',
  ],
  "the file has a comment inside an import": [
    'import/**/("a")',
    'import // a\n("a")',
    'import a from/**/"data:,"',
  ],
  "the file names a source map": ["//# sourceMappingURL=a.js.map", "f(); //@ sourceMappingURL=a"],
};

for (const [says, texts] of Object.entries(REFUSED)) {
  for (const text of texts) {
    Deno.test(`${says}: ${JSON.stringify(text)}`, () => {
      const error = assertThrows(() => look(`let first;\n${text}`), StudentError, says);
      assertEquals([error.kind, error.place?.line], ["syntax", 2]);
    });
  }
}

Deno.test("a file in UTF-16 is looked at as Deno reads it", () => {
  const text = '\ufeffimport("a")';
  for (const isLittleEndian of [true, false]) {
    const bytes = new DataView(new ArrayBuffer(2 * text.length));
    for (let i = 0; i < text.length; i++) {
      bytes.setUint16(2 * i, text.charCodeAt(i), isLittleEndian);
    }
    const file = new Uint8Array(bytes.buffer);
    assertThrows(() => requireOpenImports(file, "a.ts"), StudentError, "imports while it runs");
  }
});

Deno.test("what students write is not refused", () => {
  for (
    const text of [
      'import { exp, type Tensor } from "genlab";',
      "import type { Tensor } from 'genlab'",
      'import * as genlab from "genlab"; export * from "genlab";',
      "// import and export; see import.meta, or data: the pixels",
      "/** from the data, and from 'mu' */ const from = { data: 1, import: 2 };",
      "console.log(import.meta.url, import . meta);",
      'x.reduction = "none"; const important = (a) => a;',
      "",
    ]
  ) look(text);
});

Deno.test("looking takes time in proportion to the file", () => {
  for (
    const part of ["import", "import ", "from '", "from 'd", "import \n", "import.meta ", "/*"]
  ) {
    look(part.repeat(2 ** 20 / part.length));
  }
});
