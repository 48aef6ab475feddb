/**
 * Attacks on whoever reads the results: names, messages and answers that are more than text.
 *
 * @module
 */
import { type Attack, exportAs } from "../attack.ts";

/** What must never come out as it is: it would be run, or take over a terminal. */
export const NASTY = [
  '<script>alert("1")</script><img src=x onerror=alert(2)>',
  '=HYPERLINK("http://127.0.0.1/?"&A1)',
  "\x1b[2J\x1b]0;owned\x07\x1b[31m\x9b2J",
  "\u202egnp.exe\u2066",
  "]]>--><![CDATA[<x>&xxe;",
  "\r\nline,two\r\n\u2028\u0000",
].join(" ");

const TEXT = JSON.stringify(NASTY);

/** Ways for a text to come out of a file. */
const WAYS: Readonly<Record<string, string>> = {
  "an error's message": `const f = () => { throw new Error(${TEXT}); };`,
  "an error's name": `const f = () => { throw Object.assign(new Error("x"), { name: ${TEXT} }); };`,
  "a thrown text": `const f = () => { throw ${TEXT}; };`,
  "a thrown object":
    `const f = () => { throw { toString: () => ${TEXT}, [Symbol.toStringTag]: ${TEXT} }; };`,
  "a class's name": `const f = () => new ({ [${TEXT}]: class {} })[${TEXT}]();`,
  "a result's name": `const f = (x) => ({ [${TEXT}]: x });`,
  "what was not written yet": `import { NotImplemented } from "genlab";
    const f = () => { throw new NotImplemented(${TEXT}); };`,
};

/** All attacks on readers. */
export const INTERFERING: readonly Attack[] = [
  ...Object.entries(WAYS).map(([way, code]): Attack => ({
    id: `interfere-${way.replaceAll(/[ ']+/g, "-")}`,
    fact: `a nasty text stays a text, as ${way}`,
    source: () => `${code}\n${exportAs("f")}`,
    says: /./,
  })),
  {
    id: "interfere-exports",
    fact: "a nasty text stays a text, as names of exports",
    source: () => `const g = () => 1;\nexport { g as ${TEXT} };`,
    says: /exports no/,
  },
  {
    id: "interfere-load",
    fact: "a nasty text stays a text, as the file is loaded",
    source: () => `throw new Error(${TEXT});`,
    says: /fails as it is loaded/,
  },
  {
    id: "interfere-import",
    fact: "a nasty text stays a text, as an address",
    source: () => `import ${TEXT};`,
    says: /mport/,
  },
];

/** Students with names that are more than names: they are right, and earn what others earn. */
export const NASTY_NAMES: readonly string[] = [
  "=1+2",
  "-rf ~",
  "$(touch written)",
  "`touch written`; touch written",
  "a'b\"c\\d",
  "%2e%2e%2fetc",
  "#fragment?query=1",
  "<img src=x onerror=alert(1)>",
  "tab\tand\nline",
  "\x1b[31mred",
  "\u202eevil",
  "__proto__",
  "constructor",
  "genlab-answer:{}",
  "CON",
  "name ",
];
