import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const here = (name) => new URL(name, import.meta.url).pathname
const node = (script, ...after) => ({
  command: (task) => [process.execPath, [here(script), task, ...after]],
})

/**
 * Who takes part, by name, each with the command that does a task; `missing` says why it cannot.
 *
 * @param python the interpreter that scikit-learn and fastText's module are looked for in
 */
export function findContenders(python) {
  installPeers()
  const script = (name, module, ...after) => ({
    command: (task) => [python, [here(name), task, ...after]],
    ...(!has(python, ['-c', `import ${module}`]) && { missing: `${python} has no ${module}` }),
  })
  return {
    Entraide: node('run-entraide.mjs'),
    'nlp.js': node('run-nlpjs.mjs'),
    'natural, Bayes': node('run-natural.mjs', 'bayes'),
    'natural, logistic': node('run-natural.mjs', 'logistic'),
    fastText: has('fasttext', []) ? node('run-fasttext.mjs') : script('run_fasttext.py', 'fasttext'),
    LinearSVC: script('run_sklearn.py', 'sklearn', 'svc'),
    'logistic regression': script('run_sklearn.py', 'sklearn', 'logistic'),
  }
}

/** Peers from npm are pinned in a package of their own, which the product's `npm install` never meets. */
function installPeers() {
  if (existsSync(here('node_modules/.package-lock.json'))) return
  console.error('Installing the peers from npm …')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status } = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: here('.'),
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) throw new Error('the peers could not be installed')
}

/** Whether a program starts; with arguments, whether it also succeeds (fastText alone prints its usage and fails). */
function has(program, args) {
  const { error, status } = spawnSync(program, args, { stdio: 'ignore' })
  return error === undefined && (args.length === 0 || status === 0)
}
