/** The style of an exported help centre: one file, light and dark, from 320 pixels on. */
export const SITE_STYLE = `:root {
  color-scheme: light dark;
  --ground: #fff; --raised: #f4f5f7; --text: #1b1e23; --quiet: #4c5460; --line: #c9ced6; --accent: #0b5cad; --on-accent: #fff;
}
@media (prefers-color-scheme: dark) {
  :root { --ground: #15181c; --raised: #20252b; --text: #e8eaed; --quiet: #aeb6c1; --line: #444c57; --accent: #8cc0f5; --on-accent: #10151b; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 0 1rem 3rem; max-width: 46rem; background: var(--ground); color: var(--text); font: 1rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -100vw; padding: .5rem 1rem; background: var(--ground); }
.skip:focus { left: 0; z-index: 1; }
header { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: center; padding: 1rem 0; border-bottom: 1px solid var(--line); }
.site { font-weight: 700; font-size: 1.125rem; color: inherit; text-decoration: none; }
form { display: flex; flex-wrap: wrap; gap: .5rem; flex: 1 1 16rem; align-items: center; }
form label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
input { flex: 1 1 8rem; min-width: 0; min-height: 2.75rem; padding: 0 .75rem; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--quiet); border-radius: .375rem; }
button { min-height: 2.75rem; padding: 0 1rem; font: inherit; color: var(--on-accent); background: var(--accent); border: 0; border-radius: .375rem; }
header ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 0; padding: 0; list-style: none; }
header li a, footer a { display: inline-block; padding: .5rem 0; }
h1 { font-size: 1.75rem; line-height: 1.25; }
h2 { margin-top: 2rem; font-size: 1.25rem; line-height: 1.3; }
pre { padding: .75rem; overflow-x: auto; background: var(--raised); border: 1px solid var(--line); border-radius: .375rem; overflow-wrap: normal; }
code { font-family: ui-monospace, monospace; font-size: .9375em; }
:not(pre) > code { padding: 0 .25em; background: var(--raised); }
.table { overflow-x: auto; }
table { border-collapse: collapse; overflow-wrap: normal; }
th, td { padding: .375rem .75rem; border: 1px solid var(--line); text-align: left; }
blockquote { margin-inline: 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line); }
.list { padding-inline-start: 1.25rem; }
.list li { margin-block: .25rem; }
.list p { margin: 0; }
.quiet, footer { color: var(--quiet); font-size: .9375rem; }
footer { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: center; margin-top: 3rem; border-top: 1px solid var(--line); }
@media print { header form, header nav, footer, .skip { display: none; } }
`
