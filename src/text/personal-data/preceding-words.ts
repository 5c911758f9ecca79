/** Whoever writes a number says what it is just before; further away it belongs to something else. */
const REACH = 32

/** What stands before a place on its line, as far as it can say what comes next; in lower case. */
export function precedingWords(text: string, at: number, reach = REACH): string {
  const head = text.slice(Math.max(0, at - reach), at)
  return head.slice(head.lastIndexOf('\n') + 1).toLowerCase()
}

const OTHER_NUMBER =
  /(?<![\p{L}])(?:commandes?|orders?|factures?|invoices?|dossiers?|tickets?|r[ée]f(?:[ée]rences?|\.)?|refs?|s[ée]rie|serial|imei|suivi|tracking|colis|parcel|lots?|batch|incidents?|siret|siren|ean|isbn|mod[eè]les?|model|part)(?![\p{L}])/gu
const OWN_NUMBER =
  /(?<![\p{L}])(?:cartes?|cards?|cb|visa|mastercard|amex|t[ée]l(?:[ée]phones?|\.)?|phone|mobile|portable|fixe|call|appele[rz]|rappele[rz]|sms|s[ée]cu(?:rit[ée])?|nir)(?![\p{L}])/gu

/** Whether the words before a number say that it counts orders, parcels, devices …: the nearest word decides. */
export function isNamedOtherwise(text: string, at: number): boolean {
  const words = precedingWords(text, at)
  return lastPlace(words, OTHER_NUMBER) > lastPlace(words, OWN_NUMBER)
}

function lastPlace(words: string, cue: RegExp): number {
  let place = -1
  for (const { index } of words.matchAll(cue)) place = index
  return place
}
