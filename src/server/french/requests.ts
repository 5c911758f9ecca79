/** Requests, people, searches. */
export const ofRequests: Readonly<Record<string, string>> = {
  // Requests
  VALIDATION_FAILED: 'La requête n’est pas valide. Chaque problème est décrit dans `errors`.',
  BODY_MALFORMED: 'Le corps de la requête n’est pas du JSON valide en UTF-8',
  BODY_TOO_COMPLEX:
    'Le corps de la requête est imbriqué sur plus de {levels} niveaux, ou compte plus de {fields} champs. Envoyez-en moins à la fois.',
  URL_MALFORMED: 'L’adresse contient une séquence d’échappement qui n’est pas de l’UTF-8 valide',
  REQUEST_MALFORMED: 'La requête est mal formée',
  KEY_REQUIRED: 'Connectez-vous, ou envoyez une clé d’API dans `Authorization: Bearer …`',
  KEY_INVALID: 'La clé d’API est inconnue ou révoquée',
  SESSION_ENDED: 'Votre session est terminée. Connectez-vous de nouveau.',
  CROSS_SITE_REQUEST:
    'Un navigateur a envoyé cette requête depuis un autre site, ou sans dire d’où. Passez par une page d’Entraide, ou utilisez une clé d’API.',
  ROLE_FORBIDDEN: 'Vous n’avez aucun des rôles qui permettent cette opération\u00a0: {roles}',
  ROUTE_NOT_FOUND: 'Il n’y a rien à cette adresse. La documentation de l’API se trouve à /api/docs.',
  METHOD_NOT_ALLOWED:
    'Cette adresse n’accepte pas cette méthode. Utilisez l’une de celles-ci\u00a0: {methods}',
  REQUEST_TOO_SLOW: 'La requête n’est pas arrivée entière à temps',
  BODY_TOO_LARGE: 'Le corps de la requête dépasse {limit} octets',
  URL_TOO_LONG: 'Une partie de l’adresse est trop longue',
  MEDIA_TYPE_UNSUPPORTED:
    'Ce type de contenu n’est pas accepté. Envoyez du application/json, ou le type que la documentation de l’API indique pour cette opération.',
  IDEMPOTENCY_IN_PROGRESS: 'Une requête avec cette Idempotency-Key est encore en cours. Réessayez plus tard.',
  IDEMPOTENCY_KEY_INVALID: 'Idempotency-Key doit compter de 1 à 200 caractères ASCII imprimables',
  IDEMPOTENCY_NOT_OFFERED:
    'Idempotency-Key ne fonctionne que pour un appelant connu. Connectez-vous, envoyez une clé d’API, ou retirez cet en-tête.',
  IDEMPOTENCY_KEY_REUSED:
    'Cette Idempotency-Key a déjà servi pour une autre requête. Utilisez-en une nouvelle.',
  RATE_LIMITED: 'Plus de {max} requêtes en une minute. Réessayez dans {seconds}\u00a0s.',
  OVERLOADED: 'Le service est surchargé. Réessayez dans {seconds}\u00a0s.',
  INTERNAL:
    'Une erreur inattendue est survenue. Le journal du serveur la garde sous l’identifiant de cette requête.',
  TIME_UNKNOWN:
    'Aucune horloge n’indique ici {time}, comme une seconde intercalaire. Donnez la seconde d’avant ou d’après.',
  CURSOR_INVALID: 'Ce curseur n’est pas valable pour cette liste. Recommencez sans curseur.',
  PRECONDITION_REQUIRED: 'Il manque If-Match. Envoyez-le avec l’ETag de la version que vous avez lue.',
  DATABASE_UNAVAILABLE: 'La base de données ne répond pas. Réessayez dans {seconds}\u00a0s.',
  STORAGE_FULL:
    'Le disque de la base de données est plein\u00a0: rien ne peut être enregistré. Réessayez dans {seconds}\u00a0s.',
  WRITE_QUEUE_FULL: 'Trop d’écritures attendent. Réessayez plus tard.',
  // People
  AUDIT_INTERNAL_ONLY:
    'Le journal d’audit cite ce qui a été modifié\u00a0: il est réservé aux lecteurs internes',
  KEY_NOT_FOUND: 'La clé d’API {id} n’existe pas',
  KEY_NAME_TAKEN:
    'Une clé d’API nommée «\u00a0{name}\u00a0» existe déjà. Choisissez un autre nom, ou révoquez d’abord cette clé.',
  KEY_NAME_INVALID: 'Le nom d’une clé d’API doit compter de 1 à 100 caractères, sans caractère de contrôle',
  KEY_ROLE_UNKNOWN: '«\u00a0{role}\u00a0» n’est pas un rôle',
  KEY_AUDIENCE_UNKNOWN: '«\u00a0{audience}\u00a0» n’est pas un public',
  KEY_AUDIENCE_FORBIDDEN:
    'Vous ne voyez pas ce que voit le public {audience}\u00a0: vous ne pouvez pas créer de clé d’API pour lui',
  ACCOUNT_NOT_FOUND: 'Le compte {id} n’existe pas',
  ACCOUNT_EXISTS: 'Quelqu’un a déjà un compte avec cette adresse e-mail',
  ACCOUNT_NAME_INVALID: 'Un nom doit compter de 1 à 100 caractères, sans caractère de contrôle',
  ACCOUNT_EMAIL_INVALID: 'Ce n’est pas une adresse e-mail. Saisissez-en une comme nom@exemple.fr.',
  ACCOUNT_ROLE_UNKNOWN: '«\u00a0{role}\u00a0» n’est pas un rôle',
  ACCOUNT_AUDIENCE_UNKNOWN: '«\u00a0{audience}\u00a0» n’est pas un public',
  ACCOUNT_AUDIENCE_FORBIDDEN:
    'Vous ne voyez pas ce que voit le public {audience}\u00a0: vous ne pouvez pas le donner à un compte',
  ACCOUNT_DISABLED: 'Le compte {id} est désactivé. Réactivez-le d’abord.',
  INVITATION_INCOMPLETE:
    'Une invitation demande un nom, une adresse e-mail et un rôle. Il manque\u00a0: {missing}. Le lien du premier administrateur ne demande aucune option.',
  LAST_ADMINISTRATOR:
    'C’est le seul administrateur qui puisse se connecter. Nommez d’abord un autre administrateur.',
  PERSON_REQUIRED: 'Réservé à une personne connectée\u00a0: une clé d’API ne suffit pas',
  PREFERENCES_TOO_LARGE: 'Les préférences dépassent {limit} octets. Supprimez quelques vues enregistrées.',
  PASSWORD_TOO_SHORT: 'Le mot de passe compte moins de {least} caractères. Choisissez-en un plus long.',
  PASSWORD_TOO_LONG: 'Le mot de passe compte plus de {most} caractères. Choisissez-en un plus court.',
  PASSWORD_TOO_OBVIOUS: 'Le mot de passe est votre nom ou votre adresse e-mail. Choisissez-en un autre.',
  PASSWORD_WRONG: 'Le mot de passe actuel est incorrect',
  PASSWORD_SIGN_IN_OFF: 'Personne ne se connecte ici par mot de passe. Connectez-vous avec {name}.',
  LINK_INVALID: 'Ce lien n’est plus valable. Demandez-en un nouveau à un administrateur.',
  LINK_EMAIL_REQUIRED: 'Ce lien crée l’administrateur. Saisissez aussi un nom et une adresse e-mail.',
  SIGN_IN_FAILED: 'L’adresse e-mail ou le mot de passe est incorrect',
  SIGN_IN_LIMITED: 'Trop de tentatives. Réessayez dans {seconds}\u00a0s.',
  SESSION_NOT_FOUND: 'Vous n’avez pas de session {id}',
  DEMO_ONLY:
    'Un clic ne suffit pour se connecter que dans la démonstration, et sur la machine où elle tourne',
  OIDC_NOT_CONFIGURED: 'Aucun fournisseur d’identité n’est configuré',
  OIDC_UNAVAILABLE: 'Le fournisseur d’identité ne répond pas. Réessayez plus tard.',
  OIDC_FAILED: 'Le fournisseur d’identité n’a pas confirmé qui vous êtes. Réessayez.',
  OIDC_NO_ROLE: 'Aucun de vos groupes ne donne accès à Entraide. Adressez-vous à un administrateur.',
  OIDC_NO_ACCOUNT: 'Vous n’avez pas encore de compte ici. Demandez une invitation à un administrateur.',
  OIDC_ACCOUNT_DISABLED: 'Votre compte est désactivé. Adressez-vous à un administrateur.',
  OIDC_EMAIL_TAKEN:
    'Le compte qui a votre adresse e-mail appartient à quelqu’un d’autre chez le fournisseur d’identité. Adressez-vous à un administrateur.',
  OIDC_EMAIL_UNVERIFIED:
    'Un compte a votre adresse e-mail, mais le fournisseur d’identité n’a pas vérifié qu’elle est à vous. Adressez-vous à un administrateur.',
  // Search
  SEARCH_QUERY_EMPTY: 'Saisissez ce que vous cherchez\u00a0: q est vide',
  SEARCH_CURSOR_INVALID: 'Ce curseur n’est pas valable pour cette recherche. Recommencez sans curseur.',
  SYNONYM_WORD_EMPTY:
    'La ligne {line} contient un mot vide, ou sans lettre ni chiffre. Écrivez quelque chose, ou retirez-le.',
  SYNONYM_WORD_TOO_LONG:
    'La ligne {line} contient un mot ou une expression de plus de {most} caractères, ou de plus de {words} mots. Raccourcissez.',
  SYNONYM_CHARACTER_INVALID:
    'La ligne {line} contient un mot avec un caractère interdit\u00a0: un caractère de contrôle, la moitié d’un caractère, ou l’un de `,;:=<>`, ou `#` au début.',
  SYNONYM_ALONE:
    'La ligne {line} n’a qu’un mot, que rien ne remplace. Ajoutez-en un autre, ou ce qu’il trouve aussi.',
  SYNONYM_WORDS_TOO_MANY: 'La ligne {line} compte plus de {most} mots. Partagez-la en plusieurs.',
  SYNONYM_LANGUAGE_UNKNOWN:
    'La ligne {line} nomme la langue «\u00a0{language}\u00a0». Écrivez `fr:` ou `en:`, ou aucune langue pour les deux.',
  SYNONYM_LINE_INVALID:
    'La ligne {line} contient plusieurs fois «\u00a0=>\u00a0». Écrivez une ligne pour chaque.',
  SYNONYMS_TOO_MANY:
    'Il y aurait {entries} entrées, et le maximum est de {most}. Retirez-en, ou réunissez celles qui ont un mot en commun.',
  SYNONYM_CHANGE_UNCLEAR:
    'Envoyez des entrées à ajouter ou un `text` qui les contient, mais pas les deux\u202f; `replace` ne va qu’avec un `text`.',
  SYNONYM_NOT_FOUND: 'Les synonymes n’ont pas d’entrée {id}. Relisez-les.',
  SYNONYM_VERSION_NOT_FOUND: 'Les synonymes n’ont pas de version {version}',
  SYNONYMS_UNCHANGED: 'Rien ne changerait\u00a0: les synonymes contiennent déjà tout cela',
  SYNONYMS_CONFLICT:
    'Les synonymes ont été enregistrés par {by} depuis que vous les avez lus\u00a0: ils en sont à la version {version}. Rien de vous n’est enregistré. Voyez dans `current` ce qui a changé, puis enregistrez de nouveau.',
}
