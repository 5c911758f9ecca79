/**
 * How fast, and in how much memory, a generated dump is imported into SQLite. Runs what `npm run build` made.
 *
 *   node scripts/bench/import.mjs [--posts 200000] [--stages 20000]
 *
 * The import runs in a process of its own, whose peak memory is told; exit code 1 when that is over 300 MB. Where the
 * time goes is measured on a smaller dump afterwards, one stage at a time on one thread (`--stages 0` leaves it out).
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { generateDump } from '../generate-dump.mjs'

const MOST_MEGABYTES = 300

const { values } = parseArgs({
  options: { posts: { type: 'string', default: '200000' }, stages: { type: 'string', default: '20000' } },
})
const posts = Number(values.posts)
const stagePosts = Number(values.stages)

const folder = mkdtempSync(join(tmpdir(), 'entraide-bench-'))
try {
  const { dump, made } = await generate('dump', posts)
  const megabytes = statSync(join(dump, 'Posts.xml')).size / 1e6
  const bytes = Math.round(made.bodyBytes / posts)
  console.log(
    `${posts} posts with bodies of ${bytes} B (Posts.xml ${megabytes.toFixed(0)} MB), ${made.comments} comments`,
  )

  const imported = child('import/run.mjs', dump, join(folder, 'home'))
  const again = child('import/run.mjs', dump, join(folder, 'home'))
  const raw = child('import/raw.mjs', dump, join(folder, 'raw'))
  const parsed = child('import/parse.mjs', dump)
  console.log(`import      ${line(imported)}`)
  console.log(`  again     ${line(again)}`)
  console.log(`raw         ${line(raw)}: parsing, the same HTML to Markdown in a thread, inserts`)
  console.log(`  the import is ${(raw.seconds / imported.seconds).toFixed(2)} times as fast as that`)
  console.log(`parse only  ${line(parsed)}: ${(imported.seconds / parsed.seconds).toFixed(1)} times as fast`)
  if (stagePosts > 0) {
    const { dump: small } = await generate('small', stagePosts)
    showStages(child('import/stages.mjs', small, join(folder, 'stages')))
  }
  if (Math.max(imported.megabytes, again.megabytes) > MOST_MEGABYTES) {
    console.log(`over ${MOST_MEGABYTES} MB resident`)
    process.exitCode = 1
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function generate(name, count) {
  const dump = join(folder, name)
  return { dump, made: await generateDump(dump, { posts: count }) }
}

function child(script, ...args) {
  const path = new URL(script, import.meta.url).pathname
  return JSON.parse(execFileSync(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] }))
}

function line({ seconds, megabytes }) {
  const rate = Math.round(posts / seconds)
  return `${seconds.toFixed(1)} s, ${rate} posts/s (not counting comments), ${megabytes} MB at most`
}

function showStages({ stages, total }) {
  console.log(`where the time goes (${stagePosts} posts, one thread, ${total.toFixed(1)} s):`)
  for (const [stage, seconds] of Object.entries(stages)) {
    const share = ((seconds * 100) / total).toFixed(0)
    console.log(`  ${stage.padEnd(18)} ${seconds.toFixed(2).padStart(7)} s ${share.padStart(3)} %`)
  }
}
