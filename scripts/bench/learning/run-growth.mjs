// One fit of as many made-up posts as told, in a process of its own: its time, and its memory at most.
import { trainClassifier } from '../../../dist/learning/training/train-classifier.js'
import { makeUpPosts } from './made-up-posts.mjs'

const LABELS = 100
const WORDS = 20

const posts = makeUpPosts(Number(process.argv[2]), LABELS, WORDS)
const before = process.resourceUsage().maxRSS
const start = performance.now()
trainClassifier({ ...posts, seed: 1 })
const seconds = (performance.now() - start) / 1000
const peak = process.resourceUsage().maxRSS
process.stdout.write(JSON.stringify({ seconds, megabytesBefore: before / 1024, megabytes: peak / 1024 }))
