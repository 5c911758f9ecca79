import type { CandidateThread, Reason } from '../../../src/articles/candidates/typing/types.ts'
import type { DraftPost } from '../../../src/articles/extraction/material.ts'

type Role = NonNullable<DraftPost['author']>['role']

export interface OwnThread {
  /** undefined: it deserves an article. */
  readonly reason?: Reason
  readonly language: 'en' | 'fr'
  readonly title: string
  readonly question: string
  /** Answers in their order; `✓` at the start: accepted; `staff:`, `expert:` … who wrote it; `↳`: the asker's reply. */
  readonly answers?: readonly string[]
  readonly askedBy?: Role
}

/** Threads of a bank, a camera forum, an energy supplier, a software project and others, in both languages. */
export const ownThreads: readonly OwnThread[] = [
  // Worth an article.
  {
    language: 'en',
    title: 'Exporting transactions to a spreadsheet',
    question:
      'My accountant wants the whole year. I only see thirty days on screen, is there a way to get more?',
    answers: [
      '✓ expert: Statements > Search > Period, then the three dots at the top right > Export as CSV. It goes back seven years.',
      '↳ Got all of 2023, thank you',
    ],
  },
  {
    language: 'fr',
    title: 'Exporter mes opérations dans un tableur',
    question: 'Mon comptable veut toute l’année, à l’écran je ne vois que trente jours.',
    answers: [
      '✓ expert : Relevés > Rechercher > Période, puis les trois points en haut à droite > Exporter en CSV. On remonte jusqu’à sept ans.',
      '↳ J’ai tout 2023, merci',
    ],
  },
  {
    language: 'en',
    title: 'White balance jumps between shots',
    question: 'Indoors under LED light every second frame is orange. Auto white balance, firmware 2.1.',
    answers: [
      'auto is bad lol',
      '✓ The lamps flicker at 100 Hz and the camera measures at another point of the wave each time. Set the shutter to 1/100 or 1/50, or turn on anti-flicker shooting in the second menu.',
    ],
  },
  {
    language: 'fr',
    title: 'La balance des blancs saute d’une vue à l’autre',
    question: 'En intérieur sous LED, une photo sur deux est orange.',
    answers: [
      '✓ Les lampes scintillent à 100 Hz et l’appareil mesure à un autre moment à chaque fois. Réglez la vitesse sur 1/100 ou 1/50, ou activez la prise de vue anti-scintillement dans le deuxième menu.',
    ],
  },
  {
    language: 'en',
    title: 'Build fails: cannot find module "fs/promises"',
    question: 'After the upgrade the build stops with `ERR_MODULE_NOT_FOUND`. What changed?',
    answers: [
      '✓ The bundler targets browsers by default since 5.0. Add `platform: "node"` to the configuration.\n\n```js\nexport default { platform: "node" }\n```',
      '↳ Builds again.',
    ],
  },
  {
    language: 'fr',
    title: 'Le test échoue seulement sur l’intégration continue',
    question: 'Chez moi tout passe. Sur le serveur : `TZ` différent ?',
    answers: [
      '✓ Oui, le serveur est en UTC. Fixez le fuseau dans la configuration : `process.env.TZ = "Europe/Paris"` avant le premier import.',
    ],
  },
  {
    language: 'en',
    title: 'Why is the standing charge higher in winter?',
    question: 'The unit price is the same but the daily part went up.',
    answers: [
      '✓ staff: The daily charge covers the network, whose operator bills us by season. From October to March it is about a third higher, and the difference is the same with every supplier because the regulator sets it.',
    ],
  },
  {
    language: 'fr',
    title: 'Pourquoi l’abonnement change-t-il au-dessus de 6 kVA ?',
    question: 'Le prix du kWh est le même, pas la part fixe.',
    answers: [
      '✓ staff : La part fixe paie le réseau, et le gestionnaire la calcule selon la puissance souscrite. Au-dessus de 6 kVA le palier suivant est 9 kVA, que vous utilisiez toute la puissance ou non.',
    ],
  },
  {
    language: 'en',
    title: 'Does entropy always increase?',
    question: 'My textbook says so but a fridge makes order. What am I missing?',
    answers: [
      '✓ The law is about closed systems. The fridge gives off more heat at its back than it takes from the inside, so the entropy of kitchen and fridge together still grows; only a part of the system may become more ordered.',
    ],
  },
  {
    language: 'en',
    title: 'No hot water on the first floor',
    question: 'Since the new boiler the taps upstairs stay cold.',
    answers: [
      'expert: Bleed the pump: close the valve at the bottom, open the brass screw a quarter turn until water comes, close it and open the valve again.',
      '↳ That did it, hot in two minutes.',
    ],
  },
  {
    language: 'fr',
    title: 'Four en erreur E-14',
    question: 'Il affiche E-14 et bipe, impossible de le lancer',
    answers: [
      'expert : E-14 = sonde débranchée. Coupez au disjoncteur, retirez les deux vis de la plaque arrière et remettez la fiche blanche.',
      '↳ c’était bien la fiche',
    ],
  },
  {
    language: 'en',
    title: 'It would be nice to sort by date',
    question: 'Could you add sorting to the list of invoices? Oldest first, please.',
    answers: [
      '✓ It exists already: click the head of the column *Date*, and once more for oldest first. The order is kept for your next visit.',
      '↳ oh! works',
    ],
  },
  // Reasons.
  {
    reason: 'idea',
    language: 'en',
    title: 'Dark theme for the banking app',
    question: 'It would be great to have a dark theme, my eyes hurt in the evening.',
    answers: ['staff: Thanks for the suggestion, I have passed it on to the team.', '+1'],
  },
  {
    reason: 'idea',
    language: 'fr',
    title: 'Suggestion : trier les albums par lieu',
    question: 'Ce serait pratique de pouvoir trier ses photos par lieu.',
    answers: ['✓ staff : Bonne idée, c’est transmis aux développeurs, pas de date pour l’instant.'],
  },
  {
    reason: 'idea',
    language: 'fr',
    title: 'Pourquoi ne pas proposer une carte en bois ?',
    question: 'Le plastique, c’est fini. Qui est pour ?',
    answers: ['moi !', 'pareil'],
  },
  {
    reason: 'complaint',
    language: 'en',
    title: 'Worst customer service of any bank',
    question: 'Forty minutes on hold and then cut off. You should be ashamed of yourselves. I am leaving.',
    answers: ['staff: I am sorry to hear that, Tom. We take this seriously.', 'same here'],
  },
  {
    reason: 'complaint',
    language: 'fr',
    title: 'Encore une hausse, c’est une honte',
    question: 'Troisième augmentation cette année. On nous prend pour des vaches à lait !!',
    answers: ['staff : Nous comprenons votre mécontentement et le transmettons.'],
  },
  {
    reason: 'complaint',
    language: 'en',
    title: 'Pathetic update',
    question: 'You have ruined a good editor. Nobody asked for this!!!',
    answers: [],
  },
  {
    reason: 'thanks',
    language: 'en',
    title: 'Hats off to the repair team in Leeds',
    question: 'They mended my 1978 lens while I had a coffee and would not take a penny.',
    answers: ['staff: They will be delighted, thank you!'],
  },
  {
    reason: 'thanks',
    language: 'fr',
    title: 'Un grand bravo à l’équipe du support',
    question: 'Réponse en dix minutes un dimanche, et tout remarche. Je voulais le dire.',
    answers: [],
  },
  {
    reason: 'thanks',
    language: 'fr',
    title: 'Paul de l’agence de Lille',
    question: 'Il a pris une heure pour ma mère de 80 ans. Merci à lui, de tout cœur.',
    answers: ['staff : Je lui montre votre message.'],
  },
  {
    reason: 'announcement',
    language: 'en',
    title: 'Planned maintenance on Sunday night',
    question: 'Online banking will be unavailable from 1 to 4 a.m. Card payments are not affected.',
    askedBy: 'staff',
    answers: ['thanks for the warning'],
  },
  {
    reason: 'announcement',
    language: 'fr',
    title: 'Version 3.2 disponible',
    question:
      'La nouvelle version est désormais disponible au téléchargement. Elle corrige douze défauts. Pour mettre à jour : menu Aide > Rechercher les mises à jour.',
    askedBy: 'moderator',
    answers: [],
  },
  {
    reason: 'announcement',
    language: 'en',
    title: 'Photo walk in Bristol, 12 May',
    question:
      'The walk takes place on 12 May, we meet at the harbour at nine. Registration is open until Friday.',
    answers: ['count me in'],
  },
  {
    reason: 'personal',
    language: 'en',
    title: 'Where is my order 88-20417?',
    question: 'Ordered on the 3rd, order number 2024-88-20417, nothing yet.',
    answers: [
      '✓ staff: Hi Sue, it had been held at the depot, I’ve released it and you will receive it tomorrow.',
    ],
  },
  {
    reason: 'personal',
    language: 'fr',
    title: 'Virement bloqué depuis mardi',
    question:
      'Mon virement de 1 200 € n’est toujours pas arrivé, dossier n° 20240388. Pouvez-vous regarder ?',
    answers: ['✓ staff : Bonjour, je viens de le débloquer, il sera sur votre compte demain matin.'],
  },
  {
    reason: 'personal',
    language: 'en',
    title: 'Meter reading refused',
    question: 'Can someone correct my reading? Account 400291773, I typed 9 instead of 6.',
    answers: ['staff: I’ve sent you a private message so that we can put it right.'],
  },
  {
    reason: 'personal',
    language: 'fr',
    title: 'Mon remboursement ?',
    question: 'Pouvez-vous vérifier mon remboursement de l’objectif renvoyé en mai, commande F2024-00871 ?',
    answers: [],
  },
  {
    reason: 'unanswered',
    language: 'en',
    title: 'Shutter error 30 after cleaning',
    question: 'It shows error 30 and the mirror stays up. Has anyone seen this?',
    answers: ['Same here since last week', 'Following'],
  },
  {
    reason: 'unanswered',
    language: 'fr',
    title: 'Comment importer un certificat sous Linux ?',
    question: 'Rien dans la documentation.',
    answers: [],
  },
  {
    reason: 'unanswered',
    language: 'en',
    title: 'App closes when I scan a cheque',
    question: 'Android 14, it closes as soon as the camera opens.',
    answers: ['Clear the cache of the app in the settings of the phone.', '↳ Did that, no change at all.'],
  },
  {
    reason: 'unanswered',
    language: 'fr',
    title: 'L’export s’arrête à 90 %',
    question: 'Depuis la mise à jour l’export vidéo s’arrête toujours à 90 %.',
    answers: ['Quelle version avez-vous ?', '↳ la 7.1'],
  },
  {
    reason: 'too-small',
    language: 'en',
    title: 'Card terminal down?',
    question: 'Is it down for anyone else this morning?',
    answers: ['yes here too', '↳ back on now, never mind'],
  },
  {
    reason: 'too-small',
    language: 'fr',
    title: 'Objectif 35 ou 50 pour commencer',
    question: 'Lequel prendre ?',
    answers: ['✓ le 35', '↳ merci'],
  },
  {
    reason: 'too-small',
    language: 'en',
    title: 'Is the branch open on Saturday',
    question: 'The one in Mill Road.',
    answers: ['✓ Yes till noon.'],
  },
  {
    reason: 'too-small',
    language: 'fr',
    title: 'Plus de courant à Montreuil ?',
    question: 'Coupure générale dans le quartier depuis ce matin.',
    answers: [
      '✓ staff : Un câble arraché par un chantier, équipes sur place, retour vers 11 h.',
      '↳ c’est revenu',
    ],
  },
  {
    reason: 'chat',
    language: 'en',
    title: 'What was your first camera?',
    question: 'Mine was a plastic box from a cereal packet.',
    answers: ['My dad’s old folding one, I still have it.', 'A disposable at a wedding.'],
  },
  {
    reason: 'chat',
    language: 'fr',
    title: 'Vous écoutez quoi en codant ?',
    question: 'Moi du jazz, et vous ?',
    answers: ['✓ Rien, le silence !', 'Moi la radio'],
  },
  {
    reason: 'chat',
    language: 'en',
    title: 'Happy new year from Cornwall',
    question: 'May your batteries be full and your skies dark.',
    answers: ['And to you!'],
  },
  {
    reason: 'chat',
    language: 'fr',
    title: 'Je me présente',
    question: 'Marc, 52 ans, je fais de la photo d’oiseaux en Camargue.',
    answers: ['Bienvenue Marc'],
  },
  // Without the words that give the reason away.
  {
    reason: 'complaint',
    language: 'en',
    title: 'Thirty years a customer',
    question:
      'And you shut my branch with a letter of four lines. My mother cannot use an app. I hope somebody over there reads this.',
    answers: ['staff: Hello Rita, we understand that this is upsetting.', 'they shut ours too'],
  },
  {
    reason: 'complaint',
    language: 'fr',
    title: 'Trente ans de fidélité',
    question:
      'Et vous fermez mon agence avec une lettre de quatre lignes. Ma mère ne sait pas se servir d’une appli. Bravo.',
    answers: ['staff : Bonjour Rita, nous comprenons votre réaction.', 'la nôtre aussi'],
  },
  {
    reason: 'complaint',
    language: 'en',
    title: 'Subscription for a plugin, seriously?',
    question:
      'I paid for version 4 for life. Now it is nine euros a month for the same thing. Who thought of this?',
    answers: ['Money money money', 'I went back to the old one'],
  },
  {
    reason: 'complaint',
    language: 'fr',
    title: 'Deux heures d’attente au téléphone',
    question:
      'Deux heures. Avec la petite musique. Pour entendre que le service est fermé. Vous trouvez ça normal ?',
    answers: ['staff : Toutes nos excuses, une forte affluence cette semaine.'],
  },
  {
    reason: 'complaint',
    language: 'en',
    title: 'You keep moving the buttons',
    question: 'Every month the menus are somewhere else. Stop it. Nobody wants this.',
    answers: ['agree', 'so annoying'],
  },
  {
    reason: 'complaint',
    language: 'fr',
    title: 'Un colis jeté par-dessus la haie',
    question: 'L’objectif était dedans. Vos livreurs s’en lavent les mains. C’est la troisième fois.',
    answers: ['staff : Nous en sommes désolés.'],
  },
  {
    reason: 'thanks',
    language: 'en',
    title: 'The night shift',
    question:
      'At three in the morning a woman called Joy talked me through the whole reset and asked after my cat. I wanted you to know.',
    answers: ['staff: Joy says hello to the cat.'],
  },
  {
    reason: 'thanks',
    language: 'fr',
    title: 'Une perle au guichet de Nantes',
    question:
      'Elle a retrouvé la carte de mon fils, appelé le collège et offert un chocolat. Qui fait encore ça de nos jours ? Merci mille fois.',
    answers: ['staff : Merci pour elle !'],
  },
  {
    reason: 'thanks',
    language: 'en',
    title: 'Five stars',
    question: 'Parcel packed like a jewel, came a day early. You lot are great.',
    answers: [],
  },
  {
    reason: 'personal',
    language: 'en',
    title: 'Charged twice for the same lens',
    question: 'Two payments of £420 left my account on Monday, I bought one lens. Can anyone help?',
    answers: [
      '✓ staff: The second one is only reserved, I can see it in the system. It drops off by Friday. You can follow it under Account > Payments.',
      '↳ gone, thanks',
    ],
  },
  {
    reason: 'personal',
    language: 'fr',
    title: 'Mon compteur est à zéro',
    question: 'Mon relevé de mars est à zéro alors que j’ai consommé. Référence 22998301.',
    answers: [
      '✓ staff : Bonjour, l’index a été ressaisi ce matin, votre prochaine facture tiendra compte de la différence.',
    ],
  },
  {
    reason: 'personal',
    language: 'en',
    title: 'Locked out, moving on Friday',
    question:
      'I lost the phone with the codes on it and my name changed last month. Is there somebody who can look at my file?',
    answers: [
      'staff: Please send us a copy of your ID through the contact form and quote this thread, a colleague will take it from there.',
    ],
  },
  {
    reason: 'personal',
    language: 'fr',
    title: 'Changement de nom après mariage, dossier sans suite',
    question: 'Papiers envoyés le 3, relancé le 12, rien. Numéro de client 4401998.',
    answers: ['staff : Bonjour, les papiers sont arrivés, le nom est à jour depuis hier soir.', '↳ merci'],
  },
  {
    reason: 'personal',
    language: 'en',
    title: 'Warranty claim RMA-20331',
    question: 'Sent it in on 4 May, RMA-20331, no word since.',
    answers: ['mine took six weeks'],
  },
  {
    reason: 'idea',
    language: 'en',
    title: 'A quiet mode for notifications at night',
    question: 'So that the phone does not buzz at 2 am when the pipeline fails. Every other tool has it.',
    answers: ['staff: We like it, I have added your vote.', 'yes please'],
  },
  {
    reason: 'idea',
    language: 'fr',
    title: 'Un compteur de déclenchements dans le menu',
    question: 'Toutes les autres marques le montrent. Ce ne serait pas bien compliqué à ajouter, non ?',
    answers: ['+1', 'je vote pour'],
  },
  {
    reason: 'idea',
    language: 'en',
    title: 'Why no night rate at weekends?',
    question: 'The wind blows on Sundays as well. You would sell more and we would wash more.',
    answers: ['good point', 'I would change plan for that'],
  },
  {
    reason: 'unanswered',
    language: 'en',
    title: 'Strange noise from the heat pump at minus five',
    question: 'A hum like a lorry outside, only on cold nights. The installer hears nothing.',
    answers: ['Ours does that as well', 'Could be the fan?'],
  },
  {
    reason: 'unanswered',
    language: 'fr',
    title: 'Date de sortie du pilote pour la série 8 ?',
    question: 'On l’annonce depuis l’hiver.',
    answers: ['J’attends aussi', 'bientôt paraît-il'],
  },
  {
    reason: 'unanswered',
    language: 'en',
    title: 'Segfault in the parser with nested lists',
    question: 'Only with more than 12 levels. Stack trace attached.',
    answers: ['Try the nightly build.', '↳ The nightly build crashes too.'],
  },
  {
    reason: 'too-small',
    language: 'en',
    title: 'Typo in the newsletter',
    question: 'It says 31 June.',
    answers: ['✓ staff: Well spotted, thanks!'],
  },
  {
    reason: 'too-small',
    language: 'fr',
    title: 'Application très lente',
    question: 'c’est lent aujourd’hui',
    answers: ['chez moi aussi', '↳ ça va mieux, sujet clos'],
  },
  {
    reason: 'too-small',
    language: 'en',
    title: 'Which socket',
    question: 'Left or right?',
    answers: ['✓ expert: Left.', '↳ cheers'],
  },
  {
    reason: 'chat',
    language: 'en',
    title: 'Names you gave your servers',
    question: 'We ran out of planets, now it is cheeses. Yours?',
    answers: ['Volcanoes', 'Characters from soaps here'],
  },
  {
    reason: 'chat',
    language: 'fr',
    title: 'Le plus beau ciel de votre vie',
    question: 'Le mien : Islande, 2016, moins vingt, et personne pour le croire.',
    answers: ['Atacama pour moi', 'Mon jardin pendant la panne'],
  },
  {
    reason: 'announcement',
    language: 'fr',
    title: 'Fermeture de l’agence le 14',
    question: 'L’agence du centre sera fermée le 14 pour inventaire. Les distributeurs restent en service.',
    askedBy: 'staff',
    answers: [],
  },
  {
    reason: 'announcement',
    language: 'en',
    title: 'Meter exchange starts in Hove',
    question: 'Letters went out yesterday. An appointment takes forty minutes. Questions welcome here!',
    askedBy: 'moderator',
    answers: ['Ours is on the 9th'],
  },
  {
    language: 'fr',
    title: 'Impossible de payer avec la montre',
    question: 'Refusé à chaque caisse depuis la nouvelle carte.',
    answers: [
      '✓ Il faut retirer l’ancienne carte de la montre et ajouter la nouvelle : l’identifiant change avec elle. La première fois on valide par un paiement avec code.',
    ],
  },
  {
    language: 'en',
    title: 'Photos too dark when printed',
    question: 'On screen they are fine. Is it the printer?',
    answers: [
      'Your screen is too bright: set it to about 100 cd/m² and compare with the sheet in ordinary light.',
      '↳ That was it!',
    ],
  },
  {
    language: 'fr',
    title: 'Mon dossier de prêt : quels papiers pour un indépendant ?',
    question: 'On me demande des bulletins de paie que je n’ai pas.',
    answers: [
      '✓ staff : À la place : les trois derniers bilans, l’attestation fiscale et un extrait d’immatriculation de moins de trois mois.',
    ],
  },
  {
    language: 'en',
    title: 'Refund to an expired card, where does it go?',
    question: 'Order cancelled, but my card ran out in March.',
    answers: [
      '✓ staff: To the same account: the bank forwards it from the old number to the new one. If the account itself is closed the bank sends it back to us after ten days, and we then ask for another.',
    ],
  },
]

