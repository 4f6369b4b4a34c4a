package io.sluice.search;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.connector.base.sink.writer.ElementConverter;

/** Puts a {@link SearchSink} together. Needs {@link #documents} and one of {@link #service} and {@link #clientFile}. */
@PublicEvolving
public final class SearchSinkBuilder<T> {

    private ElementConverter<T, SearchDocument> documents;
    private ClientFile file;
    private String deadLetterIndex;
    private int batchDocuments = 1000;
    private long batchBytes = 5L << 20;
    private int inFlight = 2;
    private int buffered = 10_000;
    private int mostTries = 10;
    private Duration linger = Duration.ofSeconds(1);

    SearchSinkBuilder() {}

    /** Makes a document of an element. */
    public SearchSinkBuilder<T> documents(ElementConverter<T, SearchDocument> converter) {
        this.documents = converter;
        return this;
    }

    /** ELASTICSEARCH or OPENSEARCH: the client file is what {@code <SERVICE>_CLIENT_PROPERTIES} names on each TaskManager. */
    public SearchSinkBuilder<T> service(String service) {
        this.file = ClientFile.namedBy(service.toUpperCase(Locale.ROOT) + "_CLIENT_PROPERTIES");
        return this;
    }

    /** A client file that is at the same path on each TaskManager. */
    public SearchSinkBuilder<T> clientFile(String path) {
        this.file = ClientFile.at(path);
        return this;
    }

    /**
     * Where documents go that the server rejects, with the reason and their source as text. The source is cut if it is too large.
     * Without it such a document fails the job, and will again after the restart.
     */
    public SearchSinkBuilder<T> deadLetterIndex(String index) {
        this.deadLetterIndex = index;
        return this;
    }

    /**
     * Most attempts for a document that the server answers with 500 while it takes others, 10 by default. Then it counts as rejected.
     * Pauses between attempts grow from 0.2 to 10 s.
     */
    public SearchSinkBuilder<T> serverErrors(int triesAtMost) {
        this.mostTries = triesAtMost;
        return this;
    }

    /** Most of one request; 1000 documents and 5 MiB by default. A larger document goes alone. */
    public SearchSinkBuilder<T> batch(int documentsAtMost, long bytesAtMost) {
        this.batchDocuments = documentsAtMost;
        this.batchBytes = bytesAtMost;
        return this;
    }

    /** Most requests at a time from one writer, 2 by default, and most documents that wait for one, 10 000 by default. */
    public SearchSinkBuilder<T> limits(int requestsInFlight, int documentsBuffered) {
        this.inFlight = requestsInFlight;
        this.buffered = documentsBuffered;
        return this;
    }

    /** Longest that a document waits for others to go with it, 1 s by default. */
    public SearchSinkBuilder<T> linger(Duration longest) {
        this.linger = longest;
        return this;
    }

    public SearchSink<T> build() {
        Objects.requireNonNull(documents, "call documents(...): it makes the documents to write");
        Objects.requireNonNull(file, "service(...) or clientFile(...) says where");
        Batching batching = new Batching(batchDocuments, inFlight, buffered, batchBytes, linger.toMillis());
        return new SearchSink<>(documents, file, batching, new RejectionPolicy(deadLetterIndex, mostTries));
    }
}
