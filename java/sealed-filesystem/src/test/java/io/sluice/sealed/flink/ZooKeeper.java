package io.sluice.sealed.flink;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServer;

/** A ZooKeeper of one server, on a free port of 127.0.0.1. */
final class ZooKeeper implements AutoCloseable {
    private final ServerCnxnFactory connections;

    ZooKeeper(Path folder) throws Exception {
        Files.createDirectories(folder);
        ZooKeeperServer server = new ZooKeeperServer(folder.toFile(), folder.toFile(), 500);
        connections = new NIOServerCnxnFactory();
        connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        connections.startup(server);
    }

    String address() {
        return "127.0.0.1:" + connections.getLocalPort();
    }

    @Override
    public void close() {
        connections.shutdown();
    }
}
