import type { DraftWords } from './words.ts'

export const englishWords: DraftWords = {
  greeting:
    /^[*_\s]*(?:hi|hello|hey|hiya|howdy|heya|greetings|dear|good (?:morning|afternoon|evening|day)|morning|evening|g'day|yo)(?![\p{L}\d-])(?: (?:there|all|everyone|everybody|folks|guys|team|community|support|sir|madam|sirs?|or|and|again|forum|members|friends|to all|to you all|y'all|people|experts|from .{1,20}(?=[,.!])))*/u,
  subject:
    /^(?:i|i'm|i've|im|ive|my|we|we're|our|the|a|an|when|since|how|is|are|does|do|did|can|could|why|what|where|after|just|it|there|this|every|any|after|for|with|please|pls|has|have|having|so|got|anyone|trying|not|on|in|if)(?![\p{L}\d])/u,
  filler:
    /^(?:ok so|okay so|so|well|right|ok|okay|now),? (?=i |i'|my |we |the |after |when |since |every |it )/,
  courtesy: [
    /^(?:many |and |big |so |ok )?(?:thanks?(?: you)?|thx|thnx|ty|tia|cheers|much appreciated|appreciated|appreciate)(?![\p{L}])(?! to (?:the|this|a) ).{0,90}$/u,
    /^(?:any|all|your) (?:help|advice|ideas?|suggestions?|pointers?|tips?|thoughts?|input|assistance)(?:(?: \p{L}+){0,5} (?:appreciated|welcome|great|grateful|please))?$/u,
    /^(?:(?:i )?(?:hope|hoping)|i am hoping|i'm hoping) (?:you|someone|somebody|anyone|anybody|this|that|i|to|everyone|all).{0,90}(?:help|advise|right (?:section|place|forum)|makes sense|clear|here|well|solve).{0,30}$/,
    /^(?:i would|i'd|would) (?:really |greatly |be )*(?:appreciate|grateful).{0,80}$/,
    /^(?:best|kind|warm|kindest|many)? ?(?:regards|wishes)(?:[ ,].{0,40})?$/,
    /^(?:yours (?:sincerely|faithfully|truly)|sincerely|respectfully|br|kr|cheers|take care|have a (?:nice|good|great|lovely) .{0,30})(?:[ ,].{0,40})?$/,
    /^.{0,80}(?:first (?:message|post|time posting|question) here|first (?:message|post)|new (?:here|to (?:this|the) (?:forum|community))|right (?:section|place|forum)|wrong (?:section|place|forum)|sorry for (?:my (?:bad )?english|the (?:long|wall)|any mistakes)|excuse my english|long-?time lurker|asked before|been answered).{0,120}$/,
    /^i(?:'ve| have)? (?:already )?(?:searched|looked through|checked|googled) (?:the|this) forum.{0,100}$/,
    /^(?:please|pls|plz) ?(?:help|advise|assist)(?: me)?(?: (?:asap|urgently|please|out|thanks))*$/,
    /^(?:help|help me|urgent|asap|sos|i'm desperate|i am desperate|i'm stuck|i am lost|i'm lost)(?: (?:please|pls|plz|me|urgent|asap|needed|wanted))*$/,
    /^(?:can|could) (?:anyone|anybody|someone|somebody|you|you guys) (?:please |pls |kindly )?(?:help|advise|assist)(?: me)?(?: (?:please|out|with this))?$/,
    /^(?:anyone|anybody)(?: know| have (?:an idea|any ideas?))?$/,
    /^(?:(?:title|question is in the title)|(?:see|as per|as in) (?:the )?title|title says it all)$/,
    /^(?:merry christmas|happy (?:new year|easter|holidays|christmas)).{0,60}$/,
    /^(?:my name is|my name's|this is|it's) (?:me )?\p{L}{2,20}(?: (?:here|again))?$/u,
    /^(?:sent from my|get outlook for).{0,50}$/,
  ],
  helperCourtesy: [
    /^(?:(?:i )?(?:hope|hoping)) (?:this|that|it) .{0,30}(?:helps?|works?|solves?|sense|useful|clear).{0,40}$/,
    /^(?:please |do )?(?:let (?:us|me) know|tell us|report back|keep us posted|feel free|don't hesitate|shout if).{0,90}$/,
    /^(?:you're welcome|you are welcome|no problem|no worries|my pleasure|glad to help|happy to help|good luck|welcome|welcome (?:here|aboard|to).{0,40}|good question|great question|don't (?:worry|panic)|fear not)(?![\p{L}]).{0,30}$/u,
    /^(?:right section|good (?:clear )?description).{0,60}$/,
    /^(?:marking|closing|moving|locking|marked|closed|moved|locked)(?: this)? (?:as|to|the|thread|topic).{0,100}$/,
    /^(?:please |remember to |don't forget to )(?:mark|tick|accept|click) .{0,60}(?:solution|answer|solved|kudos|helpful)$/,
    /^(?:thank you|thanks) for .{0,90}$/,
    /^(?:sorry|apologies|my apologies|i am sorry|i'm sorry) (?:to hear|for|about) .{0,90}$/,
    /^you (?:aren't|are not|'re not) (?:a fool|stupid|alone).{0,60}$/,
  ],
  trailingPlea:
    /(?:[\s,;:–-]+(?:please help(?: me)?|pls help(?: me)?|plz help|help please|help pls|help me(?: please)?|thanks(?: in advance)?|thank you(?: in advance)?|thx|tia|asap please))+$/,
  closing:
    /^(?:(?:many )?thanks(?: in advance| a lot| so much| all| everyone| again)?|thank you(?: in advance| all| very much)?|thx|tia|(?:best|kind|warm|kindest)? ?(?:regards|wishes)|best|cheers(?: all)?|yours (?:sincerely|faithfully|truly)|sincerely|sent from my .{1,30})$/,
  edit: /^[*_[(]*(?:edit(?:ed)?(?: ?\d)?|update(?: ?\d)?|eta|ps|p\.s\.)[*_\])]* ?[:,–-]+[*_]* */,
  editChatter:
    /^.{0,40}(?:typos?|spelling|formatting|title|solved|fixed|resolved|thanks|nevermind|never mind|wrong section|picture added|photo added|sorted).{0,80}$/,
  quoteIntroduction: /(?:wrote|said|says|posted|replied)(?: ?:)?$/,
  outcome:
    /(?:^|[\s,])(?:thanks?|thank you|cheers|thx|solved|fixed|sorted|works|worked|working (?:now|again)|perfect|brilliant|that was it|that did it|that's it|it was|done|came back|back (?:in|at|online)|switched on|arrived|confirmed|received|found it)(?![\p{L}])/u,
  symptom:
    /(?:^|[\s,])(?:still|same (?:thing|error|problem|issue|result|message)|also|error|message|light|lamp|shows|says|doesn't|does not|don't|didn't|won't|wont|can't|cannot|isn't|not working|nothing|only when|only happens|fails|version|model|tried)(?![\p{L}])/u,
  addition:
    /(?:^|[\s,])(?:forgot to (?:mention|say|add)|should have (?:said|mentioned|added)|i should add|to add|for info|fyi|to clarify|more (?:detail|info)|additional (?:detail|info)|just to be clear)(?![\p{L}])/u,
  correction:
    /(?:^|[\s,(])(?:correction|erratum|careful|be careful|caution|beware|warning|actually|in fact|note that|one caveat|caveat|instead|rather than|not the|one more thing|to add|adding to|also need|you also|must also|only if|only works|unless|except|no longer|has changed|since (?:the update|version)|i (?:also )?had to|make sure)(?![\p{L}])/u,
  personal:
    /^(?:[*_]*)(?:(?:i|we)(?:'ve| have)(?: already| just| also| now)? (?:shifted|sent|opened|escalated|credited|frozen|checked your|rung|forwarded|passed|asked|moved|reset|raised|written|corrected|refunded|logged)|(?:i'll|i will|we'll|we will) (?:look into|check|see to|get back|send|forward|pass|ask)|you'll get a new|nothing you write|a private message|confirmed on our side|your (?:request|case|ticket) (?:is|has|was))(?![\p{L}])/u,
  step: /^[*_]*(?:(?:first|second|secondly|third|then|next|after that|afterwards|finally|lastly|step \d+|\d+[.)-]?)[ ,:]+)?(?:and )?(?:go to|tap|click|open|press|select|choose|pick|type|enter|plug|unplug|pull|push|restart|reboot|turn|switch|wait|disable|enable|install|uninstall|download|check|connect|disconnect|tick|untick|confirm|save|delete|remove|insert|hold|run|set|put|scan|dial|ring|call|forward|order|ask|look at|look in|attach|sign in|log in|log out|sign out|copy|paste|change|replace|update|reset|try|re-enter|use the|pair|do it|keep|report)(?![\p{L}])|^[*_]*(?:first|then|next|after that|afterwards|finally|lastly)(?:,| )/u,
  meaning: /^.{2,80} means (?:that |the |your |it |you )|^\S{2,12} = |^[a-z]{1,4}-?\d{2,4} ?: (?!\/)/,
  cause:
    /(?:^|[\s,;:(])(?:because|caused by|due to|that's normal|that is normal|it's normal|the reason|hence|is why|that's why|comes from|nine times out of ten|it's a known |this happens (?:when|as|if)|stems from|so (?:inbound|that's)|has no |the cause is|results? from)/,
  advice:
    /^[*_(]*(?:to |for (?:the|your|those) |just |(?:yes|no|nope|ok|okay|here|sorry|same|better|best|maybe|perhaps|you poor)(?!\p{L}))|(?:^|[\s,;:(])(?:i|i'm|i've|i'd|i'll|me|my|we|we're|we've|mine|you can|you could|you need|you must|you have to|you should|you want|you'll|try|use (?:a|an|the|your)|turn (?:it|off|on|the)|set (?:it|the|your)|let me|two ways|easy|simple)(?![\p{L}])/u,
  command:
    /^[*_(]*(?!(?:not|no|nor|in|on|at|after|before|since|with|without|by|from|under|over|during|of|all|both|as|that's|it's|what|so|only|even|half|once|for)(?![\p{L}]))\p{L}+ (?:it|the|them|your|this|these|those|both|off|on|up|down|out)(?![\p{L}])/u,
  dependent:
    /^[*_(]*(?:it|its|that|that's|this|these|those|they|he|she|hence|so|thus|therefore|in other words|which|such|neither|both)(?![\p{L}])/u,
  emptyTitle:
    /^(?:untitled|no (?:title|subject)|\(?no subject\)?|questions?|problems?|issues?|help|help me|bug|error|hello|hi|title|subject|urgent|info|a question|quick question|need help|help needed|(?:big |small |weird )?(?:problem|issue)|support|request|re)$/,
  titleNoise:
    /^(?:help(?: me)?|help (?:please|pls|plz|needed|wanted)|(?:please|pls|plz) ?help(?: me)?|please|pls|plz|urgent|very urgent|asap|need help|thanks(?: in advance)?|thank you|tia|solved|fixed|resolved|closed|(?:quick |newbie |noob )?question|(?:big )?(?:problem|issue)|re|fw|fwd|bump)$/,
  titleTime:
    /[ ,]+since (?:yesterday|this morning|last night|today|this afternoon|\d+ days?|a few days|a couple of days)(?: ago)?$/,
  asking:
    /^(?:how|why|what|where|when|which|who|whom|is |are |can |could |does |do |did |should |must |may |will |would |has |have |am i)/,
  productCue:
    /(?:plan|tariff|fibre|fiber|box|model|version|firmware|running|using|my|our|old|older|new|newer|router|refurbished) ?$/,
  looseCue: /(?:on|with|have|got|the|to|from|for) ?$/,
  numberedDevice: /(?<![\p{L}\p{N}])(?:box|router|modem|decoder) \d(?![\p{L}\p{N}.,:])/giu,
  productKind: /^ (?:plan|tariff|contract|pack)(?![\p{L}])/u,
  noProduct:
    /^(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun|january|february|march|april|may|june|july|august|september|october|november|december|christmas|easter|mum|mom|dad|god|internet|wifi|wi-fi|i|ive|im|i'm|i've|i'd|page|article|step|option|options|zone|code|help|sms|street|road|the|my|our|when|ok|led|english|french|happy|merry|dear|exercise|theorem|lemma|equation|figure|chapter|section|table|part|question|problem|wi-?fi|volte|spain|france|switzerland|swiss|italy|germany|portugal|lisbon|morocco|japan|canada|usa|uk|us|eu|europe|london|paris|ireland|scotland|wales|england|america|american|german|which|what|another|any|this|that|new|every|no|your|each|mobile|same|his|her|their|all|both|one|basic)$/,
}
