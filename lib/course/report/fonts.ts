/**
 * KaTeX's styles with its fonts in them, so that a page needs nothing beside it.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import styles from "katex/dist/katex.min.css" with { type: "text" };
import ams from "katex/dist/fonts/KaTeX_AMS-Regular.woff2" with { type: "bytes" };
import caligraphic from "katex/dist/fonts/KaTeX_Caligraphic-Regular.woff2" with { type: "bytes" };
import mainBold from "katex/dist/fonts/KaTeX_Main-Bold.woff2" with { type: "bytes" };
import mainItalic from "katex/dist/fonts/KaTeX_Main-Italic.woff2" with { type: "bytes" };
import mainRegular from "katex/dist/fonts/KaTeX_Main-Regular.woff2" with { type: "bytes" };
import mathItalic from "katex/dist/fonts/KaTeX_Math-Italic.woff2" with { type: "bytes" };
import size1 from "katex/dist/fonts/KaTeX_Size1-Regular.woff2" with { type: "bytes" };
import size2 from "katex/dist/fonts/KaTeX_Size2-Regular.woff2" with { type: "bytes" };
import size3 from "katex/dist/fonts/KaTeX_Size3-Regular.woff2" with { type: "bytes" };
import size4 from "katex/dist/fonts/KaTeX_Size4-Regular.woff2" with { type: "bytes" };

/**
 * The fonts of ordinary formulas. Letters of the others (Fraktur, script, sans serif) are shown in a
 * font of the reader's: they would make every page larger by half.
 */
const FONTS: Readonly<Record<string, Uint8Array>> = {
  "AMS-Regular": ams,
  "Caligraphic-Regular": caligraphic,
  "Main-Bold": mainBold,
  "Main-Italic": mainItalic,
  "Main-Regular": mainRegular,
  "Math-Italic": mathItalic,
  "Size1-Regular": size1,
  "Size2-Regular": size2,
  "Size3-Regular": size3,
  "Size4-Regular": size4,
};

/** The styles, in which every `url(...)` is a `data:` one. */
export function formulaStyles(): string {
  return styles.replace(/@font-face\{[^}]*\}/g, (face) => {
    const font = FONTS[/KaTeX_([\w-]+)\.woff2/.exec(face)?.[1] ?? ""];
    if (font === undefined) return "";
    const source = `url(data:font/woff2;base64,${Buffer.from(font).toString("base64")})`;
    return face.replace(/src:[^}]*/, `src:${source} format("woff2")`);
  });
}
