/** Letters that are no other letter with an accent, and what people type for them. */
const OTHER_LETTERS: Record<string, string> = {
  ...{
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    ø: 'o',
    ł: 'l',
    đ: 'd',
    ð: 'd',
    þ: 'th',
    ħ: 'h',
    ı: 'i',
    '’': "'",
  },
};

/** Letters of a word that count. */
const LONGEST = 60;

/** The words of a text in small letters without accents: "Zoë-Mae" has the word "zoe-mae". */
export function wordsOf(text: string): string[] {
  return wholeWords(text).map(shortened);
}

/** The same and what marks join in them: "zoe-mae", and "zoe" and "mae". */
export function wordsAndParts(text: string): string[] {
  return wholeWords(text).flatMap((word) => [word, ...partsOf(word)].map(shortened));
}

function wholeWords(text: string): string[] {
  return plain(text)
    .split(/[\s,;()<>"|]+/)
    .map((word) => word.replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, ''))
    .filter((word) => word !== '');
}

function partsOf(word: string): string[] {
  const parts = word.split(/[^\p{L}\p{N}]+/u);
  return parts.length > 1 ? parts : [];
}

function plain(text: string): string {
  const small = text.toLowerCase();
  if (!NOT_ASCII.test(small)) return small;
  return small
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøłđðþħı’]/g, (letter) => OTHER_LETTERS[letter] ?? letter);
}

const NOT_ASCII = /[\u0080-\uffff]/;

const shortened = (word: string): string =>
  word.length > LONGEST ? [...word].slice(0, LONGEST).join('') : word;
