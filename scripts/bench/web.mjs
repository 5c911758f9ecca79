/**
 * How heavy the workbench is and how quick, beside its budgets, in Chromium by the performance API.
 *
 *   npm run bench:web -- [--answers 60] [--threads 10000] [--rounds 5] [--only weights,demo,list]
 *
 * Prints a table: script and style of each place; Review under a keyboard; filters of a long list; the first page on a
 * processor four times as slow; ten labels at a person's pace. Works on a demo made anew, or on a copy of ENTRAIDE_HOME.
 * `--only` names the parts to run. A bench, no test: the exit code is 0 whatever the figures are.
 */
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { launchBrowser, signInToDemo } from '../web/browser.mjs'
import { ms, quantile, spread } from '../web/figures.mjs'
import { openSlowly } from '../web/first-page.mjs'
import { addThreads, filterThreads } from '../web/list-times.mjs'
import { addPostsToReview, answerByKeyboard, labelAtHumanPace } from '../web/review-times.mjs'
import { openHome, signInAdministrator } from '../web/server.mjs'
import { weighBuild } from '../web/weights.mjs'

const { values } = parseArgs({
  options: {
    answers: { type: 'string', default: '60' },
    threads: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: 'weights,demo,list' },
  },
})
const parts = new Set(values.only.split(','))
/** kB of script with gzip, milliseconds, seconds. */
const BUDGETS = { script: 100, answer: 50, filter: 100, firstPage: 1_500, tenLabels: 60 }
const SLOWDOWN = 4
const VIEWPORT = { width: 1440, height: 900 }
const FIRST_PAGES = [
  { path: '/app/review', selector: '.review-label' },
  { path: '/app/threads', selector: '.threads-table tbody a' },
]

console.log(
  `${cpus()[0].model}, ${cpus().length} cores, Node ${process.version}, load ${loadavg()[0].toFixed(1)} at the start\n`,
)
console.log('| what | figure | budget | |\n|---|---|---|---|')
if (parts.has('weights')) weigh()
if (parts.has('demo') || parts.has('list')) {
  const browser = await launchBrowser()
  try {
    if (parts.has('demo')) await withHome(process.env.ENTRAIDE_HOME, (home) => measureDemo(browser, home))
    if (parts.has('list')) await withHome(undefined, (home) => measureList(browser, home))
    console.log(`\nChromium ${browser.version()}, load ${loadavg()[0].toFixed(1)} at the end`)
  } finally {
    await browser.close()
  }
}

function weigh() {
  const { shell, places, later } = weighBuild()
  const weights = ({ script, style }) => `${script.toFixed(1)} kB script, ${style.toFixed(1)} kB style`
  row('shell and messages, gzip', weights(shell))
  for (const place of places) {
    const isWithin = place.script <= BUDGETS.script
    row(`first load of ${place.name}, gzip`, weights(place), `${BUDGETS.script} kB script`, isWithin)
  }
  for (const { name, script } of later) row(`on demand: ${name}, gzip`, `${script.toFixed(1)} kB script`)
}

async function measureDemo(browser, home) {
  addPostsToReview(home)
  const server = await home.start('demo')
  try {
    const storageState = await signInToDemo(browser, server, 'agent')
    const open = () => browser.newContext({ baseURL: server.url, storageState, viewport: VIEWPORT })
    for (const page of FIRST_PAGES) {
      const times = []
      for (let round = 0; round < Number(values.rounds); round += 1)
        times.push(await openSlowly(browser, { ...page, url: server.url, storageState, slowdown: SLOWDOWN }))
      const usable = quantile(
        times.map((each) => each.usable),
        0.5,
      )
      const painted = quantile(
        times.map((each) => each.painted),
        0.5,
      )
      const figure = `${ms(usable)} to use it, ${ms(painted)} to the first paint (medians of ${times.length})`
      const what = `${page.path} on a processor ${SLOWDOWN} × as slow`
      row(what, figure, ms(BUDGETS.firstPage), usable <= BUDGETS.firstPage)
    }
    const { seconds, waited } = await labelAtHumanPace(await open())
    const figure = `${seconds.toFixed(1)} s, of which ${waited.toFixed(1)} s waiting for the page`
    row(
      'ten labels by keyboard at a person’s pace',
      figure,
      `${BUDGETS.tenLabels} s`,
      seconds <= BUDGETS.tenLabels,
    )
    const answers = await answerByKeyboard(await open(), { answers: Number(values.answers) })
    const isQuick = quantile(answers, 0.95) <= BUDGETS.answer
    row('Review: label to next post', spread(answers), `p95 ${ms(BUDGETS.answer)}`, isQuick)
  } finally {
    await server.stop()
  }
}

async function measureList(browser, home) {
  addThreads(home, Number(values.threads))
  const server = await home.start('serve')
  try {
    const storageState = await signInAdministrator(browser, home, server)
    const context = await browser.newContext({ baseURL: server.url, storageState, viewport: VIEWPORT })
    const { rows, painted, complete } = await filterThreads(context)
    const isQuick = quantile(painted, 0.95) <= BUDGETS.filter
    row(`filter of ${rows} rows to paint`, spread(painted), `p95 ${ms(BUDGETS.filter)}`, isQuick)
    row('… until the server’s answer is shown', spread(complete))
  } finally {
    await server.stop()
  }
}

async function withHome(from, work) {
  const home = openHome(from)
  try {
    await work(home)
  } finally {
    home.remove()
  }
}

function row(what, figure, budget = '', isWithin = undefined) {
  console.log(
    `| ${what} | ${figure} | ${budget} | ${isWithin === undefined ? '' : isWithin ? 'within' : '**over**'} |`,
  )
}
