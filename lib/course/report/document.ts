/**
 * An HTML document that loads nothing: styles, fonts and pictures are in it, and the browser is told
 * to let nothing else in.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { formulaStyles } from "./fonts.ts";
import { Html, html } from "./html.ts";
import styles from "./page.css" with { type: "text" };

/** What a document is made from. */
export interface DocumentParts {
  readonly title: string;
  readonly body: Html;
  /** Styles beyond those that all pages have. */
  readonly styles?: string;
  /** The one script that may run; none by default. */
  readonly script?: string;
}

/** The document as text; the formulas' styles and fonts are in it if there are formulas. */
export function htmlDocument({ title, body, styles: more = "", script }: DocumentParts): string {
  const formulas = body.text.includes('class="katex-html"') ? formulaStyles() : "";
  return html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="${policy(script)}">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="data:,">
        <title>${title}</title>
        <style>${new Html(formulas + styles + more)}</style>
      </head>
      <body>
        ${body}
        ${script === undefined ? "" : new Html(`<script>${script}</script>`)}
      </body>
    </html>
  `.text;
}

/** What the browser may load and run: what is in the page itself. */
function policy(script: string | undefined): string {
  const base = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'";
  if (script === undefined) return base;
  const hash = createHash("sha256").update(script).digest("base64");
  return `${base}; script-src 'sha256-${hash}'`;
}
