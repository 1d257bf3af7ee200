package dev.holdfast.cli.demo;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;

/**
 * A row as the client made it.
 *
 * @param run      that it belongs to
 * @param id       its number in the run
 * @param payload  random text
 * @param checksum CRC-32 of the other three
 */
record LoadRow(String run, int id, String payload, long checksum) {

    private static final int PAYLOAD_BYTES = 48;

    static LoadRow of(String run, int id) {
        byte[] bytes = new byte[PAYLOAD_BYTES];
        ThreadLocalRandom.current().nextBytes(bytes);
        String payload = HexFormat.of().formatHex(bytes);
        return new LoadRow(run, id, payload, checksum(run, id, payload));
    }

    /** Whether it is as somebody made it. */
    boolean intact() {
        return payload != null && checksum == checksum(run, id, payload);
    }

    private static long checksum(String run, int id, String payload) {
        CRC32 crc = new CRC32();
        crc.update("%s/%d/%s".formatted(run, id, payload).getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
