package io.sluice.sealed.flink;

import java.net.URI;
import org.apache.flink.core.fs.EntropyInjectingFileSystem;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** A plugin of someone else's: an object store with entropy, whose buckets are this machine's disk. */
public final class EntropicFactory implements FileSystemFactory {
    @Override
    public String getScheme() {
        return "oss";
    }

    @Override
    public FileSystem create(URI uri) {
        return new Store();
    }

    static final class Store extends LocalFileSystem implements EntropyInjectingFileSystem {
        @Override
        public URI getUri() {
            return URI.create("oss:///");
        }

        @Override
        public boolean isDistributedFS() {
            return true;
        }

        @Override
        public String getEntropyInjectionKey() {
            return "_entropy_";
        }

        @Override
        public String generateEntropy() {
            return "drawn";
        }
    }
}
