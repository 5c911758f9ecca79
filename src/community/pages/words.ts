import type { SpokenLanguage } from '../../text/language/preferred-language.ts'

const english = {
  ask: 'Ask a question',
  check: 'Check your question, and send it',
  question: 'Your question in a few words',
  details: 'Details (optional)',
  detailsHint: 'What did you try, and what happened? Leave out passwords, and phone and customer numbers.',
  topic: 'Topic',
  topicHint: 'Proposed from your words. Change it if it is wrong.',
  anyTopic: 'Leave it to us',
  email: 'E-mail address (optional)',
  emailHint: 'To be told of the answer. We first ask you to confirm the address.',
  leaveEmpty: 'Leave this field empty',
  goOn: 'Continue',
  send: 'Send the question',
  beside: 'This may answer it already',
  who_internal: 'Only our staff reads your question.',
  who_partner: 'Our staff and our partners read your question.',
  who_customer: 'Our staff and other customers who are signed in can read your question and the answers.',
  who_public: 'Your question and the answers can be read by everyone.',
  attachments: 'Files cannot be attached.',
  number: 'Question {number}, asked on {date}',
  topicIs: 'Topic: {topic}',
  heldTitle: 'Your question has arrived',
  held: 'A colleague reads it before it is passed on. This page says when that has happened.',
  rejected: 'We do not take this question on. If that is a mistake, contact us and name its number.',
  gone: 'This question was removed.',
  waiting: 'Your question has arrived',
  due: 'You get an answer within {time}.',
  late: 'The answer is late: it was due on {date}. We have not forgotten you.',
  usual: 'Half of the questions of the past three months were answered within {time}.',
  next: 'What happens next',
  nextRead: 'Somebody who knows the topic reads your question.',
  nextPage:
    'The answer appears on this page. Keep its address: bookmark the page, or write the address down.',
  nextSecret: 'Only people who have the address can open the page: do not pass it on.',
  nextMail: 'We also send you an e-mail when there is an answer.',
  unconfirmed:
    'We sent you an e-mail. Confirm your address by the link in it, and we tell you of the answer.',
  mailStop: 'Send no e-mail, and delete my address',
  answered: 'There is an answer',
  solved: 'Your question is answered',
  article: 'There is an article about this:',
  answer: 'Answer',
  answerOf: 'Our team, {date}',
  you: 'You, {date}',
  details_: 'What you wrote',
  useful: 'Did this answer help?',
  yes: 'Yes',
  no: 'No',
  saidYes: 'You said that this answer helped. Thank you.',
  saidNo: 'You said that this answer did not help. Write below what is missing.',
  undo: 'Undo',
  takeBack: 'Take back',
  reply: 'Add something',
  replyLabel: 'What would you like to add?',
  replySend: 'Send',
  replied: 'What you added was passed on.',
  mailTitle: 'E-mail about question {number}',
  confirmText: 'Confirm that we may tell you by e-mail when your question is answered.',
  confirm: 'Confirm the address',
  notMe: 'It was not me: delete the address',
  confirmed: 'The address is confirmed. We tell you by e-mail when there is an answer.',
  stopText: 'We tell you by e-mail when there is an answer.',
  stopped: 'We send no e-mail about this question. The address is deleted.',
  toQuestion: 'To the question',
} as const

/** What the pages for asking and following say around their contents. */
export type AskingWords = { readonly [Key in keyof typeof english]: string }

