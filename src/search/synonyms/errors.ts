import { defineErrors } from '../../platform/errors.ts'

export const synonymErrors = defineErrors({
  SYNONYM_WORD_EMPTY: [
    400,
    'Line {line} has an empty word, or one without a letter or digit. Write something, or remove it.',
  ],
  SYNONYM_WORD_TOO_LONG: [
    400,
    'Line {line} has a word or phrase of more than {most} characters, or of more than {words} words. Shorten it.',
  ],
  SYNONYM_CHARACTER_INVALID: [
    400,
    'Line {line} has a word with a character that none may have: a control character, half of a character, or one of `,;:=<>`, or `#` at its start.',
  ],
  SYNONYM_ALONE: [
    400,
    'Line {line} has a single word, so that nothing stands for it. Add another, or what it also finds.',
  ],
  SYNONYM_WORDS_TOO_MANY: [400, 'Line {line} has more than {most} words. Split it.'],
  SYNONYM_LANGUAGE_UNKNOWN: [
    400,
    'Line {line} names the language “{language}”. Write `fr:` or `en:`, or no language for both.',
  ],
  SYNONYM_LINE_INVALID: [400, 'Line {line} has “=>” more than once. Write one line for each.'],
  SYNONYMS_TOO_MANY: [
    409,
    'There would be {entries} entries, and the most is {most}. Remove some, or join those that share a word.',
  ],
  SYNONYM_CHANGE_UNCLEAR: [
    400,
    'Send entries to add, or a `text` of them, but not both; `replace` goes with a `text` alone.',
  ],
  SYNONYM_NOT_FOUND: [404, 'There is no entry {id} in the synonyms. Read them again.'],
  SYNONYM_VERSION_NOT_FOUND: [404, 'There is no version {version} of the synonyms'],
  SYNONYMS_UNCHANGED: [409, 'Nothing would change: the synonyms have all of this already'],
  SYNONYMS_CONFLICT: [
    412,
    'The synonyms were saved after you read them, by {by}: they are at version {version}. Nothing of yours is stored. See in `current` what changed, then save again.',
  ],
})
