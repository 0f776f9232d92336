// Joins, drives and cuts out roads off the main thread; see route/road-work.ts.
import { corridorRoads, joinLayer, travelOver, type RoadTask } from './route/road-work';
import { serve } from './worker-side';

serve<RoadTask, unknown>((task) => {
	if (task.step === 'join') return joinLayer(task.path);
	return task.step === 'travel' ? travelOver(task) : corridorRoads(task);
});
