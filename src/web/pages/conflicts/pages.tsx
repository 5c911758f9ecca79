import { useState } from 'preact/hooks'
import { Route, Switch } from 'wouter-preact'
import { ConflictPage } from './conflict-page.tsx'
import { ConflictsPage } from './conflicts-page.tsx'
import { type Ruled, RulingNote } from './ruling-note.tsx'
import './conflicts.css'

/** Labels that people, the model or look-alikes contradict: a list, and one at a time. */
export default function Pages() {
  // Rulings go on in the background while the next conflict is shown.
  const [ruled, setRuled] = useState<Ruled>()
  const note = ruled && <RulingNote ruled={ruled} onClose={() => setRuled(undefined)} />
  return (
    <Switch>
      <Route path="/:id">
        {({ id }) => (
          <ConflictPage key={id} id={id} onRuled={setRuled}>
            {note}
          </ConflictPage>
        )}
      </Route>
      <Route>
        <ConflictsPage>{note}</ConflictsPage>
      </Route>
    </Switch>
  )
}
