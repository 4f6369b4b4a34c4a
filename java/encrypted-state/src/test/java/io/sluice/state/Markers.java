package io.sluice.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/** Looks for a text in every byte of a folder's files. */
final class Markers {
    private Markers() {}

    /** Also in files that Flink has open; those that it deletes meanwhile are left out. */
    static int count(Path folder, String marker) throws IOException {
        int[] found = {0};
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    found[0] += count(Files.readAllBytes(file), marker);
                } catch (NoSuchFileException e) {
                    return FileVisitResult.CONTINUE;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return found[0];
    }

    /** Changes the byte that far behind the start of each occurrence, and says how many there were. */
    static int damageAfter(Path folder, String marker, int distance) throws IOException {
        int found = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                byte[] content = Files.readAllBytes(file);
                String text = new String(content, StandardCharsets.ISO_8859_1);
                for (int at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + 1)) {
                    content[at + distance] ^= 1;
                    found++;
                }
                Files.write(file, content);
            }
        }
        return found;
    }

    /** As UTF-8, which is also how Flink writes ASCII, and as UTF-16. */
    private static int count(byte[] content, String marker) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return occurrences(text, marker) + occurrences(text, String.join("\0", marker.split("")));
    }

    private static int occurrences(String text, String marker) {
        int found = 0;
        for (int at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + 1)) {
            found++;
        }
        return found;
    }
}
