import { fold } from '../terms/fold.ts'

const GIVEN = `
adam adele adrien agathe agnes ahmed aicha alain alan albert alex alexandra alexandre alexis alfred ali alice alicia
aline alison amandine amelia amelie amina amy ana anais andre andrea andrew angela angelique anita ann anna anne
annette annie anthony antoine antonio arnaud arthur ashley astrid aude audrey aurelie aurelien axel ayoub barbara
baptiste bastien beatrice ben benedicte benjamin bernadette bernard bertrand bilal bob boris brandon brian brigitte
bruno camille carine carl carla carlos carole caroline catherine cecile cedric celia celine chantal charlene charles
charlotte chloe chris christelle christian christiane christina christine christophe claire clara claude claudine
clement clementine colette constance corentin corinne cyril cyrille damien daniel daniele danielle david deborah
delphine denis denise diana diane didier dominique donald donna dorothee dylan edith edouard edward eleonore elena
eliane elisabeth elise elizabeth ella ellen elodie eloise emilie emily emma emmanuel emmanuelle enzo eric erica erwan
estelle esther etienne eugenie eva evelyne fabien fabienne fabrice farid fatima fatou felix fernando fiona florence
florent florian franck francis francois francoise frank frederic frederique gabriel gabrielle gael gaelle gary
genevieve geoffrey george georges gerald geraldine gerard ghislaine gilbert gilles giovanni gisele grace graham greg
gregory guillaume guy gwenaelle hakim hamid hannah harry hassan helen helene henri henry herve hubert hugo hugues
ibrahim ines irene iris isabelle ivan jack jackie jacob jacqueline jacques jade jake james jamila jan jane janet jason
jean jeanne jeannine jennifer jeremy jerome jessica jim jimmy joan joanna joel joelle joffrey john jonathan jordan
jose joseph josephine josette josiane joyce juan judith jules julia julie julien juliette justin justine kamel karen
karim karine kate katherine kathleen katia kelly ken kenneth kevin khadija kim laetitia lara larry laura laure laurence
laurent lea leila lena leo leon leonie liam liliane lily linda lionel lisa loic lola lorena louis louise luc luca
lucas lucie lucien lucy ludovic luis lydia lydie lynn madeleine mael maeva magali malik manon manuel marc marcel
marco marcus margaret margaux marguerite maria marie marina marine mario marion mark marta martha martin martine
mary maryse mateo mathias mathieu mathilde matthew matthias matthieu maud maurice max maxime megan mehdi melanie
melissa michael michel michele micheline michelle miguel mike mila mireille mohamed mohammed mona monica monique
morgan morgane mourad muriel mustafa myriam nabil nadege nadia nadine naima nancy natacha natalia natalie natasha
nathalie nathan neil nicholas nicolas nicole nina noah noel noemie nora norbert nour oceane odette odile olga oliver
olivia olivier omar oscar pablo pamela pascal pascale patrice patricia patrick paul paula paulette pauline pedro peter
philip philippe pierre pierrick quentin rachel rachid ralph raoul raphael raymond rebecca regine regis remi remy rene
renee richard rita robert roberto robin roger roland romain romane ronald rosa rose roxane ruth ryan sabine sabrina
said salma sam samantha samia samir samira samuel sandra sandrine sara sarah scott sean sebastien selma serge severine
sharon shirley simon simone sofia solene sonia sophia sophie stephane stephanie stephen steve steven stuart susan
suzanne sylvain sylvie tanguy tania tara teddy teresa theo theodore therese thibault thierry thomas tim timothee tina
tiphaine todd tom tony tracy tristan ugo valentin valentine valerie vanessa vera veronique victor victoria vincent
violette virginie vivien walter wanda warren wendy will william xavier yann yannick yasmine yassine yolande yves
yvette yvonne youssef zoe zohra aissatou aminata awa fanta issa mamadou moussa oumar ousmane seydou sekou aaron abigail amara arjun bruce chen claudia cody colin craig daisy derek diego dmitri
duncan eileen fatma gareth gavin gemma gordon hector heather holly hussein ian isaac isabella ivy jasmine jeffrey jill
jodie joshua josh karl keith kirsty kwame leah leslie lewis logan lorna luke malcolm mason mei miriam mohammad molly
naomi nathaniel nigel owen pam penelope phoebe priya raj ravi rohan rosie ross rupert sally shaun sheila stella tariq
terry tracey trevor vivian wayne wei yuki yusuf zainab zara zachary`

