import { anywhere, opening, pairs } from './phrases.ts'
import type { TypingWords } from './words.ts'

export const frenchWords: TypingWords = {
  idea: anywhere(`
    (?:petite |ma |mon |une |un )?(?:idee|suggestion|proposition|souhait|amelioration|demande d'evolution)s? ?: | idee (?:pour|d') | (?:voici|c'est) (?:ma|une|mon) (?:proposition|idee|suggestion) | je (?:propose|suggere|verrais bien) | ma (?:suggestion|proposition) |
    (?:ce|ca|il|cela) (?:serait?|serai|pourrait etre) (?:\\p{L}+ )?(?:bien|bon|top|cool|style|genial|sympa|utile|pratique|chouette|super|formidable|parfait|une (?:\\p{L}+ )?(?:idee|avancee)|possible (?:d'avoir|d'ajouter|de pouvoir)|envisageable|interessant|plus clair) |
    (?:serait|seraient) (?:\\p{L}+ )?(?:une bonne idee|appreciee?s?|(?:le |la |les )?bienvenue?s?|envisageable) | pourquoi ne pas | pourquoi pas (?:une?|des|ajouter|proposer) | pourquoi ne (?:proposez|faites|mettez|laissez|plant|pourrait)[\\p{L}-]* | et si (?:on|l'on|vous|nous) |
    (?:vous|on|ils) (?:pourriez|pourrait|devriez|devrait|pourraient|devraient) (?:\\p{L}+ )?(?:ajouter|proposer|imaginer|mettre|recolter|avoir|permettre|offrir|penser|faire une?) | (?:pouvez|pourriez|serait-il possible d)[-' ](?:vous )?(?:ajouter|proposer|envisager|prevoir) |
    (?:prevoyez|envisagez|songez|pensez)(?: a)? (?:d'|une?|ajouter|des) | a quand | j'aimerais (?:bien |beaucoup )?(?:qu'on|qu'il|que (?:vous|l|le)|voir) | il (?:faudrait|manque|manquerait) (?:une?|juste|que|pouvoir|des) | qui est pour | qui d'autre (?:voudrait|aimerait|veut) | votez pour |
    laissez[- ](?:nous|moi|les) \\p{L}+ | permettez (?:aux|de|a) | pourrait[- ](?:on|elle|il) (?:avoir|exister|imaginer) | avez-vous (?:pense|songe) | (?:quelqu'un|on) a(?:-t-on)? (?:songe|pense) a | prevu d'ajouter | (?:tous|toutes) les autres (?:\\p{L}+ )?(?:l'ont|le font|la font|le montrent|le proposent|la proposent) | (?:les concurrents|ailleurs|la concurrence) (?:le |la |l'|on )?(?:font|fait|ont|a|propose|proposent|peut) | pourquoi (?:pas|aucun|aucune) (?:de |d')?\\p{L}+ | (?:facile|difficile|complique)s? a (?:ajouter|mettre en place|faire)`),
  complaint: anywhere(`
    honte | honteu(?:x|se) | scandale | scandaleu(?:x|se) | inadmissible | inacceptable | intolerable | lamentable | pitoyable | minable | deplorable | affreux | revoltant | ecoeurant | odieux | (?:c'est|service|vraiment|tout simplement|completement) nul(?:le)?s? | n'importe quoi |
    (?:vous )?(?:foutez|moquez)(?:[- ]vous)? | foutage | se (?:moque|moquent|fout|foutent|fiche|fichent) | s'en (?:fiche|fout|moque)(?:nt)? | incompeten(?:t|ts|ce) | escroc(?:s|querie)? | arnaque(?:s|urs?)? | voleurs? | du vol | malhonnete | ras[- ]le[- ]bol | marre | (?:j')?en ai assez | c'est trop | trop c'est trop |
    plus jamais | jamais plus | (?:la )?derniere fois que | tres decue?s? | decue?s? (?:par|de) (?:la|le|votre|vos) | deception | insulte | mepris | arrogan(?:t|ts|ce) | impoli | merci pour rien | je (?:pars|m'en vais|vous quitte|vais voir ailleurs|quitte) | a fuir | deconseille | ma plainte | porter plainte | reclamation officielle | mediateur |
    dedommage(?:ment|r)? | personne ne (?:repond|s'est excuse) | aucune? (?:excuse|consideration|respect) | pas (?:une |d')excuses? | vous avez (?:reussi a|tout )?(?:faire (?:encore )?pire|gache|casse) | quel(?:le)? (?:gachis|honte|perte|bazar|cirque|deception) | on nous (?:enleve|laisse|prend|balade|vole|impose) |
    prend(?:re|s|ent|ez)? (?:les gens|nous|les clients|-nous)? ?pour des | (?:vaches? a lait|pigeons|moutons|imbeciles) | insupportable | (?:un|le) desastre | catastroph(?:e|ique) | cupides? | (?:le|la|de) pire | encore une (?:panne|hausse|augmentation) | perte de temps | c'est (?:une honte|un scandale|une blague) | ans de fidelite | client(?:e|s)? (?:fidele )?depuis (?:\\d+|plus|vingt|trente|quinze|dix) | (?:vous trouvez|trouvez-vous) ca normal | qui a (?:eu cette idee|pense a) | serieux | personne ne (?:veut|demandait|a demande|ecoute) | heures? d'attente | s'en lave(?:nt)? les mains | la (?:deuxieme|troisieme|quatrieme|enieme) fois | arretez`),
  thanks: anywhere(`
    mercis?(?! d'avance| de (?:votre (?:aide|reponse)|m'|me|nous|verifier|bien|vouloir|l'|la|le|ne)| pour (?:votre (?:aide|reponse)|vos reponses|toute|rien)| par avance| si) | remerciements? | remercie[rz]? | bravo | chapeau | coup de (?:chapeau|coeur) | felicitations | feliciter | hommage | gratitude | pouce (?:leve|en l'air) | reconnaissante? |
    je ne peux que | saluer (?:le|la|les|l') | un (?:petit )?mot (?:pour|sur|gentil) | au top | (?:un|une) (?:vrai |vraie )?(?:ange|heros|perle|crème) | n'(?:a|ont) rien voulu | n'oublier(?:ai|ons) (?:pas|jamais) | continuez (?:comme ca|ainsi) | une perle | je voulais (?:le dire|que vous le sachiez|que ca se sache)`),
  announcement: anywhere(`
    annonce | communique | note de la moderation | notes? de version | (?:maintenance|interventions?|operation|coupure|travaux|mise a (?:jour|niveau)) (?:\\p{L}+ )?(?:prevue?s?|planifiee?s?|programmee?s?|terminee?s?|nocturne|annoncee?s?) |
    (?:nous|on) (?:remplacons|changeons|fermons|ouvrons|lancons|informons|annoncons|recrutons|deployons|procedons|procederons|remplacerons) | avons le plaisir | vous informons | a (?:compter|partir) du? (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\\d) | jusqu'a nouvel ordre |
    ser(?:a|ont) (?:\\p{L}+ )?(?:fermee?s?|indisponibles?|coupee?s?|en lecture seule|interrompue?s?) | aur(?:a|ont) lieu | (?:est|sont) (?:desormais|maintenant|enfin) (?:disponibles?|ouverte?s?|en ligne|epinglee?s?) | inscri(?:vez-vous|ptions? ouvertes?) | ce qui change | nouveautes? (?:de|du) |
    nouve(?:au|lle|aux|lles) (?:version|guide|regles?|horaires|boutique|ouverture)`),
  chat: anywhere(`
    c'est quoi (?:votre|vos|ton|tes) | quel(?:le)?s? (?:est|sont|etait|fut) (?:votre|vos|ton|tes) | (?:votre|vos|ton) (?:plus (?:vieux|vieille|beau|belle|drole|ancien)|tou(?:t|te) premiere?|premiere?|meilleure?s?|pires?|prefer\\p{L}+|souvenirs?|anecdotes?|histoires?) | qui (?:se souvient|se rappelle|regarde|connait encore|a (?:encore|garde)|d'autre|utilise encore) |
    vous (?:utilisez|faites|ecoutez|regardez|lisez|preferez|mettez|gardez|appelez|mangez|buvez) quoi | et vous | prefere(?:e|s|es)? | question (?:legere|bete|du vendredi|sans importance) | juste pour (?:rire|le plaisir) | par curiosite | pour rire | hors[- ]sujet | detente | entre nous |
    (?:montrez|racontez|dites|partagez)(?:[- ](?:nous|moi))?(?: (?:vos|votre|tout)) | montrez | racontez | presentez-vous | je me presente | joyeux (?:anniversaire|noel) | joyeuses (?:fetes|paques) | bonne annee | bon (?:week-end|weekend|anniversaire) | meilleurs voeux | devinette | devinez | quiz | sondage | concours |
    (?:suis-je|je suis|serais-je) (?:le|la|les) seule?s? | qu'en pensez-vous | vos avis | votre avis sur | que (?:pensez|preferez|ecoutez|regardez|lisez)[- ]vous | salut la compagnie | (?:comment|quand|ou) (?:avez-vous|vous avez|as-tu) (?:connu|appele|nomme|commence|rencontre|appris|passe) | (?:quel age|depuis quand|depuis combien de temps) (?:a|avez|etes|as)[- ](?:vous|votre|t) | vous (?:etes|venez) d'ou | (?:qui|lesquels) (?:parmi|d'entre) vous | (?:projets|plans) (?:pour|de) (?:le week-end|l'ete|vacances|noel) | le (?:votre|tien) | la (?:votre|tienne) | les (?:votres|tiens) | vendredi soir | souvenirs | nostalgie | vous (?:parlez|donnez) (?:aussi|un nom)`),
  accusation: opening(
    `(?:et |mais |donc |alors )?vous (?!pouvez|devez|auriez|avez une|savez|pourriez|sauriez|connaissez|utilisez|faites comment)\\p{L}+(?:ez|es) | (?:votre|vos) (?:\\p{L}+ )?(?:livreurs?|agents?|conseillers?|techniciens?|service|services|equipes?|systeme|politique|personnel|site|appli|application|societe|boite) (?:est|sont|n'|ne|se|s'|a|ont|me|nous)`,
  ),
  echoOfIdea: anywhere(
    `\\+1 | je vote | mon vote | votre vote | pour ! | je suis pour | carrement | (?:bonne|excellente|super|tres bonne) (?:idee|suggestion|remarque) | (?:idee|suggestion|proposition|remarque) (?:transmise|notee|interessante) | (?:aux|les|nos) developpeurs | (?:l'|aux? )equipes? (?:produit|de developpement|concernees?) | feuille de route | (?:j'aimerais|je voudrais|j'en veux|je prends|ca m'interesse|ca m'arrangerait) | grave`,
  ),
  echoOfComplaint: anywhere(
    `desolee?s? | navree?s? | (?:nos|mes|toutes nos) excuses | (?:nous|je) (?:comprenons|comprends) (?:votre|vos|que|bien|tout a fait) \\p{L}+ | (?:votre|le) (?:mecontentement|agacement|deception|colere|reaction|regret|retour) | nous regrettons | forte affluence | (?:d'accord|entierement d'accord) | bien dit | (?:la|le|les) (?:notre|mien|mienne|notres) aussi | pareil ici,? (?:honteux|nul|marre) | comme d'habitude`,
  ),
  echoOfThanks: anywhere(
    `(?:message|mot)s? (?:\\p{L}+ )?(?:sera|est|a ete) (?:lu|transmis|affiche|partage|remis)\\p{L}* | (?:je|nous) (?:lui|leur) (?:montre|montrons|transmets|transmettons|dis|disons|ferai|ferons|passe|passons|lis) \\p{L}+ | merci (?:pour|a) (?:elle|lui|eux|elles) | (?:ca|cela) (?:lui|leur|nous|me) (?:fait|fera) (?:tres |vraiment )?plaisir | (?:sera|seront|sommes|suis) (?:ravie?s?|touchee?s?|contente?s?|heureu(?:x|se)s?) | avec plaisir | votre gentil \\p{L}+`,
  ),
  request: anywhere(`
    comment | pourquoi | est[- ]ce (?:que|qu|possible|normal) | y a[- ]t[- ]il | (?:peut|peux|puis)[- ](?:on|je|tu) | on peut | je peux | faut[- ]il | il faut | dois[- ]je | (?:pouvez|pourriez|auriez|savez|avez)[- ]vous | quelqu'un | qqn | une (?:idee|solution|astuce|piste) | des idees | que faire | quoi faire |
    aide[rz]? | svp | stp | s'il vous plait | je (?:voudrais|voudrai|souhaite|cherche|n'arrive pas|ne trouve pas|trouve pas|comprends pas|ne comprends pas|ne sais pas|sais pas|dois) | j'(?:aimerais|arrive pas|essaie|essaye|ai besoin) | c'est (?:possible|normal) | possible de | existe[- ]t[- ]il | qui (?:sait|peut|a deja) |
    ou (?:est|se trouve|trouver|puis|dois) | combien | quel(?:le)?s? (?:est|sont|\\p{L}+ (?:faut|dois|choisir)) | a quoi | besoin (?:de|d'une?)`),
  failure: anywhere(`
    (?:ne |n'|je |j'|ca |il |elle )?(?:\\p{L}+ )?(?:marche|fonctionne|repond|s'allume|demarre|charge|arrive) (?:pas|plus) | (?:ne|n') ?\\p{L}+ (?:pas|plus|rien) | pas de (?:son|image|reseau|connexion|signal|tonalite|acces) | plus (?:de|d'|rien|aucun)\\p{L}* | impossible | erreurs? | pannes? | bloquee?s? | plante | plantage | coup(?:e|ures?) |
    echoue | echec | refusee?s? | rejetee?s? | perdue?s? | disparue?s? | casse | bug | bugue | fige | tombe | problemes? | soucis? | defaut | (?:quand|lorsque|des que|chaque fois qu[e']|si|apres) (?:je|j'|on|il|elle|le|la|les|une?|l'|chaque|avoir|\\p{L}+er) | depuis (?:hier|ce matin|cette nuit|avant-hier|\\d+|une?|deux|trois|quelques|plusieurs|la (?:mise a jour|maj|migration|panne)) | (?:j'ai )?(?:deja )?(?:redemarre|reinstalle|essaye|reinitialise|debranche|rebranche|change de)`),
  ownCase: anywhere(`
    (?:ma|mon) (?:propre )?(?:commande|colis|livraison|remboursement|dossier|reclamation|rendez-vous|compte|facture|technicien|reservation|paiement|demande|contrat|ligne|abonnement|pret|virement|sinistre)`),
  caseNoun: anywhere(`
    commande|compte|client|facture|dossier|ticket|reference|ref|contrat|carte|colis|suivi|reclamation|reservation|police|adherent|virement|prelevement|compteur|code|offre|finissant par|n°|numero`),
  caseRequest: anywhere(`
    (?:pouvez|pourriez|peux|pourrais|peut|pourrait|merci de|veuillez|svp)[- ]?(?:vous|tu|on|quelqu'un)?(?: (?:svp|s'il vous plait|me|m'|le|la|bien))* ?(?:verifier|regarder|annuler|rembourser|debloquer|corriger|confirmer|renvoyer|envoyer|relancer|crediter|rappeler|contacter|mettre a jour|reinitialiser|regler|dire (?:ou|quand|si)) | qui (?:contacter|appeler|peut (?:verifier|regarder|m'aider)) | a qui (?:m'adresser|ecrire)`),
  incident: anywhere(
    `panne (?:de|generale|ce|depuis|dans|sur|a|secteur|en cours) | coupure (?:generale|de|ce|dans|secteur) | (?:plus|pas) (?:de|d') ?\\p{L}+ (?:depuis (?:ce|\\d)|ce matin|ce soir|dans (?:le|la|tout)) | suis[- ]je (?:le|la) seule? | (?:tout|toute) (?:le|la) (?:quartier|rue|ville|village|secteur)`,
  ),
  passing: anywhere(`
    (?:c'est |tout est |est )?(?:retablie?|reparti(?:e|s)?)(?: (?:tout seul|a \\d|depuis|vers|ce))? | (?:c'est|tout est|est) revenue? (?:tout seul|toute seule|a la normale|a \\d|vers) | tout seul | toute seule | de (?:lui|elle)-meme | ca (?:remarche|refonctionne|remarchait) |
    equipes? (?:\\p{L}+ )?sur place | techniciens? sur place | retour (?:prevu|a la normale|vers|estime) | retablissement | cable (?:sectionne|coupe|arrache) | laissez tomber | fausse alerte | c'etait passager | plus rien (?:aujourd'hui|ce matin|depuis) | ca va mieux | sujet clos | on peut (?:fermer|clore|cloturer)`),
  confirmed: anywhere(`
    mercis? | resolu | regle | c'est bon | c bon | ca (?:marche|fonctionne|remarche|a marche) | tout (?:marche|fonctionne|remarche) | nickel | nikel | parfait | super | top | impeccable | impec | propre | j'y suis arrivee? | c'(?:etait|est) (?:bien |exactement )?(?:ca|cela|le|la) | c t | reussi | bravo | retrouve |
    recu | clair et net | (?:vous aviez|tu avais|vous avez|t'as) raison | ok | genial | chapeau | du (?:1er|premier) coup | en service | ca y est | plus de (?:probleme|souci|coupure)s?`),
  refuted: anywhere(`
    (?:ca |cela )?(?:ne |n')?(?:marche|fonctionne|change|a (?:rien )?(?:change|marche|fonctionne|aide)) (?:toujours )?(?:pas|rien) | n'a (?:rien|pas) (?:change|marche|fonctionne|aide|resolu) | pas mieux | rien (?:n'a change|ne change|de mieux|a faire|n'y fait) | toujours (?:pas|la|pareil|le meme|la meme|rien|en panne|bloque) | pareil | idem |
    meme (?:chose|probleme|souci|erreur) | (?:est|c'est) revenue? (?!a la) | valide(?:e)? trop vite | trop vite | (?:retire|enleve|decoche)\\p{L}* | deja (?:essaye|fait|teste|tente) | (?:essaye|teste|tente)[, ]{1,2}(?:sans|mais|rien) | sans (?:succes|effet|resultat|changement) | (?:ce n'est|c'est|c'etait) pas (?:ca|cela|la|le) | echoue`),
  handled: anywhere(`
    je (?:viens|vais)(?: (?:juste|tout juste))? (?:de |d'|vous |te |le |la |les |l')+ ?\\p{L}+ | (?:j'ai|je (?:l'|les |vous |t'|te |lui |vous l'|l'en )+ ?ai)(?: (?:bien|deja|aussi|donc|tout|fait|pu))* \\p{L}+ | nous (?:l'|les |vous |lui )*(?:avons|venons de)(?: (?:bien|deja|aussi|donc|tout|fait|le|la|les))* (?:envoye|transmis|ouvert|relance|credite|rembourse|annule|debloque|reinitialise|bloque votre|regularise|retrouve|suspendu|reactive|contacte|ecrit|procede|le necessaire|crediter|rembourser|annuler|corrige (?:votre|la ligne))\\p{L}* |
    (?:je|nous) vous (?:ecris|ecrivons|contacte|contactons|envoie|envoyons|rappelle|rappelons|reponds) | (?:je|nous) (?:transmets|transmettons|relance|relancons|m'en occupe|regarde|verifie) |
    (?:est|sont|a ete|ont ete) (?:\\p{L}+ )?(?:annulee?s?|remboursee?s?|creditee?s?|suspendue?s?|debloquee?s?|reexpediee?s?|regularisee?s?|reactivee?s?|recreditee?s?) | c'est (?:fait|corrige|regle|annule|parti|debloque|retabli|regularise) | message prive | en prive | (?:par|en) (?:mp|message) | a la main | manuellement | de notre cote |
    (?:envoyez|ecrivez|contactez|donnez|communiquez|transmettez)[- ](?:moi|nous) | (?:collegue|conseill(?:er|ere)|technicien|agent|service|equipe) (?:\\p{L}+ )?(?:va|vous|prendra|doit) (?:vous )?(?:rappel|contact|appel|recontact|prend|ecri)\\p{L}* |
    votre (?:dossier|commande|compte|demande|reclamation|colis|remboursement|rendez-vous|ligne|ticket|virement|carte|contrat) (?:est|a|sera|part|n'est|n'a|devrait) | vous (?:recevrez|allez recevoir|serez (?:rappelee?|remboursee?|contactee?|recontactee?)|devriez (?:recevoir|voir))`),
  deferred: anywhere(`
    aucune idee | (?:je )?(?:ne )?sais pas | jsp | personne ne sait | j'aimerais (?:bien )?savoir | pareil | idem | moi aussi | je suis (?:le|ce) (?:fil|sujet) | up | pas de (?:date|nouvelles?) | on verra | (?:est|a ete|ai|avons|sera) transmise? | (?:c'est|bien) note | bonne idee | a l'etude | dans la liste | nous y (?:pensons|reflechissons) |
    (?:quel|quelle) (?:modele|version|message|appareil|navigateur|erreur|banque) (?:avez|est|as|utilis) | (?:pouvez|peux|pourriez)[- ](?:vous|tu) (?:preciser|dire|donner|envoyer|poster|montrer|decrire) | (?:vous avez|t'as|tu as|avez-vous|as-tu) essaye | peut[- ]etre | (?:ca|cela) (?:pourrait|doit|peut) (?:etre|venir) | j'attends aussi | (?:chez|pour) (?:moi|nous) aussi | bientot | le mien aussi | la mienne aussi | desolee? (?:de|pour) | navree? (?:de|pour)`),
  firstPerson: opening(
    `je | j' ?(?=\\p{L})| moi | mon | ma | mes | nous | chez (?:moi|nous) | notre | perso | pour ma part`,
  ),
  secondPerson: anywhere(`vous | votre | vos | tu | te | ton | ta | tes | toi`),
  cites: anywhere(`
    (?:l'aide|la faq|la doc|la documentation|la notice|le guide|l'article|le manuel|le tuto|la page(?: d'aide)?|votre (?:page|aide|site|article|doc)|le site)(?: en ligne)? (?:dit|ecrit|indique|precise|parle|annonce|ne parle|ne dit|mentionne|affirme|est) | (?:dans|sur|selon|d'apres|comme dit dans) (?:l'aide|la faq|la doc|la documentation|la notice|le guide|l'article|le manuel|la page d'aide|votre (?:aide|page|site)) | l'aide | la page d'aide`),
  outdated: anywhere(`
    (?:ne|n'\\p{L}+|y'?a|y)(?: \\p{L}+){0,2} plus | (?:depuis|a partir d[eu']|a compter d[eu']|des)(?: (?:le|la|les|cette?|\\p{L}'))? ?(?:\\p{L}+ ){0,3}(?:\\d+(?:er|\\.\\d)?|1er|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|version|mise a jour|nouve(?:au|lle)|rentree|printemps|ete|automne|hiver) |
    desormais | dorenavant | (?:a|ont|est|sont) (?:ete )?(?:change|changee?s?|remplacee?s?|supprimee?s?|arretee?s?|portee?s?|allongee?s?|raccourcie?s?|passee?s?|augmentee?s?|baissee?s?|relevee?s?|abaissee?s?|double|doublee?s?|deplacee?s?|renommee?s?) | (?:est|etait|sont|reste) (?:\\p{L}+ )?(?:fausse?s?|perimee?s?|obsoletes?|anciennes?|depassee?s?|trompeu(?:r|se)s?|en retard|erronee?s?) |
    (?:l'ancien|les anciens|l'ancienne|les anciennes)(?:ne)? | dit vrai | n'est plus`),
  ended: anywhere(
    `(?:ne|n'\\p{L}+|y'?a|y)(?: \\p{L}+){0,2} plus(?: d[e'])? | (?:a|ont) ete (?:supprimee?s?|arretee?s?|retiree?s?|abandonnee?s?) | fini(?:es?)? | n'existe plus`,
  ),
  yes: opening(
    `oui | ouais | si | bien sur | tout a fait | absolument | c'est possible | (?:on|vous|tu) pe(?:ut|uvez|ux)`,
  ),
  no: opening(
    `non | nan | nn | pas (?:encore|possible|du tout) | jamais | malheureusement (?:non|pas) | impossible | (?:on|vous) ne pe(?:ut|uvez) pas`,
  ),
  numbers: pairs(
    `deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 quatorze=14 quinze=15 vingt=20 trente=30 quarante=40 cinquante=50 soixante=60 cent=100`,
  ),
  units: pairs(
    `s=second sec=second secs=second seconde=second secondes=second min=minute mn=minute minute=minute minutes=minute h=hour heure=hour heures=hour j=day jour=day jours=day semaine=week semaines=week mois=month an=year ans=year annee=year annees=year`,
  ),
}
