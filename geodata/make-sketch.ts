// Writes geodata/yongtai_sketch.geojson from the seats: `npx tsx --tsconfig tsconfig.cli.json geodata/make-sketch.ts`.
// The same bytes on every machine; a test compares the committed file with what this writes.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SKETCH_FILE, readSeats } from '../src/lib/server/demo/geodata';
import { sketchText } from '../src/lib/server/demo/sketch';

writeFileSync(join(fileURLToPath(new URL('.', import.meta.url)), SKETCH_FILE), sketchText(readSeats()));
