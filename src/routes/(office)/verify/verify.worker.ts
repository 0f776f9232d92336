// Recomputing a large draw takes seconds: off the page's thread, with the very files of the core that drew it.
import { judge, type ClaimFiles } from './claim';

self.onmessage = ({ data }: MessageEvent<ClaimFiles>) => {
	try {
		self.postMessage({ verdict: judge(data) });
	} catch (error) {
		self.postMessage({ failure: error instanceof Error ? error.message : String(error) });
	}
};
