/**
 * Single keys from the terminal, without Enter.
 *
 * @module
 */

/** Keys that are pressed. */
export interface Keys {
  /** Whether any can come. */
  readonly available: boolean;
  /** The next of the keys that count; never, where there is no terminal to press one in. */
  next(): Promise<string>;
  /** Gives the terminal back as it was. */
  close(): void;
}

/**
 * Begins to listen for keys, where stdin is a terminal. Ctrl-C stays what it is.
 *
 * @param known the keys that count
 */
export function openKeys(known: readonly string[]): Keys {
  // Windows cannot have keys without also losing Ctrl-C.
  const hasKeys = Deno.stdin.isTerminal() && Deno.build.os !== "windows";
  if (!hasKeys) return { available: false, next: () => new Promise(() => {}), close: () => {} };
  Deno.stdin.setRaw(true, { cbreak: true });
  const buffer = new Uint8Array(64);
  return {
    available: true,
    async next() {
      while (true) {
        const length = await Deno.stdin.read(buffer);
        if (length === null) return await new Promise(() => {});
        const pressed = new TextDecoder().decode(buffer.subarray(0, length));
        const key = known.findLast((key) => pressed.includes(key));
        if (key !== undefined) return key;
      }
    },
    close: () => Deno.stdin.setRaw(false),
  };
}
