/** Made-up customers' words about a television stick that came out last week and fails. */
const STICK = {
  en: [
    [
      'Lumora stick shows a purple screen',
      'My new Lumora stick shows a purple screen after the logo, nothing else.',
    ],
    [
      'Purple screen on the Lumora stick',
      'Plugged the Lumora stick in yesterday: purple screen, the remote does nothing.',
    ],
    [
      'Lumora stick frozen on purple',
      'Since last night the Lumora stick is frozen, the whole screen is purple.',
    ],
    [
      'New Lumora stick, only purple',
      'I restarted the Lumora stick five times and I still get the purple screen.',
    ],
    ['Is the Lumora stick down?', 'Purple screen on both my Lumora sticks, and friends have the same.'],
    ['Lumora stick will not start', 'The Lumora stick stays on a purple screen with a spinning star.'],
  ],
  fr: [
    [
      'Clé Lumora : écran violet',
      'Ma nouvelle clé Lumora affiche un écran violet après le logo, rien de plus.',
    ],
    [
      'Écran violet avec la clé Lumora',
      'Clé Lumora branchée hier : écran violet, la télécommande ne répond pas.',
    ],
    ['Clé Lumora figée sur le violet', "Depuis hier soir la clé Lumora est figée, tout l'écran est violet."],
    [
      'Nouvelle clé Lumora, que du violet',
      "J'ai redémarré la clé Lumora cinq fois, toujours cet écran violet.",
    ],
    ['La clé Lumora est en panne ?', 'Écran violet sur mes deux clés Lumora, et chez des amis aussi.'],
    ['La clé Lumora ne démarre plus', 'La clé Lumora reste sur un écran violet avec une étoile qui tourne.'],
  ],
} as const

/** What customers of the demo ask on other days. */
const USUAL = [
  [
    'en',
    'Invoice higher than usual',
    'My invoice of this month is higher than usual, where do I see what was charged?',
  ],
  ['fr', 'Facture plus élevée', 'Ma facture du mois est plus élevée que d’habitude, où voir le détail ?'],
  ['en', 'Wi-Fi slow upstairs', 'The Wi-Fi is slow upstairs, would a repeater help?'],
  ['fr', 'Wi-Fi lent à l’étage', 'Le Wi-Fi est lent à l’étage, un répéteur aiderait-il ?'],
  ['en', 'Fibre box light is red', 'The light of my box has been red since the storm, what should I check?'],
  ['fr', 'Voyant rouge sur la box', 'Le voyant de ma box est rouge depuis l’orage, que vérifier ?'],
] as const

/**
 * Posts about a television stick among what is usual, as an export of a community would tell them: each by another member,
 * over the last days.
 */
export function burst(now: number): string {
  const lines: object[] = []
  const add = (id: string, language: string, title: string, body: string, hoursAgo: number) => {
    const createdAt = new Date(now - hoursAgo * 3_600_000).toISOString()
    lines.push(
      { type: 'member', id: `m-${id}`, name: `Member ${id}` },
      { type: 'thread', id, title, language, createdAt },
      { type: 'post', id: `p-${id}`, threadId: id, kind: 'question', authorId: `m-${id}`, body, createdAt },
    )
  }
  for (const language of ['en', 'fr'] as const)
    for (const round of [1, 2])
      STICK[language].forEach(([title, body], i) => {
        const more = round === 1 ? '' : language === 'en' ? ' Anyone else?' : ' Suis-je seul ?'
        add(`stick-${language}-${round}-${i}`, language, title, body + more, 2 * i + 20 * round)
      })
  for (let round = 0; round < 4; round++)
    USUAL.forEach(([language, title, body], i) => {
      add(`usual-${round}-${i}`, language, title, `${body} (${round})`, 12 * round + i + 1)
    })
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`
}
