/** Bodies of posts as communities write them: paragraphs, lists, code, quotes, links, in English or French. */

const WORDS = {
  en: `the line was cut again this morning after a long night and nobody at the shop could tell why my router keeps
    losing its signal when more than two people are watching something on their phones at once which means that
    either the new box is broken or there is a problem with the contract that we signed last year because since then
    every invoice has been higher than the one before it without any explanation from support even though I called
    twice to ask about roaming charges in Spain and about moving my number to another card before the end of March`,
  fr: `la ligne est encore tombée ce matin après une longue nuit et personne en boutique ne sait pourquoi ma box perd
    son signal dès que plus de deux personnes regardent quelque chose sur leur téléphone en même temps ce qui veut
    dire que soit le nouveau boîtier est en panne soit il y a un problème avec le contrat que nous avons signé
    l'année dernière car depuis chaque facture est plus élevée que la précédente sans aucune explication du service
    client alors que j'ai appelé deux fois au sujet de l'itinérance en Espagne et du transfert de mon numéro`,
}
const LEXICON = { en: WORDS.en.split(/\s+/), fr: WORDS.fr.split(/\s+/) }
const CODE = ['ping 192.168.1.1', 'traceroute -n 8.8.8.8', 'AT+CSQ\nOK', 'if (signal < 3) { restart(); }']
const CHARACTERS = 1550

/** A body of about 1.7 kB. */
export function htmlBody(random, language) {
  const size = CHARACTERS * (0.4 + random.below(1000) / 830)
  let body = ''
  while (body.length < size) body += block(random, language)
  return body
}

/** Words of a text, beginning anywhere: no two posts are the same. */
export function sentence(random, language, length) {
  const lexicon = LEXICON[language]
  const words = []
  let at = random.below(lexicon.length)
  while (words.length < length) {
    words.push(lexicon[at % lexicon.length])
    at += random.below(9) === 0 ? random.below(lexicon.length) : 1
  }
  const text = words.join(' ')
  return `${text[0].toUpperCase()}${text.slice(1)}.`
}

function block(random, language) {
  const say = (least, spread) => sentence(random, language, least + random.below(spread))
  switch (random.below(12)) {
    case 0:
      return `<pre><code>${random.pick(CODE).replaceAll('<', '&lt;')}\n${random.below(1e9)}\n</code></pre>\n\n`
    case 1:
      return `<ul>\n${Array.from({ length: 2 + random.below(3) }, () => `<li>${say(4, 10)}</li>\n`).join('')}</ul>\n\n`
    case 2:
      return `<ol>\n<li><p>${say(6, 10)}</p></li>\n<li><p>${say(6, 10)}</p></li>\n</ol>\n\n`
    case 3:
      return `<blockquote>\n  <p>${say(8, 16)}</p>\n</blockquote>\n\n`
    case 4:
      return `<h2>${say(3, 4)}</h2>\n\n`
    case 5:
      return `<p>${say(6, 8)} <a href="https://community.example/t/${random.below(1e6)}?a=1&amp;b=2" rel="nofollow">${say(2, 3)}</a> ${say(5, 12)}</p>\n\n`
    default:
      return `<p>${say(8, 24)} <strong>${say(2, 3)}</strong> ${say(6, 20)} <code>error_${random.below(900)}</code>, <em>${say(3, 5)}</em> &amp; ${say(4, 14)}</p>\n\n`
  }
}
