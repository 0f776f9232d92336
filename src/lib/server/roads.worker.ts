// Joins and drives roads off the main thread; see route/road-work.ts.
import { joinLayer, travelOver, type RoadTask } from './route/road-work';
import { serve } from './worker-side';

serve<RoadTask, unknown>((task) => (task.step === 'join' ? joinLayer(task.path) : travelOver(task)));
