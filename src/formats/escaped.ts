declare const escapedFor: unique symbol;

/** Text that is escaped for a format. Only the format's own escape makes it, so that unescaped text does not compile in its place. */
export type Escaped<Format extends "properties" | "xml" | "sql" | "krb5"> = string & { readonly [escapedFor]: Format };
