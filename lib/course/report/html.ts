/**
 * HTML in which nothing is markup by accident.
 *
 * @module
 */

/** Text that is markup on purpose. */
export class Html {
  /** @param text markup, used as it is */
  constructor(readonly text: string) {}
}

/** What can stand in a template: text is escaped, markup is not, a list is written one by one. */
export type Part = string | number | Html | readonly Part[];

/**
 * A template of markup. What is put in is text, and escaped, unless it is `Html` already.
 *
 * @example
 * ```ts
 * import { html } from "./html.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const name = "<script>";
 * assertEquals(html`<p title="${name}">${[html`<b>a</b>`, "&"]}</p>`.text,
 *   '<p title="&lt;script&gt;"><b>a</b>&amp;</p>');
 * ```
 */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    template.map((text, i) => text + (i < parts.length ? write(parts[i]) : "")).join(""),
  );
}

function write(part: Part): string {
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map(write).join("");
  return String(part).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
