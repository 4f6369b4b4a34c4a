package io.sluice.sealed;

import java.net.URI;
import org.apache.flink.core.fs.Path;

/** Paths of a sealed file system and of the one below: they differ in the scheme only. */
final class SealedPaths {
    static final String PREFIX = "sealed+";

    private final String innerScheme;

    SealedPaths(String innerScheme) {
        this.innerScheme = innerScheme;
    }

    /** A path without a scheme is taken as one of this file system. */
    Path inner(Path path) {
        URI uri = path.toUri();
        return new Path(innerScheme, uri.getAuthority(), uri.getPath());
    }

    Path sealed(Path inner) {
        URI uri = inner.toUri();
        return new Path(PREFIX + innerScheme, uri.getAuthority(), uri.getPath());
    }

    URI sealed(URI inner) {
        return URI.create(PREFIX + inner);
    }
}
