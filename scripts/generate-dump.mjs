/**
 * Writes a folder like a Stack Exchange dump, the same bytes for the same arguments: questions with 1.7 answers each
 * that come later in the file, a comment to every second post, users, votes, links.
 *
 *   node scripts/generate-dump.mjs <folder> [--posts 200000] [--seed 1]
 */
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { htmlBody, sentence } from './generate-html.mjs'

const ANSWERS_PER_QUESTION = 1.7
const POSTS_PER_COMMENT = 2
const POSTS_PER_USER = 8
const FIRST_DAY = Date.UTC(2015, 0, 1)
const TAGS = [
  'invoice',
  'roaming',
  'fibre',
  'sim',
  'router',
  'contract',
  'refund',
  'voicemail',
  'number',
  'app',
]

/**
 * @param {string} folder made when it is missing
 * @param {{ posts: number, seed?: number }} options `posts` are questions and answers
 * @returns {Promise<{ questions: number, answers: number, comments: number, bodyBytes: number }>}
 */
export async function generateDump(folder, { posts, seed = 1 }) {
  mkdirSync(folder, { recursive: true })
  const random = createRandom(seed)
  const users = Math.max(1, Math.round(posts / POSTS_PER_USER))
  const written = await writePosts(folder, posts, users, random)
  const comments = await writeTable(folder, 'Comments', Math.floor(posts / POSTS_PER_COMMENT), (id) => ({
    Id: id,
    PostId: random.below(posts) + 1,
    Score: random.below(4),
    Text: sentence(random, random.below(2) === 0 ? 'en' : 'fr', 12 + random.below(30)),
    CreationDate: dateOf(id, posts / POSTS_PER_COMMENT, random),
    UserId: random.below(users) + 1,
  }))
  await writeTable(folder, 'Users', users, (id) => ({
    Id: id,
    Reputation: random.below(5000),
    CreationDate: dateOf(id, users, random),
    DisplayName: `member ${id}`,
  }))
  await writeTable(folder, 'PostLinks', Math.floor(posts / 50), (id) => ({
    Id: id,
    PostId: random.pick(written.questionIds),
    RelatedPostId: random.pick(written.questionIds),
    LinkTypeId: random.below(3) === 0 ? 3 : 1,
  }))
  await writeTable(folder, 'Votes', posts * 3, (id) => ({
    Id: id,
    PostId: random.below(posts) + 1,
    VoteTypeId: random.below(6) === 0 ? 3 : 2,
  }))
  const { questionIds, answers, bodyBytes } = written
  return { questions: questionIds.length, answers, comments, bodyBytes }
}

/** An answer picks one of the questions before it, mostly a recent one: some lie far from their question. */
async function writePosts(folder, posts, users, random) {
  const questionIds = []
  let answers = 0
  let bodyBytes = 0
  await writeTable(folder, 'Posts', posts, (id) => {
    const isQuestion = questionIds.length === 0 || answers >= questionIds.length * ANSWERS_PER_QUESTION
    const language = random.below(2) === 0 ? 'en' : 'fr'
    const body = htmlBody(random, language)
    bodyBytes += Buffer.byteLength(body)
    const common = {
      Id: id,
      PostTypeId: isQuestion ? 1 : 2,
      CreationDate: dateOf(id, posts, random),
      Score: random.below(20),
      Body: body,
      OwnerUserId: random.below(users) + 1,
    }
    if (!isQuestion) {
      answers += 1
      const back = random.below(10) === 0 ? questionIds.length : Math.min(200, questionIds.length)
      return { ...common, ParentId: questionIds.at(-1 - random.below(back)) }
    }
    questionIds.push(id)
    return {
      ...common,
      ViewCount: random.below(3000),
      Title: sentence(random, language, 5 + random.below(6)),
      Tags: `<${random.pick(TAGS)}><${random.pick(TAGS)}>`,
    }
  })
  return { questionIds, answers, bodyBytes }
}

/** @returns the number of rows */
async function writeTable(folder, name, rows, rowOf) {
  const file = createWriteStream(join(folder, `${name}.xml`))
  const root = name.toLowerCase()
  file.write(`\ufeff<?xml version="1.0" encoding="utf-8"?>\n<${root}>\n`)
  for (let id = 1; id <= rows; id++) {
    const attributes = Object.entries(rowOf(id)).map(([key, value]) => `${key}="${escapeXml(String(value))}"`)
    if (!file.write(`  <row ${attributes.join(' ')} />\n`)) await new Promise((go) => file.once('drain', go))
  }
  await new Promise((resolve, reject) => {
    file.once('error', reject)
    file.end(`</${root}>\n`, resolve)
  })
  return rows
}

function escapeXml(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#xA;')
}

/** Ten years, in the order of ids. */
function dateOf(id, of, random) {
  const day = Math.floor((id / of) * 3650)
  return new Date(FIRST_DAY + day * 86_400_000 + random.below(86_400_000)).toISOString().slice(0, -1)
}

/** mulberry32 (Tommy Ettinger): small, and good enough to make texts. */
function createRandom(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n) => Math.floor(next() * n)
  return { below, pick: (items) => items[below(items.length)] }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { posts: { type: 'string', default: '200000' }, seed: { type: 'string', default: '1' } },
  })
  if (positionals.length !== 1) {
    console.error('usage: node scripts/generate-dump.mjs <folder> [--posts 200000] [--seed 1]')
    process.exit(2)
  }
  const made = await generateDump(positionals[0], { posts: Number(values.posts), seed: Number(values.seed) })
  console.log(JSON.stringify(made))
}
