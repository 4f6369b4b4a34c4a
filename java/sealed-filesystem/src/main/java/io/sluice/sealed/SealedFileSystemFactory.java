package io.sluice.sealed;

import io.sluice.keys.KeyFolder;
import io.sluice.keys.KeyFolderException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;

/** Makes the sealed file system over Flink's own one of a scheme, which may come from another plugin. */
@Internal
public abstract class SealedFileSystemFactory implements FileSystemFactory {
    private final String innerScheme;
    private Configuration configuration = new Configuration();

    SealedFileSystemFactory(String innerScheme) {
        this.innerScheme = innerScheme;
    }

    @Override
    public String getScheme() {
        return SealedPaths.PREFIX + innerScheme;
    }

    @Override
    public void configure(Configuration config) {
        configuration = config;
    }

    /** @throws KeyFolderException when the keys cannot be used. */
    @Override
    public FileSystem create(URI uri) throws IOException {
        KeyFolder keys = new KeyFolder(SealedOptions.keyDir(configuration));
        keys.ring();
        FileSystem inner = InnerFileSystem.at(root(uri));
        return new SealedFileSystem(
                inner, new SealedPaths(innerScheme), keys, configuration.get(SealedOptions.READ_PLAINTEXT));
    }

    private URI root(URI uri) throws IOException {
        try {
            return new URI(innerScheme, uri.getAuthority(), "/", null, null);
        } catch (URISyntaxException e) {
            throw new IOException("no path of a file system: " + uri, e);
        }
    }
}
