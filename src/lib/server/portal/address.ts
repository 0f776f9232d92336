// Permanent addresses: what stands on paper leads here for good.

export const postingAddress = (origin: string, number: number) => `${origin}/portal/results/${number}`;

/** The number in an address; 0: it is none. */
export const numberOf = (text: string): number => (/^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : 0);
