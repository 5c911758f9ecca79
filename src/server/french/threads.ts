/** The help centre, discussions, labels and review, models. */
export const ofThreads: Readonly<Record<string, string>> = {
  // Help centre
  HELP_PAGE_NOT_FOUND: 'Cette page n’existe pas',
  HELP_COLOUR_INVALID: 'La couleur {colour} n’est pas écrite sous la forme #rrvvbb',
  HELP_COLOUR_CONTRAST:
    'La couleur {colour} a un contraste de {ratio} sur le fond, et les liens demandent {least} au moins. Choisissez-en une plus contrastée.',
  HELP_LINK_INVALID:
    'Le lien «\u00a0{label}\u00a0» mène à {url}. Donnez une adresse `https:`, `http:` ou `mailto:`, ou un chemin qui commence par /.',
  HELP_CHAT_INVALID: 'Le tchat mène à {url}. Indiquez une adresse en https.',
  HELP_EMBED_OFF:
    'Seules les personnes connectées peuvent ouvrir le centre d’aide ; il n’offre donc pas de recherche pour d’autres sites',
  HELP_SETTINGS_CONFLICT:
    'Quelqu’un d’autre a modifié les réglages du centre d’aide. Relisez-les, puis refaites votre modification.',
  HELP_LOGO_TYPE: 'Le logo n’est ni une image SVG ni une image PNG. Envoyez l’une des deux.',
  HELP_LOGO_TOO_LARGE:
    'Le logo est trop grand\u00a0: {bytes} octets au plus, et {pixels} pixels de large et de haut au plus pour un PNG',
  HELP_LOGO_UNSAFE:
    'Le SVG contient {what}, ce qu’un logo ne doit pas contenir. Exportez-le en SVG simple, fait de formes et de couleurs seules.',
  HELP_LOGO_NOT_FOUND: 'Le centre d’aide n’a pas de logo',
  HELP_PREVIEW_INTERNAL_ONLY:
    'Un brouillon peut citer ce qui est interne\u00a0: seuls les collègues du public internal peuvent partager un aperçu',
  HELP_PREVIEW_NOT_FOUND: 'L’aperçu {id} n’existe pas',
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
    'L’annotation {id} est un arbitrage. Seul un responsable des connaissances peut la révoquer.',
  RULING_NOT_RESTORABLE:
    'La révocation {id} contient un arbitrage. Seul un responsable des connaissances peut la rétablir.',
  AGENT_NOT_FOUND:
    'Aucune personne, clé ni annotation n’a l’identifiant d’agent {agent}. `entraide accounts list` et `entraide keys list` affichent les identifiants.',
  REVOCATION_NOT_FOUND: 'La révocation {id} n’existe pas',
  REVOCATION_IN_PROGRESS: 'La révocation {id} est encore en cours. Rétablissez-la quand elle sera terminée.',
  DISPUTE_UNEXPLAINED:
    'Dites dans `note` ce qui ne va pas, pour qu’un responsable des connaissances puisse trancher',
  SKIP_NOT_FOUND: 'Aucune discussion que vous avez passée ne correspond à l’identifiant {id}',
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
    'L’import ({status}) ne peut pas être repris\u00a0: seuls peuvent l’être un envoi ou une lecture par l’API annulés depuis moins de 24 heures. Envoyez de nouveau les fichiers, ou relancez la lecture\u202f; ce qui est déjà enregistré sera reconnu.',
  OPERATIONS_INTERNAL_ONLY:
    'Les tâches et l’état du service citent du contenu de tout public\u00a0: ils sont réservés aux administrateurs du public internal',
  JOB_NOT_FOUND: 'Il n’y a pas de tâche {id} en échec',
}
