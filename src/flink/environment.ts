/** Variables by name; an absent one reads as undefined. */
export type Environment = Readonly<Record<string, string | undefined>>;
