package io.sluice.sealed;

import org.apache.flink.annotation.Internal;

/** The factories that Flink finds by META-INF/services, which takes one class for each scheme. */
@Internal
public final class SealedSchemes {
    private SealedSchemes() {}

    /** The local disk, or what is mounted there. */
    public static final class File extends SealedFileSystemFactory {
        public File() {
            super("file");
        }
    }

    /** HDFS. */
    public static final class Hdfs extends SealedFileSystemFactory {
        public Hdfs() {
            super("hdfs");
        }
    }

    /** S3, by whichever plugin has this scheme. */
    public static final class S3 extends SealedFileSystemFactory {
        public S3() {
            super("s3");
        }
    }

    /** S3 by Hadoop. */
    public static final class S3a extends SealedFileSystemFactory {
        public S3a() {
            super("s3a");
        }
    }

    /** S3 by Presto. */
    public static final class S3p extends SealedFileSystemFactory {
        public S3p() {
            super("s3p");
        }
    }

    /** Google Cloud Storage. */
    public static final class Gs extends SealedFileSystemFactory {
        public Gs() {
            super("gs");
        }
    }

    /** Azure Data Lake Storage. */
    public static final class Abfs extends SealedFileSystemFactory {
        public Abfs() {
            super("abfs");
        }
    }

    /** Azure Data Lake Storage over TLS. */
    public static final class Abfss extends SealedFileSystemFactory {
        public Abfss() {
            super("abfss");
        }
    }

    /** Aliyun OSS. */
    public static final class Oss extends SealedFileSystemFactory {
        public Oss() {
            super("oss");
        }
    }
}
