package io.sluice.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts for each document how often the server answered 500, to tell a document that the server cannot take from a server in
 * trouble. A document is in one request at a time, and counts begin again after a restart of the job.
 */
final class ServerErrors {

    /** So often requests with several documents fail before they are sent in halves. */
    private static final int MOST_TOGETHER = 3;

    private static final class Count {
        int together;
        int alone;
        boolean isSentAlone;
    }

    private final Map<SearchDocument, Count> counts = new ConcurrentHashMap<>();
    private final int mostTries;

    /** @param mostTries of a document alone */
    ServerErrors(int mostTries) {
        this.mostTries = mostTries;
    }

    /** Requests for these documents: those that failed alone before go alone again, and do not hold up the others. */
    List<List<SearchDocument>> requests(List<SearchDocument> documents) {
        List<SearchDocument> together = new ArrayList<>();
        List<List<SearchDocument>> requests = new ArrayList<>();
        for (SearchDocument each : documents) {
            Count count = counts.get(each);
            if (count != null && count.isSentAlone) {
                requests.add(List.of(each));
            } else {
                together.add(each);
            }
        }
        if (!together.isEmpty()) {
            requests.add(0, together);
        }
        return requests;
    }

    /** Counts a request with several documents, and decides whether to look for the one that is the cause. */
    boolean failedTogether(List<SearchDocument> documents) {
        boolean isTime = false;
        for (SearchDocument each : documents) {
            isTime |= ++count(each).together >= MOST_TOGETHER;
        }
        return isTime;
    }

    /** Counts a request with this document alone, and decides whether it was the last one. */
    boolean failedAlone(SearchDocument document) {
        count(document).isSentAlone = true;
        return failedAmongOthers(document);
    }

    /** Counts an answer that names this document and not all of its request, and decides whether it was the last one. */
    boolean failedAmongOthers(SearchDocument document) {
        return ++count(document).alone >= mostTries;
    }

    /** For a document that needs no other attempt. */
    void forget(SearchDocument document) {
        counts.remove(document);
    }

    private Count count(SearchDocument document) {
        return counts.computeIfAbsent(document, each -> new Count());
    }
}
