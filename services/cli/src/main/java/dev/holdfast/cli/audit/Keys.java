package dev.holdfast.cli.audit;

import dev.holdfast.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An operator's keys, as openssl writes them. */
final class Keys {

    private static final String ALGORITHM = "Ed25519";

    private Keys() {}

    /** @throws Failure if there is none in that file */
    static PrivateKey privateKey(Path file) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pem(file, "PRIVATE KEY")));
        } catch (GeneralSecurityException e) {
            throw no(file, "private", "openssl genpkey -algorithm ed25519 -out " + file, e);
        }
    }

    /** @throws Failure if there is none in that file */
    static PublicKey publicKey(Path file) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(pem(file, "PUBLIC KEY")));
        } catch (GeneralSecurityException e) {
            throw no(file, "public", "openssl pkey -in KEY -pubout -out " + file, e);
        }
    }

    private static byte[] pem(Path file, String kind) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw Failure.badInput("the key " + file + " cannot be read: " + e.getMessage());
        }
        Matcher found = Pattern.compile("-----BEGIN " + kind + "-----([^-]+)-----END " + kind + "-----").matcher(text);
        if (!found.find()) {
            throw Failure.badInput(file + " holds no '-----BEGIN " + kind + "-----'");
        }
        try {
            return Base64.getMimeDecoder().decode(found.group(1));
        } catch (IllegalArgumentException e) {
            throw Failure.badInput(file + " is spoilt: " + e.getMessage());
        }
    }

    private static Failure no(Path file, String kind, String fix, Exception e) {
        return Failure.badInput(file + " is no " + kind + " key for " + ALGORITHM + " (" + e.getMessage() + "); '" + fix
                + "' makes one");
    }
}
