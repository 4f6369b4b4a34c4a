package io.sluice.search;

import java.io.IOException;

/** What is done with a document that the server rejects. */
final class Rejection {

    /** Undefined without a dead-letter index. */
    private final String index;
    private final SearchMetrics metrics;

    Rejection(String index, SearchMetrics metrics) {
        this.index = index;
        this.metrics = metrics;
    }

    /**
     * The document for the dead-letter index, to be sent in its place.
     *
     * @throws IOException if there is no such index, or this was for it already, or it is not the document's fault. What the
     *     server says of the content is not in the message, for it may quote it
     */
    SearchDocument replace(SearchDocument document, BulkAnswer.Item item) throws IOException {
        String what = document + " was refused: " + item.status + " " + item.type;
        if (!Status.isRejected(item.status) || document.index().equals(index)) {
            throw new IOException(what);
        }
        if (index == null) {
            throw new IOException(what + "; with a dead-letter index the job would go on, and the reason would be there");
        }
        metrics.rejected.inc();
        return DeadLetter.of(document, item.type, item.reason, index);
    }
}