/** A thread of the domain under test, from its short form. */
export function threadOf(own: OwnThread, id = 't1'): CandidateThread {
  const asker = { id: 'asker', name: 'Asker', role: own.askedBy ?? 'member' } as const
  let minute = 0
  let answer = 0
  const at = () => `2024-05-01T10:${String(minute++).padStart(2, '0')}:00.000Z`
  const posts: DraftPost[] = [
    { id: `${id}-q`, kind: 'question', body: own.question, accepted: false, createdAt: at(), author: asker },
  ]
  for (const written of own.answers ?? []) {
    const isReply = written.startsWith('↳')
    const accepted = written.startsWith('✓')
    const [, role, body = ''] = /^(?:[↳✓] )?(?:(staff|expert|moderator) ?: )?([\s\S]*)$/.exec(written) ?? []
    if (!isReply) answer += 1
    posts.push({
      id: isReply ? `${id}-c${minute}` : `${id}-a${answer}`,
      kind: isReply ? 'comment' : 'answer',
      parentId: isReply ? `${id}-a${answer}` : undefined,
      body,
      accepted,
      createdAt: at(),
      author: isReply
        ? asker
        : { id: `helper-${answer}`, name: `Helper ${answer}`, role: (role as Role) ?? 'member' },
    })
  }
  return { id, title: own.title, language: own.language, posts }
}
