package dev.holdfast.replication.volume;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The id of a snapshot: {@code epoch-sequence-guid}, where the guid is half a SHA-256 over guest, epoch, sequence and
 * content. It is also the name of its directory, so that a listing reads in order, and 32 hex digits cannot be forged
 * into a path.
 */
final class SnapshotName {

    private static final Pattern FORM = Pattern.compile("\\d{1,18}-\\d{1,18}-[0-9a-f]{32}");

    private SnapshotName() {}

    static boolean isValid(String id) {
        return FORM.matcher(id).matches();
    }

    static String derive(String guest, long epoch, long sequence, List<Entry> entries) {
        MessageDigest digest = Blocks.sha256();
        digest.update((guest + "\n" + epoch + "\n" + sequence + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(ManifestFormat.encodeEntries(entries));
        String guid = HexFormat.of().formatHex(digest.digest(), 0, 16);
        return epoch + "-" + sequence + "-" + guid;
    }
}
