/**
 * For knex, which writes to stdout, stacks and all, where a command's one line of JSON belongs. Nothing is lost: it
 * throws what it would have told.
 */
export const silentLog = { debug() {}, warn() {}, error() {}, deprecate() {} }
