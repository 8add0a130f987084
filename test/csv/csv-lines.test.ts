import { expect, test } from "vitest";
import { csvLines, rearmed } from "../../src/csv/csv-lines.js";

test.each([
  { text: "=1+1", cell: `"'=1+1"` },
  { text: "+49", cell: `"'+49"` },
  { text: "-1", cell: `"'-1"` },
  { text: "@x", cell: `"'@x"` },
  { text: "\tx", cell: `"'\tx"` },
  { text: "\rx", cell: `"'\rx"` },
  { text: "＝1+1", cell: `"'＝1+1"` },
  { text: 'a "b", c', cell: '"a ""b"", c"' },
  { text: "'=1+1", cell: `"''=1+1"` },
  { text: "two\nlines", cell: '"two\nlines"' },
  { text: "plain", cell: "plain" },
  { text: "", cell: "" },
])("no spreadsheet runs $text", ({ text, cell }) => expect(csvLines([[text, "x"]])).toBe(`${cell},x\r\n`));

test.each([
  ["'=1+1", "=1+1"],
  ["'-1", "-1"],
  ["''=1+1", "'=1+1"],
  ["'plain", "'plain"],
  ["=1+1", "=1+1"],
])("%s was %s", (cell, text) => expect(rearmed(cell)).toBe(text));