const french: AskingWords = {
  ask: 'Poser une question',
  check: 'Vérifiez votre question, puis envoyez-la',
  question: 'Votre question en quelques mots',
  details: 'Précisions (facultatif)',
  detailsHint:
    'Qu’avez-vous essayé, et que s’est-il passé\u202f? N’écrivez ni mot de passe, ni numéro de téléphone ou de client.',
  topic: 'Thème',
  topicHint: 'Proposé d’après vos mots. Changez-le s’il ne convient pas.',
  anyTopic: 'Nous laisser choisir',
  email: 'Adresse e-mail (facultatif)',
  emailHint: 'Pour être prévenu de la réponse. Nous vous demanderons d’abord de confirmer l’adresse.',
  leaveEmpty: 'Laissez ce champ vide',
  goOn: 'Continuer',
  send: 'Envoyer la question',
  beside: 'Ceci y répond peut-être déjà',
  who_internal: 'Seul notre personnel lit votre question.',
  who_partner: 'Notre personnel et nos partenaires lisent votre question.',
  who_customer:
    'Notre personnel et les autres clients connectés peuvent lire votre question et les réponses.',
  who_public: 'Tout le monde peut lire votre question et les réponses.',
  attachments: 'Il n’est pas possible de joindre des fichiers.',
  number: 'Question {number}, posée le {date}',
  topicIs: 'Thème\u00a0: {topic}',
  heldTitle: 'Votre question est arrivée',
  held: 'Un collègue la lit avant de la transmettre. Cette page vous dira quand ce sera fait.',
  rejected:
    'Nous ne donnons pas suite à cette question. Si c’est une erreur, contactez-nous en indiquant son numéro.',
  gone: 'Cette question a été retirée.',
  waiting: 'Votre question est arrivée',
  due: 'Vous aurez une réponse d’ici {time}.',
  late: 'La réponse est en retard\u00a0: elle était prévue pour le {date}. Nous ne vous oublions pas.',
  usual: 'La moitié des questions des trois derniers mois ont reçu une réponse en moins de {time}.',
  next: 'Et maintenant\u202f?',
  nextRead: 'Quelqu’un qui connaît le sujet lit votre question.',
  nextPage:
    'La réponse apparaîtra sur cette page. Gardez-en l’adresse\u00a0: ajoutez la page à vos favoris ou notez l’adresse.',
  nextSecret: 'Seules les personnes qui ont l’adresse peuvent ouvrir la page\u00a0: ne la communiquez pas.',
  nextMail: 'Nous vous préviendrons aussi par e-mail quand il y aura une réponse.',
  unconfirmed:
    'Nous vous avons envoyé un e-mail. Confirmez votre adresse par le lien qu’il contient, et nous vous préviendrons de la réponse.',
  mailStop: 'Ne pas envoyer d’e-mail et effacer mon adresse',
  answered: 'Il y a une réponse',
  solved: 'Votre question a trouvé sa réponse',
  article: 'Un article en parle\u00a0:',
  answer: 'Réponse',
  answerOf: 'Notre équipe, le {date}',
  you: 'Vous, le {date}',
  details_: 'Ce que vous avez écrit',
  useful: 'Cette réponse vous a-t-elle aidé\u202f?',
  yes: 'Oui',
  no: 'Non',
  saidYes: 'Vous avez indiqué que cette réponse vous a aidé. Merci.',
  saidNo: 'Vous avez indiqué que cette réponse ne vous a pas aidé. Écrivez ci-dessous ce qui manque.',
  undo: 'Annuler',
  takeBack: 'Retirer',
  reply: 'Ajouter quelque chose',
  replyLabel: 'Que souhaitez-vous ajouter\u202f?',
  replySend: 'Envoyer',
  replied: 'Votre ajout a été transmis.',
  mailTitle: 'E-mails sur la question {number}',
  confirmText: 'Confirmez que nous pouvons vous prévenir par e-mail quand votre question aura une réponse.',
  confirm: 'Confirmer l’adresse',
  notMe: 'Ce n’était pas moi\u00a0: effacer l’adresse',
  confirmed: 'L’adresse est confirmée. Nous vous préviendrons par e-mail quand il y aura une réponse.',
  stopText: 'Nous vous prévenons par e-mail quand il y a une réponse.',
  stopped: 'Nous n’envoyons pas d’e-mail sur cette question. L’adresse est effacée.',
  toQuestion: 'Vers la question',
}

const WORDS: Readonly<Record<SpokenLanguage, AskingWords>> = { en: english, fr: french }

export function askingWordsIn(language: SpokenLanguage): AskingWords {
  return WORDS[language]
}

/** *45 minutes*, *4 hours*, *3 days*: rounded up, so that nothing is promised too soon. */
export function durationIn(language: SpokenLanguage, minutes: number): string {
  const [value, unit] =
    minutes < 90
      ? [Math.max(1, Math.ceil(minutes)), 'minute']
      : minutes <= 48 * 60
        ? [Math.ceil(minutes / 60), 'hour']
        : [Math.ceil(minutes / (24 * 60)), 'day']
  return new Intl.NumberFormat(language, { style: 'unit', unit: String(unit), unitDisplay: 'long' }).format(
    Number(value),
  )
}
