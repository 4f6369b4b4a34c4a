package io.sluice.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job that is cancelled leaves neither threads nor connections in its TaskManager. */
@Timeout(60)
class ClosingTest {

    @Test
    void aClientThatIsClosedBreaksItsRequestAndLeavesNoThread() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<?> request = closeWhileItWaits(silent);
            assertThat(request.isCompletedExceptionally()).isTrue();
            Set<String> left = threadsSince(before);
            for (long end = System.nanoTime() + 30_000_000_000L; !left.isEmpty() && System.nanoTime() < end; ) {
                // Before Java 21, the client ends when it is collected.
                System.gc();
                Thread.sleep(100);
                left = threadsSince(before);
            }
            assertThat(left).isEmpty();
        }
    }

    /** Returns the request and nothing that refers to the client. */
    private static CompletableFuture<?> closeWhileItWaits(ServerSocket silent) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("hosts", "http://127.0.0.1:" + silent.getLocalPort());
        SearchClient client = new SearchClient(properties, 0, Delivery.threads());
        CompletableFuture<?> request = client.root();
        try (Socket accepted = silent.accept()) {
            assertThat(accepted.getInputStream().read()).isNotNegative();
            client.close();
            // The connection is closed, and not only given up.
            while (read(accepted) >= 0) {}
        }
        return request;
    }

    private static int read(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (IOException e) {
            return -1;
        }
    }

    private static Set<String> threadsSince(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.startsWith("HttpClient-") || name.equals("search-sink"))
                .collect(Collectors.toSet());
    }
}
