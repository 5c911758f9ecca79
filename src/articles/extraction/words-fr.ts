import type { DraftWords } from './words.ts'

export const frenchWords: DraftWords = {
  greeting:
    /^[*_\s]*(?:re[ -]?)?(?:bonjour|bonsoir|salut(?:ations)?|hello|coucou|hey|bjr|bsr|slt|cc|yo|chers?|cheres?|hi)(?![\p{L}\d-])(?:(?: et)? (?:(?:a|aux) (?:tous|toutes|vous|tout le monde|la communaute|l'equipe|cette communaute|la team|chacun)|tout le monde|toutes? et tous|tous|toutes|les amis|la communaute|la team|l'equipe|messieurs|mesdames|madame|monsieur|mme|mr|le forum|bonne annee|membres))*(?:,? (?:et )?(?:bonne? (?:journee|annee|soiree|dimanche)|meilleurs v(?:oe|œ)ux)(?: a (?:tous|toutes|vous))?)?/u,
  subject:
    /^(?:je|j'|ma|mon|mes|le|la|les|l'|un|une|des|depuis|quand|comment|suite|voila|alors|nous|on|notre|nos|c'est|ca|ce|cet|cette|petit|est|impossible|apres|avec|pour|pourquoi|y a|il|elle|en|sur|a|qui|quel|quelle|svp|j|g|jai)(?![\p{L}\d])/u,
  filler:
    /^(?:bon |alors |donc )?(?:voila|voici)(?: voila)?(?: ?[,:.…]+|(?= (?:j'|je|ma|mon|le|la|depuis|nous))) */,
  courtesy: [
    /^(?:et |un |avec mes |tous mes )?(?:tres |encore )?(?:grand |mille )?(?:merci|remerciements|mercis)(?! (?:de|pour) (?!votre|vos|ton|ta|tes|l'|la |le |les |m'|nous a|tout))(?![\p{L}]).{0,90}$/u,
    /^(?:je|nous) vous (?:en )?remerci(?:e|ons).{0,90}$/,
    /^(?:en|vous) (?:vous )?remerciant.{0,90}$/,
    /^(?:dans l'attente|en attente) d.{0,100}$/,
    /^(?:bien )?(?:cordialement|amicalement|sincerement|respectueusement|cdt|cdlt|crdlt|bien a vous|bises|a bientot|a plus|a\+).{0,40}$/,
    /^(?:passez une |je vous souhaite une |et )?(?:bonne|belle|excellente) (?:journee|soiree|continuation|fin de|nuit|semaine|annee).{0,50}$/,
    /^(?:veuillez|je vous prie d'|meilleures salutations|salutations|recevez).{0,120}(?:agreer|salutations|distingue|sentiments).{0,60}$/,
    /^.{0,140}(?:premier (?:message|post|sujet)|nouve(?:au|lle) (?:ici|sur (?:le|ce) forum|dans)|au bon endroit|bonne (?:section|rubrique)|pardon pour (?:mes|les) fautes|desole pour (?:mes|les) fautes|desole pour l'orthographe|pave|deja ete (?:traite|pose|aborde)|sujet existe deja|indulgence|langue maternelle).{0,120}$/,
    /^j'ai (?:bien |deja )?(?:cherche|fouille|regarde|fait une recherche) (?:sur|dans) (?:le|ce) forum.{0,100}$/,
    /^(?:svp|s'il vous plait|stp|au secours|a l'aide|help|urgent|tres urgent|besoin d'aide|j'ai besoin d'aide|une idee|des idees|une piste|des pistes|je suis perdue?|je suis desesperee?|aide[sz]?[- ]moi.{0,30})(?: (?:svp|s'il vous plait|stp|merci|urgent|help))*$/,
    /^(?:c'est|merci,? c'est) (?:tres |vraiment |assez )?urgent$/,
    /^(?:est-ce que )?(?:quelqu'un|qqn|l'un d'entre vous) (?:peut|pourrait|saurait|aurait|a)(?:[- ]il)?(?: (?:m'aider|m'eclairer|une idee|une solution|la solution))(?: (?:svp|s'il vous plait|stp))?$/,
    /^(?:pouvez|pourriez)[- ]vous (?:m'aider|m'eclairer)(?: (?:svp|s'il vous plait))?$/,
    /^j'espere (?:que (?:vous|quelqu'un)|trouver|etre) .{0,90}(?:aider|aide|solution|reponse|clair)(?: ici)?$/,
    /^(?:(?:tout est|c'est|tout) )?(?:dans|cf|voir|comme dans) (?:le )?titre$/,
    /^(?:joyeux noel|joyeuses (?:fetes|paques)|bonne annee|meilleurs v).{0,60}$/,
    /^(?:c'est|ici|moi c'est|je m'appelle) (?:encore )?(?!le |la |les |un|ca|mort|fini|cass|bloqu|vraiment|tres|pareil)\p{L}{3,20}$/u,
    /^(?:envoye de(?:puis)? mon |envoye depuis |obtenez outlook).{0,60}$/,
  ],
  helperCourtesy: [
    /^(?:j'espere|esperant) (?:que|avoir|vous avoir) .{0,90}(?:aide|aider|utile|clair|repondu|renseigne|marche).{0,30}$/,
    /^(?:n'hesite[sz]? pas|dites|dis|tenez|tiens)[ -](?:a |nous|moi|si|au courant).{0,90}$/,
    /^(?:de rien|avec plaisir|je vous en prie|bon courage|courage|bienvenue|a votre service|a votre disposition|rassurez-vous|pas de panique|bonne question|excellente question|tout a fait|bonne chance)(?![\p{L}]).{0,50}$/u,
    /^.{0,30}(?:condoleances|desolee? (?:pour|de|d')|navree? (?:pour|de|d')|mes excuses).{0,90}$/,
    /^(?:vous avez eu le bon reflexe|votre francais est .{0,40}|votre message est .{0,40})$/,
    /^(?:sujet |message |je )?(?:deplace|cloture|ferme|verrouille|marque comme (?:resolu|doublon)).{0,100}$/,
    /^(?:pense[sz]? a|n'oublie[sz]? pas de) (?:marquer|cliquer sur|valider) .{0,80}(?:solution|resolu|reponse|merci)$/,
  ],
  trailingPlea:
    /(?:[\s,;:–-]+(?:svp|s'il vous plait|stp|merci (?:d'avance|de votre aide|beaucoup|a tous)|merci|help|aidez[- ]moi|a l'aide|au secours|je suis perdue?))+$/,
  closing:
    /^(?:(?:et )?(?:un grand |grand )?merci (?:d'avance|par avance|beaucoup|a (?:tous|vous|toutes)|de votre aide|pour votre .{1,30})|merci|(?:bien )?(?:cordialement|amicalement|sincerement)|cdt|cdlt|crdlt|bien a vous|salutations|bonne (?:journee|soiree).{0,20}|a bientot|a\+|envoye de(?:puis)? mon .{1,30})$/,
  edit: /^[*_[(]*(?:edit(?: ?\d)?|maj|mise a jour|ajout|ps|p\.s\.)(?: du [\d/ .]{1,12})?[*_\])]* ?[:,–-]+[*_]* */,
  editChatter:
    /^.{0,40}(?:orthographe|faute|coquille|mise en forme|titre|resolu|c'est bon|regle|merci|trouve|section|image|photo ajoutee|doublon).{0,80}$/,
  quoteIntroduction: /(?:a (?:ecrit|dit|repondu)|ecrivait)(?: ?:)?$/,
  outcome:
    /(?:^|[\s,])(?:merci|mercis|resolu|regle|c'est bon|ca marche|ca fonctionne|ca remarche|tout (?:marche|fonctionne)|nickel|parfait|super|top|impeccable|j'y suis arrivee?|c'etait (?:bien )?|fait (?:ce|vendredi|hier)|recu ce|effectue|reussi|bravo|retrouve)(?![\p{L}])/u,
  symptom:
    /(?:^|[\s,'])(?:toujours|encore|pareil|idem|meme (?:chose|probleme|souci|erreur|message)|aussi|egalement|erreur|message|voyant|affiche|ne .{1,30} (?:pas|plus|rien)|n'.{1,30} (?:pas|plus|rien)|marche pas|marche plus|impossible|rien|seulement quand|uniquement|version|modele)(?![\p{L}])/u,
  addition:
    /(?:^|[\s,])(?:j'ai oublie de (?:preciser|dire|mentionner)|precision|pour (?:preciser|info|completer|etre precis)|je precise|j'ajoute|a noter|pour information|complement|j'aurais du preciser)(?![\p{L}])/u,
  correction:
    /(?:^|[\s,(])(?:correction|rectification|erratum|attention|en fait|en realite|plutot|a noter|precision|je precise|pour completer|en complement|j'ajoute|il faut aussi|il faut d'abord|pensez aussi|ne .{1,20} surtout pas|surtout pas|au lieu d|et non|contrairement|n'est plus|a change|depuis la (?:mise a jour|version)|seulement si|uniquement si|a condition|sauf|il a (?:aussi )?fallu|j'ai (?:aussi |d'abord )?du)(?![\p{L}])/u,
  personal:
    /^(?:[*_]*)(?:je viens de|je vous ai|je t'ai|nous vous avons|je vous envoie|je vous contacte|j'ai (?:transmis|relance|corrige|verifie|ouvert|demande|signale|credite|fait (?:le|remonter)|alerte)|nous avons (?:transmis|ouvert|corrige|credite)|votre (?:demande|dossier|signalement) (?:est|a ete)|un message prive|je regarde|on regarde|je me renseigne)(?![\p{L}])/u,
  step: /^[*_]*(?:(?:d'abord|ensuite|puis|enfin|pour finir|premierement|deuxiemement|troisiemement|apres quoi|et enfin|etape \d+|\d+ ?[°.)-]?)[ ,:]+)?(?:(?:puis |ensuite |et )?(?:allez|va|vas|cliquez|clique|ouvrez|ouvre|appuyez|appuie|selectionnez|selectionne|choisissez|choisis|saisissez|saisis|entrez|entre (?:le|la|ton|les)|tapez|tape|branchez|branche|debranchez|debranche|rebranchez|rebranche|redemarrez|redemarre|eteignez|eteins|rallumez|rallume|attendez|attends|patientez|patiente|desactivez|desactive|activez|active|installez|installe|desinstallez|telechargez|telecharge|verifiez|verifie|connectez|connecte|cochez|coche|decochez|decoche|validez|valide|enregistrez|supprimez|supprime|retirez|retire|inserez|remettez|remets|maintenez|relancez|relance|rendez-vous|copiez|collez|faites|fais|lancez|lance|appelez|appelle|envoyez|envoie|modifiez|changez|remplacez|notez|scannez|regardez|demandez|mettez|mets|essayez|essaie|accedez|recopiez|transferez|testez)(?:[- ](?:vous|toi|le|la|les|y))?)(?![\p{L}])|^[*_]*(?:d'abord|ensuite|puis|enfin|pour finir|premierement|deuxiemement|troisiemement|apres quoi)(?:,| )/u,
  meaning: /^.{2,80} (?:veut dire|signifie|indique) (?:qu|que)|^\S{2,12} = |^[a-z]{1,4}-?\d{2,4} ?: (?!\/)/,
  cause:
    /(?:^|[\s,;:(])(?:parce qu[e']|c'est du a|c'est du au|est du a|est due? aux?|sont dus? a|due? a (?:un|une|la|l')|a cause d|provient d|proviennent d|ca vient d|cela vient d|le probleme vient d|vient du fait|c'est normal,? (?:car|puisqu|parce|c'est|depuis)|la raison|s'explique par|en raison d|c'est (?:simplement |juste )?la fin d|puisqu[e']|car (?:il|elle|le|la|les|l'|votre|vos|ton|ta|c'|ce|un|une|on|nous|sans|avec|sur)|le plus souvent,? c'est|^c'est (?:ce|cet|cette|le|la|les|l'|un|une|votre|ton|ta) ?.{2,60} qui )/,
  advice:
    /^[*_(]*(?:pour |oui|non|si |ok|voila|voici|alors|desolee?|pareil|mieux|il suffit|deux (?:facons|solutions|choses)|une (?:astuce|solution)|facile|simple)|(?:^|[\s,;:('])(?:je|j'|on|moi|mon|ma|mes|nous avons|il faut|faut|il suffit|tu (?:peux|dois|as|vas|fais|mets)|vous (?:pouvez|devez|avez|allez)|essaie|essaye|mets|fais|prends|remets|passe (?:en|au|par)|(?!chez|assez|nez|rez)\p{L}{2,}ez)(?![\p{L}])/u,
  command:
    /^[*_(]*(?!(?:pas|ni|non|dans|sur|sous|avec|sans|pour|par|depuis|apres|avant|pendant|chez|vers|entre|comme|quand|c'est|sont|est|tout|toute|tous|toutes|seule?|seuls|seules|et|mais|car|a|de|en|des|selon|hors)(?![\p{L}]))\p{L}+(?:-(?:le|la|les|toi|moi|y|en|vous)|[ ](?:le|la|les|l'|ton|ta|tes|votre|vos|un|une))(?![\p{L}])/u,
  dependent:
    /^[*_(]*(?:il|elle|ils|elles|cela|ca|c'est|ce qui|donc|d'ou|ainsi|du coup|autrement dit|en effet|l'un|ces|celui|celle)(?![\p{L}])/u,
  emptyTitle:
    /^(?:sans titre|question|questions|probleme|problemes|souci|soucis|aide|help|bug|panne|demande|bonjour|titre|sujet|urgent|info|information|renseignement|besoin d'aide|(?:petit|gros|enorme) (?:probleme|souci)|(?:petite )?question|demande d'aide|\(?pas de sujet\)?|re)$/,
  titleNoise:
    /^(?:help(?: me)?|svp|s'il vous plait|stp|urgent|tres urgent|urgence|au secours|a l'aide|aide[sz]?[- ]moi|besoin d'aide(?: urgente?)?|merci(?: d'avance| de votre aide| beaucoup| a tous)?|resolue?|probleme resolu|(?:petite )?question|(?:gros |petit )?(?:probleme|souci)|aide|cordialement|re|tr|fwd|up)$/,
  titleTime:
    /[ ,]+depuis (?:hier(?: soir| matin)?|ce matin|cette nuit|aujourd'hui|avant-hier|ce midi|ce soir|\d+ jours?|quelques jours|plusieurs jours)$/,
  asking:
    /^(?:comment|pourquoi|quand|combien|quel|quelle|quels|quelles|ou |est-ce|y a-t-il|peut-on|faut-il|dois-je|puis-je|que faire|qui |a quoi|savez-vous|pouvez-vous|c'est quoi|qu'est)/,
  productCue:
    /(?:forfait|fibre|abonnee?|offre|formule|abonnement|pack|box|modele|version|firmware|logiciel|tel|telephone|un|une|mon|ma|notre|d'un|d'une|l'offre|nouve(?:au|lle)|ancien(?:ne)?|petite?) ?$/,
  looseCue: /(?:en|avec|sur|sous|le|la|du|de|chez|pour|via|au) ?$/,
  numberedDevice: /(?<![\p{L}\p{N}])(?:box|routeur|modem|décodeur|decodeur) \d(?![\p{L}\p{N}.,:])/giu,
  productKind: /^ (?:a|de) \d/,
  noProduct:
    /^(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|maman|papa|dieu|noel|paques|internet|france|europe|paris|lyon|monsieur|madame|bonjour|merci|page|article|etape|option|options|zone|code|rue|help|sms|mail|tout|tous|joyeux|bonne|exercice|theoreme|equation|figure|chapitre|section|tableau|partie|question|probleme|que|je|j|c|il|le|la|les|un|une|des|wi-?fi|vowifi|volte|suisse|belgique|espagne|italie|allemagne|portugal|maroc|marrakech|tunisie|algerie|japon|canada|angleterre|londres|geneve|ue|marseille|toulouse|bretagne|francais|europeenne|mon|ma|mes|notre|nos|votre|vos|son|sa|ce|cet|cette|chaque|quel|quelle|aucun|aucune)$/,
}
