package io.sluice.search;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

/** Which server it is, as far as requests depend on it; asked until it is known, before documents are sent. */
final class ServerVersion {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SearchClient client;
    private volatile Boolean needsType;

    ServerVersion(SearchClient client) {
        this.client = client;
    }

    /** Whether it is an Elasticsearch before 7, which wants a type with each document. Fails as a request does. */
    CompletableFuture<Boolean> needsType() {
        Boolean known = needsType;
        return known == null ? client.root().thenCompose(this::read) : CompletableFuture.completedFuture(known);
    }

    private CompletableFuture<Boolean> read(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (Status.isUnavailable(status)) {
            return CompletableFuture.failedFuture(new IOException("GET / was answered " + status));
        }
        // Some users may not ask, and a proxy may only let /_bulk through. All servers since 2019 accept no type.
        // Wrong credentials show with the documents.
        if (!Status.isDone(status)) {
            return CompletableFuture.completedFuture(false);
        }
        try {
            JsonNode version = JSON.readTree(response.body()).path("version");
            boolean isElasticsearch = version.path("distribution").isMissingNode();
            needsType = isElasticsearch && version.path("number").asText().startsWith("6.");
            return CompletableFuture.completedFuture(needsType);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(new IOException("GET / was not answered by a search server", e));
        }
    }
}
