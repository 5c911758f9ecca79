/**
 * Words that tell French and English from each other and from their neighbours: those that also are Spanish, Italian,
 * Portuguese, German or Dutch (`de`, `la`, `in`, `was`), or both French and English (`on`, `plus`, `message`), are
 * left out. Without accents, as they often are typed; beside grammar's words, the commonest of customers' posts.
 */
const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

export const FRENCH = words(`
  je nous vous ils elles elle ce cet cette ces mon ton ses sa notre votre vos leur leurs quoi dont et est sont etait
  etais etaient ete suis etes sommes avez avons avait avais aurait serait ont ai au aux du dans sous avec sans pour par
  chez vers depuis pendant mais donc ni pas plus jamais rien aucun aucune tres trop peu beaucoup aussi encore toujours
  deja ici alors comment pourquoi quand combien quel quelle quels quelles lequel laquelle tous toute toutes meme memes
  autre autres chaque quelque quelques quelqu lorsque lorsqu puisque jusqu aujourd hui une apres avant parce afin
  lors puis celui celle ceux cela ca voici voila peut peux pouvez pouvait puis faut fait faites faire dois doit devez
  voudrais voulez veux veut sais sait savoir aimerais vais allez avoir etre
  bonjour bonsoir salut svp stp slt bjr bsr cdt coucou desole pb pbs jai cest jsuis jarrive quil tjrs qqn
  qqun kelkun koi pk pkoi cmt tt pr chui nan ouais
  marche fonctionne arrive besoin aide aidez probleme problemes souci soucis erreur erreurs facture factures rembourser
  remboursement commande commandes livraison livre abonnement resiliation resilier compte mot carte ligne reseau forfait
  debit mise connexion connecter deconnecte ecran telephone numero adresse colis boutique panne appel appels voyant cable
  delai retard retour garantie reparation suppression supprimer activer desactiver changer changement annuler annulation
  retrouver trouver envoyer recevoir recu perdu bloque bloquee refuse refusee echec lent lente nouveau nouvelle nouveaux
  dernier derniere heure heures jours semaine semaines mois annee hier demain matin soir nuit ancien ancienne mauvais
  mauvaise bon bonne chaine boitier coupure prelevement paiement virement espace messagerie application appli fichier
  dossier bouton clavier ordinateur imprimante pile batterie chargeur lumiere bruit prise fil magasin technicien client
  conseiller reponse demande avis conseil prix tarif offre logiciel configurer installer desinstaller demarrer redemarrer
  enregistrer sauvegarde affichage lien page accueil mois introuvable impossible gratuit payer paye perte vol chez moi
`)

export const ENGLISH = words(`
  the my your his her its our their this that these those there it i and because if when where why how what which who
  are were been being be have has having do does did doing done can could will would should might must not never always
  any anyone anybody someone somebody something nothing everything everyone every each some many much more most very too
  also just still already again yet here than then with without from to for by at into after before during while about
  between through off up down out once only same other another both such
  don doesn didn isn aren wasn weren haven hasn can't couldn wouldn shouldn won cannot cant dont doesnt didnt wont isnt
  ive im ill youre thats whats idk lol pls plz thx ty ur u asap
  please thanks thank hi hello hey help helped need needs want know get gets got getting make makes made keep keeps try
  tries tried trying work works working worked fix fixed fixes broken issue issues problem problems account accounts
  password login logged log sign bill billing charged charge charges refund refunds refunded order orders ordered shipping
  shipped delivery delivered phone phones screen update updates updated upgrade device devices setting settings support
  cancel cancelled canceled change changed changing missing wrong slow lost found bought buy send sent receive received
  call calls called calling show shows stuck black blank open opens opened close closed set setup turn turned switch
  replace replacement warranty number address new old last next first week weeks month months year day days hour hours
  today yesterday tomorrow morning night since ago payment paid pay card fee fees free price cost costs plan plans
  subscription signal outage speed connection connect connected disconnected router printer keyboard battery charger cable
  file files folder button link website customer customers answer question reply thread post people anything else better
  nobody using used use like good bad great well back going go see say says said tell told find cannot unable lock locked
  child parts spare loop crash crashes crashed failed fails failing fault alarm sound noise light
`)
