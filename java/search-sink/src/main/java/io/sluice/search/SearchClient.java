package io.sluice.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Speaks HTTP to Elasticsearch or OpenSearch, one node after the other: a node that cannot be reached or is not available makes the
 * next request go to the next one. Credentials are sent with each request, and never after a redirect.
 */
final class SearchClient implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http;
    private final String[] hosts;
    private final Optional<String> authorization;
    private final AtomicInteger turn;
    private final Set<CompletableFuture<?>> inFlight = ConcurrentHashMap.newKeySet();

    /** @param writer number of the writer: the first one begins at the first host, the second one at the second */
    SearchClient(Properties properties, int writer, Executor executor) throws IOException {
        String written = properties.getProperty("hosts", "");
        if (written.isEmpty()) {
            throw new IOException("the client file names no hosts");
        }
        this.hosts = written.split(";");
        this.turn = new AtomicInteger(writer);
        this.authorization = authorization(properties);
        this.http = HttpClient.newBuilder()
                .sslContext(TrustedConnections.of(properties))
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(executor)
                .build();
    }

    private static Optional<String> authorization(Properties properties) {
        String apiKey = properties.getProperty("api-key");
        if (apiKey != null) {
            return Optional.of("ApiKey " + apiKey);
        }
        String username = properties.getProperty("username");
        if (username == null) {
            return Optional.empty();
        }
        byte[] both = (username + ":" + properties.getProperty("password", "")).getBytes(UTF_8);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(both));
    }

    /** What the node says of itself: {@code GET /}. */
    CompletableFuture<HttpResponse<byte[]>> root() {
        return send("/", request -> request.GET());
    }

    /** Answers with no more than is looked at. */
    CompletableFuture<HttpResponse<byte[]>> bulk(byte[] lines) {
        String path = "/_bulk?filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason";
        return send(
                path,
                request -> request.header("Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(lines)));
    }

    private CompletableFuture<HttpResponse<byte[]>> send(String path, Verb verb) {
        int used = turn.get();
        URI uri = URI.create(hosts[Math.floorMod(used, hosts.length)].replaceAll("/+$", "") + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER_TIMEOUT);
        authorization.ifPresent(value -> request.header("Authorization", value));
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.sendAsync(verb.of(request).build(), HttpResponse.BodyHandlers.ofByteArray());
        inFlight.add(sent);
        return sent.whenComplete((response, failure) -> {
            inFlight.remove(sent);
            if (failure != null || Status.isUnavailable(response.statusCode())) {
                turn.compareAndSet(used, used + 1);
            }
        });
    }

    private interface Verb {
        HttpRequest.Builder of(HttpRequest.Builder request);
    }

    /**
     * Breaks what is in flight; Java before 16 cannot, and waits for the answer's timeout. Java 21 and newer can close a client. Before,
     * its thread and connections end when it is garbage and has no request.
     */
    @Override
    public void close() {
        inFlight.forEach(request -> request.cancel(true));
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(http);
        } catch (NoSuchMethodException e) {
            // Before Java 21.
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the HTTP client cannot be closed", e);
        }
    }
}
