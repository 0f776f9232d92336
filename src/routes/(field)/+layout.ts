// The phone's pages are made on the phone: the server gives an empty shell, which holds nobody's data.
export const ssr = false;
