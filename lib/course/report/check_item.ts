/**
 * A check in a page: whether it passed, what it looks for, what it found.
 *
 * @module
 */
import type { Finding, Status } from "../check.ts";
import { type Html, html } from "./html.ts";

/** What a page says of a check. */
export interface ShownCheck {
  readonly status: Status;
  readonly message: string;
  readonly hint: string;
  readonly finding?: Finding;
}

/** The sign of a status. What is still to come is no failure. */
export function mark(status: Status): Html {
  switch (status) {
    case "passed":
      return html`<span class="right" role="img" aria-label="passed">✓</span>`;
    case "not-written":
    case "skipped":
      return html`<span class="count" role="img" aria-label="still to come">○</span>`;
    default:
      return html`<span class="wrong" role="img" aria-label="not passed">✗</span>`;
  }
}

/** Statuses that the message explains by itself. */
const PLAIN: readonly Status[] = ["passed", "failed", "skipped", "not-written"];

/**
 * The content of a check's item in a list.
 *
 * @param hints whether the hint is shown of a check that found something
 */
export function checkItem({ status, message, finding, hint }: ShownCheck, hints: boolean): Html {
  const rows = Object.entries(finding ?? {});
  return html`${mark(status)} ${
    PLAIN.includes(status) ? "" : html`
      <b>${status}</b>
    `
  }
<span>${message}</span>
${
    rows.length === 0 ? "" : html`<dl>${
      rows.map(([name, text]) =>
        html`
          <dt>${name}</dt>
          <dd>${text}</dd>
        `
      )
    }</dl>`
  }
${hints && finding !== undefined ? html`<p class="hint"><b>Hint.</b> ${hint}</p>` : ""}`;
}
