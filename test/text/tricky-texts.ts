import fc from 'fast-check'

/** Pieces that change length when normalised or lower-cased, join with their neighbours, or are no characters. */
const PIECES = [
  ...['Facture', 'PAYÉ', 'e\u0301te\u0301', 'b\u0301\u0323', 'ﬁn', 'Œuvre', '½', 'ﷺ', '¨', 'İstanbul', 'ẞ'],
  ...['ｶﾞ', 'ｶ', 'ﾞ', 'ﾟ', 'ﾤ', 'ￂ', 'ㄱ', 'ㅏ', 'ㄳ', '\u1100', '\u1161', '\u11a8', '가', '한국'],
  ...[
    'ΟΔΟΣ',
    'Σ',
    '.',
    "l'eau",
    'Ａｂｃ',
    '①',
    '㎏',
    '™',
    '…',
    '\u0345',
    '\u0f73',
    'กำ',
    '\u{16d63}\u{16d67}',
  ],
  ...[
    '😡',
    '👩‍👩‍👧',
    '🇫🇷',
    '𝒜',
    '𐐀',
    '\ud83d',
    '\ude00',
    '\u0000',
    '\u200d',
    '\u00a0',
    ' ',
    '\n',
    'مرحبا',
    '龍',
  ],
]

/** Any UTF-16 text, and texts made to be hard to normalise. */
export const trickyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc
    .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 3 })), {
      maxLength: 12,
    })
    .map((pieces) => pieces.join('')),
)
