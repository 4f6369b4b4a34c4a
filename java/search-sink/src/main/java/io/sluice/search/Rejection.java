package io.sluice.search;

import java.io.IOException;

/** What is done with a document that the server rejects. */
final class Rejection {

    /** Null without a dead-letter index. */
    private final String index;

    private final long longestLetter;
    private final SearchMetrics metrics;

    /** @param longestLetter in bytes; a longer letter is cut if it can be */
    Rejection(String index, long longestLetter, SearchMetrics metrics) {
        this.index = index;
        this.longestLetter = longestLetter;
        this.metrics = metrics;
    }

    /**
     * The document for the dead-letter index, to be sent in its place. For a letter that is too large itself, a shorter one.
     *
     * @throws IOException if there is no such index, or it rejects the letter, or it is not the document's fault. What the server
     *     says of the content is not in the message, for it may quote it
     */
    SearchDocument replace(SearchDocument document, BulkAnswer.Item item) throws IOException {
        String what = document + " was refused: " + item.status + " " + item.type;
        if (document.index().equals(index)) {
            SearchDocument shorter = item.status == Status.TOO_LARGE ? DeadLetter.shorter(document) : null;
            if (shorter == null) {
                throw new IOException(what);
            }
            return shorter;
        }
        if (!Status.isRejected(item.status) && item.status != Status.SERVER_ERROR) {
            throw new IOException(what);
        }
        if (index == null) {
            throw new IOException(
                    what + "; with a dead-letter index the job would continue, and the reason would be there");
        }
        metrics.rejected.inc();
        if (item.status == Status.TOO_LARGE) {
            return DeadLetter.cutOf(document, item, index);
        }
        SearchDocument whole = DeadLetter.of(document, item, index);
        boolean isLong = whole.size() > longestLetter && document.source().length > DeadLetter.KEPT_BYTES;
        return isLong ? DeadLetter.cutOf(document, item, index) : whole;
    }
}
