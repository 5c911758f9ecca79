/**
 * A text as word lists compare it: lower case, without accents, straight apostrophes, plain spaces. Every UTF-16 unit
 * keeps its place, so that what matches can be cut from the text itself.
 */
export function flatten(text: string): string {
  return text.replace(/[^a-z\d ]/g, flat)
}

function flat(character: string): string {
  if (character === '’' || character === 'ʼ' || character === '`') return "'"
  if (/\s/.test(character)) return ' '
  const lower = character.toLowerCase().normalize('NFD')[0]!
  return lower.length === character.length ? lower : character
}
