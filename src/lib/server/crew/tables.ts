// Draws of crews keep what their steps leave in tables of their own, with the columns of the targets' ceremony, for which
// the steps are written (../ceremony/step.ts).
import type { Acting, CeremonyTables } from '../ceremony/step';

export const crewTables = {
	...{ noun: 'crew', task: 'series', draw: 'app.crew_draw', ceremony: 'app.crew_ceremony' },
	...{ witness: 'app.crew_witness', signature: 'app.crew_signature', objection: 'app.crew_objection' },
	...{ voidRequest: 'app.crew_void_request', nonce: 'app.sealed_crew_nonce' }
} as unknown as CeremonyTables;

/** The same person, acting on a draw of crews. */
export const onCrews = <A extends Acting>(acting: A): A => ({ ...acting, tables: crewTables });
