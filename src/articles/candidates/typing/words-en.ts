import { anywhere, opening, pairs } from './phrases.ts'
import type { TypingWords } from './words.ts'

export const englishWords: TypingWords = {
  idea: anywhere(`
    (?:feature|improvement|enhancement|product) (?:request|idea|suggestion) | request for a (?:feature|new) |
    (?:small |little |my |an? |possible )?(?:idea|suggestion|proposal|improvement|wish) ?: | idea for (?:the|a|your) |
    i(?:'d| would)? (?:like to )?(?:suggest|propose) | my (?:suggestion|proposal|wish) | one (?:more )?(?:thought|idea) |
    (?:it|that|this)(?:'d| would| might) be (?:\\p{L}+ )?(?:an? )?(?:nice|good|great|cool|lovely|useful|helpful|fantastic|handy|brilliant|wonderful|ideal|clearer|idea) |
    would be (?:\\p{L}+ )?(?:an? )?(?:nice|great|cool|welcome|appreciated|useful|handy|lovely|perfect|good idea|great addition) |
    wouldn't it be | why not (?:just )?(?:add|put|let|offer|make|have|allow|give|use) | why don't (?:you|we|they) (?:add|put|let|offer|make|allow|plant|give) |
    what if (?:we|you|they|there) could | what about (?:an?|adding|letting) | how about (?:an?|adding|letting) |
    (?:please|pls|could you|can you|could we|can we|could there|couldn't we) (?:please |also |maybe |perhaps )*(?:add|introduce|bring back|have an?|get an?|be an?|consider|implement|support) |
    (?:you|they|we) (?:could|should|might) (?:also |perhaps |at least )?(?:add|offer|introduce|allow|let|have an?|collect|make it) |
    i(?:'d| would) (?:really )?(?:love|like) to see | i wish (?:there|you|we|the|it|i could) | if only (?:there|the|we|you|it) |
    (?:who else|anyone else) (?:would )?(?:want|wants|like|likes|fancy|love) | vote for | who's (?:with me|for it|in favour) |
    consider (?:adding|supporting|offering|an?) | have you (?:ever )?(?:thought|considered) | has any(?:one|body) (?:thought|considered) |
    let (?:us|users|people|members|customers) (?:choose|pick|save|set|vote|sort|decide) | is missing (?:from|in) the (?:app|menu|site) |
    (?:every|all|most|any) (?:the )?others? (?:\\p{L}+ )?(?:has|have|do|does|shows?|offers?|can) (?:it|this|that|one) | why (?:is there )?no \\p{L}+ | any (?:plans?|chance) (?:of|to|for) (?:an?|add|adding|support|supporting|having|offering)`),
  complaint: anywhere(`
    shame on | shame(?:ful)? | ashamed (?:of|to) | disgrace(?:ful)? | scandal(?:ous)? | outrage(?:ous)? | disgust(?:ed|ing) | pathetic | appalling | dreadful |
    (?:terrible|awful|lousy|rubbish|shocking|poor|worst|useless|hopeless) (?:\\p{L}+ )?(?:service|company|support|customer|experience|provider|bank|shop|ever|of the year) |
    (?:is|are|was|an absolute|a complete|what a|a total) (?:joke|farce|shambles|disaster|mess|insult) | ridiculous | unacceptable | incompeten(?:t|ce) |
    rip[- ]?off | a con | thieves | theft | daylight robbery | crooks | cheated | dishonest | fed up | sick (?:of|and tired) | (?:had|i've had) enough | enough is enough |
    never again | (?:never|won't be) (?:buying|using|ordering|coming back) | last time i | disappoint(?:ing|ment) | (?:very|so|deeply|really) disappointed | insult(?:ing)? | insulted |
    rude | arrogan(?:t|ce) | contempt | thanks for nothing | furious | livid | (?:i am|i'm) (?:leaving|off to|gone) | taking my (?:custom|business|money) | lost a customer |
    avoid (?:this|them|at all) | formal(?:ly)? complain(?:t|ing)? | (?:my|a|an official|letter of) complaint | ombudsman | who compensates | demand (?:a refund|compensation) |
    nobody (?:cares|answers|replies|apologi[sz]ed) | no(?:r an?)? apology | ruined | what were (?:you|they) thinking | do you even | greed(?:y)? |
    take (?:us|me|people) for (?:fools|granted|idiots|mugs) | treat(?:s|ed|ing|ment)? (?:\\p{L}+ )?(?:like dirt|like this|badly) | waste of (?:time|money) | such a waste |
    (?:price|fee|prices|fees) (?:hike|rise|increase|gone up|going up|up again)s? | botched | so much for | not worth a penny | years (?:an?|as an?|of being an?) (?:\\p{L}+ )?(?:customer|member|subscriber|client|user) | loyal(?:ty)? (?:means|counts|is worth|customers?) | who (?:thought|came up) (?:of|with) | (?:you call|call this|call that) | seriously | nobody (?:wants?|asked|listens|over there) | (?:hope|wish) (?:somebody|someone|anybody|anyone) .{0,20}(?:reads|listens) | hours? on hold | stop it`),
  thanks: anywhere(`
    (?:thanks?|thank ?you)(?! in advance| for (?:any|your help in|reading|nothing)| if) | kudos | shout[- ]?out | hats off | credit (?:where|to) | bravo | well done | props to | gratitude | thumbs up | thankful | grateful (?:to|for) |
    to praise | can only praise | compliments? to | really appreciate[ds]? (?:the|your|all|what) | (?:quick|kind|good|nice) word (?:about|for) | five stars? | made my day | keep up the | (?:star|hero|legend|angel|gem)s? of (?:a|the) | an? (?:absolute |real |true )?(?:star|hero|angel|gem) |
    never forget (?:a|the|this|it|his|her|their) | would(?:n't| not) take a penny | wanted (?:you|everyone|people|everybody|them) (?:all )?to know | you (?:lot |all |guys )?(?:are|were) (?:great|wonderful|brilliant|amazing|fantastic)`),
  announcement: anywhere(`
    announcement | press release | moderator note | release notes? | changelog | scheduled (?:works?|maintenance|outage|downtime) | planned (?:works?|maintenance|upgrade|outage) |
    (?:we are|we're) (?:pleased|happy|delighted|excited|proud) to | (?:we are|we're) (?:replacing|upgrading|closing|opening|launching|introducing|releasing|moving to) |
    we (?:inform|announce) | to inform you | (?:is|are) now (?:available|open|live|pinned) | now available | will be (?:unavailable|read-only|offline|closed|interrupted) | until further notice |
    (?:as )?(?:from|of) (?:\\p{L}+day|\\d{1,2}(?:st|nd|rd|th)? \\p{L}{3,}|\\p{L}{3,9} \\d{1,2}) | takes? place | goes live | opening hours | registrations? (?:is|are) open | sign up (?:by|before) |
    (?:has|have) been (?:updated|released|moved|extended) | what's new | what changes | new (?:version|release|guide|rules?|opening)`),
  chat: anywhere(`
    what(?:'s| is| are|'re) (?:everyone|everybody|your|you all|you lot|people) | what(?:'s| was) your | what do (?:you|people|others|you all) (?:all )?(?:use|think|call|listen|watch|read|eat|drink|prefer|say|name) |
    what others | who(?:'s| is| else| here)? (?:remembers?|still (?:uses?|has|owns?)|going to|watching|up) | does any(?:one|body) (?:else )?(?:remember|miss|still|here) |
    any(?:one|body) (?:else )?(?:remember|miss|watching|going to|up for|up late) | (?:your|the) (?:favou?rite|oldest|funniest|weirdest|earliest|very first|best|worst) (?:\\p{L}+ )?(?:memory|memories|story|stories|joke|film|book|song|ever) |
    your favou?rites? | just (?:for fun|curious|chatting) | for (?:fun|a laugh) | off[- ]?topic | light[- ]hearted | friday (?:fun|question|thread) | (?:show|tell) (?:us|me) (?:off )?your | share your |
    introduce (?:yourself|myself) | say(?:ing)? hello | happy (?:birthday|new year|christmas|easter|holidays|friday) | merry christmas | season's greetings | (?:good )?morning all | how (?:is|are) (?:everyone|everybody|you all) |
    guess (?:who|what|the) | caption | quiz | riddle | poll | competition | opinions? on | your (?:thoughts|opinions?|views?|stories|memories|experiences?) | am i the only one | is it just me | who else (?:\\p{L}+s|is) |
    where (?:can one|does one) still | (?:do you|does anyone) (?:also|ever|talk|name|keep|collect)`),
  accusation: opening(
    `(?:and |so |but |then |now )?you (?!can|could|need|have to|should|may|might|would|will|must|get|want)\\p{L}+ | your (?:\\p{L}+ )?(?:staff|drivers?|people|company|support|managers?|agents?|technicians?|advis[eo]rs?|system|policy|app|site|website) (?:is|are|do|does|don't|has|have|keeps?|never|did|won't)`,
  ),
  echoOfIdea: anywhere(
    `\\+1 | plus one | (?:my|your|a) vote | i(?:'d)? vote | upvoted? | yes please | (?:good|great|nice|brilliant) (?:idea|point|suggestion|thinking) | would (?:love|like|use|buy|welcome) (?:this|that|it) | i(?:'d| would) (?:love|like|use|want) (?:this|that|it|one) | me too please | we like it | (?:suggestion|idea|request|feedback) | (?:development|developers?|product|design) team | roadmap | wish ?list | backlog`,
  ),
  echoOfComplaint: anywhere(
    `sorry | apolog(?:y|ies|i[sz]e) | (?:we|i) (?:do |fully |can )?(?:understand|appreciate) (?:that |your |how |this |the )+(?:\\p{L}+ ){0,3}(?:frustrat|annoy|upset|disappoint|anger|angry|reaction|feel|concern|this) \\p{L}* | (?:your|the) (?:frustration|disappointment|anger|dissatisfaction|feedback|reaction) | upsetting | take this seriously | regret | so annoying | (?:i )?agree | hear hear | (?:mine|ours|they) \\p{L}+ (?:mine|ours) too | typical | same old`,
  ),
  echoOfThanks: anywhere(
    `(?:delighted|thrilled|chuffed|pleased|touched|happy) to (?:hear|read) | (?:they|she|he|the team|\\p{L}+)(?:'ll| will) be (?:delighted|thrilled|pleased|happy|chuffed|glad) | (?:has|have|will) (?:read|seen|see) (?:this|it|your (?:message|post)) | (?:your|such|for the|these|those) kind words | made (?:my|our|her|his|their) (?:day|week) | pass (?:it|this|that|your \\p{L}+) on to (?:her|him|them|the team|the shop) | says (?:hello|thank you|thanks)`,
  ),
  request: anywhere(`
    how (?:do|can|to|would|should|much|many|long|does|come) | (?:can|could|would|will) (?:you|someone|anyone|somebody|anybody|one|i|we) | (?:is|are) there (?:an?|any|some) | help |
    any(?:one|body) (?:know|knows|else|had|got|have|able|here) | i(?:'d| would) (?:like|love|need|want) (?:to|an?) | i (?:want|need|wish) to | trying to | looking for | what (?:do|can|should|am|is|are|would) (?:i|we|the) |
    what's (?:the|wrong) | why (?:is|are|does|do|did|has|can't|won't) | i can't | i don't (?:know|understand|see how) | no idea (?:how|why|what) | where (?:do|can|is|are) | which (?:is|one|of) | please (?:advise|check|explain|look|tell) |
    need(?:s)? (?:to|an?|advice|some)`),
  failure: anywhere(`
    doesn't | does not | doesnt | won't | wont | will not | can't | cant | cannot | couldn't | not working | stopp?(?:ed|s|ing)? (?:working|responding) | stopped | fails? | failed | failing | failure | broken | errors? |
    crash(?:es|ed|ing)? | stuck | frozen | freez(?:es|ing) | lost | missing | disappear(?:s|ed)? | nothing happens | no (?:signal|sound|picture|connection|access) | dead | refus(?:es|ed) | rejected | declined | blocked | problems? | issues? | trouble | (?:when|whenever|if|after|as soon as|every time) (?:i|we|it|the|a|you|she|he|my|opening|\\p{L}+ing) | no (?:\\p{L}+ )?(?:water|light|power|heat|heating|tone|internet|network|service) | stays? (?:on|off|cold|red|black|blank) | since (?:yesterday|this morning|last (?:night|week|month)|the (?:update|upgrade|move|change|switch)) | for (?:\\d+|a|two|three|several) (?:days?|weeks?|months?) | (?:i(?:'ve| have)?) (?:already )?(?:restarted|rebooted|reinstalled|tried|reset|swapped|unplugged)`),
  ownCase: anywhere(`
    my (?:own )?(?:order|parcel|delivery|refund|claim|complaint|application|appointment|case|file|account|bill|invoice|payment|engineer|technician|booking|contract|line|subscription|policy|loan|transfer|deposit)`),
  caseNoun: anywhere(`
    order|account|customer|client|invoice|bill|case|claim|ticket|reference|ref|contract|file|policy|card|parcel|booking|tracking|transaction|payment|member|membership|meter|application|code|ending in|ending`),
  caseRequest: anywhere(`
    (?:can|could|would|will|please|pls)(?: (?:you|someone|somebody|anyone|staff))?(?: please)? (?:check|look (?:at|into)|cancel|refund|unblock|unlock|correct|confirm|resend|send|chase|escalate|credit|reverse|call me|contact me|update|reset|fix|sort|tell me (?:where|when|if)) | who (?:can|do i|should i) (?:contact|call|check|ask|help)`),
  incident: anywhere(
    `outage | (?:is|are) (?:it|you|anyone|everything|the \\p{L}+) down | down (?:in|for|again|since|this) | power cut | no \\p{L}+ (?:in|since) (?:this|\\d) | (?:all|whole) (?:street|town|area|village) | anyone else (?:down|out|off) | out in`,
  ),
  passing: anywhere(`
    gone now | went away | (?:sorted|fixed|resolved|solved|cleared) itself | by itself | on its own | (?:is|it's|we're|all) back (?:now|up|on|since|at \\d) | back (?:on|up) (?:now|since|at|here) | works again | working again |
    restored(?: at)? | never ?mind | nvm | whatever it was | (?:engineers?|crews?|teams?|technicians?) (?:are |is )?(?:on site|on it|on the way|out|working) | cable (?:was )?(?:cut|severed|damaged) | (?:expected|due) back | back by | false alarm | stopped happening | (?:better|fine|ok|okay|good) (?:again|now) | (?:closing|close) (?:this|the thread)`),
  confirmed: anywhere(`
    thanks? | thank you | thx | cheers | ta | solved | fixed | sorted | works | worked | working (?:now|again|perfectly) | perfect | brilliant | lovely | grand | spot on | that was it | that did it | that's it | did the trick | done |
    lasts | back (?:in|at|online|to normal) | arrived | received | found it | all good | (?:you are|you're|you were) right | legend | result | makes sense | much obliged | helped | no more`),
  refuted: anywhere(`
    (?:didn't|did not|doesn't|does not|hasn't) (?:work|worked|help|helped|change|changed|fix|solve) | no (?:change|luck|difference|joy|dice|better) | still (?:the same|no|not|doesn't|isn't|won't|can't|happens|happening|there|broken|failing|drops?|dead|nothing|having|get|getting|says) |
    same (?:thing|problem|error|result|here|again)(?! as) | (?:it|that|this)(?:'s| is| was)? not (?:it|that|solved|fixed|the (?:answer|problem|issue|cause)) | came back | is back | nope | already (?:tried|did|done) | tried (?:that|it|this) | un-?tick(?:ed|ing)? | un-?accept(?:ed|ing)? |
    (?:spoke|ticked|accepted|marked)(?: \\p{L}+)* too (?:soon|fast|quickly|early) | ticked this | to no avail | (?:wasn't|isn't) it | so no`),
  handled: anywhere(`
    (?:i've|i have)(?: (?:just|now|also|already))* \\p{L}{2,}(?:ed|en|nt|ut|id|de) | i (?:just )?(?:sent|opened|escalated|credited|refunded|cancelled|corrected|forwarded|released|reset|raised|moved|removed|added|changed) |
    (?:we've|we have|we)(?: (?:just|now|also|already))* (?:sent you|credited|refunded|voided|frozen|unblocked|corrected your|cancelled your|logged|released|waived|reopened|replied to you|written to you|contacted you|re-?issued|sorted (?:it|this|your)|found your|checked your|arranged) |
    (?:i|we)(?:'ll|'m|'re| will| am| are)(?: (?:now|just))? (?:look(?:ing)? into|check(?:ing)? (?:your|it|this|with)|send(?:ing)? you|messag(?:e|ing) you|contact(?:ing)? you|call(?:ing)? you|refund|credit) | (?:i|we) (?:can )?see (?:it|both|your|that|the (?:order|payment|charge|parcel)) |
    (?:was|were|has been|have been|been|is|are|it's)(?: (?:now|just|both|all))? (?:voided|refunded|credited|reversed|unblocked|re-?issued|reinstated|put right|written off|waived|cancelled|sent out|on its way|done now|sorted now|fixed now) | by hand | on (?:my|our) side | private(?:ly)?(?: message)? | (?:by|in|via|a|my|me|your) (?:dm|dms|pm|pms) | direct message |
    (?:send|give|message|dm|pm) me (?:your|the|a|an|by|in)? | (?:colleague|advis[eo]r|technician|engineer|agent|team) (?:will|is going to|should) (?:call|contact|ring|phone|write|be in touch|visit) |
    your (?:case|ticket|file|order|account|claim|parcel|refund|request|application|payment|appointment|line|contract|transfer|card|policy) (?:is|has|was|will|should|left) | you(?:'ll| will| should) (?:get|receive|see|have|find) (?:it|your|an? (?:call|new|letter|refund|credit)|the (?:refund|credit|money|amount))`),
  deferred: anywhere(`
    no idea | (?:i )?don't know | dunno | nobody knows | i'd (?:love|like) to know | same (?:here|question|problem|boat|on (?:our|my)) | me too | following | bump | no (?:date|news|word|plans?) | can't (?:say|tell|promise) | (?:we'll|we will|i'll|will) (?:see|let you know|keep you posted|pass|be looked at) |
    pass(?:ed|ing)? (?:it|this|that|your \\p{L}+)? ?(?:on|along) | (?:have |has been |is |duly )?noted | on the (?:list|roadmap|wish ?list) | under (?:review|consideration) | good (?:idea|suggestion) | (?:what|which) (?:model|version|error|browser|device|bank|one) (?:is|do|are|did|have) | what does (?:it|the) | what do you mean |
    (?:can|could) you (?:tell|post|send|say|share|show|describe) | have you tried | did you try | (?:could|might|may) be (?:the|an?)? | maybe | perhaps | (?:ours|mine|i|we) (?:does|do|did|has|have|had|get|got) (?:that|it|the same)(?: as well| too)? | same for me | (?:i'm|we're|also) waiting | sorry to (?:hear|read)`),
  firstPerson: opening(
    `i | i'm | i've | i'd | i use | my | mine | me | we | ours? | (?:the|my) (?:wife|husband|kids|missus)`,
  ),
  secondPerson: anywhere(`you | your | you're | you'll | yours`),
  cites: anywhere(`
    (?:help|support|faq)(?: (?:page|pages|article|site|centre|center|text|section))? (?:says?|said|states?|still|tells?|mentions?|only|page|article|has|is) | (?:the|your|this|their|our|official) (?:docs?|documentation|manual|guide|page|faq|article|knowledge base|wiki|instructions|tutorial|help) |
    as per (?:the|your) | according to (?:the|your) | (?:page|article|docs?|manual|guide|site|faq) (?:says?|said|states?|claims?|mentions?|tells?)`),
  outdated: anywhere(`
    no longer | not any ?more | used to be | (?:since|from|as of|starting)(?: \\p{L}+| \\d[\\d.]*){0,7} (?:january|february|march|april|may|june|july|august|september|october|november|december|version|release|firmware|software|update|came out|(?:19|20)\\d{2}|v?\\d+\\.\\d[\\d.]*) |
    (?:out ?dated|out of date|obsolete|behind the times|ahead of (?:our|the)) | (?:is|are|it's|they're) (?:\\p{L}+ )?(?:behind|wrong|old|stale) | (?:has|have|was|were|been|got|it's) (?:\\p{L}+ )?(?:raised|lowered|changed|removed|replaced|dropped|withdrawn|retired|abolished|ended|extended|shortened|doubled|halved|increased|reduced|lifted|moved|renamed) |
    still (?:\\p{L}+ )?the old | the newer one | should say so | now under | is now | are now | moved to`),
  ended: anywhere(
    `no longer | not any ?more | stopped (?:sending|using|charging|asking) | (?:has|have|was|were|been) (?:removed|withdrawn|retired|abolished|dropped|discontinued|stopped|scrapped) | there (?:is|are) no more | (?:is|are) gone`,
  ),
  yes: opening(
    `yes | yep | yeah | yup | it (?:is|does|can) | you can | sure | of course | absolutely | certainly`,
  ),
  no: opening(
    `no | nope | nah | not (?:any ?more|yet|possible|by itself|at all) | never | unfortunately not | sadly not | you (?:can't|cannot)`,
  ),
  numbers: pairs(
    `two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 fourteen=14 fifteen=15 twenty=20 thirty=30 forty=40 fifty=50 sixty=60 ninety=90 hundred=100`,
  ),
  units: pairs(
    `s=second sec=second secs=second second=second seconds=second min=minute mins=minute minute=minute minutes=minute h=hour hr=hour hrs=hour hour=hour hours=hour day=day days=day week=week weeks=week month=month months=month year=year years=year yr=year yrs=year`,
  ),
}