const OTHERS = `
a absolute account accueil activer adresse after aide alert all allo android app appel appeler appelez apple asus
attention au audience aucun avec avis banque basic bbox because bien billing bonjour bonne bonsoir boulanger bouygues
boutique box british but call care carte cdiscount center centre ceci cela centrale chat chez chrome client clients
club colis comment commande commercial community compte confirmation conseiller contact contactez contrat cordialement
customer d dans darty data de dear debit demande demandez department depuis der des desk devis digital dimanche direct
direction disponible docomo donc dossier downtown du ebay ecrire ecrivez edge eh en english engineer enfin equipe erreur
espace est et ethernet express facebook facturation facture fax fibre finance fixe fnac for forfait formulaire forum
fournisseur france francais free freebox french friday from galaxy general gmail google group groupe guide happy have
hello help helpdesk here hi home hotline how huawei i ici il important in info information infos instagram installation
internet intel iphone ipad is it je jeudi join joindre jour juin juillet key kind kindle la le les lenovo lg ligne line
linux live livebox livraison lundi mac macbook madame mademoiselle mail mailbox main maison mairie manager mardi
marketing max memory mercredi merci message microsoft mobile modem mon monday monsieur mr mrs ms mme must my name
network netflix new nintendo no nokia nom nos not notre nous numero of office ok on online oppo option optional or
orange our ou oui outlook pack page par pas paypal per petit phone pixel playstation please plus point portable poste
pour pourquoi premium pro probleme product produit promo question rappelez re red reference refund regards reponse
required reseau residence resiliation retour router routeur rue safari sales samedi samsung sans sav savings saturday
section security securite see send server serveur service services setup sfr shop show signal sim site siri sky skype
smart sms societe some somebody someone somebody sony sorry sosh sous spotify standard steam still store sunday suivi
super support sur system tablet team tech technicien technique teams tel telecom telegram telephone thank thanks the
there they this three thursday to toujours tous tout tuesday tv twitch twitter un une unlimited update urgent user
utilisateur vendredi verizon version video virgin visa vodafone voir vos votre vous warranty we wednesday whatsapp wifi
windows with wix write xbox xiaomi yahoo yes you your youtube zoom
aix amiens angers annecy avignon barcelona belfast berlin besancon birmingham bordeaux boston brest bristol brussels
bruxelles caen calais cannes cardiff chicago colmar dijon dublin dunkerque edinburgh geneve glasgow grenoble lausanne
leeds lens lille limoges liverpool london londres lyon madrid manchester marseille melbourne metz montpellier montreal
mulhouse nancy nantes newcastle nice nimes orleans oxford paris pau perpignan poitiers quimper reims rennes roubaix
rouen sheffield strasbourg sydney toronto toulon toulouse tourcoing tours troyes valence vannes versailles york
allemagne america angleterre belgique belgium canada corse england espagne europe germany ireland irlande italie italy
portugal scotland spain suisse switzerland uk usa wales bretagne normandie
android developpeur developer expert moderator moderateur member membre admin administrateur president director
directeur directrice responsable gestionnaire locataire proprietaire retraite salarie
janvier fevrier mars avril mai aout septembre octobre novembre decembre january february march april may june july
august september october november december best kind sincerely yours cheers bien salutations amicalement respectueusement
martens pepper bricolage propre
ask speak ring tell text email phone envoyez voyez rappeler appeler rendez prevenez adressez`

/**
 * Common French and English given names, and words that begin with a capital without being anybody's name: greetings,
 * first words of sentences, brands, cities, countries, days. Folded.
 */
const GIVEN_NAMES: ReadonlySet<string> = words(GIVEN)
const NO_NAMES: ReadonlySet<string> = words(OTHERS)

/** Words that stand in an address for whoever reads the mail. */
export const ROLES: ReadonlySet<string> = words(
  'admin administrateur bonjour client clients commande commandes commercial compta contact dpo facturation hello help info infos jobs mail no noreply postmaster press presse recrutement reply rgpd root sales sav securite security service services shop support team test user utilisateur webmaster',
)

export function isGivenName(word: string): boolean {
  return word.split('-').some((part) => GIVEN_NAMES.has(fold(part)))
}

export function isNoName(word: string): boolean {
  const folded = fold(word.replace(/^[dl]['’]/i, ''))
  return NO_NAMES.has(folded) && !GIVEN_NAMES.has(folded)
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/))
}
