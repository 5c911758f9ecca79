import type { ArticleContent } from '../../../src/articles/article.ts'

interface OwnArticle extends Pick<ArticleContent, 'title' | 'issue' | 'resolution' | 'language'> {
  readonly id: string
  readonly environment?: string
}

const articles: readonly OwnArticle[] = [
  {
    id: 'limit-en',
    language: 'en',
    title: 'How much can I withdraw from a cash machine?',
    issue: 'The machine refuses my withdrawal.',
    resolution:
      'You can withdraw **£300** a day and £1,000 a week. Raise it for a trip under **Cards > Limits > Cash**; the change holds for 30 days.',
  },
  {
    id: 'limit-fr',
    language: 'fr',
    title: 'Combien puis-je retirer au distributeur ?',
    issue: 'Le distributeur refuse mon retrait.',
    resolution:
      'Vous pouvez retirer **300 €** par jour et 1 000 € par semaine. Pour un voyage, relevez le plafond dans **Cartes > Plafonds > Retraits** ; le changement vaut 30 jours.',
  },
  {
    id: 'firmware-en',
    language: 'en',
    title: 'How do I update the firmware of the camera?',
    issue: 'There is a new firmware and I want to install it.',
    resolution:
      '1. Copy the file to the top folder of an empty card.\n2. **Setup > Version > Update**.\n3. Wait until the green lamp goes out, about five minutes, with a full battery.',
  },
  {
    id: 'firmware-fr',
    language: 'fr',
    title: 'Comment mettre à jour le micrologiciel de l’appareil ?',
    issue: 'Un nouveau micrologiciel est sorti et je veux l’installer.',
    resolution:
      '1. Copiez le fichier à la racine d’une carte vide.\n2. **Réglages > Version > Mettre à jour**.\n3. Attendez que la lampe verte s’éteigne, environ cinq minutes, batterie pleine.',
  },
  {
    id: 'token-en',
    language: 'en',
    title: 'How long is an access token valid?',
    issue: 'Calls to the API fail with 401 after a while.',
    resolution:
      'An access token is valid for **60 minutes**. Get a new one with the refresh token: `POST /oauth/refresh`. Refresh tokens last 30 days.',
  },
  {
    id: 'reading-fr',
    language: 'fr',
    title: 'Comment transmettre le relevé de mon compteur ?',
    issue: 'On me demande le relevé de mon compteur de gaz.',
    resolution:
      'Dans votre espace, **Contrat > Compteur > Saisir un relevé**, les chiffres noirs seulement, entre le 1er et le 5 du mois.',
  },
]

export const ownArticles = articles.map(({ id, environment = '', ...content }) => ({
  id,
  content: { ...content, environment, cause: '' },
}))

