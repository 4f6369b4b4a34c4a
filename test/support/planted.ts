/** In every secret that a test sets: must not be in anything that a person or another process sees. */
export const planted = "planted";

/** The passwords of encrypted keys and of stores among the test material. */
export const keyPassword = "planted-key-password";
export const storePassword = "planted-store-password";
export const truststorePassword = "planted-truststore-password";
/** Opens a store, and is nothing that Flink could pass on. */
export const quotedPassword = 'planted"quote';
