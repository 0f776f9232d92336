/** Milliseconds of a flight over the map; none for those who asked for stillness. */
export const flight = (): number => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 190);
