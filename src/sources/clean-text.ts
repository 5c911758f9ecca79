const unstorable = /\0|\p{Surrogate}/u
const unstorableAll = /\0|\p{Surrogate}/gu

/** Replaces what no database stores as text, NUL and halves of surrogate pairs, by U+FFFD. */
export function cleanText(text: string): string {
  return unstorable.test(text) ? text.replace(unstorableAll, '\ufffd') : text
}
