package dev.holdfast.audit.check;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * An operator's word, kept outside the cluster, that the journal had a certain entry with a certain hash at a certain
 * time: one line of text, {@code holdfast-journal-v1 CLUSTER ENTRY HASH TIME SIGNATURE}, the signature by Ed25519 in
 * Base64 over all that stands before it. Whoever rewrites the whole chain afterwards cannot make it.
 *
 * @param hash field {@code chain} of that entry in hexadecimal digits
 * @param signedAt the signer's wall clock
 * @param signature the 64 bytes
 */
public record Signature(String cluster, long entry, String hash, Instant signedAt, byte[] signature) {

    private static final String KIND = "holdfast-journal-v1";
    private static final String ALGORITHM = "Ed25519";
    private static final int WORDS = 6;

    /**
     * Signs.
     *
     * @throws IllegalArgumentException if the key is none for Ed25519
     */
    public static Signature by(PrivateKey key, String cluster, long entry, String hash, Instant now) {
        try {
            java.security.Signature signer = java.security.Signature.getInstance(ALGORITHM);
            signer.initSign(key);
            signer.update(signed(cluster, entry, hash, now));
            return new Signature(cluster, entry, hash, now, signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key cannot sign: " + e.getMessage() + "; it must be an Ed25519 key", e);
        }
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is no such line
     */
    public static Signature parse(String line) {
        String[] words = line.strip().split("\\s+");
        if (words.length != WORDS || !words[0].equals(KIND)) {
            throw new IllegalArgumentException("'" + line + "' is no signature: expected '" + KIND
                    + " CLUSTER ENTRY HASH TIME SIGNATURE'");
        }
        try {
            return new Signature(
                    words[1], Long.parseLong(words[2]), words[3], Instant.parse(words[4]),
                    Base64.getDecoder().decode(words[5]));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("'" + line + "' is no signature: " + e.getMessage(), e);
        }
    }

    /** Whether the holder of the key said so. */
    public boolean isBy(PublicKey key) {
        try {
            java.security.Signature verifier = java.security.Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(signed(cluster, entry, hash, signedAt));
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The line. */
    public String line() {
        return text(cluster, entry, hash, signedAt) + " " + Base64.getEncoder().encodeToString(signature);
    }

    private static byte[] signed(String cluster, long entry, String hash, Instant at) {
        return text(cluster, entry, hash, at).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(String cluster, long entry, String hash, Instant at) {
        return String.join(" ", KIND, cluster, String.valueOf(entry), hash, at.toString());
    }
}
