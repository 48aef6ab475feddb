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
  'in a file that is checked only "genlab" is there': [
    'import "data:text/javascript,1"',
    'import a from "DATA:text/javascript,1"',
    'import a from " \tdata:text/javascript,1"',
    "import a from 'da\tta:text/javascript,1'",
    'export * from "\\x64ata:text/javascript,1"',
    'export*from"d\\u{61}ta:text/javascript,1"',
    'import a from "\u0001data:text/javascript,1"',
    'import a from "blob:null/1"',
    'import a from "node:sqlite"',
    'import a from "genlab/../a.ts"',
    "import a from 'genlab\"'",
    'import a from "genlab',
    // Deno takes these for blanks, which JavaScript does not, and escapes for letters of keywords.
    'import a from\u200b"data:,"',
    'import a from\u0085"data:,"',
    'import a fr\\u006fm "data:,"',
    'import a fr\\u{6F}m "data:,"',
    'import a \\u{00066}rom "data:,"',
    // Code behind what may be something else.
    'const a = 1 / 2; /* from "x" */ import b from "data:,"',
    'const a = b! / 2; import c from "data:,"; 1 / 2',
    "if (1) /`/; import a from 'data:,' //`",
    'if (1) /[/"]"/; import a from "data:,"',
    'const a = `${`${1}`}`; import b from "data:,"',
    'const a = `${{ a: "}" }}${1}`; import b from "data:,"',
    '// a\u2028import b from "data:,"',
    "'\\\r\n'; import a from 'data:,'",
    "<!-- `\nimport a from 'data:,' //`",
  ],
  "the file has a comment inside an import": [
    'import/**/("a")',
    'import // a\n("a")',
    'import a from/**/"data:,"',
  ],
  "the file names a source map": [
    "//# sourceMappingURL=a.js.map",
    "f(); //@ sourceMappingURL=a",
    "/*# sourceMappingURL=a */",
    "a / b; '//# sourceMappingURL=a; / '",
  ],
};

for (const [says, texts] of Object.entries(REFUSED)) {
  for (const text of texts) {
    Deno.test(`${says}: ${JSON.stringify(text)}`, () => {
      const error = assertThrows(() => look(`let first;\n${text}`), StudentError, says);
      const line = 1 +
        text.slice(0, text.search(/\b(?:import|sourceMap)/)).split(/\r\n|[\n\u2028]/).length;
      assertEquals([error.kind, error.place?.line], ["syntax", line]);
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
      '// see import("genlab"), or import "./a.ts"; from "mu" as well',
      '/* import("genlab") */ const a = "import(1)", b = `from "mu" ${a} import("x")`;',
      'const a = /import\\("x"\\)/.test("import x from \'y\'");',
      "const a = x / 2; // half\n// import('genlab') is not here",
      '"sourceMappingURL"; // sourceMappingURL is a word',
      "`\n//# sourceMappingURL=a`",
      '\ufeff#!/usr/bin/env deno\nimport * as genlab from\n  "genlab";',
      "",
    ]
  ) look(text);
});

Deno.test("looking takes time in proportion to the file", () => {
  const parts = ["import", "import ", "from '", "from 'd", "import \n", "import.meta ", "/*"];
  // What may be read in many ways, and deep in braces.
  for (
    const part of [...parts, "/", "/ ", "[/", "{", "`${", "'/`", "<!--/{`", "}`/{", "\\", "# "]
  ) {
    const text = part.repeat(2 ** 18 / part.length);
    for (const end of ["", '\n// import("a")']) {
      try {
        look(text + end);
      } catch (error) {
        if (!(error instanceof StudentError)) throw error;
      }
    }
  }
});
