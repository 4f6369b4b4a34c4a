package io.sluice.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Looks for a text in every byte of a folder's files. */
final class Markers {
    private Markers() {}

    static int count(Path folder, String marker) throws IOException {
        int found = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                found += count(Files.readAllBytes(file), marker);
            }
        }
        return found;
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
