import { encode } from "uqr";

/** Modules of white around the code: less, and scanners miss it (ISO/IEC 18004, 9.1). */
const quietZone = 4;

/** How wide the label is printed, in millimetres; as wide as the tapes of the usual label printers. */
const printedWidth = 24;

/** Height of the line under the code, in modules, and of the letters on it. */
const line = 5;
const largestLetters = 3.5;

/** A label for a device, as SVG: a QR code with the number alone, and the number under it for people. */
export function deviceLabel(deviceNo: string): string {
  const { data, size } = encode(deviceNo, { ecc: "M", boostEcc: false, border: quietZone });
  const height = size + line;
  const letters = Math.min(largestLetters, (size - 2) / widthOf(deviceNo));
  // One path of the runs of dark modules: no seams between neighbours, whatever the scale.
  const dark = data.map((row, y) =>
    runs(row).map(({ from, length }) => `M${from} ${y}h${length}v1h-${length}z`),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${printedWidth}mm" height="${rounded((printedWidth * height) / size)}mm" viewBox="0 0 ${size} ${height}">`,
    `<rect width="${size}" height="${height}" fill="#fff"/>`,
    `<path d="${dark.flat().join("")}" fill="#000" shape-rendering="crispEdges"/>`,
    `<text x="${size / 2}" y="${rounded(size + letters / 2)}" font-family="monospace" font-size="${rounded(letters)}" text-anchor="middle" fill="#000">${escaped(deviceNo)}</text>`,
    "</svg>",
  ].join("");
}

/** Where dark modules stand side by side. */
function runs(row: readonly boolean[]): { from: number; length: number }[] {
  const found: { from: number; length: number }[] = [];
  for (const [x, isDark] of row.entries()) {
    const last = found.at(-1);
    if (isDark && last && last.from + last.length === x) last.length += 1;
    else if (isDark) found.push({ from: x, length: 1 });
  }
  return found;
}

/** About how wide a text is, as often as its letters are high; what is not Latin is counted as a full square. */
const widthOf = (text: string): number =>
  [...text].reduce((width, character) => width + (character < "\u0250" ? 0.62 : 1), 0);

const rounded = (value: number): number => Math.round(value * 100) / 100;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);
