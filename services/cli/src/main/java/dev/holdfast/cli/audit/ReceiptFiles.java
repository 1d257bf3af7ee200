package dev.holdfast.cli.audit;

import dev.holdfast.audit.receipt.Receipt;
import dev.holdfast.cli.Failure;
import dev.holdfast.cli.output.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;

/** Receipts as files. Times in them are those of this machine's zone. */
public final class ReceiptFiles {

    private ReceiptFiles() {}

    /**
     * Writes the page.
     *
     * @throws Failure if that fails
     */
    public static void page(Path file, Receipt receipt, String cluster) {
        write(file, ReceiptPage.of(receipt, cluster, ZoneId.systemDefault()));
    }

    /**
     * Files the page, and the same for programs, under the guest's name and the receipt's number. What is there of it
     * already is replaced: it can only know more by now.
     *
     * @return the page
     * @throws Failure if that fails
     */
    public static Path file(Path folder, Receipt receipt, String cluster) {
        String name = receipt.guest() + "-" + receipt.number();
        Path page = folder.resolve(name + ".html");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw Failure.failed(folder + " cannot be made: " + e.getMessage(), e);
        }
        page(page, receipt, cluster);
        write(folder.resolve(name + ".json"), Json.line(ReceiptFields.of(receipt, cluster)) + "\n");
        return page;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw Failure.failed(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
