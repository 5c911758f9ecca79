/**
 * Whether a word begins with what is typed but for one slip: a letter more, a letter less, another letter, or two
 * exchanged (Damerau 1964).
 */
export function beginsWithSlip(word: string, typed: string): boolean {
  let at = 0
  while (at < typed.length && typed.charCodeAt(at) === word.charCodeAt(at)) at++
  if (at === typed.length) return true
  const isExchanged =
    typed.charCodeAt(at) === word.charCodeAt(at + 1) && typed.charCodeAt(at + 1) === word.charCodeAt(at)
  return (
    goesOn(word, at + 1, typed, at + 1) ||
    goesOn(word, at, typed, at + 1) ||
    goesOn(word, at + 1, typed, at) ||
    (isExchanged && goesOn(word, at + 2, typed, at + 2))
  )
}

/** Whether a word has all that is typed from one place on at another. */
function goesOn(word: string, from: number, typed: string, at: number): boolean {
  for (let n = 0; at + n < typed.length; n++)
    if (word.charCodeAt(from + n) !== typed.charCodeAt(at + n)) return false
  return true
}
