/** Articles and candidates. */
export const ofArticles: Readonly<Record<string, string>> = {
  ARTICLE_NOT_FOUND: 'L’article {id} n’existe pas',
  ARTICLE_REVISION_NOT_FOUND: 'L’article {id} n’a pas de révision {number}',
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
    'L’article {id} contient peut-être des données personnelles ({kinds}). Avant que {audience} puisse le voir, masquez chaque passage, ou levez l’alerte en donnant la raison. Une modification peut attendre dans le brouillon.',
  ARTICLE_FINDING_MISSING:
    'L’article {id} ne contient plus la donnée personnelle {finding}. Relisez ses données personnelles.',
  ARTICLE_NEEDS_CANDIDATE:
    'Vous lisez les articles, mais n’êtes pas formé à les écrire. Demandez à un administrateur de vous nommer candidat en gestion des connaissances.',
  ARTICLE_NEEDS_CONTRIBUTOR:
    'Un candidat en gestion des connaissances écrit ses propres brouillons internes. Pour cela et pour l’article {id}, il faut être contributeur, éditeur ou accompagnateur\u00a0: adressez-vous à l’un d’eux, ou à un administrateur.',
  ARTICLE_NEEDS_PUBLISHER:
    'Qui voit l’article {id} hors de l’entreprise, et ce qu’on y lit, sont du ressort des éditeurs et accompagnateurs en gestion des connaissances\u00a0: adressez-vous à l’un d’eux, ou à un administrateur.',
  ARTICLE_APPROVAL_NEEDED:
    'Les articles de la catégorie {category} demandent une approbation. Demandez à son responsable, à un éditeur ou à un accompagnateur d’approuver la révision {revision} de l’article {id}.',
  ARTICLE_APPROVAL_NOT_NEEDED: 'L’article {id} n’est dans aucune catégorie qui demande une approbation',
  ARTICLE_APPROVAL_OWN: 'Vous avez écrit le texte de l’article {id}. Quelqu’un d’autre doit l’approuver.',
  ARTICLE_APPROVAL_FORBIDDEN:
    'L’article {id} est approuvé par le responsable de sa catégorie, ou par un éditeur ou un accompagnateur en gestion des connaissances',
  ARTICLE_OWNER_UNKNOWN:
    'Personne ayant le compte {id} ne peut être responsable d’une catégorie. Choisissez quelqu’un qui est au moins candidat en gestion des connaissances.',
  ARTICLE_FORBIDDEN: 'La discussion {id} est déjà devenue un article, que vous n’avez pas le droit de voir',
  ARTICLE_THREADS_PROMOTED:
    'Ces discussions ne sont pas toutes devenues le même article\u00a0: la discussion {id} est déjà devenue l’article {articleId}. Modifiez cet article ou retirez la discussion.',
  PASSAGE_NOT_FOUND: 'L’article {id} n’a pas de passage {passage}. Relisez ses passages.',
  PASSAGE_WITHOUT_TEXT:
    'Le passage {passage} vaut pour toute sa rubrique\u00a0: aucun texte ne peut être remplacé. Modifiez la rubrique ou gardez-la avec un motif.',
  CANDIDATE_NOT_FOUND: 'Le candidat {id} n’existe pas',
  CANDIDATE_DECIDED:
    'Le candidat {id} n’est plus à décider\u00a0: il est {state}. Annulez cette décision, ou choisissez un autre candidat.',
  CANDIDATE_MERGED_INTO_ITSELF: 'Le candidat {id} ne peut pas être fusionné dans lui-même',
  CANDIDATE_TARGET_DECIDED:
    'Le candidat {id} n’est plus à décider\u00a0: il est {state}. Choisissez-en un autre pour y fusionner.',
  CANDIDATE_LANGUAGES_DIFFER:
    'Des candidats de deux langues ne peuvent pas être fusionnés\u00a0: un article s’écrit dans une seule. Faites un article de chacun, et reliez-les comme traductions.',
  CANDIDATE_DECISION_NOT_FOUND: 'La décision {id} n’existe pas',
  CANDIDATE_DECIDED_SINCE:
    'Une autre décision sur le candidat {id} a suivi celle-ci. Annulez d’abord cette autre décision.',
  CANDIDATE_ARTICLE_USED:
    'L’article {id} existait avant cette promotion, ou a été modifié ou publié depuis. Archivez-le s’il n’est pas voulu.',
  CANDIDATE_WEIGHTS_CONFLICT:
    'Les poids ont été changés après que vous les avez lus, et en sont à la version {version}. Relisez-les, puis refaites votre changement.',
  ARTICLE_REPORT_NOT_FOUND: 'La remontée {id} n’existe pas',
  ARTICLE_REPORT_CLOSED: 'La remontée {id} est déjà close. Relisez-la.',
  ARTICLE_USE_NOT_FOUND: 'Vous n’avez compté aucun usage {use} de l’article {id}',
  ARTICLE_USES_FORBIDDEN:
    'Votre rôle ne permet pas de trier les articles par usages. Utilisez une clé avec le rôle knowledge-manager.',
  TRANSLATION_NOT_FOUND: 'L’article {id} n’est la traduction d’aucun article que vous pouvez voir',
  TRANSLATION_OF_ITSELF: 'L’article {id} ne peut pas être sa propre traduction. Indiquez un autre article.',
  TRANSLATION_LANGUAGE_UNKNOWN:
    'La langue de l’article {id} n’est pas connue. Modifiez d’abord l’article et choisissez sa langue.',
  TRANSLATION_SAME_LANGUAGE:
    'L’article {id} est lui-même dans la langue «\u00a0{language}\u00a0». Choisissez une autre langue, ou un article dans une autre langue.',
  TRANSLATION_EXISTS:
    'L’article {id} existe déjà dans la langue «\u00a0{language}\u00a0»\u00a0: c’est l’article {translation}. Modifiez celui-là, ou détachez-le d’abord.',
  TRANSLATION_LINKED: 'L’article {id} est déjà une traduction de l’article {original}. Détachez-le d’abord.',
  TRANSLATION_CIRCULAR:
    'L’article {original} est une traduction de l’article {id}\u00a0: il ne peut pas être aussi son original. Détachez-le d’abord.',
  TRANSLATION_HAS_TRANSLATIONS:
    'L’article {id} est l’original d’autres traductions. Détachez-les d’abord, ou rattachez l’autre article à celui-ci.',
  TRANSLATION_CLOSED:
    'L’article {id} repose peut-être sur des textes que votre public ne peut pas voir\u00a0: vous ne pouvez ni le traduire ni le rattacher. Demandez à quelqu’un qui les voit.',
  TRANSLATION_PASSAGE_NOT_FOUND: 'La traduction {id} n’a pas de passage {passage}. Rechargez ses passages.',
  TRANSLATION_PASSAGE_LOCKED:
    '{by} travaille sur ce passage de l’article {id}. Votre texte n’est pas enregistré. Attendez que le passage soit quitté, ou {until}.',
  TRANSLATION_PASSAGE_UNLOCKED:
    'Ce passage de l’article {id} n’est plus réservé pour vous. Votre texte n’est pas enregistré. Réservez-le de nouveau, comparez avec `current`, puis enregistrez.',
  TRANSLATION_PASSAGE_CONFLICT:
    'Ce passage de l’article {id} a été enregistré après votre lecture. Votre texte n’est pas enregistré. Comparez avec `current`, puis enregistrez de nouveau avec sa version.',
  TRANSLATION_TOO_LONG:
    'La partie {section} de l’article {id} dépasserait {most} caractères. Raccourcissez le passage.',
  TRANSLATION_LANGUAGE_NEEDED:
    'Indiquez avec `language` la langue dans laquelle il manque des traductions, par exemple fr.',
  TRANSLATION_PROPOSALS_OFF:
    'Aucun service de traduction n’est configuré ici. Traduisez le passage vous-même, ou demandez à la personne qui administre Entraide de définir ENTRAIDE_TRANSLATION_URL.',
  TRANSLATION_PROPOSALS_FAILED:
    'Le service de traduction n’a rien proposé\u00a0: {reason}. Traduisez vous-même, ou réessayez plus tard.',
  TRANSLATION_PERSONAL_DATA:
    'Ce que vous voulez faire traduire contient peut-être des données personnelles, qui ne sont envoyées à aucun service. Masquez-les dans l’article {id}, levez l’alerte en donnant la raison, ou traduisez vous-même.',
  ARTICLE_FLAGS_FORBIDDEN:
    'Votre rôle ne permet pas de lister les articles signalés. Utilisez une clé avec le rôle knowledge-manager.',
  ARTICLE_MERGED:
    'L’article {id} a été fusionné dans l’article {into}. Utilisez celui-ci, ou annulez d’abord la fusion.',
  ARTICLE_MERGE_ITSELF: 'L’article {id} ne peut pas être fusionné dans lui-même. Choisissez-en un autre.',
  ARTICLE_MERGE_CYCLE:
    'L’article {id} ne peut pas être fusionné dans {into}, qui a été fusionné dans lui. Annulez d’abord cette fusion.',
  ARTICLE_MERGE_LANGUAGES:
    'Les articles {id} et {into} sont écrits dans deux langues. Gardez les deux, et reliez-les comme traductions.',
  ARTICLE_MERGE_TRANSLATED:
    'L’article {id} est lié à des traductions. Retirez d’abord ces liens, ou fusionnez plutôt l’article {into} dans celui-ci.',
  ARTICLE_MERGE_STALE:
    'L’article {id} ou l’article {into} a changé depuis que vous avez vu ce que ferait la fusion. Relisez l’aperçu, puis refaites la fusion.',
  ARTICLE_MERGE_WIDER:
    'L’article {into} est vu par plus de personnes que n’en peuvent voir l’article {id} et ce sur quoi il s’appuie ({permitted}). Vérifiez le texte ajouté, puis envoyez confirmWiderAudience, ou laissez ces passages de côté.',
  ARTICLE_NOT_MERGED: 'L’article {id} n’est pas fusionné dans un autre',
  ARTICLE_PHRASING_NOT_FOUND: 'L’article {id} n’a pas de formulation {phrasing}. Relisez la liste.',
  ARTICLE_PHRASING_TOO_SHORT:
    'Une formulation demande au moins deux mots qui disent quelque chose. Écrivez-la comme un client le demanderait.',
  ARTICLE_PHRASING_PERSONAL_DATA:
    'La formulation contient des données personnelles ({kinds}). Retirez-les, puis ajoutez-la de nouveau.',
  ARTICLE_PHRASING_LIMIT: 'L’article {id} a {most} formulations ajoutées. Retirez-en une d’abord.',
  SEARCH_GAP_NOT_FOUND: 'Il n’y a pas de lacune {id} parmi les recherches de ces jours. Relisez la liste.',
  SEARCH_GAP_INCOMPLETE: 'Pour décider de cette lacune ({decision}), indiquez {missing}',
  ARTICLE_REVIEW_NOT_FOUND: 'L’article {id} n’est pas à revoir. Relisez la liste.',
  ARTICLE_REVIEW_UNTIL_PAST: '{until} n’est pas dans l’avenir. Choisissez un jour plus tardif.',
  ARTICLE_REVIEW_DECISION_NOT_FOUND: 'La décision {id} sur une revue n’existe pas',
  ARTICLE_REVIEW_DECIDED_SINCE:
    'Après cette décision, l’article {id} a changé, ou sa revue a été décidée de nouveau. Elle ne peut plus être annulée.',
  ARTICLE_REVIEW_SETTINGS_CONFLICT:
    'Les réglages des revues ont été changés après que vous les avez lus, et en sont à la version {version}. Relisez-les, puis refaites votre changement.',
  COACHING_NEEDS_COACH:
    'Les échantillons sont tirés pour les accompagnateurs de l’entreprise. Demandez à un administrateur de faire de vous un accompagnateur.',
  COACHING_FORBIDDEN:
    'Vous voyez vos propres évaluations. Celles des autres sont pour les accompagnateurs et superviseurs de l’entreprise.',
  COACHING_OWN: 'C’est vous qui l’avez écrit. Un autre accompagnateur doit en juger.',
  COACHING_NOT_SAMPLED: '{id} n’est pas dans l’échantillon de {month}. Relisez l’échantillon.',
  COACHING_TAKEN: '{by} a déjà évalué {id}. Choisissez-en un autre dans l’échantillon.',
  COACHING_CHECKLIST_CHANGED:
    'La liste de contrôle a été changée après que vous l’avez lue, et en est à la version {version}. Relisez-la, puis répondez à ses points.',
  COACHING_ANSWERS_INCOMPLETE:
    'Répondez une fois à chaque point de la liste de contrôle. Manquants ou inconnus : {points}',
  COACHING_POINTS_REPEATED:
    'La liste de contrôle nomme deux fois le point {id}. Donnez à chacun son identifiant.',
  COACHING_SETTINGS_CONFLICT:
    'La liste de contrôle a été changée après que vous l’avez lue, et en est à la version {version}. Relisez-la, puis refaites votre changement.',
  EXPORT_AUDIENCE_FORBIDDEN:
    'Vous pouvez exporter ce que voit le public {reader}, ou moins, mais pas ce que voit le public {audience}',
}
