package dev.holdfast.cli.audit;

import dev.holdfast.audit.check.Signature;
import dev.holdfast.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A file of signatures, one a line; empty lines and those that begin with # say nothing. */
final class SignatureFile {

    private SignatureFile() {}

    /** @throws Failure if it cannot be read, naming the line */
    static List<Signature> read(Path file) {
        List<Signature> all = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    all.add(Signature.parse(line));
                }
            }
        } catch (IOException e) {
            throw Failure.badInput("the signatures " + file + " cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw Failure.badInput(file + ": " + e.getMessage());
        }
        if (all.isEmpty()) {
            throw Failure.badInput(file + " holds no signature");
        }
        return all;
    }

    /** Adds one at the end. */
    static void append(Path file, Signature signature) {
        try {
            Files.writeString(file, signature.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw Failure.failed("the signature could not be written to " + file + ": " + e.getMessage(), e);
        }
    }
}
