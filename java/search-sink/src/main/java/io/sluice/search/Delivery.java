package io.sluice.search;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends documents and decides by the answer what is done, what comes again, what is rejected, and what no retry would mend. */
final class Delivery implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;
    private static final long IDLE_SECONDS = 5;

    private final SearchClient client;
    private final ServerVersion version;
    private final Executor executor;
    private final Rejection rejection;
    private final ServerErrors serverErrors;
    private final SearchMetrics metrics;
    private final ClientFile file;
    private final Backoff backoff = new Backoff(FIRST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);

    private Delivery(
            SearchClient client,
            Executor executor,
            Rejection rejection,
            int mostTries,
            SearchMetrics metrics,
            ClientFile file) {
        this.client = client;
        this.version = new ServerVersion(client);
        this.executor = executor;
        this.rejection = rejection;
        this.serverErrors = new ServerErrors(mostTries);
        this.metrics = metrics;
        this.file = file;
    }

    /** @param writer number of the writer among those of the sink; the first host that it asks depends on it */
    static Delivery open(ClientFile file, RejectionPolicy policy, long batchBytes, int writer, SearchMetrics metrics)
            throws IOException {
        Executor executor = threads();
        try {
            SearchClient client = new SearchClient(file.read(), writer, executor);
            Rejection rejection = new Rejection(policy.deadLetterIndex, batchBytes, metrics);
            return new Delivery(client, executor, rejection, policy.mostTries, metrics, file);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Two threads, which end when they have nothing to do: a client that is closed has a last task for them. */
    static Executor threads() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(2, 2, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "search-sink");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /**
     * Sends the documents once. The future has those to be sent again, and comes after the pause that this needs; it fails when
     * nothing is to be gained by that.
     */
    CompletableFuture<List<SearchDocument>> deliver(List<SearchDocument> documents) {
        return inTurn(serverErrors.requests(documents));
    }

    /** One request after the other. */
    private CompletableFuture<List<SearchDocument>> inTurn(List<List<SearchDocument>> requests) {
        CompletableFuture<List<SearchDocument>> all = completedFuture(new ArrayList<>());
        for (List<SearchDocument> request : requests) {
            all = all.thenCompose(before -> send(request).thenApply(more -> {
                before.addAll(more);
                return before;
            }));
        }
        return all;
    }

    private CompletableFuture<List<SearchDocument>> send(List<SearchDocument> documents) {
        return version.needsType()
                .thenCompose(needsType -> client.bulk(BulkRequest.of(documents, needsType)))
                .handle((response, failure) -> failure == null ? judge(documents, response) : lost(documents, failure))
                .thenCompose(later -> later);
    }

    private CompletableFuture<List<SearchDocument>> judge(
            List<SearchDocument> documents, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (Status.isDone(status)) {
            return judgeItems(documents, response.body());
        }
        if (status == Status.SERVER_ERROR) {
            return judgeServerError(documents);
        }
        if (Status.isUnavailable(status)) {
            return again(documents, "it answered " + status);
        }
        if (Status.isForbidden(status)) {
            return failedFuture(
                    new IOException("authentication failed (" + status + ") with the credentials in " + file));
        }
        if (!Status.isRejected(status)) {
            return failedFuture(new IOException("the server answered " + status + " to POST /_bulk"));
        }
        return documents.size() == 1
                ? reject(documents.get(0), BulkAnswer.Item.ofRequest(status))
                : inHalves(documents);
    }

    /** A server in trouble, or one document that it cannot take. */
    private CompletableFuture<List<SearchDocument>> judgeServerError(List<SearchDocument> documents) {
        if (documents.size() > 1) {
            return serverErrors.failedTogether(documents) ? inHalves(documents) : again(documents, "it answered 500");
        }
        SearchDocument only = documents.get(0);
        return serverErrors.failedAlone(only)
                ? reject(only, BulkAnswer.Item.ofRequest(Status.SERVER_ERROR))
                : again(documents, "it answered 500 for " + only);
    }

    /** One of them is the cause: half of them at a time find it. */
    private CompletableFuture<List<SearchDocument>> inHalves(List<SearchDocument> documents) {
        int half = documents.size() / 2;
        return inTurn(List.of(documents.subList(0, half), documents.subList(half, documents.size())));
    }

    private CompletableFuture<List<SearchDocument>> judgeItems(List<SearchDocument> documents, byte[] body) {
        List<SearchDocument> again = new ArrayList<>();
        List<SearchDocument> deadLetters = new ArrayList<>();
        try {
            List<BulkAnswer.Item> items = BulkAnswer.read(body, documents.size());
            // Where no document is taken, the server is in trouble.
            boolean isTrouble = items.size() > 1 && items.stream().allMatch(item -> item.status == Status.SERVER_ERROR);
            for (int i = 0; i < items.size(); i++) {
                SearchDocument document = documents.get(i);
                BulkAnswer.Item item = items.get(i);
                if (Status.isDone(item.status)) {
                    metrics.indexed.inc();
                } else if (item.status == Status.CONFLICT) {
                    metrics.superseded.inc();
                } else if (item.isUnavailable() && !isLastTry(document, item, isTrouble)) {
                    again.add(document);
                    continue;
                } else {
                    deadLetters.add(rejection.replace(document, item));
                }
                serverErrors.forget(document);
            }
        } catch (IOException e) {
            return failedFuture(e);
        }
        if (again.isEmpty()) {
            backoff.succeeded();
            return completedFuture(deadLetters);
        }
        return again(again, "it was too busy for " + again.size() + " of " + documents.size() + " documents")
                .thenApply(retried -> {
                    deadLetters.addAll(retried);
                    return deadLetters;
                });
    }

    private boolean isLastTry(SearchDocument document, BulkAnswer.Item item, boolean isTrouble) {
        return item.status == Status.SERVER_ERROR && !isTrouble && serverErrors.failedAmongOthers(document);
    }

    private CompletableFuture<List<SearchDocument>> reject(SearchDocument document, BulkAnswer.Item item) {
        serverErrors.forget(document);
        try {
            return completedFuture(List.of(rejection.replace(document, item)));
        } catch (IOException e) {
            return failedFuture(e);
        }
    }

    private CompletableFuture<List<SearchDocument>> lost(List<SearchDocument> documents, Throwable failure) {
        Exception cause = cause(failure);
        if (causedBy(cause, CertificateException.class)) {
            return failedFuture(new IOException("the server's certificate is not trusted by " + file, cause));
        }
        // A server that goes away in the middle of a handshake is another matter.
        if (!(cause instanceof IOException)
                || cause instanceof SSLHandshakeException && !causedBy(cause, EOFException.class)) {
            return failedFuture(cause);
        }
        return again(documents, cause.toString());
    }

    private CompletableFuture<List<SearchDocument>> again(List<SearchDocument> documents, String why) {
        metrics.retried.inc(documents.size());
        long pause = backoff.failed();
        LOG.warn(
                "The search server did not take {} documents, next attempt in {} ms: {}", documents.size(), pause, why);
        Executor later = CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS, executor);
        return CompletableFuture.supplyAsync(() -> documents, later);
    }

    /** What went wrong, without the wrappers of futures. */
    static Exception cause(Throwable failure) {
        Throwable inner = failure instanceof CompletionException ? failure.getCause() : failure;
        return inner instanceof Exception ? (Exception) inner : new IOException(inner);
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        client.close();
    }
}
