package io.sluice.search;

import java.io.Serializable;

/** When a document counts as rejected, and where it goes then. */
final class RejectionPolicy implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Null: a rejected document fails the job. */
    final String deadLetterIndex;

    final int mostTries;

    /** @param mostTries of a document that the server answers with 500 while it takes others */
    RejectionPolicy(String deadLetterIndex, int mostTries) {
        this.deadLetterIndex = deadLetterIndex;
        this.mostTries = mostTries;
    }
}
