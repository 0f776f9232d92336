// Every migration, in order. Forward only: a wrong one is corrected by a later one.
import * as registry from './0001_registry';
import * as draw from './0002_draw';
import * as accounts from './0003_accounts';
import * as checkpoint from './0004_checkpoint';
import * as ceremony from './0005_ceremony';
import * as roles from './0006_roles';
import * as routes from './0007_routes';
import * as walls from './0008_walls';
import * as crews from './0009_crews';
import * as annual from './0010_annual';
import * as paper from './0011_paper';
import * as roads from './0012_roads';
import * as field from './0013_field';
import * as results from './0014_results';
import * as directories from './0015_directories';
import * as fieldReview from './0016_field_review';
import * as penaltyNumber from './0017_penalty_number';
import * as portal from './0018_portal';
import * as credit from './0019_credit';
import * as directoryDesk from './0020_directory_desk';
import * as certificates from './0021_certificates';
import * as directoryPages from './0022_directory_pages';
import * as caseExchange from './0023_case_exchange';
import * as substitutionOffice from './0024_substitution_office';
import * as partnerOffices from './0025_partner_offices';
import * as partyHours from './0026_party_hours';
import * as itemNotice from './0027_item_notice';
import type { Migration } from 'kysely';

export const migrations: Record<string, Migration> = {
	'0001_registry': registry,
	'0002_draw': draw,
	'0003_accounts': accounts,
	'0004_checkpoint': checkpoint,
	'0005_ceremony': ceremony,
	'0006_roles': roles,
	'0007_routes': routes,
	'0008_walls': walls,
	'0009_crews': crews,
	'0010_annual': annual,
	'0011_paper': paper,
	'0012_roads': roads,
	'0013_field': field,
	'0014_results': results,
	'0015_directories': directories,
	'0016_field_review': fieldReview,
	'0017_penalty_number': penaltyNumber,
	'0018_portal': portal,
	'0019_credit': credit,
	'0020_directory_desk': directoryDesk,
	'0021_certificates': certificates,
	'0022_directory_pages': directoryPages,
	'0023_case_exchange': caseExchange,
	'0024_substitution_office': substitutionOffice,
	'0025_partner_offices': partnerOffices,
	'0026_party_hours': partyHours,
	'0027_item_notice': itemNotice
};
