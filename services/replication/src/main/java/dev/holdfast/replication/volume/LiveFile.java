package dev.holdfast.replication.volume;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A regular file of a live volume as the file system describes it. Equal descriptions mean equal content only if the
 * file was {@link #quietAt quiet}: a timestamp is a kernel tick wide, and two writes within one look the same.
 *
 * @param path relative to the volume
 * @param mtime nanoseconds since 1970
 * @param ctime nanoseconds since 1970; unlike mtime nobody can set it back
 */
record LiveFile(String path, int mode, long size, long mtime, long ctime, long inode) {

    /** A tick is at most 10 ms (100 Hz kernel). */
    private static final Duration TICK = Duration.ofMillis(100);

    static LiveFile describe(String path, Map<String, Object> attributes) {
        return new LiveFile(
                path,
                (int) attributes.get("mode") & 0777,
                (long) attributes.get("size"),
                nanos(attributes.get("lastModifiedTime")),
                nanos(attributes.get("ctime")),
                (long) attributes.get("ino"));
    }

    static Map<String, Object> attributes(Path path) throws IOException {
        return Files.readAttributes(path, "unix:mode,size,lastModifiedTime,ctime,ino", NOFOLLOW_LINKS);
    }

    static long nanos(Object time) {
        return ((FileTime) time).to(TimeUnit.NANOSECONDS);
    }

    /** Whether the last change was long enough before the instant that any later one shows in the timestamps. */
    boolean quietAt(Instant instant) {
        long latest = Math.max(mtime, ctime);
        return latest < TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano() - TICK.toNanos();
    }
}
