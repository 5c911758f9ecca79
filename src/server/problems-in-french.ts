import type { CodedError } from '../platform/errors.ts'

/**
 * What agents and knowledge managers may read of errors, in French, by code; `{name}` stands for a detail of the error.
 * What only who runs the service meets (files, configuration, training) stays in English.
 */
const SENTENCES: Readonly<Record<string, string>> = {
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
  LAST_ADMINISTRATOR:
    'C’est le seul administrateur qui puisse se connecter. Nommez d’abord un autre administrateur.',
  PERSON_REQUIRED: 'Réservé à une personne connectée\u00a0: une clé d’API ne suffit pas',
  PREFERENCES_TOO_LARGE: 'Les préférences dépassent {limit} octets. Supprimez quelques vues enregistrées.',
  PASSWORD_TOO_SHORT: 'Le mot de passe compte moins de {least} caractères. Choisissez-en un plus long.',
  PASSWORD_TOO_LONG: 'Le mot de passe compte plus de {most} caractères. Choisissez-en un plus court.',
  PASSWORD_TOO_OBVIOUS: 'Le mot de passe est votre nom ou votre adresse e-mail. Choisissez-en un autre.',
  PASSWORD_WRONG: 'Le mot de passe actuel est faux',
  PASSWORD_SIGN_IN_OFF: 'Personne ne se connecte ici par mot de passe. Connectez-vous avec {name}.',
  LINK_INVALID: 'Ce lien n’est plus valable. Demandez-en un nouveau à un administrateur.',
  LINK_EMAIL_REQUIRED: 'Ce lien crée l’administrateur. Saisissez aussi un nom et une adresse e-mail.',
  SIGN_IN_FAILED: 'L’adresse e-mail ou le mot de passe est faux',
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
  // Discussions
  THREAD_NOT_FOUND: 'La discussion {id} n’existe pas',
  THREAD_MERGED: 'La discussion {id} a été fusionnée dans la discussion {into}. Utilisez celle-ci.',
  THREAD_MERGE_CYCLE:
    'La discussion {id} ne peut pas être fusionnée dans {into}\u00a0: c’est la même, ou elle y a été fusionnée',
  THREAD_MERGE_SOURCES:
    'Les discussions {id} et {into} viennent de sources différentes. Seules des discussions d’une même source peuvent être fusionnées.',
  THREAD_NOT_MERGED: 'La discussion {id} n’est fusionnée dans aucune autre',
  THREAD_NOT_SPLIT: 'La discussion {id} n’est pas née d’une scission',
  THREAD_SPLIT_IN_USE:
    'D’autres discussions ont été fusionnées dans la discussion {id}. Annulez d’abord ces fusions.',
  THREAD_SPLIT_QUESTION:
    'La question de la discussion {id} ne peut pas en être séparée. Choisissez d’autres messages.',
  POST_NOT_IN_THREAD: 'La discussion {id} ne montre pas le message {postId}',
  THREAD_PROTECTED:
    'La discussion {id} est protégée ({ground})\u00a0: elle ne peut ni devenir un article ni être publiée tant que deux personnes n’ont pas levé la protection. Demandez-le à /api/threads/{id}/release/request.',
  THREAD_NOT_PROTECTED: 'La discussion {id} n’est pas protégée\u00a0: il n’y a aucune protection à lever',
  RELEASE_NOT_REQUESTED:
    'Personne n’a demandé à lever la protection de la discussion {id}. Demandez-le d’abord\u202f; une autre personne confirmera ensuite.',
  RELEASE_SAME_PERSON:
    'Vous avez vous-même demandé à lever la protection de la discussion {id}. Une autre personne doit confirmer.',
  PROTECTIONS_FORBIDDEN:
    'La liste des discussions protégées est réservée aux lecteurs internes. Utilisez une clé avec le public internal.',
  POST_ID_TAKEN:
    'La source «\u00a0{source}\u00a0» a un autre message avec l’identifiant «\u00a0{id}\u00a0», dans une autre discussion ou d’une autre nature. Envoyez un identifiant propre à ce message.',
  POST_PARENT_UNKNOWN: 'La discussion n’a pas de message avec l’identifiant «\u00a0{parentId}\u00a0»',
  POST_NOT_ACCEPTABLE:
    'Seule une réponse peut être acceptée. N’envoyez pas `accepted` avec un message de type {kind}.',
  SOURCE_NOT_FOUND: 'La source «\u00a0{name}\u00a0» n’existe pas',
  // Labels and review
  FACET_NOT_FOUND: 'La facette «\u00a0{facet}\u00a0» n’existe pas',
  FACET_EXISTS: 'Une facette nommée «\u00a0{facet}\u00a0» existe déjà',
  LABEL_NOT_FOUND: 'La facette «\u00a0{facet}\u00a0» n’a pas d’étiquette «\u00a0{label}\u00a0»',
  LABEL_EXISTS: 'La facette «\u00a0{facet}\u00a0» a déjà une étiquette «\u00a0{label}\u00a0»',
  LABEL_EMPTY: 'Saisissez un nom pour l’étiquette',
  COST_OF_RIGHT_LABEL:
    'Indiquez le coût d’étiquettes fausses\u00a0: une discussion qui a «\u00a0{label}\u00a0» peut recevoir cette étiquette',
  COST_STATED_TWICE:
    'Le coût de l’étiquette «\u00a0{given}\u00a0» donnée à une discussion qui a «\u00a0{truth}\u00a0» est indiqué deux fois',
  TOO_MANY_COSTS: 'Indiquez au plus {most} coûts. Une paire d’étiquettes sans coût indiqué coûte 1.',
  ANNOTATION_NOT_FOUND: 'L’annotation {id} n’existe pas',
  ANNOTATION_NOT_YOURS:
    'L’annotation {id} est de quelqu’un d’autre. Seuls son auteur ou un superviseur peuvent la révoquer.',
  RULING_NOT_REVOCABLE:
    'L’annotation {id} est un arbitrage. Seul un gestionnaire des connaissances peut la révoquer.',
  RULING_NOT_RESTORABLE:
    'La révocation {id} contient un arbitrage. Seul un gestionnaire des connaissances peut la rétablir.',
  AGENT_NOT_FOUND:
    'Aucune personne, clé ni annotation n’a l’identifiant d’agent {agent}. `entraide accounts list` et `entraide keys list` affichent les identifiants.',
  REVOCATION_NOT_FOUND: 'La révocation {id} n’existe pas',
  REVOCATION_IN_PROGRESS: 'La révocation {id} est encore en cours. Rétablissez-la quand elle sera terminée.',
  DISPUTE_UNEXPLAINED:
    'Dites dans `note` ce qui ne va pas, pour qu’un gestionnaire de connaissances puisse trancher',
  SKIP_NOT_FOUND: 'Vous n’avez passé aucune discussion sous l’identifiant {id}',
  CONFLICT_NOT_FOUND: 'Le conflit {id} n’existe pas',
  CONFLICT_CLOSED: 'Le conflit {id} est déjà clos\u00a0: {outcome}',
  RULING_UNCLEAR: 'Envoyez `label` ou `confirm`, mais pas les deux',
  TOPIC_NOT_FOUND: 'Le thème {id} n’existe pas',
  TOPIC_RESOLVED: 'Le thème {id} est déjà traité\u00a0: {status}',
  // Models and explanations
  ACTIVATION_NONE: 'Aucune version du modèle de la facette «\u00a0{facet}\u00a0» n’est encore active',
  NO_ACTIVE_MODEL:
    'La facette «\u00a0{facet}\u00a0» n’a pas encore de version active du modèle. Entraînez-en une d’abord.',
  MODEL_VERSION_NOT_FOUND: 'La facette «\u00a0{facet}\u00a0» n’a pas de version {version} du modèle',
  TRAINING_IN_PROGRESS:
    'La facette «\u00a0{facet}\u00a0» est déjà en cours d’entraînement. Réessayez quand il sera terminé.',
  EXPLAIN_NO_MODEL:
    'La facette «\u00a0{facet}\u00a0» n’a pas de version active du modèle\u00a0: il n’y a encore rien à expliquer. Entraînez-en une d’abord.',
  EXPLAIN_LABEL_UNKNOWN:
    'La version active {version} du modèle de la facette «\u00a0{facet}\u00a0» n’a pas d’étiquette «\u00a0{label}\u00a0»',
  ROUTING_RULES_CONFLICT:
    'Les règles de routage ont changé depuis que vous les avez lues\u00a0: elles en sont à la version {current}. Relisez-les, puis refaites votre modification.',
  ROUTING_VERSION_NOT_FOUND: 'Les règles de routage n’ont pas de version {version}',
  FACET_ACTS_EVERYWHERE:
    'Les étiquettes de la facette «\u00a0{facet}\u00a0» agissent sur toutes les sources dans la limite de son budget de risque\u00a0: seules les facettes fournies avec des exemples de départ sont mesurées source par source.',
  CRAWL_UNSUPPORTED:
    'La source «\u00a0{name}\u00a0» n’est pas d’un format dont l’API peut être lue ({known}). Envoyez un export, ou configurez un webhook.',
  CRAWL_ACCESS_REQUIRED:
    'L’API de la source «\u00a0{name}\u00a0» n’a pas d’adresse. Indiquez-la d’abord à /api/sources/{name}/access.',
  IMPORT_NOT_RESUMABLE:
    'L’import ({status}) ne peut pas être repris\u00a0: seul un envoi annulé depuis moins de 24 heures peut l’être. Envoyez de nouveau les fichiers\u202f; ce qui est déjà enregistré sera reconnu.',
  JOB_NOT_FOUND: 'Il n’y a pas de tâche {id} en échec',
  // Articles
  ARTICLE_NOT_FOUND: 'L’article {id} n’existe pas',
  ARTICLE_CONFLICT:
    'L’article {id} a changé depuis que vous l’avez lu\u00a0: il en est à la révision {revision}. Relisez-le, puis refaites votre modification.',
  ARTICLE_DRAFT_CONFLICT:
    'Le brouillon de l’article {id} a été modifié par {by} ({at}), depuis que vous l’avez lu. Votre texte n’est pas enregistré. Comparez-le avec `current`, puis enregistrez de nouveau avec la version de `current`.',
  ARTICLE_DRAFT_MISSING: 'L’article {id} n’a pas de brouillon',
  ARTICLE_DRAFT_FORBIDDEN:
    'Le brouillon de l’article {id} cite peut-être des messages que votre public ne peut pas voir. Modifiez l’article lui-même.',
  ARTICLE_ARCHIVED: 'L’article {id} est archivé. Publiez-le de nouveau avant de le modifier.',
  ARTICLE_INCOMPLETE: 'L’article {id} ne peut pas être publié, car il lui manque\u00a0: {missing}',
  ARTICLE_AUDIENCE_WIDER:
    'L’article {id} cite des messages que seul le public {permitted} peut voir. Pour le publier malgré tout pour {audience}, vérifiez le texte et envoyez confirmWiderAudience.',
  ARTICLE_PERSONAL_DATA:
    'L’article {id} contient peut-être des données personnelles ({kinds}). Pour le publier malgré tout pour {audience}, vérifiez le texte et envoyez confirmPersonalData.',
  ARTICLE_FORBIDDEN: 'La discussion {id} est déjà devenue un article, que vous n’avez pas le droit de voir',
  ARTICLE_FLAGS_FORBIDDEN:
    'Votre rôle ne permet pas de lister les articles signalés. Utilisez une clé avec le rôle knowledge-manager.',
}

