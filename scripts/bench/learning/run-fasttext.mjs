// fastText by its command line: reading files, and the model for each pass, counts as its own time.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer } from './answer.mjs'
import { fastTextLine, fastTextOptions } from './fasttext-text.mjs'

const folder = mkdtempSync(join(tmpdir(), 'entraide-fasttext-'))
try {
  await answer((rows, { positive }) => {
    const labels = [...new Set(rows.map(({ label }) => label))]
    const numberOf = new Map(labels.map((label, number) => [label, number]))
    const examples = join(folder, 'train.txt')
    const lines = rows.map(({ text, label }) => `__label__${numberOf.get(label)} ${fastTextLine(text)}\n`)
    writeFileSync(examples, lines.join(''))
    const model = join(folder, 'model')
    const words = lines.reduce((sum, line) => sum + line.split(' ').length - 1, 0)
    const options = Object.entries(fastTextOptions(words)).flatMap(([name, value]) => [
      `-${name}`,
      `${value}`,
    ])
    fastText(['supervised', '-input', examples, '-output', model, ...options])
    return {
      classifyAll(test) {
        const input = test.map(({ text }) => `${fastTextLine(text)}\n`).join('')
        const k = positive ? labels.length : 1
        const output = fastText(['predict-prob', `${model}.bin`, '-', String(k)], input)
        return output.trimEnd().split('\n').map(verdict)
      },
      bytes: () => statSync(`${model}.bin`).size,
    }

    function verdict(line) {
      const words = line.split(' ')
      const at = words.indexOf(`__label__${numberOf.get(positive)}`)
      const label = labels[Number(words[0].replace('__label__', ''))] ?? ''
      return { label, ...(positive && { score: at < 0 ? 0 : Number(words[at + 1]) }) }
    }
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function fastText(args, input = '') {
  return execFileSync('fasttext', args, {
    input,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
    maxBuffer: 2 ** 28,
  })
}
