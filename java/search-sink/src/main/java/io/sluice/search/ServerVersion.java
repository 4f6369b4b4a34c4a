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
        // Not everyone may ask, and no type is right for everything since 2019. Wrong credentials come to light right after.
        if (Status.isForbidden(status)) {
            return CompletableFuture.completedFuture(false);
        }
        if (!Status.isDone(status)) {
            return CompletableFuture.failedFuture(new IOException("GET / was answered " + status));
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
