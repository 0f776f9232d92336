const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** A paper as a .docx to be taken away; name: without the ending. Who may read it is asked anew each time. */
export const docx = (body: Buffer, name: string): Response =>
	new Response(new Uint8Array(body), {
		headers: {
			'content-type': TYPE,
			'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${name}.docx`)}`,
			'cache-control': 'private, no-store'
		}
	});
