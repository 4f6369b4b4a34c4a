package io.sluice.search;

import java.io.Serializable;

/** How much a writer holds before it sends, and before it stops taking more. */
final class Batching implements Serializable {

    private static final long serialVersionUID = 1L;

    final int documents;
    final int inFlight;
    final int buffered;
    final long bytes;
    final long millis;

    /**
     * @param documents most of one request
     * @param inFlight most requests at a time
     * @param buffered documents that wait; with more the job's back-pressure sets in
     * @param bytes most of one request
     * @param millis longest that a document waits for others
     */
    Batching(int documents, int inFlight, int buffered, long bytes, long millis) {
        this.documents = documents;
        this.inFlight = inFlight;
        this.buffered = buffered;
        this.bytes = bytes;
        this.millis = millis;
    }
}
