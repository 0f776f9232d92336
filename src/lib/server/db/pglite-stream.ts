// The socket that `pg` believes it talks over, while PGlite answers from a worker thread.
// Every frontend message that asks for an answer is passed on with those before it.
import { Duplex } from 'node:stream';
import type { Worker } from 'node:worker_threads';

/** Frontend messages after which the backend answers: Query, Sync, Flush, CopyDone, CopyFail, PasswordMessage. */
const asksForAnswer = new Set([...'QSHcfp'].map((type) => type.charCodeAt(0)));
const terminate = 'X'.charCodeAt(0);

export class PgliteStream extends Duplex {
	private pending: Buffer = Buffer.alloc(0);
	private ready: Buffer[] = [];
	private started = false;
	private inFlight = 0;

	constructor(private readonly worker: Worker) {
		super();
		worker.on('message', this.receive);
	}

	connect(): this {
		setImmediate(() => this.emit('connect'));
		return this;
	}
	setNoDelay(): this {
		return this;
	}
	setKeepAlive(): this {
		return this;
	}
	ref(): this {
		return this;
	}
	unref(): this {
		return this;
	}

	override _read(): void {}

	override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
		this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
		let frame: Buffer | undefined;
		while ((frame = this.nextFrame()) !== undefined) this.accept(frame);
		done();
	}

	override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
		this.worker.off('message', this.receive);
		done(error);
	}

	/** A whole frame from what has arrived: 4-byte length first at start-up, a type byte before it afterwards. */
	private nextFrame(): Buffer | undefined {
		const header = this.started ? 1 : 0;
		if (this.pending.length < header + 4) return undefined;
		const length = header + this.pending.readInt32BE(header);
		if (this.pending.length < length) return undefined;
		const frame = this.pending.subarray(0, length);
		this.pending = this.pending.subarray(length);
		return frame;
	}

	private accept(frame: Buffer): void {
		if (this.started && frame[0] === terminate) {
			this.push(null);
			return;
		}
		this.ready.push(frame);
		if (this.started && !asksForAnswer.has(frame[0] ?? 0)) return;
		this.started = true;
		const bytes = new Uint8Array(Buffer.concat(this.ready));
		this.ready = [];
		// The thread keeps the process alive exactly while an answer is due.
		if (this.inFlight++ === 0) this.worker.ref();
		this.worker.postMessage(bytes, [bytes.buffer]);
	}

	private readonly receive = (message: { type: string; bytes?: Uint8Array }): void => {
		if (message.type !== 'data' || !message.bytes) return;
		if (--this.inFlight === 0) this.worker.unref();
		this.push(Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.byteLength));
	};
}
