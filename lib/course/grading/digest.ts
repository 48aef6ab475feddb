/**
 * Digests that tell whether something is still what it was.
 *
 * @module
 */
import { createHash } from "node:crypto";

/** SHA-256 of bytes or of a text, in hexadecimal. */
export function sha256(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** SHA-256 of a value as JSON writes it. */
export function sha256Of(value: unknown): string {
  return sha256(JSON.stringify(value));
}
