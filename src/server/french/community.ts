/** Questions of customers. */
export const ofCommunity: Readonly<Record<string, string>> = {
  QUESTION_TITLE_MISSING: 'Écrivez votre question en quelques mots.',
  QUESTION_TITLE_TOO_LONG:
    'La question dépasse {longest} caractères. Raccourcissez-la, et mettez le reste dans les précisions.',
  QUESTION_TEXT_TOO_LONG: 'Le texte dépasse {longest} caractères. Raccourcissez-le.',
  QUESTION_TEXT_MISSING: 'Écrivez ce que vous souhaitez ajouter.',
  QUESTION_CHARACTERS:
    'Le texte contenait des caractères qui ne peuvent pas être enregistrés. Ils ont été retirés\u00a0: vérifiez le texte, puis renvoyez-le.',
  QUESTION_EMAIL_INVALID: 'Ce n’est pas une adresse e-mail. Corrigez-la, ou laissez le champ vide.',
  QUESTION_TOO_SOON: 'C’était très rapide. Vérifiez votre texte un instant, puis renvoyez-le.',
  QUESTION_FORM_EXPIRED:
    'Cette page est restée ouverte trop longtemps. Votre texte est toujours là\u00a0: renvoyez-le.',
  QUESTION_TOO_MANY:
    'Beaucoup de questions sont venues de votre réseau depuis une heure. Gardez votre texte, et envoyez-le plus tard.',
  QUESTION_TOO_MANY_LINKS: 'Le texte contient plus de {most} liens. Retirez-en.',
  QUESTION_NOT_FOUND: 'La question {id} n’existe pas',
  QUESTION_NOT_HELD: 'La question {id} n’est plus en attente\u00a0: quelqu’un l’a acceptée ou rejetée',
  INBOX_THREAD_ABSENT:
    'La discussion {id} n’est pas dans la boîte de réception\u00a0: elle est résolue ou fermée, ou aucune règle ne l’envoie dans une file.',
  INBOX_TAKEN: '{name} s’occupe de cette discussion. Laissez-la-lui, ou prenez la main.',
  INBOX_QUEUE_UNKNOWN:
    'La file «\u00a0{queue}\u00a0» n’existe pas. Choisissez-en une que les règles d’orientation nomment.',
  INBOX_COLLEAGUE_UNKNOWN:
    'Personne ayant le compte {id} ne peut prendre cette discussion\u00a0: il faut pouvoir y répondre et la lire.',
  INBOX_NOT_ESCALATED: 'La discussion {id} n’est pas escaladée',
  ANSWER_NOT_FOUND: 'Aucune réponse {id} n’est en route depuis cette discussion',
  ANSWER_NOT_FAILED: 'La réponse {id} n’a pas échoué, ou est de nouveau en route',
  THREAD_NOT_ASKED_HERE:
    'La discussion {id} n’a pas été ouverte dans le centre d’aide. Répondez dans la communauté d’où elle vient.',
  ANSWER_LOCKED: '{name} écrit une réponse à cette discussion. Attendez, ou prenez la main.',
}
