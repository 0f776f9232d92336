// Day routes: minutes of arithmetic for a large county, so it never runs on the server's own thread.
import { search, type SearchTask } from './route/search';
import { serve } from './worker-side';

serve((task: SearchTask, progress) => search(task, progress, () => performance.now()));