/** Codes that have a sentence in French, with it. */
export const frenchSentences: ReadonlyMap<string, string> = new Map(Object.entries(SENTENCES))

/** An error in French; undefined for one that has no sentence there. */
export function inFrench({ code, details }: Pick<CodedError, 'code' | 'details'>): string | undefined {
  return frenchSentences
    .get(code)
    ?.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? `{${name}}`))
}

/** What is wrong with a field, in French: the sentences that `explainValidation` forms itself. */
export function faultInFrench(message: string): string {
  const fixed = FAULTS[message]
  if (fixed !== undefined) return fixed
  const choice = /^must be ("[\s\S]*)$/.exec(message)?.[1]
  return choice === undefined ? message : `doit être ${choice.replaceAll('" or "', '" ou "')}`
}

const FAULTS: Readonly<Record<string, string>> = {
  'is required': 'est obligatoire',
  'is not a known field': 'n’est pas un champ connu',
  'is not valid': 'n’est pas valide',
  'must not contain the character U+0000': 'ne doit pas contenir le caractère U+0000',
  'must be string': 'doit être un texte',
  'must be integer': 'doit être un nombre entier',
  'must be number': 'doit être un nombre',
  'must be boolean': 'doit être true ou false',
  'must be object': 'doit être un objet',
  'must be array': 'doit être une liste',
}
