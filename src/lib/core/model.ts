// The nouns of the house and their branded ids. Every stage speaks of these and of nothing else.
// Units are in the names; codes are opaque strings that sort by their UTF-8 bytes.

declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };

/** Lower-case hex of a SHA-256 digest, 64 characters. */
export type Hash = Branded<string, 'Hash'>;

/** 检查对象: what can be drawn. */
export const targetKinds = ['mining_right', 'land_parcel'] as const;
export type TargetKind = (typeof targetKinds)[number];

/** 信用等级, A the safest. `blacklist` outranks the grade. */
export const creditGrades = ['A', 'B', 'C', 'D'] as const;
export type CreditGrade = (typeof creditGrades)[number];

/** Longitude and latitude in degrees, CGCS2000 (EPSG:4490). */
export type LonLat = readonly [lon: number, lat: number];

/** An expected failure is a value; an exception is a bug. */
export type Result<T, E extends { reason: string }> = ({ ok: true } & T) | ({ ok: false } & E);
