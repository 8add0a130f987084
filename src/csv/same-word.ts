/** Upper and lower case, width, spaces and punctuation make no difference to a name or a word. */
export const sameWord = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