/** Threads about these articles, and near misses, with what they are. */
export const threadsOfArticles = [
  {
    type: 'link',
    articleId: 'limit-en',
    language: 'en',
    title: 'Cash machine will not give me £400',
    question: 'Card is fine in shops. What is the most I can withdraw?',
    answers: ['✓ £300 a day, £1,000 a week. If you travel: Cards > Limits > Cash.'],
  },
  {
    type: 'link',
    articleId: 'limit-fr',
    language: 'fr',
    title: 'Retrait refusé au distributeur',
    question: 'J’ai demandé 400 €. Quel est le maximum ?',
    answers: [
      '✓ C’est 300 € par jour, 1 000 € par semaine. Le plafond se relève dans Cartes > Plafonds > Retraits.',
    ],
  },
  {
    type: 'update',
    articleId: 'limit-en',
    language: 'en',
    title: 'Raising the limit of a cash machine for a child’s card',
    question: 'My daughter’s card refuses more than £20 at the machine, and there is no Limits in her app.',
    answers: [
      '✓ staff: On a youth card the parent sets it: Family > her name > Allowance > Cash, up to £100 a day. She has to confirm it in her own app within 24 hours, otherwise the old limit stays.',
    ],
  },
  {
    type: 'update',
    articleId: 'limit-fr',
    language: 'fr',
    title: 'Plafond de retrait au distributeur à l’étranger',
    question: 'À Tokyo le distributeur refuse alors que le plafond est relevé.',
    answers: [
      '✓ expert : Il faut aussi ouvrir la zone : Cartes > Sécurité > Pays > Asie. Et au Japon seuls les distributeurs des supérettes acceptent les cartes étrangères, avec un code à 4 chiffres.',
    ],
  },
  {
    type: 'contradicts',
    articleId: 'limit-en',
    language: 'en',
    title: 'Help says £300 a day, the machine gave me £500',
    question: 'Which is it? I need to withdraw the deposit for a flat.',
    answers: [
      '✓ staff: The page is out of date. Since 1 March you can withdraw £500 a day; the weekly figure of £1,000 stays.',
    ],
  },
  {
    type: 'contradicts',
    articleId: 'limit-fr',
    language: 'fr',
    title: 'Plafond de retrait : 300 ou 500 € par jour ?',
    question: 'L’aide dit 300, le distributeur m’a donné 500 €.',
    answers: ['✓ staff : L’aide n’est plus à jour : depuis le 1er mars on peut retirer 500 € par jour.'],
  },
  {
    type: 'link',
    articleId: 'firmware-en',
    language: 'en',
    title: 'Installing new firmware on the camera',
    question: 'First time for me, what do I do with the file?',
    answers: [
      '✓ Empty card, file in the top folder, then Setup > Version > Update. Full battery, and wait till the lamp is out.',
    ],
  },
  {
    type: 'link',
    articleId: 'firmware-fr',
    language: 'fr',
    title: 'Installer le nouveau micrologiciel',
    question: 'Première fois, je fais quoi du fichier ?',
    answers: [
      '✓ Carte vide, le fichier à la racine, puis Réglages > Version > Mettre à jour, batterie pleine. On attend que la lampe verte s’éteigne.',
    ],
  },
  {
    type: 'update',
    articleId: 'firmware-en',
    language: 'en',
    title: 'Firmware update: "file not found" on the camera',
    question: 'The file is on the card, in the top folder, and the camera says there is none.',
    answers: [
      '✓ expert: The card was formatted in the computer. Cards above 32 GB have to be formatted in the camera (Setup > Card > Format), it reads only exFAT with clusters of 128 kB. And do not rename the file, it has to be `FW0210.BIN`.',
    ],
  },
  {
    type: 'contradicts',
    articleId: 'firmware-fr',
    language: 'fr',
    title: 'Micrologiciel : plus de menu Version dans l’appareil',
    question: 'La notice dit Réglages > Version > Mettre à jour. Il n’y est plus.',
    answers: [
      '✓ staff : Depuis la 3.0 le fichier n’est plus lu sur la carte : la mise à jour se fait par l’application du téléphone, Appareil > Micrologiciel.',
    ],
  },
  {
    type: 'link',
    articleId: 'token-en',
    language: 'en',
    title: '401 from the API after an hour',
    question: 'Token works at first, then `401`. Is it a bug?',
    answers: ['✓ No, an access token lives 60 minutes. Call `POST /oauth/refresh` with the refresh token.'],
  },
  {
    type: 'contradicts',
    articleId: 'token-en',
    language: 'en',
    title: 'Access token expires after 15 minutes, not 60',
    question: 'The docs say an access token is valid for 60 minutes. Mine is dead after 15.',
    answers: [
      '✓ staff: It was shortened to 15 minutes in version 4, the docs still have the old value. The refresh works as before.',
    ],
  },
  {
    type: 'update',
    articleId: 'reading-fr',
    language: 'fr',
    title: 'Relevé de compteur refusé : « index incohérent »',
    question: 'Je saisis le relevé de mon compteur de gaz et ça répond « index incohérent ».',
    answers: [
      '✓ expert : C’est que l’index est plus bas que le précédent, souvent après un changement de compteur. Joignez une photo : Contrat > Compteur > Contester, avec le numéro de série à 14 chiffres visible. Réponse sous 48 heures.',
    ],
  },
  {
    type: 'create',
    language: 'fr',
    title: 'Carte mémoire illisible dans l’appareil',
    question: 'L’appareil demande de formater, mes photos sont dessus.',
    answers: [
      '✓ expert : Ne formatez pas. Verrouillez la carte par le loquet, lisez-la avec un logiciel de récupération sur l’ordinateur et copiez tout ailleurs avant de la formater.',
    ],
  },
  {
    type: 'create',
    language: 'en',
    title: 'Rate limit of the API',
    question: 'We get `429` at night. What is allowed?',
    answers: [
      '✓ staff: 600 calls a minute for each key, counted over a sliding window; the header `Retry-After` says how long to wait.',
    ],
  },
] as const
